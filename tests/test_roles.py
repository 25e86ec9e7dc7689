"""What each line of a scraped page is for."""

import itertools
import textwrap

import pytest

from newsgen.layout.headings import heading_of, list_item, story_mentioned
from newsgen.layout.roles import layout_of
from newsgen.layout.wording import is_byline, is_date, is_furniture, is_rights, is_url, role_of

HEADLINE = "Port reopens after storm"
FIRST = "The port of Lund reopened on Monday after a storm that closed it for three days."
SECOND = "Ships had waited outside the harbour since Friday, the port authority said."
THIRD = "The next ferry to the islands leaves on Tuesday morning, it added in a statement."
PROSE = f"{FIRST} {SECOND} {THIRD}"


def page(*lines):
    return "\n".join(lines) + "\n"


def roles(text, title=None):
    return [part.role for part in layout_of(text, title=title).parts]


def shown(text, role, title=None):
    parts = layout_of(text, title=title).parts
    return [text[part.start : part.end].strip() for part in parts if part.role == role]


def test_a_page_as_scraped_has_a_headline_paragraphs_lists_and_rights():
    text = page(
        HEADLINE,
        FIRST,
        SECOND,
        "Photos",
        "Related Stories",
        "- Storm closes port: harbour master",
        "- Ferries wait outside",
        "Copyright © 2025 Lund Courier. All Rights Reserved.",
        "",
        "",
    )
    layout = layout_of(text)
    assert roles(text) == (
        [
            "headline",
            "paragraph",
            "paragraph",
            "section",
            "section",
            "related",
            "related",
            "rights",
            "blank",
            "blank",
        ]
    )
    assert [story.headline for story in layout.related] == [
        "Storm closes port: harbour master",
        "Ferries wait outside",
    ]
    (finding,) = layout.findings
    assert finding.code == "empty-section"
    assert finding.start == text.index("Photos")


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("https://lund.example/port?x=1", "url", id="address"),
        pytest.param("© 2025 Lund Courier", "rights", id="rights sign"),
        pytest.param("Copyright (c) 2004 Lund Courier", "rights", id="copyright and year"),
        pytest.param("lund.example © Lund Courier", "rights", id="site before the sign"),
        pytest.param("Alle Rechte vorbehalten.", "rights", id="German rights"),
        pytest.param("版权所有 2025", "rights", id="Chinese rights"),
        pytest.param("Licensed under a Creative Commons licence", "rights", id="licence"),
        pytest.param("Copyright law is being rewritten by the two chambers.", None, id="a topic"),
        pytest.param("He fought for copyright in 2004.", None, id="a topic with a year"),
        pytest.param("(Web editor: Ann Quill, Bo Reed)", "credit", id="editor"),
        pytest.param("(Reporting by A. Quill; Editing by B. Reed)", "credit", id="agency tail"),
        pytest.param("Additional reporting by Ann Quill", "credit", id="additional reporting"),
        pytest.param("Ann Quill contributed to this report.", "credit", id="contributed"),
        pytest.param("Source: Lund Courier", "credit", id="source"),
        pytest.param("责任编辑：安", "credit", id="Chinese editor"),
        pytest.param("(Photo by Ann Quill/Xinhua)", "caption", id="photo credit"),
        pytest.param("Boats leave the port. (Xinhua/Ann Quill)", "caption", id="agency photo"),
        pytest.param("Boats leave the port [Photo/Agencies]", "caption", id="square brackets"),
        pytest.param("Boats at dawn. Photo: VCG", "caption", id="photo at the end"),
        pytest.param("Photo taken on May 3 shows boats.", "caption", id="photo taken"),
        pytest.param("FILE - Boats leave the port", "caption", id="file"),
        pytest.param("Ann Quill/Associated Press", "caption", id="name and agency"),
        pytest.param(
            "Reuters Boats wait outside the harbour of Lund", "caption", id="glued agency"
        ),
        pytest.param("© AFP The port was closed for days", "caption", id="picture rights"),
        pytest.param(
            "Reuters Television could not confirm the report on Monday.", None, id="agency as agent"
        ),
        pytest.param("May 3, 2025", "date", id="date"),
        pytest.param("Published: Feb 17, 2022 05:51 PM", "date", id="published"),
        pytest.param("( Xinhua ) 17:26, November 18, 2020", "date", id="agency and date"),
        pytest.param("Updated: 2017-09-15 21:45", "date", id="updated"),
        pytest.param("2024-04-23 15:15", "date", id="numbers"),
        pytest.param("2019年9月7日 10:05", "date", id="Chinese date"),
        pytest.param("3. Mai 2025, 10:05 Uhr", "date", id="German date"),
        pytest.param("On May 3 the port reopened.", None, id="a sentence with a date"),
        pytest.param("Room 101", None, id="a number"),
        pytest.param("LUND, May 3 (Xinhua) --", "dateline", id="dateline alone"),
        pytest.param("He said as much at —", None, id="a broken-off sentence"),
        pytest.param("Share this article on Facebook", "boilerplate", id="share"),
        pytest.param("Please enable JavaScript to view the comments", "boilerplate", id="script"),
        pytest.param("【1】【2】【3】", "boilerplate", id="pager"),
        pytest.param("* * *", "boilerplate", id="ornament"),
        pytest.param("#Lund #Port", "boilerplate", id="hashtags"),
        pytest.param("desk@lund.example", "boilerplate", id="mail"),
        pytest.param("Home | World | Sports | Contact us", "boilerplate", id="menu"),
        pytest.param("By signing the deal, Lund agreed to rebuild.", None, id="no consent form"),
        pytest.param("x" * 700, None, id="long"),
        pytest.param(FIRST, None, id="running text"),
    ],
)
def test_the_words_of_a_line_give_its_role(line, role):
    assert role_of(line) == role


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("By Ann Quill", True, id="plain"),
        pytest.param("by Ann Quill, Reuters", True, id="with an agency"),
        pytest.param("BY ANN QUILL", True, id="capitals"),
        pytest.param("By Ann Quill (Lund Courier)", True, id="with a paper"),
        pytest.param("Von Ann Quill", True, id="German"),
        pytest.param("By land and by sea", False, id="no name"),
        pytest.param("By Monday, 100 boats had left the port.", False, id="a sentence"),
        pytest.param("By " + "Ann Quill " * 20, False, id="too long"),
        pytest.param("Bygone days", False, id="another word"),
    ],
)
def test_bylines(line, expected):
    assert is_byline(line) is expected


