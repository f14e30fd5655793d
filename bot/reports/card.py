"""A card to look at together with the child: a sun, confetti, what was done. No name but the child's, no figure."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from math import cos, hypot, pi, sin

from matplotlib.patches import Arc, Circle, Patch, Polygon

from bot.reports.canvas import COOL, INK, SOFT, WARM, WIDTH, Card
from bot.reports.sheets import Celebration

_SUN, _CALM = "#f2c14e", "#fff6dc"
_COLOURS = (*WARM, _SUN, *COOL)
_ROOM = WIDTH - 64.0
_SIZES = ((28, 27.0), (70, 22.0), (140, 18.0))  # up to so many letters, so large
_TITLES = ((21, 25.0), (44, 20.0))
_SMALLEST = 15.0
_FREE = 74.0  # around the sun
_PIECES = 110
_SUN_AT = (WIDTH / 2, 318.0)


def draw(values: Celebration) -> bytes:
    """PNG, 1080 pixels square."""
    card = Card(WIDTH, rtl=values.rtl)
    card.figure.set_facecolor(_CALM)
    plot = card.figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, WIDTH)
    plot.set_ylim(0, WIDTH)
    plot.set_axis_off()
    chance = random.Random(values.words)  # noqa: S311 - where confetti falls; the same card twice is the same picture
    for _ in range(_PIECES):
        x, y = chance.uniform(8, WIDTH - 8), chance.uniform(8, WIDTH - 8)
        on_words = abs(x - WIDTH / 2) < _ROOM / 2 and y < WIDTH - 125
        if on_words or hypot(x - _SUN_AT[0], y - _SUN_AT[1]) < _FREE:
            continue
        plot.add_patch(_piece(x, y, chance.uniform(0, pi), chance.choice(_COLOURS)))
    for part in _sun():
        plot.add_patch(part)
    title, title_size = _fitted(values.title, _TITLES, 2)
    lines, size = _fitted(values.words, _SIZES, 5)
    for text, y, size_of, colour, weight in (
        ("\n".join(title), 230.0, title_size, INK, "bold"),
        ("\n".join(lines), 142.0, size, WARM[0], "bold"),
        (f"{values.kind}\n{values.day}", 44.0, 13.0, SOFT, "normal"),
    ):
        plot.text(
            WIDTH / 2,
            y,
            text,
            size=size_of,
            color=colour,
            weight=weight,
            ha="center",
            va="center",
            linespacing=1.35,
            parse_math=False,
        )
    return card.png()


def _piece(x: float, y: float, turn: float, colour: str) -> Polygon:
    corners = ((-5.0, -2.2), (5.0, -2.2), (5.0, 2.2), (-5.0, 2.2))
    turned = [(x + a * cos(turn) - b * sin(turn), y + a * sin(turn) + b * cos(turn)) for a, b in corners]
    return Polygon(turned, color=colour, linewidth=0)


def _sun() -> Iterator[Patch]:
    x, y = _SUN_AT
    for ray in range(12):
        at = ray * pi / 6
        near, far, half = 46.0, 64.0, 0.11
        corners = [(x + near * cos(at + side), y + near * sin(at + side)) for side in (-half, half)]
        yield Polygon([*corners, (x + far * cos(at), y + far * sin(at))], color=_SUN, linewidth=0)
    yield Circle((x, y), 40, color=_SUN, linewidth=0)
    for eye in (-13, 13):
        yield Circle((x + eye, y + 9), 3.6, color=INK, linewidth=0)
    yield Arc((x, y - 2), 38, 32, theta1=205, theta2=335, color=INK, linewidth=3.0)


def _fitted(words: str, sizes: tuple[tuple[int, float], ...], most: int) -> tuple[list[str], float]:
    size = next((size for letters, size in sizes if len(words) <= letters), _SMALLEST)
    return textwrap.wrap(words, int(_ROOM / (size * 0.62)), max_lines=most, placeholder=" …") or [""], size
