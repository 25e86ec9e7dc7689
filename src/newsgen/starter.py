"""What `newsgen new` writes: a small archive to start from."""

from pathlib import Path

from newsgen.errors import OutputError

_FILES = Path(__file__).parent / "data" / "starter"
# A file of this name in the package would hide others from whoever builds it.
_NAMES = {"gitignore": ".gitignore"}


def make_starter(folder: Path) -> tuple[str, ...]:
    """Write an archive into a new or empty folder and return its files' paths.

    Raises OutputError where there is anything already, or nothing can be written.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise OutputError(
            "there is something here already",
            where=str(folder),
            expected="a new folder, or an empty one",
            hint="choose another name; an archive can also be any folder with articles/ in it",
        )
    written = []
    try:
        for file in sorted(_FILES.rglob("*")):
            if file.is_file():
                path = file.relative_to(_FILES)
                target = folder / path.with_name(_NAMES.get(path.name, path.name))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
                written.append(target.relative_to(folder).as_posix())
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror or error}",
            where=str(error.filename or folder),
            hint="choose a folder you may write to",
        ) from error
    return tuple(written)
