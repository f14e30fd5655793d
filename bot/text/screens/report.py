"""A report on paper: its parts in order, each number with its n, each quote with who and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain.checkins import question_of
from bot.domain.digest_days import SCALE
from bot.domain.report_facts import Words
from bot.domain.report_hours import PARTS, Seen
from bot.domain.reporting import Material
from bot.model import Button, Document, Screen
from bot.reports.sheets import PAGE, PAGES, Block, Hours, Paper, Part
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.literal import literal
from bot.text.screens import chart as charts
from bot.text.screens import chart_phrases as figures
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR
from bot.text.screens.wording import Wording


def therapists_only(voice: Voice) -> Screen:
    return Screen(voice("digest-therapists-only"))


def whom(voice: Voice, children: list[Row]) -> Screen:
    if not children:
        return Screen(voice("report-no-child"))
    rows = tuple((Button(voice.plain("plain-name", child=row["name"]), f"report:c:{row['id']}"),) for row in children)
    return Screen(voice("report-whom"), rows)


def when(voice: Voice, person: int, child: int, periods: Iterable[str]) -> Screen:
    """The first button is the time between two visits, known or about."""
    rows = tuple((Button(voice.plain(f"report-period-{key}"), f"report:p:{person}:{child}:{key}"),) for key in periods)
    return Screen(voice("report-when"), rows)


def coming(voice: Voice) -> Screen:
    return Screen(voice("report-coming"))


def document(voice: Voice, made: Material, content: bytes) -> Screen:
    """A file to be kept: for the meeting, or for the record."""
    days = made.facts.span
    text = voice(
        "report-here",
        child=made.facts.name,
        first=phrases.day(voice, days.first),
        last=phrases.day(voice, days.last),
    )
    return Screen(text, document=Document(f"homenotes-{days.last.isoformat()}.pdf", content))


def paper(voice: Voice, made: Material, clinic: str) -> Paper:
    """What is to be set."""
    facts = made.facts
    child, moment = literal(facts.name), phrases.moment(voice, made.until, facts.span.timezone)
    whose = "report-made" if made.reader.therapist else "report-made-own"
    return Paper(
        title=voice.plain("report-title", child=child),
        byline=(
            literal(clinic),
            figures.plain(voice, charts.span(voice, made)),
            voice.plain(whose, name=literal(made.reader.name), moment=moment),
        ),
        blocks=tuple(_blocks(voice, made)),
        footer=voice.plain("report-footer", child=child, clinic=literal(clinic), moment=moment),
        page=voice.plain("report-page", page=Html(PAGE), pages=Html(PAGES)),
        language=voice.language,
        charts=(charts.chart(voice, made, "report-chart-title"),) if facts.caregivers else (),
        hours=tuple(day_hours(voice, literal(one.text), one) for one in facts.hours),
        digits=numbers.digits(voice.language),
        rtl=voice.rtl,
    )


def day_hours(voice: Voice, title: str, seen: Seen) -> Hours:
    """What is to be drawn of one behaviour."""
    return Hours(
        title=title,
        subtitle=voice.plain("report-hours", moments=seen.moments, days=seen.days),
        rows=tuple(numbers.weekday(day, voice.language, "abbreviated") for day in range(7)),
        columns=tuple(voice.plain(f"report-hours-{name}") for name in PARTS),
        counts=seen.counts,
        legend=voice.plain("report-hours-legend"),
        digits=numbers.digits(voice.language),
        rtl=voice.rtl,
    )


def _blocks(voice: Voice, made: Material) -> Iterator[Block]:
    for heading, lines in (
        ("report-new", _said(voice, made, "win")),
        ("report-questions", _said(voice, made, "question")),
        ("report-days", _days(voice, made)),
        ("report-goals", _goals(voice, made)),
        ("report-practice", _practice(voice, made)),
        ("report-behaviours", _behaviours(voice, made)),
        ("report-changes", _changes(voice, made)),
        ("report-words" if made.reader.therapist else "report-own-words", _said(voice, made, "")),
        ("report-about", _about(voice)),
    ):
        blocks = list(lines)
        if blocks:
            yield Block(Part.HEADING, voice.plain(heading))
            yield from blocks


def _days(voice: Voice, made: Material) -> Iterator[Block]:
    """Each pair of eyes on its own; what was tapped on hard days with how many there were."""
    facts, names = made.facts, figures.names(voice, made.facts)
    for one in facts.caregivers:
        name = voice.plain("plain-name", child=names[one.id])
        yield Block(Part.LINE, f"{name}: {figures.plain(voice, figures.figures(voice, one))}")
        if one.summary is not None:
            yield Block(Part.LINE, _spread(voice, [day.value for day in one.days]))
    if facts.reasons:
        reasons = Html(phrases.counted(voice, facts.reasons, "pulse-hard"))
        yield Block(Part.LINE, voice.plain("report-reasons", days=facts.hard_days, reasons=reasons))
    if not facts.caregivers:
        yield Block(Part.LINE, voice.plain("report-days-none"))


def _spread(voice: Voice, values: list[str | None]) -> str:
    """How many days each step of the scale had."""
    counted = ((key, values.count(key)) for key in SCALE)
    return figures.plain(voice, phrases.counted(voice, (one for one in counted if one[1]), "digest-day"))


def _goals(voice: Voice, made: Material) -> Iterator[Block]:
    """Each goal with every figure and why it matters, as small words below it."""
    for one in made.facts.goals:
        parts = [figures.goal(voice, made.facts, one, therapist=made.reader.therapist)]
        parts += figures.whys(voice, made.facts, one)
        below = "\n".join(figures.plain(voice, part) for part in parts)
        yield Block(Part.LINE, literal(one.title), below, own=True)


def _practice(voice: Voice, made: Material) -> Iterator[Block]:
    facts = made.facts
    for one in facts.practice:
        parts = Html(figures.practice(voice, facts, one))
        yield Block(Part.LINE, voice.plain("report-line", what=literal(one.text), parts=parts))
    if facts.step is not None and not facts.practice:
        key = "digest-step-little" if facts.step.little else "digest-step"
        little = {"little": facts.step.little} if facts.step.little else {}
        yield Block(Part.LINE, voice.plain(key, done=facts.step.done, of=facts.step.of, **little))


def _behaviours(voice: Voice, made: Material) -> Iterator[Block]:
    """Counts, and what was around them; never why."""
    for one in made.facts.behaviours:
        parts = Html(figures.behaviour(voice, made.facts, one))
        around = [figures.plain(voice, part) for part in figures.around(voice, one)]
        line = voice.plain("report-line", what=figures.behaviour_of(voice, one), parts=parts)
        yield Block(Part.LINE, line, "\n".join(around))


def _changes(voice: Voice, made: Material) -> Iterator[Block]:
    for one in made.facts.changes:
        told = Html(figures.change(voice, one))
        yield Block(Part.LINE, voice.plain("chart-change", day=phrases.day(voice, one.on), changes=told))


def _said(voice: Voice, made: Material, kind: str) -> Iterator[Block]:
    """Wins, questions, or ("") everything else, oldest first: the words as they were written."""
    names = figures.names(voice, made.facts)
    for one in made.facts.words:
        if (one.kind if one.kind in ("win", "question") else "") == kind:
            said = [voice.plain("quote", words=literal(one.text))] if one.text else []
            said += [voice.plain("report-media", kind=one.media)] if one.media else []
            source = _source(voice, made, one, names.get(one.by, ""))
            yield Block(Part.QUOTE, " ".join(said), source, own=bool(one.text))


def _source(voice: Voice, made: Material, one: Words, name: str) -> str:
    at = to_ms(datetime.fromisoformat(one.at))
    parts = [voice.plain("digest-new-said", name=name, day=phrases.day(voice, one.on))]
    if one.template and one.kind == "answer":
        words = Wording(voice, one.template, literal(made.facts.name), literal(_therapist(made)))
        parts.append(words.short(question_of(one.template, one.question), plain=True))
    parts += [voice.plain(f"milestone-often-{one.often}")] if one.often else []
    parts += [voice.plain(f"digest-help-{one.help}")] if one.help else []
    parts += [voice.plain(f"milestone-where-{one.where}")] if one.where else []
    if one.late:
        zone = made.facts.span.timezone
        on = datetime.fromisoformat(one.at).astimezone(ZoneInfo(zone)).date()
        time = phrases.time(voice, at, zone)
        parts.append(voice.plain("digest-answer-late", day=phrases.day(voice, on), time=time))
    return SEPARATOR.join(parts)


def _therapist(made: Material) -> str:
    """Whom the questions named."""
    return made.reader.name if made.reader.therapist else next((one["name"] for one in made.child["therapists"]), "")


def _about(voice: Voice) -> Iterator[Block]:
    yield Block(Part.LINE, voice.plain("report-about-text"))
