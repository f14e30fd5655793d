"""A caregiver's own entries as a page that every phone and computer can open: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.domain import exporting
from bot.domain.checkins import question_of
from bot.domain.leaving import Own
from bot.domain.templates import Question
from bot.model import CheckInState, Json, NoteKind
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens.wording import Wording

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1.5rem 0 .2rem}"
    "p{margin:.2rem 0;white-space:pre-wrap}.when{color:#666}.before{margin-inline-start:1.5rem;color:#666}"
)
_ANSWERED = (CheckInState.DONE, CheckInState.PARTIAL)


def page(voice: Voice, own: Own, clinic: str) -> str:
    """HTML, complete in itself. Times stand on the person's own clock."""
    direction = "rtl" if voice.rtl else "ltr"
    title = voice("leave-doc-title", clinic=clinic)
    asked = _Asked(voice, ZoneInfo(own.person.timezone))
    made = voice("leave-doc-made", day=Html(asked.date(own.document["exported_at"])))
    body = "\n".join(line for child in own.document["children"] for line in _child(asked, child))
    return (
        f'<!doctype html>\n<html lang="{voice.language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{made}</p>\n{body}\n</body>\n</html>\n"
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """How to speak, and on whose clock."""

    voice: Voice
    zone: ZoneInfo
    child: str = ""
    therapist: str = ""

    def label(self, message: str) -> str:
        return self.voice(message, child=self.child, name=self.therapist, step="")

    def date(self, iso: str) -> str:
        return numbers.whole_date(_at(iso).astimezone(self.zone).date(), self.voice.language)

    def time(self, iso: str) -> Html:
        return phrases.time(self.voice, to_ms(_at(iso)), self.zone.key)

    def day(self, iso: str) -> Html:
        return phrases.day(self.voice, _at(iso).astimezone(self.zone).date())


def _at(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def _child(asked: _Asked, child: Json) -> Iterator[str]:
    voice = asked.voice
    readers = [one["name"] for one in child["therapists"]]
    yield f"<h2>{voice('plain-name', child=child['name'])}</h2>"
    if readers:
        yield f"<p>{voice('leave-doc-readers', names=', '.join(readers))}</p>"
    for step in child["practice"]:
        yield f"<p>{voice('leave-doc-step', step=step['text'])}</p>"
    asked = _Asked(voice, asked.zone, child["name"], readers[0] if readers else "")
    for seat in child["caregivers"]:
        yield from _consents(asked, seat)
    entries = [(one["due_at"], _check_in(asked, one)) for one in child["checkins"]]
    entries += [(one["recorded_at"], _note(asked, one)) for one in child["notes"]]
    entries += [(one["recorded_at"], lines) for one, lines in _of_goals(asked, child)]
    if not entries:
        yield f"<p>{voice('leave-doc-none')}</p>"
    entries.sort(key=lambda entry: _at(entry[0]))
    for date, of_day in groupby(entries, key=lambda entry: asked.date(entry[0])):
        yield f"<h3>{date}</h3>"
        for _iso, lines in of_day:
            yield from lines


def _consents(asked: _Asked, seat: Json) -> Iterator[str]:
    for one in seat["consents"]:
        word = asked.voice("leave-doc-yes" if one["given"] else "leave-doc-no")
        what = asked.voice("leave-doc-consent", purpose=one["purpose"], word=Html(word))
        yield f'<p>{what} <span class="when">{asked.date(one["at"])}</span></p>'


def _check_in(asked: _Asked, one: Json) -> Iterator[str]:
    template = exporting.as_asked(one)
    words = Wording(asked.voice, template, asked.child, asked.therapist)
    state = "" if one["state"] in _ANSWERED else f": {asked.label(_state(asked.voice, one))}"
    yield f'<p><b>{words.title(plain=False)}</b> <span class="when">{one["slot"]}</span>{state}</p>'
    for answer in one["answers"]:
        question = question_of(template, answer["question"])
        when = asked.time(answer["answered_at"])
        if answer["late"]:
            when = Html(asked.voice("digest-answer-late", day=asked.day(answer["answered_at"]), time=when))

        def chosen(entry: Json, question: Question = question) -> str:
            return words.said(question, entry["value"])

        yield _said(asked, f"{words.short(question)}:", chosen(answer), answer, when)
        yield from _before(asked, chosen, answer)


def _state(voice: Voice, one: Json) -> str:
    """With the reason where there are words for it."""
    reason = f"digest-state-rest-{one['state_reason']}"
    return reason if one["state_reason"] and voice.has(reason) else f"digest-state-{one['state']}"


def _note(asked: _Asked, one: Json) -> Iterator[str]:
    key = "digest-note" if one["kind"] == NoteKind.NOTE else f"digest-note-{one['kind']}"
    yield _said(asked, f"<b>{asked.voice(key)}</b>", "", one, asked.time(one["recorded_at"]))
    yield from _before(asked, lambda _: "", one)


def _of_goals(asked: _Asked, child: Json) -> Iterator[tuple[Json, Iterator[str]]]:
    """Wishes and words on goals."""
    for one in child["wishes"]:
        yield one, _word(asked, one, "")
    for goal in child["goals"]:
        for word in (*goal["agreements"], *goal["whys"], *goal["talks"]):
            yield word, _word(asked, word, goal["versions"][-1]["what"])


def _word(asked: _Asked, one: Json, goal: str) -> Iterator[str]:
    what = asked.voice("leave-doc-goal", what=Html(asked.voice(f"leave-doc-goal-{one['kind']}")), goal=goal)
    first = what if goal else asked.voice(f"leave-doc-goal-{one['kind']}")
    yield _said(asked, f"<b>{first}</b>", "", one, asked.time(one["recorded_at"]))
    yield from _before(asked, lambda _: "", one)


def _said(asked: _Asked, first: str, chosen: str, entry: Json, when: str) -> str:
    parts = [first, _what(asked, chosen, entry), f'<span class="when">{when}</span>']
    return f"<p>{' '.join(part for part in parts if part)}</p>"


def _before(asked: _Asked, chosen: Callable[[Json], str], entry: Json) -> Iterable[str]:
    for one in entry["revisions"]:
        until = one["replaced_at"]
        first = asked.voice("digest-answer-before", day=asked.day(until), time=asked.time(until))
        yield f'<p class="before">{first} {_what(asked, chosen(one), one)}</p>'


def _what(asked: _Asked, chosen: str, entry: Json) -> str:
    """Choices, what was sent, words."""
    media = [asked.voice("digest-media", kind=entry["media"]["kind"])] if entry["media"] else []
    words = [asked.voice("quote", words=entry["text"])] if entry["text"] else []
    return " ".join([chosen, *media, *words]).strip()
