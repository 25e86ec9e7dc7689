"""The `entities` of newsgen.yaml: by what names are found in the texts of an archive."""

import importlib.util
from pathlib import Path
from typing import Literal, get_args

import msgspec

from newsgen.errors import SettingsError
from newsgen.marked_yaml import MarkedYaml

EngineName = Literal["model", "rules", "spacy"]
_LIBRARY = "spacy"


class EntityEngine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What newsgen.yaml says of the engine that finds people, organisations and places."""

    engine: EngineName = "model"
    """model: newsgen's rules and its trained model, where it has one for the language (English),
    rules elsewhere; rules: rules and word lists alone; spacy: a pipeline of spaCy for the language
    it is made for, model for others."""
    pipeline: str = ""
    """The pipeline of spaCy: an installed package, or a folder below the archive folder."""


def check_engine(marked: MarkedYaml, file: Path) -> None:
    """Refuse an engine that cannot be used, with the line that names it and what to install."""
    said = marked.value.get("entities") if isinstance(marked.value, dict) else None
    if not isinstance(said, dict):
        return  # none, or no mapping, which is told with the other settings

    def where(*key: str) -> str:
        return f"{file.name}:{marked.line_of('entities', *key)}"

    known = EntityEngine.__struct_fields__
    for key in said:
        if key not in known:
            raise SettingsError(
                f'unknown setting "entities: {key}"', where=where(key), expected=" or ".join(known)
            )
    engine, pipeline = said.get("engine", "model"), said.get("pipeline", "")
    if engine not in get_args(EngineName):
        raise SettingsError(
            f'there is no engine "{engine}"',
            where=where("engine"),
            expected=f"one of {', '.join(get_args(EngineName))}",
        )
    if not isinstance(pipeline, str) or (engine == _LIBRARY) != bool(pipeline.strip()):
        raise SettingsError(
            f'the engine "{engine}" {"needs a" if engine == _LIBRARY else "has no"} pipeline',
            where=where("pipeline"),
            expected='"engine: spacy" with a pipeline such as "de_core_news_md", or neither',
        )
    if engine == _LIBRARY:
        _check_installed(pipeline, file.parent, where("engine"), where("pipeline"))


def _check_installed(pipeline: str, root: Path, engine_line: str, pipeline_line: str) -> None:
    if not _is_installed(_LIBRARY):
        raise SettingsError(
            'the engine "spacy" is not installed',
            where=engine_line,
            hint='install it: pip install "newsgen[spacy]"; or take the line out',
        )
    if not (root / pipeline / "meta.json").is_file() and not _is_installed(pipeline):
        raise SettingsError(
            f'there is no pipeline "{pipeline}"',
            where=pipeline_line,
            expected="an installed package, or a folder with a pipeline's meta.json in it",
            hint="install the pipeline's package beside newsgen, or correct the name",
        )


def _is_installed(package: str) -> bool:
    try:
        return package.isidentifier() and importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def placed(engine: EntityEngine, root: Path) -> EntityEngine:
    """The engine with the full path of its pipeline where that is a folder of the archive."""
    folder = root / engine.pipeline
    if engine.pipeline and (folder / "meta.json").is_file():
        return msgspec.structs.replace(engine, pipeline=str(folder))
    return engine
