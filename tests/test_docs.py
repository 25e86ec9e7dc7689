"""Documentation that is checked: what is not documented does not pass."""

import ast
import importlib.util
import re
from pathlib import Path

import click
import msgspec
import pytest

import newsgen
from newsgen.annotate import annotate
from newsgen.cli import main as command_line
from newsgen.model import LineRole
from newsgen.pages import PAGE_KINDS
from newsgen.problems import MEANINGS
from newsgen.readers import read_file
from newsgen.site import Settings

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "newsgen").rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def words_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def make_reference():
    spec = importlib.util.spec_from_file_location(
        "make_reference", ROOT / "tools" / "make_reference.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def codes_in(module: Path) -> set[str]:
    """The codes with which a module makes problems: the first text given to Problem and its kin."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if not name.lower().endswith(("problem", "finding")):
            continue
        given = [*(k.value for k in node.keywords if k.arg == "code"), *node.args]
        texts = [each.value for each in given if isinstance(each, ast.Constant)]
        found |= {text for text in texts[:1] if isinstance(text, str) and CODE.fullmatch(text)}
    return found


def commands():
    with click.Context(command_line) as context:
        return [
            command_line.get_command(context, name) for name in command_line.list_commands(context)
        ]


def test_the_reference_is_what_the_code_says(make_reference):
    assert words_of("docs/reference.md") == make_reference.reference(), (
        "out of date: run python tools/make_reference.py"
    )


def test_every_problem_code_has_a_meaning_and_every_meaning_a_code():
    assert set().union(*map(codes_in, SOURCES)) == MEANINGS.keys()


def test_every_meaning_is_a_sentence():
    assert [code for code, words in MEANINGS.items() if not re.match(r"[A-Z].*\.$", words)] == []


def test_every_line_role_has_a_meaning(make_reference):
    assert tuple(make_reference.LINE_ROLES) == LineRole.__args__


def test_every_key_of_the_authority_file_has_a_meaning(make_reference):
    from newsgen.editorial import _KEYS

    assert set(make_reference.RULINGS) == set(_KEYS)


def test_every_setting_has_a_meaning(make_reference):
    said = make_reference.attribute_docstrings(Settings)
    assert [field for field in Settings.__struct_fields__ if not said.get(field)] == []


def test_every_page_kind_and_its_views_say_what_they_are(make_reference):
    silent = [
        kind.name
        for kind in PAGE_KINDS
        if not all(thing.__doc__ for thing in (kind.views, *make_reference.views_of(kind)))
    ]
    assert silent == []


def test_every_filter_says_what_it_makes(make_reference):
    assert re.search(r"\| \s*\|$", make_reference.filters(), re.MULTILINE) is None


def test_every_option_has_help_and_every_command_an_example():
    for command in commands():
        assert f"newsgen {command.name}" in command.help
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == []


def test_the_readme_names_every_command():
    missing = [c.name for c in commands() if f"newsgen {c.name}" not in words_of("README.md")]
    assert missing == []


def test_the_example_in_the_readme_is_what_newsgen_finds():
    text = words_of("README.md").split("```\n")
    example = next(part for part in text if "Copyright ©" in part)
    (article,) = read_file("articles/ferry.txt", example.encode())
    article = annotate(article)
    assert [line.role for line in article.lines] == [
        "headline", *["paragraph"] * 4, "section", "section", "related", "rights",
    ]  # fmt: skip
    assert [quote.speaker.name for quote in article.quotes] == [
        "Ada Quill",
        "Ada Quill",
        "Emil Sato",
    ]
    assert ("Sallow Ferry Company", ("SFC",)) in [(e.name, e.aliases) for e in article.entities]
    assert article.published.value == "2024"
    assert [credit.name for credit in article.credits] == ["The Easthaven Post"]
    assert [problem.code for problem in article.problems] == ["empty-section"]


def test_make_targets_named_in_the_docs_exist():
    makefile = words_of("Makefile")
    named = {
        target for page in PAGES for target in re.findall(r"`make (\w+)`", page.read_text("utf-8"))
    }
    assert [target for target in named if f"\n{target}:" not in makefile] == []


def test_the_fields_a_page_names_exist():
    """`Article.edits`, `Source.repairs` and the like, wherever the documentation says them."""
    records = {
        name: record.__struct_fields__
        for name, record in vars(newsgen.model).items()
        if isinstance(record, type) and issubclass(record, msgspec.Struct)
    }
    named = {
        pair
        for page in PAGES
        for pair in re.findall(r"`([A-Z]\w+)\.(\w+)`", page.read_text("utf-8"))
    }
    wrong = [
        f"{name}.{field}"
        for name, field in named
        if name in records and field not in {*records[name], *dir(getattr(newsgen.model, name))}
    ]
    assert wrong == []


def test_links_between_pages_lead_somewhere():
    broken = [
        f"{page.name}: {link}"
        for page in PAGES
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_the_changelog_has_the_present_version():
    assert f"## [{newsgen.__version__}]" in words_of("CHANGELOG.md")


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_tells_context_choice_and_price(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Price"]
    assert f"({page.name})" in words_of("docs/architecture.md").replace("(decisions/", "(")


def test_decisions_are_numbered_without_gaps():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
