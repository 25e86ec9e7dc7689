"""The law: after any edits, an incremental build and a clean build leave the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

import newsgen.render
import newsroom
from newsgen.errors import OutputError

SETTINGS = "title: The Easthaven archive\nbase_url: https://example.org/easthaven/\nper_page: 5\n"
NEWSGEN = [sys.executable, "-m", "newsgen"]


def populate(site, rng, articles):
    site.write("newsgen.yaml", SETTINGS)
    titles = []
    for number in range(articles):
        text = newsroom.article(rng, titles)
        site.write(f"articles/{number:03d}.txt", text)
        titles.append(next(line for line in reversed(text.split("\n")) if line))
        titles += [line for line in text.split("\n") if line.startswith(tuple(newsroom.PLACES))][:1]
    return titles


def sources(site):
    return sorted((site.folder / "articles").rglob("*.txt"))


def lines_of(path):
    return path.read_bytes().decode("utf-8", "surrogateescape").split("\n")


def write(path, lines):
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))


def change_body(site, rng, titles):
    path = rng.choice(sources(site))
    lines = lines_of(path)
    lines.insert(rng.randint(1, len(lines)), newsroom.paragraph(rng))
    write(path, lines)


def change_headline(site, rng, titles):
    path = rng.choice(sources(site))
    new = rng.choice([newsroom.headline(rng), *titles])
    lines = lines_of(path)
    place = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    lines[place] = new
    titles.append(new)
    write(path, lines)


def change_front_matter(site, rng, titles):
    path = rng.choice(sources(site))
    lines = lines_of(path)
    body = lines[lines.index("---", 1) + 1 :] if lines[0] == "---" else lines
    keys = [f"date: {rng.choice([newsroom.date(rng), '2021', '2021-05', 'soon'])}"]
    keys += [f"tags: [{', '.join(rng.sample(newsroom.TAGS, rng.randint(1, 3)))}]"]
    keys += ["id: twin"] * (rng.random() < 0.2)
    keys += ["url: https://example.org/one"] * (rng.random() < 0.2)
    keys += [f"language: {rng.choice(['en', 'de', 'pt-BR', 'ru'])}"] * (rng.random() < 0.3)
    write(path, ["---", *keys, "---", *body])


def add(site, rng, titles):
    name = f"articles/{'new/' * (rng.random() < 0.3)}{rng.randint(100, 999)}.txt"
    site.write(name, newsroom.article(rng, titles))


def remove(site, rng, titles):
    if len(sources(site)) > 5:
        rng.choice(sources(site)).unlink()


def rename(site, rng, titles):
    path = rng.choice(sources(site))
    path.rename(path.with_name(f"{rng.randint(1000, 9999)}.txt"))


def empty(site, rng, titles):
    rng.choice(sources(site)).write_bytes(rng.choice([b"", b"\n\n", b"\xff\xfe\x00", b"\x00"]))


def change_authority(site, rng, titles):
    name, other = rng.sample(newsroom.PEOPLE, 2)
    site.write(
        "entities.yaml",
        rng.choice(
            [
                "",
                f"- name: {name}\n  aliases: [{other}]\n",
                f"- name: {name}\n  hide: true\n",
                f"- name: {name}\n  kind: organisation\n",
                f"- name: {name} (twin)\n  aliases: [{name}]\n  only_in: ['articles/0*']\n",
                f"- never_merge: [{name}, {name.split()[1]}]\n",
            ]
        ),
    )


def change_template(site, rng, titles):
    """Shadow a template that many pages import, with one that shows the same or a little more."""
    theme = (newsgen.render.theme_folder("templates") / "base.html").read_text()
    note = f"<!-- {rng.randint(1, 3)} -->"
    site.write("templates/base.html", theme.replace("</body>", f"{note}</body>"))


TOPICS = [
    "",
    "topics:\n- {name: Energy, any: [wind farm, power], iptc: 'medtop:20000002'}\n",
    "topics:\n- {name: Fish markets, hide: true}\n- {name: Night trains, any: [night train]}\n",
    "topics:\n- {name: transport, all: [ferry, strike], not: [bridge]}\n",
]


def change_settings(site, rng, titles):
    engine = rng.choice(["", "", "entities: {engine: rules}\n"])
    size = str(rng.randint(2, 9))
    site.write("newsgen.yaml", SETTINGS.replace("5", size) + engine + rng.choice(TOPICS))


def change_topics(site, rng, titles):
    site.write("newsgen.yaml", SETTINGS + rng.choice(TOPICS))


EDITS = (
    [change_body, change_headline, change_front_matter, add, remove, rename] * 3
    + [change_authority, empty]
    + [change_template, change_settings, change_topics]
)


@pytest.mark.parametrize("seed", range(6))
def test_incremental_and_clean_builds_leave_the_same_bytes(archive, tmp_path, seed):
    rng = random.Random(seed)
    site = archive()
    titles = populate(site, rng, articles=30)
    site.build()
    for number in range(60):
        for edit in rng.sample(EDITS, rng.choice([1, 1, 1, 3])):
            edit(site, rng, titles)
        site.build()
        if number % 10 == 9:
            assert site.tree() == site.clean_tree(tmp_path / f"clean{number}")


@pytest.mark.parametrize("seed", range(2))
def test_the_law_holds_while_an_archive_grows_past_fifty_articles_and_back(archive, tmp_path, seed):
    rng = random.Random(50 + seed)
    site = archive()
    titles = populate(site, rng, articles=46)
    for number in range(6):
        edits = [*[rng.choice([add, add, add, change_body, change_headline, change_topics])] * 3]
        for edit in edits if number < 3 else [remove] * rng.randint(2, 4):
            edit(site, rng, titles)
        site.build()
        assert site.tree() == site.clean_tree(tmp_path / f"clean{number}")


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_build_is_finished_by_the_next(archive, tmp_path, seed):
    rng = random.Random(100 + seed)
    site = archive()
    titles = populate(site, rng, articles=40)
    for _ in range(6):
        build_and_kill(site, after=rng.uniform(0.2, 1.5))
        for edit in rng.sample(EDITS, 2):
            edit(site, rng, titles)
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


def build_and_kill(site, after):
    """Start a build in a process of its own and kill it at some point, finished or not."""
    process = subprocess.Popen(
        [*NEWSGEN, "build", str(site.folder), "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_build_that_finds_nothing_changed_writes_nothing(archive):
    site = archive()
    populate(site, random.Random(7), articles=10)
    site.build()
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    report = site.build()
    assert report.read == report.rendered == report.written == 0
    assert before == {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}


def test_time_zone_hash_seed_and_folder_do_not_matter(archive, tmp_path):
    site = archive()
    populate(site, random.Random(8), articles=15)
    trees = []
    for number, (zone, seed) in enumerate([("Asia/Tokyo", "1"), ("America/New_York", "2")]):
        output = tmp_path / f"out{number}"
        subprocess.run(
            [*NEWSGEN, "build", str(site.folder), "--clean", "--json", "--output", str(output)],
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        trees.append(
            {p.relative_to(output): p.read_bytes() for p in output.rglob("*.*") if p.is_file()}
        )
    assert trees[0] == trees[1]


HARBOUR = """
    -- articles/a.txt --
    Port reopens after storm
    Ships returned to Port Sallow on Monday.
    Related Stories
    - Storm closes port
    -- articles/b.txt --
    Storm closes port
    Winds reached 120 km/h.
    A second paragraph.
