"""The card that charts are drawn on: as wide as a phone, its own light ground, so that it reads in dark rooms too.

Sizes are in points of a card 390 points wide, which is how wide a phone shows it: what is 10 here is 10 there.
Colours are told apart with any kind of colour vision, and nothing is said by a colour alone.
"""

from __future__ import annotations

import io
import textwrap
import warnings

from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from bot.reports import fonts

WIDTH, DOTS = 390.0, 1080
GROUND, INK, SOFT, LINE = "#fbfaf6", "#1f2933", "#5b6670", "#dcd7cc"
WARM, MIDDLE, COOL = ("#a63603", "#d9730d"), "#6b7177", ("#3182bd", "#08519c")
MARGIN = 16.0
_POINT = 72.0
_PALETTE = 192
_RLM = "\u200f"


class Card:
    """Things are put on it from the top; ``y`` is how far down, ``height`` is what the card was made with."""

    def __init__(self, height: float, *, rtl: bool) -> None:
        fonts.use()
        self.height, self.rtl, self.y = height, rtl, MARGIN
        self.figure = Figure(figsize=(WIDTH / _POINT, height / _POINT), dpi=DOTS / (WIDTH / _POINT), facecolor=GROUND)
        self._canvas = FigureCanvasAgg(self.figure)

    def text(self, words: str, size: float, *, colour: str = INK, bold: bool = False, indent: float = 0) -> None:
        """One or more lines, from the side at which reading begins."""
        lines = wrapped(words, size, indent=indent)
        x = MARGIN + indent
        self.figure.text(
            (WIDTH - x if self.rtl else x) / WIDTH,
            1 - self.y / self.height,
            "\n".join(_RLM + line if self.rtl else line for line in lines),
            size=size,
            color=colour,
            weight="bold" if bold else "normal",
            ha="right" if self.rtl else "left",
            va="top",
            linespacing=1.3,
            parse_math=False,
        )
        self.y += lines_height(lines, size)

    def axes(self, height: float, *, side: float, days: float) -> Axes:
        """A plot over the whole width, with room for words (``side``) where its lines begin; time runs as one reads."""
        left, right = (MARGIN, side) if self.rtl else (side, MARGIN)
        box = (left / WIDTH, 1 - (self.y + height) / self.height, (WIDTH - left - right) / WIDTH, height / self.height)
        made = self.figure.add_axes(box)
        made.set_facecolor(GROUND)
        made.set_xlim((days, -1) if self.rtl else (-1, days))
        made.tick_params(length=0, labelsize=9, labelcolor=SOFT, pad=4)
        for spine in made.spines.values():
            spine.set_visible(False)
        if self.rtl:
            made.yaxis.tick_right()
        self.y += height
        return made

    def png(self) -> bytes:
        """In few colours, as small as a photo on a bad line should be."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a letter that no font has is drawn as a box
            self._canvas.draw()  # type: ignore[no-untyped-call]
        size = self._canvas.get_width_height()
        pixels = bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        content = io.BytesIO()
        whole = Image.frombytes("RGBA", size, pixels).convert("RGB")
        few = whole.quantize(_PALETTE, Image.Quantize.MAXCOVERAGE)  # a single dot keeps its colour
        few.save(content, "PNG", optimize=True)
        return content.getvalue()


def halo() -> list[patheffects.AbstractPathEffect]:
    """Keeps words readable on top of lines and signs."""
    return [patheffects.withStroke(linewidth=2.5, foreground=GROUND)]


def wrapped(words: str, size: float, *, indent: float = 0) -> list[str]:
    """Lines that fit the card, about: letters are taken to be a little over half as wide as they are high."""
    room = int((WIDTH - 2 * MARGIN - indent) / (size * 0.56))
    return [part for line in words.split("\n") for part in textwrap.wrap(line, room) or [""]]


def lines_height(lines: list[str], size: float) -> float:
    return len(lines) * size * 1.55
