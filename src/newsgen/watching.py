"""What people change in an archive while it is previewed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, awatch

from newsgen.editorial import AUTHORITY_FILE
from newsgen.render import theme_folder
from newsgen.site import SETTINGS_FILE, Site

_PROBE = 1.0  # seconds within which a file system that tells of changes has told of one
_ARMED = 0.3  # seconds within which a watcher stands
_PAUSE = 300  # milliseconds between two looks where it does not
_IGNORED = ("~", ".swp", ".swx", ".tmp", ".part")
_Found = asyncio.Queue[set[str]]


async def changes(site: Callable[[], Site], *, poll: bool = False) -> AsyncIterator[list[str]]:
    """The paths that have changed, relative to the archive, each time some have.

    Falls back to looking at all files again and again where the file system tells nothing.
    `site` is asked again after each change: it may be in the settings.
    """
    poll = poll or not await tells_of_changes(site().state)
    while True:
        now = site()
        folders = folders_of(now)
        found: _Found = asyncio.Queue()
        watchers = [asyncio.create_task(_watch_files(now.root, found, poll=poll))]
        if folders:
            watchers.append(asyncio.create_task(_watch_folders(folders, found, poll=poll)))
        try:
            # What was written before the watchers stood would go unseen: look once by hand.
            await asyncio.sleep(_ARMED)
            yield sorted(_shown(str(path), now.root) for path in folders)
            while folders == folders_of(site()):
                paths = await _next(found, watchers)
                if paths is None:  # too many files to be told of, or a folder went away
                    poll = True
                    await asyncio.sleep(_PROBE)
                    break
                yield sorted(_shown(path, now.root) for path in paths)
        finally:
            for watcher in watchers:
                watcher.cancel()
            await asyncio.gather(*watchers, return_exceptions=True)


def folders_of(site: Site) -> list[Path]:
    """The folders whose files a site is made from, those that there are."""
    own = [site.articles, site.root / "templates", site.root / "static"]
    theme = [theme_folder("templates"), theme_folder("static")]
    return [folder for folder in dict.fromkeys([*own, *theme]) if folder.is_dir()]


async def _next(found: _Found, watchers: list[asyncio.Task[None]]) -> set[str] | None:
    """What has changed since the last time; None when a watcher has given up."""
    waiting = asyncio.create_task(found.get())
    try:
        await asyncio.wait([waiting, *watchers], return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            return None
    finally:
        waiting.cancel()
    paths = waiting.result()
    while not found.empty():
        paths |= found.get_nowait()
    return paths


async def _watch_folders(folders: list[Path], found: _Found, *, poll: bool) -> None:
    def is_wanted(change: Change, path: str) -> bool:
        name = Path(path).name
        return not (name.startswith(".") or name.endswith(_IGNORED))

    async for changed in awatch(
        *folders, watch_filter=is_wanted, force_polling=poll, poll_delay_ms=_PAUSE
    ):
        found.put_nowait({path for _, path in changed})


async def _watch_files(root: Path, found: _Found, *, poll: bool) -> None:
    """Watch the settings by their folder: an editor may put a new file in the old one's place."""
    names = {SETTINGS_FILE, AUTHORITY_FILE, "templates", "static"}

    def is_wanted(change: Change, path: str) -> bool:
        return Path(path).name in names and Path(path).parent == root

    async for changed in awatch(
        root, watch_filter=is_wanted, force_polling=poll, poll_delay_ms=_PAUSE, recursive=False
    ):
        found.put_nowait({path for _, path in changed})


async def tells_of_changes(folder: Path) -> bool:
    """Whether the file system tells of a change in a folder; some network disks never do."""
    probe = folder / "probe"
    probe.mkdir(parents=True, exist_ok=True)

    async def heard() -> None:
        async for _ in awatch(probe, force_polling=False):
            return

    hearing = asyncio.create_task(heard())
    try:
        for number in range(10):
            (probe / "touched").write_text(str(number))
            done, _ = await asyncio.wait([hearing], timeout=_PROBE / 10)
            if done:
                return hearing.exception() is None
        return False
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        with suppress(OSError):
            (probe / "touched").unlink(missing_ok=True)
            probe.rmdir()


def _shown(path: str, root: Path) -> str:
    return path.removeprefix(f"{root}/")
