"""The view for people: every line with its role, colours only where wanted, nothing raw."""

import io
import re
from pathlib import Path

import msgspec
import pytest

from newsgen.annotate import annotate
from newsgen.errors import SourceError
from newsgen.look import Look, has_colour
from newsgen.model import Quote, Span, Speaker
from newsgen.readers import is_source, read_file
from newsgen.rules import MEANINGS
from newsgen.show import archive_of, read_sources, shown

ROOT = Path(__file__).parents[1]
TEXT = """Port reopens after storm
“We cannot wait,” said Ada Quill, mayor of Easthaven, on Monday in the town hall.
Related Stories
- Storm closes port
"""


def view(text: str = TEXT, look: Look | None = None, name: str = "a.txt") -> str:
    article = annotate(read_file("articles/a.txt", text.encode())[0])
    return "\n".join(shown(article, name, look or Look()))


def test_each_line_is_shown_with_its_number_and_role():
    assert "  1  headline     Port reopens after storm\n" in view()
    assert "  4  related      - Storm closes port\n" in view()


def section(title, output):
    """The lines of one section."""
    return output.split(f"\n{title} (")[1].split("\n\n")[0].split("\n")[1:]


def test_a_quote_is_explained_by_its_speaker_its_rule_and_the_words_beside_it():
    words, speaker, because = section("Quotes", view())
    assert words == "   2  “We cannot wait”"
    assert speaker == "      said by Ada Quill, mayor of Easthaven"
    assert re.match(r"      direct, cue-after, 0\.\d\d: line 2: ", because)
    assert "“We cannot wait,” [said] [Ada Quill], mayor of Easthaven" in because


def test_a_speaker_named_elsewhere_says_through_which_words():
    text = TEXT.replace("Related", "“They know,” she said.\nRelated")
    assert "      said by Ada Quill, mayor of Easthaven  (whom “she” means)" in view(text)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        pytest.param({}, "nobody named: no word of saying stands beside it", id="no cue"),
        pytest.param(
            {"cue": Span(TEXT.index("said"), TEXT.index("said") + 4)},
            "“said” stands beside it, but whose it is",
            id="cue",
        ),
        pytest.param({"speaker": Speaker("Ada")}, "said by Ada  (not one of the names", id="name"),
    ],
)
def test_an_unknown_speaker_says_why(quote, words):
    article = annotate(read_file("articles/a.txt", TEXT.encode())[0])
    quotes = (Quote(Span(26, 40), "direct", "marks", **quote),)
    assert words in "\n".join(shown(msgspec.structs.replace(article, quotes=quotes), "a", Look()))


def test_evidence_that_stands_apart_is_shown_in_pieces_and_what_overlaps_once():
    text = "Head of it\n“Come,” said Ada Quill, " + "who spoke for long, " * 9 + "the mayor.\nB.\n"
    article = annotate(read_file("articles/a.txt", text.encode())[0])
    cue, last = Span(text.index("said"), text.index("said") + 4), text.index("the mayor")
    for mention, pieces in (
        (Span(last, last + 9), "line 2: “Come,” [said] Ada Quill, who spoke for long, who… …"),
        (Span(cue.start, cue.end + 4), "line 2: “Come,” [said] Ada Quill"),
        (Span(text.index("B."), len(text) - 1), "lines 2 and 3: "),
    ):
        quote = Quote(Span(12, 16), "direct", "marks", Speaker("Ada", mention=mention), cue)
        made = msgspec.structs.replace(article, quotes=(quote,))
        output = "\n".join(shown(made, "a.txt", Look()))
        assert pieces in output


@pytest.mark.parametrize(
    ("variable", "value", "terminal", "wanted"),
    [
        pytest.param("TERM", "xterm", True, True, id="terminal"),
        pytest.param("TERM", "xterm", False, False, id="pipe"),
        pytest.param("NO_COLOR", "1", True, False, id="NO_COLOR"),
        pytest.param("TERM", "dumb", True, False, id="dumb"),
    ],
)
def test_colours_are_for_terminals_that_want_them(monkeypatch, variable, value, terminal, wanted):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(variable, value)
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    assert has_colour(stream) is wanted


