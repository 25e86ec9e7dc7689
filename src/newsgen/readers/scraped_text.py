"""Read one article from text as scraped, with front matter or without."""

from newsgen.digest import sha256
from newsgen.layout.assembly import Draft, make_article
from newsgen.layout.front_matter import front_matter_of
from newsgen.layout.roles import layout_of
from newsgen.model import Article, Given, Source
from newsgen.source_text.encoding import decode, encoding_problems
from newsgen.source_text.reading_text import reading_text


def read_scraped_text(path: str, content: bytes) -> tuple[Article, ...]:
    """Read a `.txt` file: always one article, however odd its content."""
    decoded = decode(content)
    text, edits = reading_text(decoded.text)
    source = Source(
        path=path,
        format="text",
        sha256=sha256(content),
        bytes=len(content),
        encoding=decoded.encoding,
        repairs=decoded.repairs,
    )
    given = Given()
    matter = front_matter_of(text, decoded.text)
    if matter is None:
        layout = layout_of(text)
    else:
        given = matter.given
        layout = matter.layout.joined(layout_of(text, matter.body, title=given.headline))
    problems = encoding_problems(decoded, path)
    return (make_article(Draft(source, text, layout, edits, given, problems=problems)),)