def test_small_judgements():
    assert is_url("www.lund.example/port")
    assert not is_url("see www.lund.example")
    assert is_furniture("- Share this on Twitter")
    assert not is_date("no digits here")
    assert not is_rights("© " + "x" * 400)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Related Stories", ("stories", "Related Stories"), id="plain"),
        pytest.param(">>Related:", ("stories", "Related"), id="arrows and a colon"),
        pytest.param("## Editors’ Picks", ("stories", "Editors’ Picks"), id="curly apostrophe"),
        pytest.param("Mehr zum Thema", ("stories", "Mehr zum Thema"), id="German"),
        pytest.param("相关新闻", ("stories", "相关新闻"), id="Chinese"),
        pytest.param("PHOTOS", ("pictures", "PHOTOS"), id="pictures"),
        pytest.param("Read more »", ("link", "Read more"), id="link"),
        pytest.param("Advertisement", ("furniture", "Advertisement"), id="furniture"),
        pytest.param("Related by blood and marriage", None, id="other words"),
        pytest.param("Related " * 20, None, id="too long"),
    ],
)
def test_headings(line, expected):
    assert heading_of(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("READ MORE: Storm closes port", "Storm closes port", id="read more"),
        pytest.param("Lesen Sie auch: Der Hafen ist zu", "Der Hafen ist zu", id="German"),
        pytest.param(
            "Storm closes the whole port Read more", "Storm closes the whole port", id="e"
        ),
        pytest.param("[Storm closes the whole port]", "Storm closes the whole port", id="brackets"),
        pytest.param("[Emphasis added]", None, id="an editor's note"),
        pytest.param("More boats left the port.", None, id="running text"),
        pytest.param("Read more: " + "x" * 400, None, id="too long"),
    ],
)
def test_pointers_to_one_story(line, expected):
    found = story_mentioned(line)
    assert (found and found[0]) == expected


