import json
import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[1] / "tools" / "fit_speakers.py"
NAMES = ["Lena Ortiz", "Tom Briggs", "Ana Lind", "Alan Brandt", "Ruth Holm", "Peter Dunmore"]


def gold():
    """Articles in which whoever stands behind the quote says it, and nobody says a short one."""
    for turn, name in enumerate(NAMES * 3):
        words = f"We will open pier {turn} in the month of May"
        text = f"A headline\n“{words},” said {name}.\nThe “Pier {turn}” is a ship."
        start, source = text.index(words), text.index(name)
        yield {
            "text": text,
            "quotes": [
                {"start": start, "end": start + len(words), "source_kind": "proper"},
            ],
            "attributions": [
                {
                    "source": [[source, source + len(name)]],
                    "content": [[start, start + len(words)]],
                }
            ],
        }


def pronouns():
    for name in NAMES:
        text = f"A headline\n{name} came late.\n“We will all be there,” she said."
        text = text if name.split()[0] in ("Lena", "Ana", "Ruth") else text.replace("she", "he")
        start = text.index("he said") - (text[text.index("he said") - 1] == "s")
        yield {"text": text, "start": start, "end": text.index(" said"), "who": name}


def fit(folder, name):
    for file, lines in (("gold.jsonl", gold()), ("pronouns.jsonl", pronouns())):
        (folder / file).write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = folder / name
    command = [TOOL, folder / "gold.jsonl", "--pronouns", folder / "pronouns.jsonl"]
    done = subprocess.run(
        [sys.executable, *command, "--rounds", "2", "--out", out],
        check=True,
        capture_output=True,
        text=True,
    )
    return out.read_text(encoding="utf-8"), done.stdout


def test_the_same_gold_gives_the_same_weights(tmp_path):
    first, told = fit(tmp_path, "first.txt")
    again, _ = fit(tmp_path, "again.txt")
    assert first == again
    assert "speaker, round 2: 18 of 18 decisions right" in told


def test_weights_say_what_the_gold_says(tmp_path):
    text, _ = fit(tmp_path, "weights.txt")
    tables = [line.partition(": ")[0] for line in text.splitlines() if not line.startswith("#")]
    assert {"speech", "speaker"} <= set(tables) <= {"speech", "speaker", "pronoun"}
    worth = dict(
        pair.rsplit("=", 1)
        for line in text.splitlines()
        if line.startswith(("speaker: ", "speech: "))
        for pair in line.partition(": ")[2].split()
    )
    assert int(worth["cue-after"]) > 0 > int(worth["nobody"])
    assert int(worth["long"]) > 0 > int(worth["words2"])
