"""The results of compare.py as one SVG: seconds against articles, and newsgen's stages.

python benchmarks/plot.py out.json out.svg
"""

import json
import math
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

COLOURS = ("#0b6e99", "#d9730d", "#6940a5", "#448361", "#ad1a72", "#64473a", "#b8860b", "#5f6b6d")
WIDTH, HEIGHT, LEFT, TOP = 520, 320, 64, 44
GAP = 150  # between the charts, for the names at the ends of lines
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:14px}"
    ".grid{stroke:#ddd}.line{fill:none;stroke-width:2}"
)


class Axes(NamedTuple):
    """Whole powers of ten on both sides, and where a point falls between them."""

    left: int
    right: int
    low: int
    high: int

    def x(self, value: float) -> float:
        return LEFT + WIDTH * (math.log10(value) - self.left) / (self.right - self.left)

    def y(self, value: float) -> float:
        return TOP + HEIGHT * (self.high - math.log10(value)) / (self.high - self.low)


def drawn(results: dict[str, Any]) -> str:
    """Both charts as SVG; a chart of which nothing is known is left out."""
    right = LEFT + WIDTH + GAP
    bars = list(_stages(results, right + LEFT))
    width = right + (LEFT + WIDTH + GAP if bars else 0)
    body = "\n".join([*_lines(results), *bars])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 50}" '
        f'role="img" aria-label="Seconds against articles">\n<style>{STYLE}</style>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _lines(results: dict[str, Any]) -> Iterator[str]:
    series: dict[str, list[tuple[int, float]]] = {}
    for size in results["sizes"]:
        for name, generator in size["generators"].items():
            for step in ("clean", "body") if name == "newsgen" else ("clean",):
                wall = generator["steps"][step]["wall"]
                label = name if step == "clean" else f"{name}, a body edited"
                series.setdefault(label, []).append((size["articles"], wall))
    axes = _axes([point for points in series.values() for point in points])
    yield _text(LEFT, 20, "Seconds against articles", 'class="title"')
    for power in range(axes.left, axes.right + 1):
        x = axes.x(10**power)
        yield f'<path class="grid" d="M{x:.1f} {TOP}v{HEIGHT}"/>'
        yield _text(x, TOP + HEIGHT + 18, f"{10**power:,}", 'text-anchor="middle"')
    for power in range(axes.low, axes.high + 1):
        y = axes.y(10**power)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}h{WIDTH}"/>'
        yield _text(LEFT - 8, y + 4, f"{10**power:,g}", 'text-anchor="end"')
    for colour, (label, points) in zip(COLOURS, series.items(), strict=False):
        places = [(axes.x(articles), axes.y(wall)) for articles, wall in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline class="line" stroke="{colour}" points="{path}"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
        x, y = places[-1]
        yield _text(x + 8, y + 4, f"{label}, {_seconds(points[-1][1])}", f'style="fill:{colour}"')


def _axes(points: list[tuple[int, float]]) -> Axes:
    low, high = (bound(wall for _, wall in points) for bound in (min, max))
    left, right = (bound(articles for articles, _ in points) for bound in (min, max))
    ends = (
        *(math.floor(math.log10(left)), math.ceil(math.log10(right))),
        *(math.floor(math.log10(low)), math.ceil(math.log10(high))),
    )
    return Axes(ends[0], max(ends[1], ends[0] + 1), ends[2], max(ends[3], ends[2] + 1))


def _stages(results: dict[str, Any], left: float) -> Iterator[str]:
    """A bar for each size: the share of each stage in newsgen's clean build, by CPU seconds."""
    bars = {
        f"{size['articles']:,}": {stage: taken["cpu"] for stage, taken in profile.items()}
        for size in results["sizes"]
        if (profile := size["generators"]["newsgen"]["steps"]["clean"].get("profile"))
    }
    if not bars:
        return
    stages = list(dict.fromkeys(stage for bar in bars.values() for stage in bar))
    colours = {stage: COLOURS[number % len(COLOURS)] for number, stage in enumerate(stages)}
    yield _text(left, 20, "CPU seconds of newsgen's stages, clean build", 'class="title"')
    room = WIDTH / len(bars)
    for number, (label, bar) in enumerate(bars.items()):
        total = sum(bar.values()) or 1.0
        x, y, thick = left + room * (number + 0.2), TOP + HEIGHT, room * 0.6
        for stage, seconds in bar.items():
            tall = HEIGHT * seconds / total
            y -= tall
            tip = escape(f"{stage}: {_seconds(seconds)}")
            yield (
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{thick:.1f}" height="{tall:.1f}" '
                f'fill="{colours[stage]}"><title>{tip}</title></rect>'
            )
        middle = 'text-anchor="middle"'
        yield _text(x + thick / 2, TOP + HEIGHT + 18, f"{label} articles", middle)
        yield _text(x + thick / 2, TOP + HEIGHT + 36, _seconds(total), middle)
    for number, stage in enumerate(reversed(stages)):
        x, y = left + WIDTH + 16, TOP + 20 * number
        yield f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colours[stage]}"/>'
        yield _text(x + 18, y + 10, stage)


def _seconds(number: float) -> str:
    return f"{number:,.0f} s" if number >= 100 else f"{number:.3g} s"


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'


def main() -> None:
    """Draw a file of results into another."""
    source, target = map(Path, sys.argv[1:])
    results = json.loads(source.read_text(encoding="utf-8"))
    target.write_text(drawn(results), encoding="utf-8")


if __name__ == "__main__":
    main()