def test_list_items():
    assert list_item("- Storm closes port") == "Storm closes port"
    assert list_item("3) Storm") == "Storm"
    assert list_item("2 Storm") == "Storm"
    assert list_item("2 Storm", numbered=False) is None
    assert list_item("-5 degrees") is None


def test_a_blank_line_after_the_headline_makes_no_difference():
    assert roles(page(HEADLINE, "", FIRST)) == ["headline", "blank", "paragraph"]
    assert roles(f"\n\n{HEADLINE}\r\n{FIRST}\r{SECOND}") == (
        ["blank", "blank", "headline", "paragraph", "paragraph"]
    )


def test_nothing_has_no_parts():
    assert layout_of("").parts == ()
    assert roles("\n \n") == ["blank", "blank"]


def test_what_stands_above_the_headline_keeps_its_role():
    text = page("Advertisement", "May 3, 2025", "By Ann Quill", HEADLINE, FIRST)
    assert roles(text) == ["boilerplate", "date", "byline", "headline", "paragraph"]


def test_an_address_first_means_that_a_headline_has_to_look_like_one():
    url = "https://lund.example/port"
    assert roles(page(url, "", FIRST, "", SECOND)) == (
        ["url", "blank", "paragraph", "blank", "paragraph"]
    )
    assert roles(page(url, "", HEADLINE, FIRST)) == ["url", "blank", "headline", "paragraph"]
    assert roles(page(url, "", "By Ann Quill", FIRST)) == ["url", "blank", "byline", "paragraph"]


def test_a_first_line_too_long_for_a_headline_is_a_paragraph():
    assert roles(page("word " * 100, FIRST)) == ["paragraph", "paragraph"]
    assert roles(page(PROSE[:200] + " of the port.", FIRST)) == ["paragraph", "paragraph"]


def test_only_furniture_has_no_headline():
    buttons = [f"Tweet {number}" for number in range(2)]
    assert "headline" in roles(page(*buttons))
    assert roles("https://lund.example\nhttps://lund.example/b\n") == ["url", "url"]


def test_a_repeated_headline_is_no_paragraph():
    text = page(HEADLINE, "", HEADLINE + ".", FIRST, SECOND, THIRD, HEADLINE)
    assert roles(text) == (
        ["headline", "blank", "boilerplate", "paragraph", "paragraph", "paragraph", "paragraph"]
    )


def test_a_line_before_the_byline_is_the_subheadline():
    text = page(HEADLINE, "Ships had waited for three days", "By Ann Quill", FIRST, SECOND)
    assert roles(text)[:3] == ["headline", "subheadline", "byline"]
    assert roles(page(HEADLINE, FIRST, SECOND, THIRD))[1] == "paragraph"
    assert roles(page("https://lund.example", HEADLINE, FIRST, "May 3, 2025", SECOND))[2] == (
        "subheadline"
    )


def test_short_lines_in_capitals_or_dashes_are_subheadings():
    text = page(HEADLINE, FIRST, "HARBOUR IN RUINS", SECOND, "- 'Not again' -", THIRD)
    assert roles(text)[2::2] == ["subheading", "subheading"]
    assert roles(page(HEADLINE, FIRST, "2000 GMT", SECOND))[2] == "paragraph"


