"""How things look on a terminal: safe to print, in colour where there is one, marked without."""

import os
import re
from typing import NamedTuple, TextIO

import click

Style = dict[str, object]  # keyword arguments of click.style

# Controls could drive the terminal, and direction marks can show text in an order it does not
# have. The joiners stay: Persian and emoji need them.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Look(NamedTuple):
    """How to print: in colour or not, and wrapped to a width, or each source line on one line."""

    colour: bool = False
    width: int | None = None

    def style(self, text: str, **how: object) -> str:
        """Text in a style, where there are colours."""
        return click.style(text, **how) if self.colour and how and text else text  # type: ignore[arg-type]

    def dim(self, text: str) -> str:
        """Text that stands behind the rest."""
        return self.style(text, dim=True)


def visible(text: str) -> str:
    """Text that is safe to print: what could drive a terminal is written as an escape."""
    return _UNSAFE.sub(lambda found: _escape(found.group()), text)


def _escape(char: str) -> str:
    if char == "\t":
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


def has_colour(stream: TextIO) -> bool:
    """Whether a stream wants colours: a terminal, and nobody has said no (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