def test_a_name_is_shown_where_it_first_stands_and_how_often():
    lines = section(
        "People, organisations, places, events, works", view(TEXT.replace("Rel", "Ada Quill\nRel"))
    )
    place = next(n for n, line in enumerate(lines) if line.startswith("      Ada Quill"))
    assert "2 times, lines 2, 3: line 2: “We cannot wait,” said [Ada Quill]" in lines[place + 1]


def test_a_tag_shows_the_words_that_give_it():
    text = "Harbour\nThe wind farm hums and hums.\nThey like the wind farm and it is in town.\n"
    assert section("Tags", view(text)) == [
        "      wind farm",
        "      proposed: a tag once other articles share it; keyphrase, 0.50: line 2: The [wind "
        "farm] hums and hums.",
    ]


def test_the_rules_that_were_used_are_explained_at_the_end():
    assert "  cue-after  " in view().split("\nWhat the rules mean\n")[1]


def test_every_rule_of_the_demo_and_of_the_settings_has_a_meaning():
    used = {"entities.yaml", "newsgen.yaml"}
    for file in (ROOT / "articles").rglob("*.*"):
        for article in read_file(file.name, file.read_bytes()) if is_source(file.name) else ():
            found = annotate(article)
            used |= {item.rule for item in (*found.quotes, *found.entities, *found.terms)}
            used |= {item.rule for item in found.credits}
            used |= {i.rule for i in (found.published, found.dateline, found.language) if i}
    assert used - MEANINGS.keys() == set()


def test_an_unknown_date_is_said_to_be_unknown():
    assert "published   not known" in view("Only a headline\nAnd a body of some words.\n")


def test_there_are_no_colours_unless_asked_for():
    assert "\x1b" not in view()
    assert "\x1b[32m" in view(look=Look(colour=True))


def test_colours_change_nothing_but_colour():
    import click

    assert click.unstyle(view(look=Look(colour=True))) == view()


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("\x1b]0;owned\x07", id="escape sequence"),
        pytest.param("&#27;[2J", id="escaped escape"),
        pytest.param("\x9b31m", id="C1 control"),
        pytest.param("\u202egnp.exe", id="direction override"),
    ],
)
def test_nothing_that_drives_a_terminal_is_printed_raw(hostile):
    text = view(f"Head {hostile}\nBody {hostile} of some words.\n", name=f"{hostile}.txt")
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("plain words of a line " * 20, id="words"),
        pytest.param("x" * 300, id="one long word"),
        pytest.param("港口重新开放" * 40, id="wide letters"),
    ],
)
def test_wrapping_keeps_all_letters_within_the_width(words):
    body = view(f"Head of it\n{words}\n", Look(width=60)).split("\n\n")[1].split("\n")
    rows = [row[18:] for row in body[1:]]
    assert "".join(rows).replace(" ", "") == words.replace(" ", "")
    assert all(sum(1 + (ord(char) > 0x3000) for char in row) <= 42 for row in rows)


def test_a_long_line_is_shown_in_time_linear_in_its_length():
    assert len(view("Head of it\n" + "word " * 200_000, Look(width=80))) > 1_000_000


def test_a_file_in_an_archive_is_known_by_its_path_there(archive):
    site = archive(f"-- articles/sub/a.txt --\n{TEXT}")
    (article,) = read_sources(site.folder / "articles/sub/a.txt")
    assert article.source.path == "articles/sub/a.txt"


def test_the_decisions_of_the_archive_are_applied(archive):
    site = archive()
    site.write("articles/a.txt", TEXT)
    site.write("entities.yaml", "- name: Ada B. Quill\n  kind: person\n  aliases: [Ada Quill]\n")
    (article,) = read_sources(site.folder / "articles/a.txt")
    assert article.quotes[0].speaker.name == "Ada B. Quill"


def test_a_file_outside_an_archive_needs_none(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    assert archive_of(file) is None
    assert read_sources(file)[0].source.path == "a.txt"


@pytest.mark.parametrize("name", ["missing.txt", "a.pdf", "folder"])
def test_what_cannot_be_shown_says_why(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(SourceError) as caught:
        read_sources(Path(tmp_path / name))
    assert name in caught.value.where