def test_a_photo_story_has_its_captions_as_body():
    caption = (
        "Boats leave the port of Lund on Monday, May 3, 2025, after a storm. (Xinhua/A. Quill)"
    )
    text = page(HEADLINE, caption, "(Photo/Xinhua)", "【1】【2】")
    assert roles(text) == ["headline", "paragraph", "caption", "boilerplate"]


def test_a_known_title_is_no_line_of_the_text():
    assert roles(page(HEADLINE, FIRST), title=HEADLINE) == ["boilerplate", "paragraph"]
    assert roles(page(FIRST, SECOND), title=HEADLINE) == ["paragraph", "paragraph"]
    assert roles(page(HEADLINE, FIRST), title="") == ["paragraph", "paragraph"]
    assert roles(page("https://lund.example", FIRST), title="") == ["url", "paragraph"]


def test_bulleted_lists_end_at_the_first_line_without_a_bullet():
    text = page(HEADLINE, FIRST, "Read also", "", "* Storm", "", "* Waves", SECOND)
    assert shown(text, "related") == ["* Storm", "* Waves"]
    assert shown(text, "paragraph") == [FIRST, SECOND]


def test_lists_without_bullets_end_at_a_blank_line_or_a_sentence():
    text = page(HEADLINE, FIRST, "Most Read", "Storm closes port", "Waves rise", "", SECOND)
    assert shown(text, "related") == ["Storm closes port", "Waves rise"]
    text = page(HEADLINE, "Most Read", "Storm closes port", FIRST)
    assert shown(text, "related") == ["Storm closes port"]
    text = page(HEADLINE, "Most Read", "", "Storm closes port", "", "Waves rise", "", FIRST)
    assert shown(text, "related") == ["Storm closes port", "Waves rise"]
    text = page(HEADLINE, FIRST, "Most Read", "Storm closes port", "© 2025 Lund Courier")
    assert shown(text, "rights") == ["© 2025 Lund Courier"]


def test_a_link_without_a_list_is_furniture():
    text = page(HEADLINE, FIRST, "Read more", SECOND, "Video", THIRD)
    assert shown(text, "boilerplate") == ["Read more", "Video"]
    assert layout_of(text).findings == ()
    assert shown(page(HEADLINE, FIRST, "Read more", "- Storm closes port"), "related")
    assert shown(page(HEADLINE, FIRST, "Photos", "Boats at dawn", "Boats at dusk"), "related")


def test_a_pointer_to_one_story_is_related():
    text = page(HEADLINE, FIRST, "READ MORE: Storm closes port", SECOND)
    (story,) = layout_of(text).related
    assert story.headline == "Storm closes port"
    assert story.section == "READ MORE"
    assert text[story.start :].startswith("READ MORE")


def test_polls_in_the_text_are_furniture_to_their_last_field():
    poll = [
        "take our poll - story continues below",
        "Should the port be closed?",
        "* Yes, it should.",
        "No, it should not.",
        "Email *",
        "Name This field is for validation purposes and should be left unchanged.",
        "You may opt out at anytime.",
    ]
    assert shown(page(HEADLINE, FIRST, *poll, SECOND), "boilerplate") == poll
    assert shown(page(HEADLINE, FIRST, *poll[1:], SECOND), "boilerplate") == poll[1:]
    text = page(HEADLINE, FIRST, "x" * 240, "Email *", SECOND)
    assert shown(text, "boilerplate") == ["Email *"]


def test_wrapped_text_has_paragraphs_of_several_lines():
    wrapped = textwrap.fill(PROSE + " " + PROSE, 60).split("\n")
    layout = layout_of(page(HEADLINE, "", *wrapped, "", *wrapped))
    body = [part for part in layout.parts if part.role == "paragraph"]
    assert [part.joins for part in body].count(False) == 2
    unwrapped = layout_of(page(HEADLINE, "", FIRST, SECOND, THIRD, FIRST))
    assert not any(part.joins for part in unwrapped.parts)


