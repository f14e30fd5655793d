"""Weeks of a family on a phone: each caregiver's days, goals, practice, behaviours, and where the plan changed.

A day without an answer is a gap; nothing is joined across days, smoothed or averaged.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from bot.reports.canvas import (
    COOL,
    GROUND,
    INK,
    LINE,
    MARGIN,
    MIDDLE,
    SOFT,
    WARM,
    WIDTH,
    Card,
    halo,
    lines_height,
    wrapped,
)
from bot.reports.sheets import Change, Chart, Done, Goal, Practice, Sign, Strip, in_digits

TITLE, HEADING, WORDS, SMALL = 17.0, 12.5, 10.5, 9.0
GAP = 11.0
SIDE = 82.0
_STEP, _RAIL = 13.5, 14.0  # height of a step of the scale; of the line of days without an answer
_GOAL, _ROW, _DATES = 86.0, 16.0, 18.0
_SIGNS = 13.0  # room above the first plot for the signs of changes
_COLOURS = (*WARM, MIDDLE, *COOL)
_LATE: dict[str, Any] = {"marker": "*", "s": 46}
_ON_TIME: dict[str, Any] = {"marker": "o", "s": 17}
_SHAPES = (("o", COOL[1]), ("s", WARM[1]), ("^", MIDDLE), ("D", WARM[0]))
_LEGEND_ROW = 16.0
_INDENT = 16.0  # of what changed, behind its sign
_NAME = (16, 2)  # days and points: nearer than that two names would stand on each other
_CLOSE = 2  # days between two lines whose signs have no room beside each other
_HALF = (WIDTH - 2 * MARGIN) / 2


def draw(chart: Chart) -> bytes:
    """PNG, 1080 pixels wide."""
    card = Card(_height(chart), rtl=chart.rtl)
    card.text(chart.title, TITLE, bold=True)
    card.text(chart.subtitle, WORDS, colour=SOFT)
    plots: list[Axes] = []
    for strip in chart.strips:
        _heading(card, strip.title, strip.figures)
        card.y += _SIGNS if chart.changes and not plots else 0
        plots.append(_strip(card, chart, strip))
    for goal in chart.goals:
        _heading(card, goal.title, goal.figures)
        plots.append(_goal(card, chart, goal))
    for practice in chart.practice:
        _heading(card, practice.title, practice.figures)
        plots.append(_practice(card, chart, practice))
    for behaviour in chart.behaviours:
        _heading(card, behaviour.title, behaviour.figures)
        plots.append(_strip(card, chart, behaviour))
    _changes(plots, chart.changes)
    card.y += GAP
    for change in chart.changes:
        top = card.y
        card.text(change.sign, WORDS, bold=True)
        card.y = top
        card.text(change.words, WORDS, indent=_INDENT)
    _legend(card, chart)
    return card.png()


def _height(chart: Chart) -> float:
    def words(text: str, size: float, indent: float = 0) -> float:
        return lines_height(wrapped(text, size, indent=indent), size)

    whole = 2 * MARGIN + GAP + words(chart.title, TITLE) + words(chart.subtitle, WORDS)
    strips = (*chart.strips, *chart.behaviours)
    parts: tuple[Strip | Goal | Practice, ...] = (*strips, *chart.goals, *chart.practice)
    for part in parts:
        whole += GAP + words(part.title, HEADING) + words(part.figures, WORDS) + _DATES
    whole += _SIGNS if chart.changes else 0
    whole += sum(len(one.levels) * _STEP + _RAIL for one in strips)
    whole += len(chart.goals) * _GOAL + len(chart.practice) * _ROW
    whole += sum(words(one.words, WORDS, _INDENT) for one in chart.changes)
    return whole + len(_legend_rows(chart)) * _LEGEND_ROW + (GAP if chart.legend else 0)


def _heading(card: Card, title: str, figures: str) -> None:
    card.y += GAP
    card.text(title, HEADING, bold=True)
    if figures:
        card.text(figures, WORDS, colour=SOFT)


def _plot(card: Card, chart: Chart, height: float) -> Axes:
    made = card.axes(height, side=SIDE, days=chart.days)
    made.set_xticks([day for day, _ in chart.ticks], [words for _, words in chart.ticks])
    made.grid(axis="x", color=LINE, linewidth=0.6)
    made.set_axisbelow(True)
    card.y += _DATES
    return made


def _strip(card: Card, chart: Chart, strip: Strip) -> Axes:
    steps = len(strip.levels)
    plot = _plot(card, chart, steps * _STEP + _RAIL)
    plot.set_ylim(-_RAIL / _STEP - 0.5, steps - 0.5)
    plot.set_yticks(range(steps), strip.levels)
    plot.hlines(range(steps), -1, chart.days, color=LINE, linewidth=0.6, zorder=0)
    for dot in strip.dots:
        if dot.level is not None:
            _on_scale(plot, dot.day, dot.level, dot.sign, dot.level / max(steps - 1, 1))
        else:
            _beside(plot, dot.day, -_RAIL / _STEP + 0.25, dot.sign)
    return plot


def _on_scale(plot: Axes, x: float, y: float, sign: Sign, height: float) -> None:
    """``height``: from 0, the lowest step, to 1. More of a behaviour is neither warm nor cool."""
    if sign is Sign.BAND:
        plot.scatter(x, y, s=20, marker="s", facecolors=GROUND, edgecolors=COOL[1], linewidths=1.2, zorder=3)
        return
    colour = COOL[1] if sign is Sign.MOMENTS else _COLOURS[round(height * (len(_COLOURS) - 1))]
    shape = _LATE if sign is Sign.LATE else _ON_TIME
    plot.scatter(x, y, color=colour, zorder=3, linewidths=0, **shape)


def _beside(plot: Axes, x: float, y: float, sign: Sign) -> None:
    """A day that has no step: below the scale."""
    if sign is Sign.SILENT:
        plot.scatter(x, y, s=5, color=SOFT, linewidths=0, zorder=3)
    elif sign is Sign.REST:
        plot.scatter(x, y, s=9, facecolors=GROUND, edgecolors=SOFT, linewidths=0.9, zorder=3)
    else:
        plot.scatter(x, y, s=9, marker="s", facecolors=GROUND, edgecolors=COOL[1], linewidths=1.0, zorder=3)


def _goal(card: Card, chart: Chart, goal: Goal) -> Axes:
    plot = _plot(card, chart, _GOAL)
    plot.set_ylim(-0.8, 10.8)
    plot.set_yticks((0, 5, 10), [in_digits(number, chart.digits) for number in (0, 5, 10)])
    plot.hlines((0, 5, 10), -1, chart.days, color=LINE, linewidth=0.6, zorder=0)
    named: list[tuple[float, int]] = []
    for number, rater in enumerate(goal.raters):
        marker, colour = _SHAPES[number % len(_SHAPES)]
        shift = 0.35 * number  # two who gave the same mark on a day are both seen
        for day, value in rater.points:
            plot.scatter(day + shift, value, marker=marker, s=34, color=colour, linewidths=0, zorder=3)
        if rater.points:
            day, value = rater.points[-1]
            lines = sum(abs(day - other) < _NAME[0] and abs(value - height) < _NAME[1] for other, height in named)
            _beside_point(plot, chart, (day + shift, value), rater.name, colour, lines)
            named.append((day, value))
    if goal.steps:
        _steps(plot, chart, goal)
    return plot


def _beside_point(plot: Axes, chart: Chart, point: tuple[float, int], name: str, colour: str, lines: int) -> None:
    """Whose it is, on the side that has room; so many lines higher, where other names stand already."""
    before = point[0] > chart.days / 2
    plot.annotate(
        name,
        point,
        xytext=((-1 if before != chart.rtl else 1) * 6, 4 + lines * (SMALL + 2)),
        textcoords="offset points",
        ha="right" if before != chart.rtl else "left",
        va="bottom",
        size=SMALL,
        color=colour,
        path_effects=halo(),
        zorder=4,
        parse_math=False,
    )


def _steps(plot: Axes, chart: Chart, goal: Goal) -> None:
    """The therapist's level holds until the next is set: a line of steps, its words at its beginning."""
    room = 10 / max(len(goal.levels) - 1, 1)
    ends = [day for day, _ in goal.steps[1:]] + [chart.days]
    for (day, level), end in zip(goal.steps, ends, strict=True):
        height = level * room
        plot.plot((day, end), (height, height), color=INK, linewidth=1.6, alpha=0.55, solid_capstyle="butt", zorder=2)
        late = day > chart.days * 3 / 4  # words that begin there have no room before the end
        plot.annotate(
            goal.levels[level],
            (end if late else day, height),
            xytext=(0 if late else -2 if chart.rtl else 2, 3),
            textcoords="offset points",
            ha="right" if chart.rtl != late else "left",
            va="bottom",
            size=SMALL,
            color=SOFT,
            path_effects=halo(),
            zorder=2.5,
            parse_math=False,
        )


