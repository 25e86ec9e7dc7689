"""Articles made by hand, line by line, as a reader would hand them to the annotators."""

from newsgen.model import Article, Given, Inferred, Line, Paragraph, Source, Span


def article_of(*lines, language=None, given=None, url=None, problems=()):
    """An article of these lines: the first is the headline, then words, or (role, words)."""
    made, paragraphs, texts, place = [], [], [], 0
    for number, line in enumerate(lines, start=1):
        role, words = ("headline" if number == 1 else "paragraph", line)
        if isinstance(line, tuple):
            role, words = line
        span = Span(place, place + len(words))
        made.append(Line(number, role, span))
        if role == "paragraph":
            paragraphs.append(Paragraph(len(paragraphs) + 1, number, span))
        texts.append(words)
        place = span.end + 1
    return Article(
        id="0" * 12,
        permalink="articles/port-000000000000.html",
        source=Source("articles/port.txt", "scraped", "", 0, "utf-8"),
        text="\n".join(texts),
        lines=tuple(made),
        paragraphs=tuple(paragraphs),
        headline=(made and texts[0]) or "Untitled",
        given=given or Given(),
        url=url,
        language=Inferred(language, "given") if language else None,
        problems=problems,
    )
