"""What each problem code means: the words behind the codes that reports and records print."""

MEANINGS: dict[str, str] = {
    "annotation-failed": "Reading dates, names and quotes from the text failed; the text stands.",
    "bad-date": "Front matter or a record states a date that is none; another one is looked for.",
    "bad-front-matter": "The block above the text is no valid YAML mapping and was passed over.",
    "date-conflict": "The source states two dates that cannot both be right; the surer one counts.",
    "duplicate-id": "Two sources ask for one id or URL; the later path was given an id of its own.",
    "empty-section": "A heading such as “Photos” or “Related Stories” has nothing below it.",
    "empty-source": "The source holds no text at all.",
    "encoding-guessed": "The source states no encoding and is not UTF-8; a likely one was chosen.",
    "link-loop": "A link leads back into its own folder; it was not followed.",
    "malformed-record": "A record of a JSON file cannot be read; the other records were.",
    "markdown-too-large": "The Markdown is too long or too deeply nested: it was read as text.",
    "no-body": "No line of the source is a paragraph of an article.",
    "no-headline": "The source has no headline; its first sentence or file name stands in.",
    "undated": "The source states no date, so the article is listed as undated.",
    "undecodable-bytes": "Bytes that are no text in the source's encoding: kept, and shown.",
    "unknown-format": "The file has a suffix that no reader takes; it was left alone.",
    "unreadable-source": "The file or folder cannot be opened, or nothing can be read from it.",
}
