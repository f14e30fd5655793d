"""When in the day a behaviour was seen: a number for each weekday and part of the day, darker the more there are.

A field with a dash says that nobody looked; a nought says that somebody did.
"""

from __future__ import annotations

from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from bot.reports.canvas import COOL, GROUND, INK, LINE, MARGIN, SOFT, Card, lines_height, wrapped
from bot.reports.sheets import Hours, in_digits

TITLE, WORDS, NUMBER = 15.0, 10.5, 10.0
GAP, SIDE = 12.0, 64.0
_FIELD, _HEADS = 24.0, 18.0  # height of a row; of the words above the columns
_DARK = 0.55  # from this share of the most on, the number stands in light letters


def draw(hours: Hours) -> bytes:
    """PNG, 1080 pixels wide."""
    card = Card(_height(hours), rtl=hours.rtl)
    card.text(hours.title, TITLE, bold=True)
    card.text(hours.subtitle, WORDS, colour=SOFT)
    card.y += GAP + _HEADS
    _fields(card, hours)
    card.y += GAP
    card.text(hours.legend, WORDS, colour=SOFT)
    return card.png()


def _height(hours: Hours) -> float:
    texts = ((hours.title, TITLE), (hours.subtitle, WORDS), (hours.legend, WORDS))
    words = sum(lines_height(wrapped(text, size), size) for text, size in texts)
    return 2 * MARGIN + words + 2 * GAP + _HEADS + len(hours.rows) * _FIELD


def _fields(card: Card, hours: Hours) -> None:
    """Monday at the top; the day runs as one reads."""
    width, rows = len(hours.columns), len(hours.rows)
    plot = card.axes(rows * _FIELD, side=SIDE, days=width)
    plot.set_xlim((width, 0) if hours.rtl else (0, width))
    plot.set_ylim(rows, 0)
    plot.xaxis.tick_top()
    plot.set_xticks([number + 0.5 for number in range(width)], list(hours.columns))
    plot.set_yticks([number + 0.5 for number in range(rows)], list(hours.rows))
    most = max((count for row in hours.counts for count in row if count), default=1)
    for y, row in enumerate(hours.counts):
        for x, count in enumerate(row):
            share = (count or 0) / most
            plot.add_patch(Rectangle((x + 0.04, y + 0.06), 0.92, 0.88, facecolor=_tone(share), edgecolor=LINE, lw=0.6))
            plot.text(
                x + 0.5,
                y + 0.52,
                "–" if count is None else in_digits(count, hours.digits),
                size=NUMBER,
                color=GROUND if share >= _DARK else INK if count else SOFT,
                ha="center",
                va="center",
            )


def _tone(share: float) -> tuple[float, ...]:
    """Between the ground and the darkest blue."""
    return tuple(low + (high - low) * share for low, high in zip(to_rgb(GROUND), to_rgb(COOL[1]), strict=True))
