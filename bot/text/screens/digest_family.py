"""One family on one screen, in the order in which it is needed: read in a minute, every figure with its source."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain import digests
from bot.domain.digest_facts import Caregiver, Family
from bot.domain.digest_words import Lost, Said, Source, Win
from bot.domain.digests import Page
from bot.model import Button, Screen
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.digest_phrases import SEPARATOR

LINES = 12  # read in a minute
MOST_QUOTES = 3
MOST_QUESTIONS = 3
_LENGTHS = (220, 120, 60, 30, 12)  # of a quote; shorter until the screen holds them all
_ON_BUTTON = 24


def family(voice: Voice, digest: int, page: Page) -> Screen:
    """The screen of one family; its first button leads on."""
    text = next(
        (text for most in _LENGTHS if phrases.length(text := _text(voice, page, most)) <= phrases.LIMIT),
        _text(voice, page, _LENGTHS[-1]),
    )
    return Screen(text, tuple(_rows(voice, digest, page)), protected=True)


def _text(voice: Voice, page: Page, most: int) -> str:
    shown = page.family
    above = [
        f"<b>{voice('plain-name', child=shown.name)}</b>{SEPARATOR}{phrases.days(voice, shown.period)}",
        *(_caregiver(voice, shown, one) for one in shown.caregivers),
        *_needs_you(voice, shown, most),
        *_questions(voice, shown, most),
        *(_win(voice, shown, one, most) for one in shown.wins[:MOST_QUOTES]),
        *_practice(voice, shown),
    ]
    below = [
        *([phrases.media(voice, shown, most)] if shown.media else []),
        *_closing(voice, page, most),
    ]
    room = min(MOST_QUOTES, max(1, LINES - len(above) - len(below)))
    return "\n".join([*above, *_words(voice, shown, most, room), *below])


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
    if one.n:
        parts.append(phrases.median(voice, one))
    if one.silent:
        parts.append(_silent(voice, one))
    bars = f" <code>{phrases.strip(one)}</code>" if one.answered else ""
    return SEPARATOR.join(parts) + bars


def _silent(voice: Voice, one: Caregiver) -> str:
    if one.last_answer is None:
        return voice("digest-silent")
    return voice("digest-silent-since", day=phrases.day(voice, one.last_answer))


def _needs_you(voice: Voice, shown: Family, most: int) -> Iterable[str]:
    for alert in shown.alerts:
        yield voice(
            "digest-alert-false" if alert.false_alarm else "digest-alert",
            name=phrases.called(voice, shown, alert.by),
            day=phrases.day(voice, alert.on),
            time=phrases.time(voice, alert.at, shown.period.timezone),
        )
    for lost in sorted(shown.lost, key=lambda one: not one.certain):
        yield _lost(voice, shown, lost, most)


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
    age = Html(voice("digest-age", days=shown.age(one)))
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


def _practice(voice: Voice, shown: Family) -> Iterable[str]:
    if shown.reasons:
        reasons = phrases.counted(voice, shown.reasons, "pulse-hard")
        yield voice("digest-reasons", reasons=Html(reasons))
    if shown.step is not None:
        key = "digest-step-little" if shown.step.little else "digest-step"
        yield voice(key, done=shown.step.done, of=shown.step.of, little=shown.step.little)


def _words(voice: Voice, shown: Family, most: int, room: int) -> Iterable[str]:
    """The newest words, and how many more there are; a caption stands with its picture instead."""
    told = [one for one in shown.quotes if one.media is None]
    for one in told[:room]:
        key = "digest-quote-late" if one.late else "digest-quote"
        words = phrases.quote(voice, one.text or "", most)
        line = voice(key, words=words, name=phrases.called(voice, shown, one.by), day=phrases.day(voice, one.on))
        yield ("😟 " if one.source is Source.HARD else "") + line + _unsure(voice, one)
    rest = max(0, len(told) - room) + max(0, len(shown.wins) - MOST_QUOTES)
    if rest:
        yield f"<i>{voice('digest-more-words', count=rest)}</i>"


def _unsure(voice: Voice, one: Said) -> str:
    return "" if one.sure else f" {voice('digest-unsure')}"


def _closing(voice: Voice, page: Page, most: int) -> Iterable[str]:
    opening = digests.opening(page.family)
    if opening is not None and opening.text:
        yield voice("digest-open-with", words=phrases.quote(voice, opening.text, min(most, 60), rest=False))
    if page.family.quiet:
        yield voice("digest-all-quiet")
    if page.earlier is not None:
        words = phrases.quote(voice, page.earlier.text or "", most)
        yield voice("digest-earlier", day=phrases.day(voice, page.earlier.on), words=words)


def _rows(voice: Voice, digest: int, page: Page) -> Iterable[tuple[Button, ...]]:
    child = page.family.child
    if page.following is not None:
        label = voice.plain("digest-button-next", child=page.following.name)
        yield (Button(label, f"digest:f:{digest}:{page.following.child}"),)
    else:
        yield (Button(voice.plain("digest-button-done"), f"digest:d:{digest}"),)
    for question in page.family.questions[:MOST_QUESTIONS]:
        yield (Button(_mark(voice, page.family, question), f"digest:q:{digest}:{child}:{question.note}"),)
    if page.family.media:
        label = voice.plain("digest-button-media", count=len(page.family.media))
        yield (Button(label, f"digest:m:{digest}:{child}"),)
    yield _pictures(voice, child)
    yield (
        Button(voice.plain("digest-button-answers"), f"digest:a:{digest}:{child}:0"),
        Button(voice.plain("digest-button-list"), f"digest:l:{digest}"),
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