def test_captions_below_photos_are_captions_and_titles_are_stories():
    caption = "Boats wait in the port of Lund on May 3, 2025. (Xinhua/Bo Reed)"
    text = page(HEADLINE, FIRST, "Photos", caption, "Boats at dawn")
    assert shown(text, "caption") == [caption]
    assert shown(text, "related") == ["Boats at dawn"]


# --- Whole pages on one line --------------------------------------------------------------------

FLAT = (
    f"{HEADLINE} - Lund Courier Monday, May 3, 2025 Search Home World Sports >> {HEADLINE} "
    "By Ann Quill ( Lund Courier ) 09:37, May 03, 2025 Photo shows boats in the port of Lund. "
    f"(Xinhua/Bo Reed) {FIRST} LUND, May 3 (Xinhua) -- {SECOND} Photo taken on May 3 shows a "
    f"crane. (Photo by Bo Reed) {THIRD} (For the latest Lund news, Please follow us on Twitter ) "
    "(Web editor: Bo Reed, Cy Day) Add your comment Most Read 1 Storm closes port 2 Waves rise 3 "
    "Ferries wait Top 10 Top 10 ports Top 10 ferries Related reading Ferries wait outside Photos "
    "Links: Home World About Lund Courier | Join us lund.example © Lund Courier"
)


def test_a_page_on_one_line_is_cut_into_its_parts():
    text = FLAT + "\n"
    assert shown(text, "headline") == [HEADLINE]
    assert shown(text, "byline") == ["By Ann Quill"]
    assert shown(text, "date") == ["( Lund Courier ) 09:37, May 03, 2025"]
    assert shown(text, "caption") == [
        "Photo shows boats in the port of Lund. (Xinhua/Bo Reed)",
        "Photo taken on May 3 shows a crane. (Photo by Bo Reed)",
    ]
    assert shown(text, "paragraph") == [FIRST, "LUND, May 3 (Xinhua) -- " + SECOND, THIRD]
    assert shown(text, "credit") == ["(Web editor: Bo Reed, Cy Day)"]
    assert shown(text, "rights") == ["lund.example © Lund Courier"]
    assert shown(text, "section") == ["Most Read", "Top 10", "Related reading"]


def test_the_lists_of_a_page_on_one_line_are_told_apart_where_they_count():
    stories = [(story.section, story.headline) for story in layout_of(FLAT).related]
    assert stories == [
        ("Most Read", "Storm closes port"),
        ("Most Read", "Waves rise"),
        ("Most Read", "Ferries wait"),
        ("Top 10", "Top 10 ports"),
        ("Top 10", "Top 10 ferries"),
        ("Related reading", "Ferries wait outside"),
    ]


@pytest.mark.parametrize(
    ("counted", "titles"),
    [
        ("1 2 Storm closes port 3 Ferries wait", ["Storm closes port", "Ferries wait"]),
        ("1 Storm closes port 2 3 Ferries wait", ["Storm closes port", "Ferries wait"]),
        ("1 Storm closes 2 ports 2 Waves rise", ["Storm closes", "ports 2 Waves rise"]),
        ("1 2 3 Storm", ["Storm"]),
        ("19 boats wait", ["19 boats wait"]),
    ],
)
def test_numbers_without_a_title_in_a_list_are_no_titles(counted, titles):
    text = FLAT.replace("1 Storm closes port 2 Waves rise 3 Ferries wait", counted)
    found = layout_of(text).related
    assert [story.headline for story in found if story.section.strip() == "Most Read"] == titles


def test_a_page_on_one_line_without_a_signature_has_its_body_below_the_headline():
    text = FLAT.replace("By Ann Quill ( Lund Courier ) 09:37, May 03, 2025 ", "")
    assert shown(text, "date") == shown(text, "byline") == []
    assert shown(text, "paragraph") == [FIRST, "LUND, May 3 (Xinhua) -- " + SECOND, THIRD]