def _practice(card: Card, chart: Chart, practice: Practice) -> Axes:
    plot = _plot(card, chart, _ROW)
    plot.set_ylim(0, 1)
    plot.set_yticks(())
    for day, done in practice.days:
        _practised(plot, day, done)
    return plot


def _practised(plot: Axes, x: float, done: Done) -> None:
    """A whole bar, half a bar, or the dot of a day without."""
    if done is Done.NO:
        plot.scatter(x, 0.12, s=5, color=SOFT, linewidths=0, zorder=3)
    else:
        plot.bar(x, 1 if done is Done.YES else 0.5, width=0.7, color=COOL[1], linewidth=0, zorder=3)


def _changes(plots: list[Axes], changes: tuple[Change, ...]) -> None:
    for plot in plots:
        for change in changes:
            plot.axvline(change.day - 0.5, color=INK, linewidth=1.0, linestyle=(0, (3, 2)), zorder=1)
    for days, signs in _beside_each_other(changes) if plots else ():
        top = plots[0].get_ylim()[1]
        plots[0].text(sum(days) / len(days) - 0.5, top, signs, size=SMALL, weight="bold", ha="center", va="bottom")


def _beside_each_other(changes: tuple[Change, ...]) -> list[tuple[list[int], str]]:
    """Signs that would stand on each other are written as one word over the middle of their lines."""
    found: list[tuple[list[int], str]] = []
    for one in changes:
        if found and one.day - found[-1][0][-1] <= _CLOSE:
            found[-1] = ([*found[-1][0], one.day], found[-1][1] + one.sign)
        else:
            found.append(([one.day], one.sign))
    return found


