"""The date of publication: its forms, its sources in their order of trust, and its absence."""

import msgspec
import pytest

from newsgen.annotate import dates
from newsgen.language.written_dates import find_dates, read_date
from newsgen.model import Given, Inferred, Problem, Span
from plain_articles import article_of


def dated(*lines, dateline=None, **options):
    article = article_of("Port reopens", *lines, **options)
    if dateline:
        start = article.text.index(dateline)
        place = Inferred(dateline, "dateline", Span(start, start + len(dateline)))
        article = msgspec.structs.replace(article, dateline=place)
    return dates.annotate(article)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2020-11-18", "2020-11-18"),
        ("2020/11/18", "2020-11-18"),
        ("2020-11", "2020-11"),
        ("2020", "2020"),
        ("20201118", "2020-11-18"),
        ("20201118T172600Z", "2020-11-18T17:26:00Z"),
        ("20201118T1726+0530", "2020-11-18T17:26:00+05:30"),
        ("20201118T996600Z", "2020-11-18"),
        ("2020-11-18T17:26:08.000Z", "2020-11-18T17:26:08Z"),
        ("2020-11-18T17:26:08", "2020-11-18"),
        ("2020-11-18 17:26:08+00:00", "2020-11-18T17:26:08Z"),
        ("2020-11-18T17:26+08:00", "2020-11-18T17:26:00+08:00"),
        ("2020-11-18T17:26+99:00", "2020-11-18"),
        ("Wed, 18 Nov 2020 17:26:00 +0000", "2020-11-18T17:26:00Z"),
        ("1605720360", "2020-11-18T17:26:00Z"),
        ("1605720360000", "2020-11-18T17:26:00Z"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("17:26, November 18, 2020", "2020-11-18"),
        ("11:03, 11-Apr-2022", "2022-04-11"),
        ("Published: Feb 17, 2022 05:51 PM", "2022-02-17"),
        ("Monday, November 18th, 2019 at 11:08 a.m.", "2019-11-18"),
        ("11:11 PM EST Nov 19, 2019", "2019-11-19T23:11:00-05:00"),
        ("12:05 AM UTC, Nov. 19, 2019", "2019-11-19T00:05:00Z"),
        ("13:05 PM UTC, Nov. 19, 2019", "2019-11-19"),
        ("Nov. 19, 2019 8:02 am CST", "2019-11-19"),
        ("1909 GMT (0309 HKT) November 18, 2019", "2019-11-18T19:09:00Z"),
        ("18 de noviembre de 2020", "2020-11-18"),
        ("1er janvier 2020", "2020-01-01"),
        ("18. November 2020, 17:26 Uhr", "2020-11-18"),
        ("18 ноября 2020 г.", "2020-11-18"),
        ("18 novembre 2020 à 17h30", "2020-11-18"),
        ("quarta-feira, 18 de novembro de 2020", "2020-11-18"),
        ("2020年11月18日17:26", "2020-11-18"),
        ("2020年11月", "2020-11"),
        ("2020년 11월 18일", "2020-11-18"),
        ("ngày 18 tháng 11 năm 2020", "2020-11-18"),
        ("١٨ نوفمبر ٢٠٢٠", "2020-11-18"),
        ("18 تشرين الثاني 2020", "2020-11-18"),
        ("18 Kasım 2020", "2020-11-18"),
        ("2020. november 18.", "2020-11-18"),
        ("November 2020", "2020-11"),
        ("03.05.2024", "2024-05-03"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("05/05/2024", "2024-05-05"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(written, value):
    assert read_date(written) == value


@pytest.mark.parametrize(
    "written",
    [
        "yesterday",
        "on Wednesday",
        "before March 3, 2020",
        "March 3 or March 5, 2020",
        "31 February 2020",
        "2024-02-30",
        "2020-13",
        "2020-00-10",
        "18 Movember 2020",
        "05/06/24",
        "03/05/2024",
        "0018-11-02",
        "Nov 18, 2020" + " " * 90 + "x",
    ],
)
def test_what_is_no_certain_date_is_not_read(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("language", "value"),
    [("en-US", "2024-03-05"), ("en-GB", "2024-05-03"), ("fr", "2024-05-03"), ("en", None)],
)
def test_the_language_tells_day_and_month_apart(language, value):
    assert read_date("03/05/2024", language) == value


def test_several_dates_are_found_in_order():
    found = [
        value for _, value in find_dates("5 May 2020, then 2020-05-07, then 9 May 2020 (May 2020)")
    ]
    assert found == ["2020-05-05", "2020-05-07", "2020-05-09", "2020-05"]


def test_a_given_date_is_certain():
    article = dated(("date", "2025-11-05"), given=Given(date="2025-11-05"))
    assert article.published == Inferred("2025-11-05", "given", Span(13, 23), 1.0)
    assert article.problems == ()


def test_a_given_date_that_cannot_be_read_is_a_problem():
    article = dated(given=Given(date="soon"))
    assert article.published is None
    assert [problem.code for problem in article.problems] == ["bad-date", "undated"]


def test_a_bad_date_that_the_reader_reported_is_not_reported_again():
    known = Problem("bad-date", "articles/port.txt", "soon", 2)
    article = dated(given=Given(date="soon"), problems=(known,))
    assert [problem.line for problem in article.problems] == [2, None]


def test_a_date_line_gives_the_date():
    article = dated(("date", "( Example ) 17:26, November 18, 2020"))
    assert (article.published.value, article.published.rule) == ("2020-11-18", "date-line")
    assert article.words(article.published.evidence) == "17:26, November 18, 2020"


def test_a_date_of_an_update_is_no_date_of_publication():
    assert dated(("date", "Updated: Nov 20, 2019 9:41 AM")).published is None


@pytest.mark.parametrize(
    "line",
    [
        "Published: Nov. 18, 2019, 6:18 p.m. Updated: Nov. 19, 2019, 7:10 p.m.",
        "Updated Nov 19, 2019, 9:41 AM;Posted Nov 18, 2019, 8:19 PM",
        "Nov 18, 2019 / Last modified Nov 19, 2019",
    ],
)
def test_publication_and_update_are_told_apart(line):
    assert dated(("date", line)).published.value == "2019-11-18"


def test_a_date_that_is_given_as_modified_is_passed_over():
    lines = ("date", "2020-01-09"), ("date", "2020-01-07")
    assert dated(*lines, given=Given(modified="2020-01-09")).published.value == "2020-01-07"


def test_a_byline_may_hold_the_date():
    article = dated(("byline", "By Ann Smith 09:32, November 12, 2020"))
    assert (article.published.value, article.published.rule) == ("2020-11-12", "byline")


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.org/2020/11/18/port", "2020-11-18"),
        ("https://example.org/2020-11-18/port", "2020-11-18"),
        ("https://example.org/n3/2020/1118/c90000.html", "2020-11-18"),
        ("https://example.org/a/202011/18/WS5.html", "2020-11-18"),
        ("https://example.org/world/2020/nov/18/port", "2020-11-18"),
        ("https://example.org/2020/11/port-reopens", "2020-11"),
        ("https://example.org/port-2020-11-18", "2020-11-18"),
        ("https://example.org/2020/13/45/port", None),
        ("https://example.org/2020/foo/18/port", None),
        ("https://example.org/port-20201118", None),
    ],
)
def test_an_address_may_hold_the_date(url, value):
    published = dated(("url", url), url=url).published
    assert (published and published.value) == value
    assert not published or (published.rule, published.confidence) == ("url", 0.85)


def test_the_evidence_of_an_address_is_in_the_text_or_nowhere():
    url = "https://example.org/2020/11/18/port"
    article = dated(("url", url), url=url)
    assert article.words(article.published.evidence) == "2020/11/18"
    assert dated(url=url).published.evidence is None


def test_a_dateline_with_a_year_gives_the_date():
    article = dated("KIGALI, Jun 15 2022 (IPS) - It rains.", dateline="KIGALI, Jun 15 2022 (IPS)")
    assert (article.published.value, article.published.confidence) == ("2022-06-15", 0.9)
    assert article.words(article.published.evidence) == "Jun 15 2022"


def test_a_dateline_without_a_year_gives_no_date():
    opening = "BEIJING, Feb. 18 (Xinhua) -- The port is open again since Feb. 18, 2011."
    assert dated(opening, dateline="BEIJING, Feb. 18 (Xinhua)").published is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param(("rights", "© 2020 Example"), "2020-02-18", id="rights"),
        pytest.param(("date", "Updated: Feb. 19, 2020"), "2020-02-18", id="update"),
        pytest.param(("caption", "The port on Feb. 13, 2020."), "2020-02-18", id="caption"),
        pytest.param("The port, Feb. 13, 2020. (Photo by Ann Smith)", "2020-02-18", id="picture"),
        pytest.param(("caption", "The port on Aug. 13, 2015."), None, id="old-picture"),
        pytest.param(("rights", "© 2004-2020 Example"), None, id="years"),
    ],
)
def test_other_words_may_prove_the_year_of_a_dateline(line, value):
    opening = "BEIJING, Feb. 18 (Xinhua) -- The port is open."
    published = dated(opening, line, dateline="BEIJING, Feb. 18 (Xinhua)").published
    assert (published and published.value) == value


def test_a_dateline_in_chinese_has_month_and_day():
    article = dated(
        "新华社北京2月18日电 港口", ("rights", "© 2020 例"), dateline="新华社北京2月18日电"
    )
    assert article.published.value == "2020-02-18"


@pytest.mark.parametrize("dateline", ["BUDAPEST", "NASA, Apollo 11 (AP)"])
def test_a_dateline_without_a_day_gives_no_date(dateline):
    assert dated(f"{dateline} - It rains.", dateline=dateline).published is None


def test_a_leap_day_is_only_proven_by_a_leap_year():
    opening = "ROME, Feb. 29 (AP) - It rains."
    assert dated(
        opening, ("rights", "© 2019 Example"), dateline="ROME, Feb. 29 (AP)"
    ).published == (Inferred("2019", "rights-line", Span(46, 50), 0.9))


def test_the_year_of_the_rights_line_is_the_last_resort():
    article = dated(("rights", "Copyright © 2025 Example Daily. All Rights Reserved."))
    assert article.published.value == "2025"
    assert (article.published.rule, article.published.confidence) == ("rights-line", 0.9)
    assert article.words(article.published.evidence) == "2025"


def test_two_years_of_rights_prove_no_year():
    assert dated(("rights", "© 2019 Example"), ("rights", "© 2020 Example")).published is None


def test_an_undated_article_has_no_date_and_says_so():
    article = dated("The port opened on Wednesday, he said.")
    assert article.published is None
    assert article.problems == (
        Problem("undated", "articles/port.txt", "the source states no date", None, "info"),
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("date", "Nov 28, 2020"), ["date-conflict"]),
        (("date", "Nov 19, 2020"), []),
        (("date", "November 2020"), []),
        (("rights", "© 2018 Example"), ["date-conflict"]),
        (("rights", "© 2024 Example"), []),
    ],
)
def test_statements_that_cannot_both_be_true_are_a_problem(line, code):
    article = dated(line, given=Given(date="2020-11-18"))
    assert article.published.value == "2020-11-18"
    assert [problem.code for problem in article.problems] == code
    assert all(problem.line == 2 for problem in article.problems)
