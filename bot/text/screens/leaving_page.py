"""A caregiver's own entries as a page that every phone and computer can open: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain import exporting
from bot.domain.checkins import question_of
from bot.domain.leaving import Own
from bot.domain.templates import Question
from bot.model import CheckInState, Json, NoteKind
from bot.text.catalogue import Html, Voice
from bot.text.literal import uncommanded
from bot.text.screens import leaving_about as about
from bot.text.screens import leaving_shared as shared
from bot.text.screens.leaving_speech import Speech, at, line
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
    speech = Speech(voice, ZoneInfo(own.person.timezone))
    made = voice("leave-doc-made", day=Html(speech.date(own.document["exported_at"])))
    lines = [one for child in own.document["children"] for one in _child(speech, child)]
    body = "\n".join([*lines, *about.waiting(speech, own.document)])
    return uncommanded(
        f'<!doctype html>\n<html lang="{voice.language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{made}</p>\n{body}\n</body>\n</html>\n"
    )


def _child(speech: Speech, child: Json) -> Iterator[str]:
    voice = speech.voice
    readers = [one["name"] for one in child["therapists"]]
    yield f"<h2>{voice('plain-name', child=child['name'])}</h2>"
    if readers:
        yield line(voice("leave-doc-readers", names=", ".join(readers)))
    speech = Speech(voice, speech.zone, child["name"], readers[0] if readers else "")
    yield from shared.given(speech, child)
    for seat in child["caregivers"]:
        yield from about.seat(speech, seat)
    entries = [(one["due_at"], _check_in(speech, one)) for one in child["checkins"]]
    entries += [(one["recorded_at"], _note(speech, one)) for one in child["notes"]]
    entries += [(one["recorded_at"], lines) for one, lines in _of_goals(speech, child)]
    entries += shared.entries(speech, child)
    if not entries:
        yield line(voice("leave-doc-none"))
    entries.sort(key=lambda entry: at(entry[0]))
    for date, of_day in groupby(entries, key=lambda entry: speech.date(entry[0])):
        yield f"<h3>{date}</h3>"
        for _iso, lines in of_day:
            yield from lines


def _check_in(speech: Speech, one: Json) -> Iterator[str]:
    template = exporting.as_asked(one)
    words = Wording(speech.voice, template, speech.child, speech.therapist)
    state = "" if one["state"] in _ANSWERED else f": {speech.label(_state(speech.voice, one))}"
    yield f'<p><b>{words.title(plain=False)}</b> <span class="when">{one["slot"]}</span>{state}</p>'
    for answer in one["answers"]:
        question = question_of(template, answer["question"])
        when = speech.time(answer["answered_at"])
        if answer["late"]:
            when = Html(speech.voice("digest-answer-late", day=speech.day(answer["answered_at"]), time=when))

        def chosen(entry: Json, question: Question = question) -> str:
            return words.said(question, entry["value"])

        yield _said(speech, f"{words.short(question)}:", chosen(answer), answer, when)
        yield from _before(speech, chosen, answer)


def _state(voice: Voice, one: Json) -> str:
    """With the reason where there are words for it."""
    reason = f"digest-state-rest-{one['state_reason']}"
    return reason if one["state_reason"] and voice.has(reason) else f"digest-state-{one['state']}"


def _note(speech: Speech, one: Json) -> Iterator[str]:
    key = "digest-note" if one["kind"] == NoteKind.NOTE else f"digest-note-{one['kind']}"
    yield _said(speech, f"<b>{speech.voice(key)}</b>", "", one, speech.time(one["recorded_at"]))
    yield from _before(speech, lambda _: "", one)


def _of_goals(speech: Speech, child: Json) -> Iterator[tuple[Json, Iterator[str]]]:
    """Wishes and words on goals."""
    for one in child["wishes"]:
        yield one, _word(speech, one, "")
    for goal in child["goals"]:
        for word in (*goal["agreements"], *goal["whys"], *goal["talks"]):
            yield word, _word(speech, word, goal["versions"][-1]["what"])


def _word(speech: Speech, one: Json, goal: str) -> Iterator[str]:
    what = speech.voice("leave-doc-goal", what=Html(speech.voice(f"leave-doc-goal-{one['kind']}")), goal=goal)
    first = what if goal else speech.voice(f"leave-doc-goal-{one['kind']}")
    yield _said(speech, f"<b>{first}</b>", "", one, speech.time(one["recorded_at"]))
    yield from _before(speech, lambda _: "", one)


def _said(speech: Speech, first: str, chosen: str, entry: Json, when: str) -> str:
    parts = [first, _what(speech, chosen, entry), f'<span class="when">{when}</span>']
    return f"<p>{' '.join(part for part in parts if part)}</p>"


def _before(speech: Speech, chosen: Callable[[Json], str], entry: Json) -> Iterable[str]:
    for one in entry["revisions"]:
        until = one["replaced_at"]
        first = speech.voice("digest-answer-before", day=speech.day(until), time=speech.time(until))
        yield f'<p class="before">{first} {_what(speech, chosen(one), one)}</p>'


def _what(speech: Speech, chosen: str, entry: Json) -> str:
    """Choices, what was sent, words."""
    media = [speech.voice("digest-media", kind=entry["media"]["kind"])] if entry["media"] else []
    words = [speech.voice("quote", words=entry["text"])] if entry["text"] else []
    return " ".join([chosen, *media, *words]).strip()