def _legend(card: Card, chart: Chart) -> None:
    """A word for each sign, two in a row where they fit."""
    card.y += GAP if chart.legend else 0
    for row in _legend_rows(chart):
        plot = card.axes(_LEGEND_ROW, side=MARGIN, days=WIDTH - 2 * MARGIN - 1)
        plot.set_ylim(-0.6, 1.6)
        plot.set_axis_off()
        for place, (sign, words) in enumerate(row):
            x = 4 + place * _HALF
            _sign(plot, x, sign)
            align = "right" if chart.rtl else "left"
            plot.text(x + 11, 0.5, words, size=WORDS, color=SOFT, va="center", ha=align, parse_math=False)


def _sign(plot: Axes, x: float, sign: Sign | Done) -> None:
    if isinstance(sign, Done) and sign is not Done.NO:
        plot.bar(x, 1 if sign is Done.YES else 0.5, width=4, color=COOL[1], linewidth=0)
    elif sign in (Sign.ANSWER, Sign.LATE, Sign.MOMENTS, Sign.BAND):
        _on_scale(plot, x, 0.5, Sign(sign.value), 0.5)
    else:
        _beside(plot, x, 0.5, Sign.SILENT if sign is Done.NO else Sign(sign.value))


def _legend_rows(chart: Chart) -> list[list[tuple[Sign | Done, str]]]:
    rows: list[list[tuple[Sign | Done, str]]] = []
    for one in chart.legend:
        fits = len(wrapped(one[1], WORDS, indent=_HALF + 12)) == 1
        if rows and fits and len(rows[-1]) == 1 and len(wrapped(rows[-1][0][1], WORDS, indent=_HALF + 12)) == 1:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows
