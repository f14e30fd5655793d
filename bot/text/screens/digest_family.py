"""One family on one screen, in the order in which it is needed: read in a minute, every figure with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain import digests
from bot.domain.digest_coming import Coming
from bot.domain.digest_days import PULSE, Caregiver
from bot.domain.digest_facts import Family
from bot.domain.digest_words import Lost, Said, Source, Win
from bot.domain.digests import Page
from bot.domain.flags import Kind
from bot.domain.flags_memory import Show
from bot.model import Button, Screen
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_flags, digest_home, digest_reviews, messages
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

LINES = 12  # read in a minute
MOST_QUOTES = 3
MOST_QUESTIONS = 3
MOST_TOLD = 2  # of what works, of what needs adjusting, of what is coming
_LENGTHS = (220, 120, 60, 30, 12)  # of a quote; shorter until the screen holds them all
_ON_BUTTON = 24


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a screen is too small, lines of the highest ``rank`` go first."""

    rank: int
    text: str


def family(voice: Voice, digest: int, page: Page) -> Screen:
    """The screen of one family; its first button leads on."""
    text = next(
        (text for most in _LENGTHS if phrases.length(text := _text(voice, page, most)) <= phrases.LIMIT),
        _text(voice, page, _LENGTHS[-1]),
    )
    return Screen(text, tuple(_rows(voice, digest, page)), protected=True)


def _text(voice: Voice, page: Page, most: int) -> str:
    """In the order in which it is needed; at most `LINES`, and what is left out is counted."""
    lines = list(_lines(voice, page, most))
    left_out = 0
    while len(lines) + bool(left_out) > LINES:
        last = max(range(len(lines)), key=lambda at: (lines[at].rank, at))
        del lines[last]
        left_out += 1
    if left_out:
        lines.insert(len(lines) - 1, _Line(0, f"<i>{voice('digest-more-lines', count=left_out)}</i>"))
    return "\n".join(one.text for one in lines)


def _lines(voice: Voice, page: Page, most: int) -> Iterator[_Line]:
    shown = page.family
    yield _Line(0, _heading(voice, shown))
    yield from _ranked(1, (_caregiver(voice, shown, one) for one in shown.caregivers))
    yield from _ranked(0, _needs_you(voice, shown, most))
    yield from _ranked(2, _questions(voice, shown, most))
    yield from _ranked(2, (_win(voice, shown, one, most) for one in shown.wins[:MOST_QUOTES]))
    yield from _ranked(3, digest_home.topics(voice, shown, most))
    yield from _ranked(3, digest_home.goals(voice, shown))
    yield from _ranked(4, _practice(voice, shown))
    yield from _ranked(4, digest_home.behaviours(voice, shown))
    yield from _ranked(4, _agreed_on(voice, shown, most))
    yield from _ranked(3, _words(voice, shown, most))
    yield from _ranked(5, digest_reviews.lines(voice, shown))
    if shown.media:
        yield _Line(5, phrases.media(voice, shown, most))
    if shown.coming:
        yield _Line(4, _coming(voice, shown))
    yield from _ranked(8, digest_flags.snoozed(voice, shown))
    if page.message is not None:
        yield _Line(6, messages.line(voice, page.message))
    yield from (_Line(1, text) for text in _closing(voice, page, most))


def _ranked(first: int, texts: Iterable[str]) -> Iterator[_Line]:
    """Each of the same kind is a little less needed than the one before."""
    return (_Line(first + number, text) for number, text in enumerate(texts))


def _heading(voice: Voice, shown: Family) -> str:
    parts = [f"<b>{voice('plain-name', child=shown.name)}</b>"]
    if shown.visit_at is not None:
        parts.append(phrases.visit(voice, shown.visit_at, shown.period.timezone))
    return SEPARATOR.join([*parts, phrases.days(voice, shown.period)])


def _caregiver(voice: Voice, shown: Family, one: Caregiver) -> str:
    """Answered of asked, the median with its n, what was late or left out: for this pair of eyes alone."""
    name = phrases.called(voice, shown, one.id)
    if one.asked:
        parts = [voice("digest-answered", name=name, answered=one.answered, asked=one.asked)]
    else:
        parts = [voice("digest-not-asked", name=name)]
    if one.late:
        late = ", ".join(phrases.day(voice, day.on) for day in one.days if day.late)
        parts.append(voice("digest-late", count=one.late, days=Html(late)))
    if one.excused:
        parts.append(voice("digest-excused", count=one.excused, child=shown.name))
    if one.rested:
        parts.append(voice("digest-resting", count=one.rested))
    if one.away:
        parts.append(voice("digest-away", count=one.away))
    if one.n:
        parts.append(phrases.median(voice, one))
    if apart := phrases.week_apart(voice, one):
        parts.append(apart)
    if one.too_few and not one.silent:
        parts.append(voice("digest-too-few"))
    if one.silent and not _said_quiet(shown, one):
        parts.append(_silent(voice, one))
    bars = f" <code>{phrases.strip(one)}</code>" if one.answered else ""
    return SEPARATOR.join(parts) + bars


def _said_quiet(shown: Family, one: Caregiver) -> bool:
    """Whether a flag says so already."""
    return any(
        flag.kind is Kind.GONE_QUIET and flag.by == one.id and flag.subject == PULSE
        for flag in shown.shown(Show.FRESH, Show.AGAIN)
    )


def _silent(voice: Voice, one: Caregiver) -> str:
    if one.last_answer is None:
        return voice("digest-silent")
    return voice("digest-silent-since", day=phrases.day(voice, one.last_answer))


def _needs_you(voice: Voice, shown: Family, most: int) -> Iterable[str]:
    for alert in shown.alerts:
        yield voice(
            f"digest-alert{'-words' if alert.words else ''}{'-false' if alert.false_alarm else ''}",
            name=phrases.called(voice, shown, alert.by),
            day=phrases.day(voice, alert.on),
            time=phrases.time(voice, alert.at, shown.period.timezone),
        )
    for lost in sorted(shown.lost, key=lambda one: not one.certain):
        yield _lost(voice, shown, lost, most)
    reasons = _reasons(voice, shown)
    for line in digest_flags.lines(voice, shown):
        yield f"{line} {reasons}".rstrip()
        reasons = ""


def _lost(voice: Voice, shown: Family, lost: Lost, most: int) -> str:
    key = "digest-lost_skill" if lost.certain else "digest-maybe_lost"
    line = voice(key, name=phrases.called(voice, shown, lost.by), day=phrases.day(voice, lost.on))
    return f"{line} {_said(voice, lost.said, most)}" if lost.said is not None else line


def _said(voice: Voice, said: Said, most: int) -> Html:
    """Exact words; without any, what was sent instead."""
    if said.text:
        return phrases.quote(voice, said.text, most)
    return Html(phrases.medium(voice, said.media) if said.media is not None else "")


def _questions(voice: Voice, shown: Family, most: int) -> Iterable[str]:
    for one in shown.questions[:MOST_QUESTIONS]:
        yield _question(voice, shown, one, most)
    if len(shown.questions) > MOST_QUESTIONS:
        yield f"<i>{voice('digest-more-questions', count=len(shown.questions) - MOST_QUESTIONS)}</i>"


def _question(voice: Voice, shown: Family, one: Said, most: int) -> str:
    age = Html(voice("digest-age", days=shown.age(one)) + (f", {voice('digest-old')}" if shown.old(one) else ""))
    words = _said(voice, one, most)
    return voice("digest-question", age=age, name=phrases.called(voice, shown, one.by), words=words) + _unsure(
        voice, one
    )


def _win(voice: Voice, shown: Family, win: Win, most: int) -> str:
    facts = (
        voice(f"milestone-often-{win.often}") if win.often else "",
        voice(f"digest-help-{win.help}") if win.help else "",
        voice(f"milestone-where-{win.where}") if win.where else "",
        phrases.who(voice, shown, win.said),
    )
    told = SEPARATOR.join(part for part in facts if part)
    return f"{voice('digest-new', words=_said(voice, win.said, most))} {told}{_unsure(voice, win.said)}"


def _reasons(voice: Voice, shown: Family) -> str:
    """With the fall that they speak of, if there is one."""
    if not shown.reasons or not any(one.kind is Kind.FALL for one in shown.shown(Show.FRESH, Show.AGAIN)):
        return ""
    return voice("digest-reasons", reasons=Html(phrases.counted(voice, shown.reasons, "pulse-hard")))


def _practice(voice: Voice, shown: Family) -> Iterable[str]:
    if shown.reasons and not _reasons(voice, shown):
        yield voice("digest-reasons", reasons=Html(phrases.counted(voice, shown.reasons, "pulse-hard")))
    yield from digest_home.practice(voice, shown)
    if shown.step is not None and not shown.practice:
        key = "digest-step-little" if shown.step.little else "digest-step"
        yield voice(key, done=shown.step.done, of=shown.step.of, little=shown.step.little)


def _agreed_on(voice: Voice, shown: Family, most: int) -> Iterable[str]:
    """What works at home, and what needs adjusting: the newest of each, with whose words they are."""
    for key, told in (("digest-working", shown.working), ("digest-adjust", shown.adjust)):
        parts = [f"{_said(voice, one, most)} {phrases.who(voice, shown, one)}" for one in told[:MOST_TOLD]]
        rest = len(told) - len(parts)
        if key == "digest-working":
            parts = [*digest_reviews.helped(voice, shown), *parts]
        else:
            parts = [*digest_home.barriers(voice, shown), *parts]
        if parts:
            more = [f"<i>{voice('digest-more-words', count=rest)}</i>"] if rest else []
            yield voice(key, words=Html("; ".join(parts + more)))


def _coming(voice: Voice, shown: Family) -> str:
    return voice(
        "digest-coming-up", what=Html(", ".join(_ahead(voice, shown, one) for one in shown.coming[:MOST_TOLD]))
    )


def _ahead(voice: Voice, shown: Family, one: Coming) -> str:
    first, last = phrases.day(voice, one.first), phrases.day(voice, one.last)
    name = phrases.called(voice, shown, one.by)
    begun = "now" if one.first <= shown.period.today else "next"
    return voice(f"digest-coming-{one.kind}", begun=begun, name=name, first=first, last=last)


def _words(voice: Voice, shown: Family, most: int) -> Iterable[str]:
    """The newest words, and how many more there are; a caption stands with its picture instead."""
    told = [one for one in shown.quotes if one.media is None]
    for one in told[:MOST_QUOTES]:
        key = "digest-quote-late" if one.late else "digest-quote"
        words = phrases.quote(voice, one.text or "", most)
        line = voice(key, words=words, name=phrases.called(voice, shown, one.by), day=phrases.day(voice, one.on))
        yield ("😟 " if one.source is Source.HARD else "") + line + _unsure(voice, one)
    rest = max(0, len(told) - MOST_QUOTES) + max(0, len(shown.wins) - MOST_QUOTES)
    if rest:
        yield f"<i>{voice('digest-more-words', count=rest)}</i>"


def _unsure(voice: Voice, one: Said) -> str:
    return "" if one.sure else f" {voice('digest-unsure')}"


def _closing(voice: Voice, page: Page, most: int) -> Iterable[str]:
    shown = page.family
    if shown.quiet and not shown.raised:
        yield voice("digest-all-quiet")
    if page.earlier is not None:
        words = phrases.quote(voice, page.earlier.text or "", most)
        line = voice("digest-earlier", day=phrases.day(voice, page.earlier.on), words=words)
        yield f"<i>{line} ({voice('digest-old')})</i>" if shown.old(page.earlier) else line
    if opening := _opening(voice, shown, most):
        yield opening


def _opening(voice: Voice, shown: Family, most: int) -> str:
    """Something of the family's own, and then what matters most."""
    words = digests.opening(shown)
    flags = [one for one in shown.shown(Show.FRESH, Show.AGAIN) if one.kind not in (Kind.NEW, Kind.QUESTION)]
    if words is None or not words.text:
        return voice("digest-open-quiet") if any(one.kind is Kind.GONE_QUIET for one in flags) else ""
    own = phrases.quote(voice, words.text, min(most, 60), rest=False)
    if not flags:
        return voice("digest-open-with", words=own)
    return voice("digest-open-then", words=own, what=Html(digest_flags.name(voice, flags[0])))


def _rows(voice: Voice, digest: int, page: Page) -> Iterable[tuple[Button, ...]]:
    shown, child = page.family, page.family.child
    if page.following is not None:
        label = voice.plain("digest-button-next", child=page.following.name)
        yield (Button(label, f"digest:f:{digest}:{page.following.child}"),)
    else:
        yield (Button(voice.plain("digest-button-done"), f"digest:d:{digest}"),)
    for question in (one for one in page.family.questions[:MOST_QUESTIONS] if one.note is not None):
        yield (Button(_mark(voice, page.family, question), f"digest:q:{digest}:{child}:{question.note}"),)
    for one in page.family.feedback:
        if one.replied_at is None:
            label = voice.plain("digest-button-visit", name=phrases.called(voice, shown, one.by))
            yield (Button(label, f"digest:v:{digest}:{child}:{one.answer}"),)
    if page.family.media:
        label = voice.plain("digest-button-media", count=len(page.family.media))
        yield (Button(label, f"digest:m:{digest}:{child}"),)
    yield _pictures(voice, child)
    yield (
        Button(voice.plain("digest-button-answers"), f"digest:a:{digest}:{child}:0"),
        Button(voice.plain("digest-button-reply"), f"digest:r:{digest}:{child}"),
    )
    less = [Button(voice.plain("digest-button-used"), f"digest:u:{digest}:{child}")] if digests.words(shown) else []
    if shown.raised:
        less.append(Button(voice.plain("digest-button-snooze"), f"digest:z:{digest}:{child}"))
    if less:
        yield tuple(less)
    yield (
        Button(voice.plain("digest-button-list"), f"digest:l:{digest}"),
        Button(voice.plain("command-plan"), f"digest:p:{digest}:{child}"),
    )


def _pictures(voice: Voice, child: int) -> tuple[Button, ...]:
    """Further back than this digest goes."""
    return (
        Button(voice.plain("chart-button"), f"report:w:{child}"),
        Button(voice.plain("command-report"), f"report:c:{child}"),
    )


def _mark(voice: Voice, shown: Family, question: Said) -> str:
    if len(shown.questions) == 1 or not question.text:
        return voice.plain("digest-button-mark")
    words = question.text if len(question.text) <= _ON_BUTTON else f"{question.text[:_ON_BUTTON]}…"
    return voice.plain("digest-button-mark-one", words=words)
