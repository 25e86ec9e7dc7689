"""Datelines and credits: who wrote, edited, photographed, published, and is cited."""

import pytest

from newsgen.annotate.credits import annotate
from newsgen.model import Credit, Given, Inferred, Span
from plain_articles import article_of


def credited(*lines, **options):
    return annotate(article_of("Port reopens", *lines, **options))


def names_of(*lines, **options):
    """(role, name) of each credit; each must stand in the text as its evidence says."""
    article = credited(*lines, **options)
    for credit in article.credits:
        if credit.evidence:
            assert article.words(credit.evidence).casefold() == credit.name.casefold()
    return [(credit.role, credit.name) for credit in article.credits]


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("BEIJING, Feb. 18 (Xinhua) -- The port", "BEIJING, Feb. 18 (Xinhua)"),
        ("BEIJING, Feb. 18 (Xinhua) The port", "BEIJING, Feb. 18 (Xinhua)"),
        ("MUNICH, Germany, Feb. 16 (Xinhua) -- The port", "MUNICH, Germany, Feb. 16 (Xinhua)"),
        ("BOSTON (Reuters) - The port", "BOSTON (Reuters)"),
        ("TAIPEI, Taiwan (AP) — The port", "TAIPEI, Taiwan (AP)"),
        ("LONDON, Feb 26 - The port", "LONDON, Feb 26"),
        ("PORTLAND, Ore., Feb 26 - The port", "PORTLAND, Ore., Feb 26"),
        ("KIGALI, Jun 15 2022 (IPS) - The port", "KIGALI, Jun 15 2022 (IPS)"),
        ("SEOUL/NEW YORK, Aug 30 (Reuters) - The port", "SEOUL/NEW YORK, Aug 30 (Reuters)"),
        ("XI'AN, Feb. 18 (Xinhua) -- The port", "XI'AN, Feb. 18 (Xinhua)"),
        ("Washington (CNN) -- The port", "Washington (CNN)"),
        ("Berlin/Wien (dpa) - Der Hafen", "Berlin/Wien (dpa)"),
        ("Madrid, 18 feb (EFE).- El puerto", "Madrid, 18 feb (EFE)"),
        ("(ANSA) - ROMA, 18 NOV - Il porto", "(ANSA) - ROMA, 18 NOV"),
        ("МОСКВА, 18 ноября. /ТАСС/. Порт", "МОСКВА, 18 ноября. /ТАСС/"),
        ("МОСКВА, 18 ноя — РИА Новости. Порт", "МОСКВА, 18 ноя — РИА Новости"),
        ("دمشق، سوريا (CNN) -- فتح الميناء", "دمشق، سوريا (CNN)"),
        ("新华社北京2月18日电 港口重新开放。", "新华社北京2月18日电"),
        ("BUDAPEST - The port", "BUDAPEST"),
        ("RIO DE JANEIRO — The port", "RIO DE JANEIRO"),
        ("TUCSON, Ariz. – The port", "TUCSON, Ariz."),
        ("NEW DELHI: The port", "NEW DELHI"),
    ],
)
def test_datelines_are_found_as_they_are_printed(opening, dateline):
    article = credited(opening)
    assert article.dateline.value == dateline
    assert article.words(article.dateline.evidence) == dateline


@pytest.mark.parametrize(
    "opening",
    [
        "The port in BEIJING, Feb. 18 (Xinhua) -- opened.",
        "WATCH - The port opens",
        "MIGRATION – The port opens",
        "BLITZER: The port opens",
        "DJ Norman Example - aka The Port - plays",
        "NASA, Apollo 11 - The port of space",
        "Panasonic (NYSE) - The port",
        "LONDON (October 5) - The port",
        "A London port - which is open - pays",
        "- Chinese port opens",
        "",
    ],
)
def test_other_openings_are_no_datelines(opening):
    article = credited(opening)
    assert article.dateline is None
    assert article.credits == ()


def test_a_dateline_never_reaches_over_a_line_break():
    article = credited(("section", "Related Stories"), ("related", "- Chinese FM opens port"))
    assert article.dateline is None


def test_a_dateline_may_stand_behind_captions():
    article = credited(
        "People walk along the harbour.", "BEIJING, Feb. 18 (Xinhua) -- The port is open."
    )
    assert article.dateline.value == "BEIJING, Feb. 18 (Xinhua)"


def test_a_place_alone_is_a_dateline_in_the_opening_only():
    assert credited("The port is open.", "BUDAPEST - The port").dateline is None


def test_a_line_of_its_own_may_be_the_dateline():
    assert credited(("dateline", "BOSTON (Reuters) - ")).dateline.value == "BOSTON (Reuters)"


def test_a_given_dateline_wins():
    article = credited("BOSTON (Reuters) - The port", given=Given(dateline="Boston"))
    assert article.dateline == Inferred("Boston", "given")


def test_the_agency_of_a_dateline_is_credited():
    article = credited("BEIJING, Feb. 18 (Xinhua) -- The port")
    assert article.credits == (Credit("agency", "Xinhua", "dateline", Span(31, 37), 0.95),)


def test_an_unknown_agency_in_a_dateline_is_credited_less_surely():
    (credit,) = credited("ROME, Feb. 18 (ExampleWire) – The port").credits
    assert (credit.name, credit.confidence) == ("ExampleWire", 0.8)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Smith", [("author", "Ann Smith")]),
        ("by Ann Smith, Reuters", [("author", "Ann Smith"), ("agency", "Reuters")]),
        ("BY TED D'EXAMPLE, Reuters", [("author", "TED D'EXAMPLE"), ("agency", "Reuters")]),
        (
            "By Ann Smith and Joe van der Berg in Paris",
            [("author", "Ann Smith"), ("author", "Joe van der Berg")],
        ),
        (
            "By Li Xiaoming (People's Daily) 09:32, November 12, 2020",
            [("author", "Li Xiaoming"), ("publisher", "People's Daily")],
        ),
        (
            "By Ann Smith, Harbour Tribune November 15, 2018:",
            [("author", "Ann Smith"), ("publisher", "Harbour Tribune")],
        ),
        ("By John C. Smith Jr. | Senior Writer", [("author", "John C. Smith Jr.")]),
        ("Von Anna Müller, Berlin", [("author", "Anna Müller")]),
        ("Por María de la Cruz", [("author", "María de la Cruz")]),
        ("记者：王小明", [("author", "王小明")]),
        ("Ann Smith", [("author", "Ann Smith")]),
        ("By AP Staff", [("agency", "AP")]),
        ("By Our Correspondent", []),
        ("By the harbour and beyond", []),
        ("Published P.M. Et Feb.", []),
        ("By Ann Smith Of The Very Long Example Name", [("author", "Ann Smith")]),
        ("By One Two Three Four Five Six", []),
    ],
)
def test_bylines_name_authors_and_houses(line, expected):
    assert names_of(("byline", line)) == expected


def test_a_date_line_names_a_house_in_brackets_only():
    assert names_of(("date", "( Xinhua ) 17:26, November 18, 2020")) == [("agency", "Xinhua")]
    assert names_of(("date", "Wednesday in Port Sallow")) == []


def test_given_authors_stand_alone():
    given = Given(authors=("Ann Smith", "By Joe Brown", "Published P.M. Et Feb.", "New York"))
    lines = ("byline", "By Ann Smith and Somebody Else (Reuters)")
    article = credited(lines, given=given)
    assert [(c.role, c.name) for c in article.credits] == [
        ("author", "Ann Smith"),
        ("author", "Joe Brown"),
        ("agency", "Reuters"),
    ]
    assert article.words(article.credits[0].evidence) == "Ann Smith"
    assert article.credits[1].evidence is None


def test_a_given_agency_and_publisher_are_credited():
    given = Given(agency="Xinhua", publisher="Example Daily")
    assert names_of(given=given) == [("agency", "Xinhua"), ("publisher", "Example Daily")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "(Reporting by Ann PM; Editing by Joe Brown)",
            [("author", "Ann PM"), ("editor", "Joe Brown")],
        ),
        ("(Web editor: Li Xiaoming, Bianji)", [("editor", "Li Xiaoming")]),
        ("Edited by: Ann Smith", [("editor", "Ann Smith")]),
        ("Additional reporting by Ann Smith", [("author", "Ann Smith")]),
        (
            "Photo by Ann Smith/Getty Images",
            [("photographer", "Ann Smith"), ("agency", "Getty Images")],
        ),
        ("责任编辑：王小明", [("editor", "王小明")]),
        (
            "Reporting by A. Smith in Paris and Joe Brown in Rome; Writing by C Dee",
            [("author", "A. Smith"), ("author", "Joe Brown"), ("author", "C Dee")],
        ),
        ("All the news", []),
    ],
)
def test_credit_lines_name_people_by_their_labels(line, expected):
    assert names_of(("credit", line)) == expected


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (
            "It rains. (Reporting by Ann Smith; Editing by Joe Brown)",
            [("author", "Ann Smith"), ("editor", "Joe Brown")],
        ),
        (
            "Reporting by Ann Smith. Editing by Joe Brown.",
            [("author", "Ann Smith"), ("editor", "Joe Brown")],
        ),
        ("It rains. (Editor: Ann Smith)", [("editor", "Ann Smith")]),
        ("The court was shown writing by Ann Smith.", []),
    ],
)
def test_the_end_of_a_body_may_name_its_makers(ending, expected):
    assert names_of("The port is open.", ending) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "The port. (Photo by Li Xiaoming/Xinhua)",
            [("photographer", "Li Xiaoming"), ("agency", "Xinhua")],
        ),
        ("The port. (Xinhua/Li Xiaoming)", [("photographer", "Li Xiaoming"), ("agency", "Xinhua")]),
        ("The port. Photo: VCG", [("agency", "VCG")]),
        (
            "The port. [Photo by Ann Smith/for China Daily]",
            [("photographer", "Ann Smith"), ("agency", "China Daily")],
        ),
        ("The port. [Photo/Agencies]", []),
        ("The port. (File photo)", []),
        ("The port. Photos: Shocking scenes", []),
        ("The port. (Photo: Twitter)", []),
    ],
)
def test_captions_credit_photographers(caption, expected):
    assert names_of(("caption", caption)) == expected
    assert names_of(("boilerplate", caption)) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Copyright © 2025 People's Daily Online. All Rights Reserved.", "People's Daily Online"),
        ("©2018 Example Times, Distributed by Somebody, LLC.", "Example Times"),
        ("© 2019 Example LLC. All Rights Reserved. A Division of Big", "Example LLC"),
        ("© Copyright 2018 Example Stone, LLC, a subsidiary of Big", "Example Stone, LLC"),
        ("Copyright © 2019, Example Times | Terms of Service", "Example Times"),
        ("© 2004-2019 Example Interactive. All rights reserved", "Example Interactive"),
        ("Copyright 2019. Example Examiner. All Rights Reserved.", "Example Examiner"),
        ("copyright Example 2019 - ISSN: 2283-5474", "Example"),
        ("people.example © Example Online", "Example Online"),
        ("Example Weekly © 2020", "Example Weekly"),
        ("(c) 2020 by The Example Post", "The Example Post"),
        ("© Example Times", "Example Times"),
        ("© AFP Cardinal Example (centre) waits in the port", None),
        ("© 2019 All rights reserved.", None),
        ("Copyright Policy", None),
        ("© 2020 the example people", None),
        ("All rights reserved.", None),
    ],
)
def test_the_rights_line_names_the_republisher(line, name):
    assert names_of(("rights", line)) == ([("republisher", name)] if name else [])


def test_the_holder_of_the_rights_who_is_the_house_of_the_byline_is_the_publisher():
    lines = ("byline", "By Ann Smith (Example Daily)"), ("rights", "© 2020 Example Daily")
    assert names_of(*lines) == [("author", "Ann Smith"), ("publisher", "Example Daily")]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Trade fell, the Xinhua News Agency reported on October 22.", "Xinhua News Agency"),
        ("She told the Global Times on Wednesday that it rains.", "Global Times"),
        ("It rains, according to a report by Reuters.", "Reuters"),
        ("It rains, according to Reuters' tally.", "Reuters"),
        ("According to AP, it rains.", "AP"),
        ("the agency dpa said it rains", "dpa"),
        ("Japan's Kyodo News also reported rain.", "Kyodo News"),
        ("AFP has reported rain.", "AFP"),
        ("But Reuters said it rains.", "Reuters"),
        ("Ann Reuters said it rains.", None),
        ("The guardian said it rains.", None),
        ("MENA said it rains.", None),
        ("It was foretold AFP would rain.", None),
        ("The mayor said it rains.", None),
        ("Reported rain.", None),
        ("They told", None),
    ],
)
def test_outlets_are_cited_by_name_beside_a_verb_of_reporting(sentence, name):
    assert names_of(sentence, language="en") == ([("cited", name)] if name else [])


def test_the_agency_of_the_text_is_not_also_cited():
    lines = "BEIJING, Feb. 18 (Xinhua) -- It rains.", "It rains, Xinhua News Agency reported."
    assert names_of(*lines, language="en") == [("agency", "Xinhua")]


def test_nothing_is_cited_in_a_text_that_is_not_english():
    assert names_of("It rains, Reuters reported.", language="de") == []
    assert names_of("It rains, Reuters reported.") == []


def test_credits_stand_in_the_order_of_their_roles():
    article = credited(
        ("caption", "The port. (Photo by Ann Smith/VCG)"),
        "BOSTON (Reuters) - The port is open, CNN reported.",
        ("credit", "Editing by Joe Brown"),
        ("byline", "By Cleo Dee"),
        ("rights", "© 2020 Example Daily"),
        language="en",
    )
    assert [credit.role for credit in article.credits] == [
        "author",
        "editor",
        "photographer",
        "agency",
        "agency",
        "republisher",
        "cited",
    ]
