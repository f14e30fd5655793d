"""Lines from a therapist to a caregiver: writing one, reading one, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import messages
from bot.domain.families import Family, Page
from bot.model import Button, Screen
from bot.storage.database import Row
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases

_ON_BUTTON = 40


def whom(voice: Voice, page: Page) -> Screen:
    rows = [(Button(voice.plain("plain-name", child=row["name"]), f"msg:to:{row['id']}"),) for row in page.families]
    turns = [
        Button(voice.plain(key), f"msg:page:{number}")
        for key, number in (("digest-button-earlier", page.number - 1), ("digest-button-later", page.number + 1))
        if 0 <= number < page.pages
    ]
    return Screen(voice("message-whom"), (*rows, tuple(turns)) if turns else tuple(rows))


def to_whom(voice: Voice, family: Family) -> Screen:
    rows = [
        (
            Button(
                called(voice, seat.row["name"], seat.row["role"]),
                f"msg:to:{family.child['id']}:{seat.row['id']}",
            ),
        )
        for seat in family.seats
    ]
    return Screen(voice("message-to-whom"), tuple(rows))


def write(voice: Voice, name: str) -> Screen:
    return Screen(voice("message-write", name=name, most=messages.LONGEST))


def too_long(voice: Voice) -> Screen:
    return Screen(voice("message-too-long", most=messages.LONGEST))


def not_reached(voice: Voice, name: str) -> Screen:
    return Screen(voice("message-not-reached", name=name))


def preview(voice: Voice, row: Row, at: int, now: int) -> Screen:
    """Exactly what goes, and when. ``row``: of `storage.messages.mine`."""
    name = _to(voice, row)
    goes = voice("message-goes-now") if at <= now else voice("message-goes-at", when=_when(voice, row, at), name=name)
    about = f":{row['answer_id']}" if row["answer_id"] else ""
    rows = (
        (Button(voice.plain("message-button-send"), f"msg:send:{row['id']}"),),
        (
            Button(voice.plain("message-button-again"), f"msg:to:{row['child_id']}:{row['person_id']}{about}"),
            Button(voice.plain("message-button-drop"), f"msg:drop:{row['id']}"),
        ),
    )
    text = voice("message-preview", name=name, words=Html(voice("quote", words=row["text"])))
    return Screen(f"{text}\n\n{goes}", rows, protected=True)


def dropped(voice: Voice) -> Screen:
    return Screen(voice("message-dropped"))


def fate(voice: Voice, row: Row, key: str, at: int) -> Screen:
    """What its author sees: waits, on-its-way, sent, confirmed."""
    words = Html(voice("quote", words=row["text"]))
    return Screen(
        voice(f"message-{key}", name=_to(voice, row), words=words, when=_when(voice, row, at)), protected=True
    )


def received(voice: Voice, row: Row) -> Screen:
    """What the caregiver gets."""
    text = voice("message-received", name=row["author_name"], child=row["child_name"], words=row["text"])
    rows = (
        (Button(voice.plain("message-button-got"), f"got:{row['id']}"),),
        (Button(voice.plain("urgent-button"), "urgent:ask:0"),),
    )
    return Screen(text, rows)


def confirmed(voice: Voice, row: Row) -> Screen:
    """The same without its button."""
    text = voice("message-received", name=row["author_name"], child=row["child_name"], words=row["text"])
    return Screen(f"{text}\n\n{voice('message-got', name=row['author_name'])}")


def used(voice: Voice, row: Row, said_at: int) -> Screen:
    """One warm line; it names the day, not what the child does."""
    day = phrases.day(voice, phrases.date_of(said_at, row["timezone"]))
    return Screen(voice("used-told", name=row["author_name"], day=day))


def use_which(voice: Voice, digest: int, child: int, said: Sequence[tuple[str, str, int]]) -> Screen:
    """``said``: words, the verb of its button, its id."""
    rows = [
        (
            Button(
                words if len(words) <= _ON_BUTTON else f"{words[:_ON_BUTTON]}…", f"digest:{verb}:{digest}:{child}:{row}"
            ),
        )
        for words, verb, row in said
    ]
    back = (Button(voice.plain("digest-button-list"), f"digest:l:{digest}"),)
    return Screen(voice("used-choose" if said else "used-none"), (*rows, back), protected=True)


def called(voice: Voice, name: str, role: str) -> str:
    """A caregiver's name, or what they are to the child."""
    return name or voice.plain(f"role-{role or 'parent'}")


def line(voice: Voice, row: Row) -> str:
    """For the family's screen: the newest that was written."""
    key = "message-line-sent" if row["confirmed_at"] is None else "message-line-confirmed"
    day = phrases.day(voice, phrases.date_of(row["written_at"], row["author_timezone"]))
    return voice(key, name=_to(voice, row), day=day)


def _to(voice: Voice, row: Row) -> str:
    return called(voice, row["person_name"], row["person_role"])


def _when(voice: Voice, row: Row, at: int) -> Html:
    return phrases.moment(voice, at, row["author_timezone"])