"""


def test_a_body_edit_rewrites_the_article_alone(archive):
    site = archive(HARBOUR)
    site.build()
    site.edit("articles/b.txt", "A second paragraph.", "Another second paragraph.")
    site.build()
    assert {path.partition("/")[0] for path in site.rendered} == {"articles"}
    assert len(site.rendered) == 1


def test_a_headline_edit_breaks_the_printed_link_and_the_old_headline_heals_it(archive):
    site = archive(HARBOUR)
    site.build()
    before = site.tree()
    site.edit("articles/b.txt", "Storm closes port", "Fog over the bay")
    site.build()
    opener = next(path for path in site.rendered if path.startswith("articles/port-reopens"))
    assert "fog-over-the-bay" not in site.page(opener)
    assert "Storm closes port" in site.page("wanted.html")
    site.edit("articles/b.txt", "Fog over the bay", "Storm closes port")
    site.build()
    assert site.tree() == before


def test_what_nothing_stands_behind_is_removed_and_foreign_files_stay(archive):
    site = archive(HARBOUR)
    site.build()
    (site.output / "articles" / "mine.html").write_text("<p>kept by hand</p>")
    site.remove("articles/b.txt")
    site.build()
    names = {path.name for path in (site.output / "articles").iterdir()}
    assert not any(name.startswith("storm-closes-port") for name in names)
    assert "mine.html" in names


def test_a_page_deleted_by_hand_comes_back(archive):
    site = archive(HARBOUR)
    site.build()
    before = site.tree()
    (site.output / "index.html").unlink()
    site.build()
    assert site.tree() == before


def test_pages_left_by_a_forgotten_working_state_are_swept(archive):
    site = archive(HARBOUR)
    site.build()
    shutil.rmtree(site.folder / ".newsgen")
    site.remove("articles/b.txt")
    site.build()
    assert not list((site.output / "articles").glob("storm-closes-port*"))


def test_a_foreign_file_in_the_place_of_a_page_is_refused(archive):
    site = archive(HARBOUR)
    site.write("site/index.html", "<p>somebody's own page</p>")
    with pytest.raises(OutputError, match="did not make"):
        site.build()
    assert site.page("index.html") == "<p>somebody's own page</p>"


def test_two_sources_of_one_id_are_both_kept_and_reported(archive, tmp_path):
    site = archive()
    for name in ("a", "b", "c"):
        site.write(
            f"articles/{name}.txt", f"---\nid: same\n---\nHeadline {name}\n\nText of {name}.\n"
        )
    assert site.build().problems["duplicate-id"] == 2
    site.remove("articles/a.txt")
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")
    assert site.report.totals["articles"] == 2
