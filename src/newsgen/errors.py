"""
Everything newsgen raises on purpose:

NewsgenError
├── SettingsError      newsgen.yaml, entities.yaml or the command line cannot be used
├── SourceError        a source cannot be read at all
├── TemplateError      a template is missing, broken, or asks for a variable its view lacks
└── OutputError        the output folder or the working state cannot be written
"""


class NewsgenError(Exception):
    """Say what is wrong, where, and what to do about it: printed as is, exit code 1."""

    def __init__(self, what: str, *, where: str = "", expected: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.expected = expected
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        lines = [head]
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.hint:
            lines.append(f"  to do:    {self.hint}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; the default recipe loses keyword-only arguments.
        return _rebuild, (type(self), self.what, self.where, self.expected, self.hint)


def _rebuild(
    kind: type[NewsgenError], what: str, where: str, expected: str, hint: str
) -> NewsgenError:
    return kind(what, where=where, expected=expected, hint=hint)


class SettingsError(NewsgenError):
    """newsgen.yaml, entities.yaml or an argument cannot be used."""


class SourceError(NewsgenError):
    """A source cannot be read at all: it is reported, and the build goes on."""


class TemplateError(NewsgenError):
    """A template is missing, broken, or asks for a variable its view lacks."""


class OutputError(NewsgenError):
    """The output folder or the working state cannot be written."""