def test_a_page_of_a_video_has_no_body():
    text = FLAT[: FLAT.index("Photo shows")] + FLAT[FLAT.index("(For the latest") :]
    assert shown(text, "paragraph") == []
    assert shown(text, "headline") == [HEADLINE]
    assert shown(text, "credit") == ["(Web editor: Bo Reed, Cy Day)"]


def test_the_parts_of_a_page_on_one_line_tile_it():
    parts = layout_of("\n" + FLAT + "\n\n").parts
    assert [part.role for part in parts][0 :: len(parts) - 1] == ["blank", "blank"]
    inner = parts[1:-1]
    assert all(one.end == two.start for one, two in itertools.pairwise(inner))


def test_one_long_line_without_a_page_around_it_is_a_paragraph():
    assert roles(PROSE * 5) == ["paragraph"]
    assert roles(f"{HEADLINE} - Lund Courier {PROSE * 5}") == ["paragraph"]
    assert roles(f"{HEADLINE} - Lund Courier {HEADLINE} {PROSE * 5}") == ["paragraph"]


def test_a_page_of_pictures_has_its_captions_as_body():
    text = (
        f"{HEADLINE} - Lund Courier Home World {HEADLINE} 09:37, May 03, 2025 {FIRST} {SECOND} "
        f"{THIRD} Boats at dawn. (Xinhua/Bo Reed) 【1】 【2】 (Web editor: Bo Reed) " + "Home " * 60
    )
    assert len(shown(text, "paragraph")) == 1
    bare = text.replace(f"{FIRST} {SECOND} {THIRD} ", "")
    assert shown(bare, "paragraph") == ["Boats at dawn. (Xinhua/Bo Reed)"]
    assert shown(bare, "caption") == []


# --- Whole pages as text ------------------------------------------------------------------------


def dump():
    menu = [f"    * Section {name}" for name in "ABCDEFGHIJKLMNOP"]
    return page(
        *menu,
        "    Menu",
        "",
        f"  {HEADLINE}",
        "  May 3, 2025",
        "  Share all",
        "",
        f"  {FIRST} {SECOND}",
        "  Harbour in ruins",
        f"  {SECOND} {THIRD}",
        "  It was closed.",
        f"  {HEADLINE}",
        "  Follow us on Twitter",
        f"  * {THIRD}",
        "  * Short",
        f"  {FIRST} {THIRD}",
        "  Most Popular",
        "    * Storm closes port",
        "    * Waves rise",
        "  We use cookies to make this site work for you, see our privacy policy for more of it.",
        "  © 2025 Lund Courier",
        *menu,
    )


def test_the_article_is_found_in_a_whole_page():
    text = dump()
    assert shown(text, "headline") == [HEADLINE]
    assert shown(text, "paragraph") == [
        f"{FIRST} {SECOND}",
        f"{SECOND} {THIRD}",
        "It was closed.",
        f"* {THIRD}",
        f"{FIRST} {THIRD}",
    ]
    assert shown(text, "subheading") == ["Harbour in ruins"]
    assert shown(text, "date") == ["May 3, 2025"]
    assert shown(text, "related") == ["* Storm closes port", "* Waves rise"]
    assert shown(text, "rights") == ["© 2025 Lund Courier"]


def test_a_page_of_menus_has_no_body():
    text = page(*(f"    * Section {name}" for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert "paragraph" not in roles(text)
    buttons = ["Sign in", "Subscribe", "Menu", "Search", *(f"Item {n}" for n in range(30))]
    assert set(roles(page(*buttons))) == {"boilerplate"}


def test_an_article_of_many_lines_is_no_page():
    text = page(HEADLINE, *[FIRST] * 40)
    assert roles(text).count("paragraph") == 40
    poem = page(HEADLINE, *(f"the sea was grey {n}" for n in range(40)))
    assert roles(poem).count("paragraph") == 40
