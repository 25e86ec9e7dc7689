"""What each rule means: the words behind the names that findings carry as their reason."""

MEANINGS: dict[str, str] = {
    # Stated
    "given": "front matter or a record states it",
    "front-matter": "front matter or a record states it",
    "section": "the section that front matter or a record states",
    "entities.yaml": "entities.yaml decides it",
    "newsgen.yaml": "a topic of newsgen.yaml finds its words",
    # Language
    "letters": "its letters are those of one language",
    "script": "nearly all texts in this script are in this language",
    "function-words": "its small words are those of this language",
    # Dates and credits
    "date-line": "a line of its own states the date",
    "dateline": "the dateline before the first sentence says so",
    "url": "the address of the page has it",
    "rights-line": "the line of rights says so",
    "byline": "a byline names them",
    "credit-line": "a line of credits names them",
    "photo-credit": "the credit of a picture names them",
    "cited": "the text names them as a source",
    # Quotes and speakers
    "marks": "it stands between quotation marks",
    "single-marks": "it stands between single quotation marks",
    "lost-mark": "one of its quotation marks is lost",
    "cue-before": "the speaker and a word of saying stand right before it",
    "cue-after": "the speaker and a word of saying follow it",
    "cue-in-sentence": "a word of saying in the same sentence leads to it",
    "cue-earlier": "the last word of saying before it leads to it",
    "cue-later": "the next word of saying behind it leads to it",
    "cue-far": "a word of saying some way off leads to it",
    "cue-coming": "the speaker is named only after it",
    "cue-beside": "a speaker and a word of saying in its language stand beside it",
    "according": "words such as “according to” name whose it is",
    "announced": "the sentence before it announces who speaks",
    "carried": "whoever spoke last in the paragraph goes on",
    "carried-over": "whoever spoke in the paragraph before goes on",
    "listed": "one of several quotes that one word of saying leads to",
    "signature": "a name stands below it like a signature",
    # Names
    "acronym": "the text gives it with its initials, or it is written like initials",
    "gazetteer": "it is in newsgen's lists of names",
    "given-name": "it begins with a given name",
    "surname-first": "it begins with a surname that stands first",
    "title": "a title or office stands before it",
    "speaker": "someone of this name speaks",
    "initials": "it begins with initials",
    "head-word": "one of its words tells the kind, such as “University”",
    "shape": "it is written like a name of this kind",
    "model": "the trained model takes it for one",
    # Tags
    "keyphrase": "the text comes back to it",
}
