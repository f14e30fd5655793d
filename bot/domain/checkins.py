"""A check-in being answered: one question at a time, each answer stored as it comes, corrected without being lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from bot.domain import material, templates
from bot.domain.medium import media_of
from bot.domain.templates import Question, Template
from bot.model import ANSWERED_BY_OTHER, CheckInState, Media
from bot.storage import checkins as stored
from bot.storage import revisions
from bot.storage.database import Row, Tx
from bot.storage.revisions import Of

Value = str | list[str] | int | None
HOUR = 3_600_000
_NOT_AGAIN = (CheckInState.OPEN, CheckInState.DUE, CheckInState.MISSED)
BUSY = 1  # what is stored as short in a busy week


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is a choice's key, a list of keys or a number; words stand in ``text``."""

    id: int
    value: Value
    text: str | None
    media: Media | None
    skipped: bool
    late: bool


@dataclass(frozen=True, slots=True)
class View:
    """A check-in as its screen needs it."""

    id: int
    template: Template
    state: CheckInState
    question: Question | None
    answers: Mapping[str, Answer]
    child_name: str
    therapist: str
    gender: str
    language: str
    address: str
    local_date: str
    message: int
    chat: int
    step: str
    facts: Mapping[str, str] = field(default_factory=dict)  # what its questions need to know
    scheduled: bool = True
    said: str = ""  # the question just answered: its kind line belongs on this screen
    correcting: bool = False
    just_done: bool = False  # this very answer ended it, for the first time
    late_until: int = 0
    over: bool = False  # not even a late answer is taken any more
    closes_at: int = 0
    timezone: str = "UTC"
    quiet_from: str = ""
    quiet_until: str = ""
    slot: str = ""
    reason: str = ""  # of its state
    shared: bool = False  # with another caregiver, both having agreed
    awaited: bool = False  # another check-in opens after this one


class Trouble(Enum):
    """Why a press or words changed nothing."""

    GONE = auto()  # not this account's, or no longer
    CLOSED = auto()  # its window has ended
    STALE = auto()  # another question is being asked by now


def _answer(row: Row) -> Answer:
    value: Value = None if row["value"] is None else json.loads(row["value"])
    return Answer(row["id"], value, row["text"], media_of(row), bool(row["skipped"]), bool(row["late"]))


def template_of(row: Row) -> Template:
    """As it was asked: the version it was made from, with the lists that were kept with it."""
    found = templates.of(row["template"], row["template_version"], row["form"])
    return material.asked(found, material.read(row["material"]))


def family_of(row: Row) -> str:
    """The template of the library that it was made from, or from a copy of which: what its answers mean."""
    return templates.family(row["template"], row["template_version"], row["form"])


def to_view(row: Row, answers: Mapping[str, Answer], *, said: str = "") -> View:
    template = template_of(row)
    return View(
        id=row["id"],
        template=template,
        state=CheckInState(row["state"]),
        question=question_of(template, row["question"]) if row["question"] else None,
        answers=answers,
        child_name=row["child_name"],
        therapist=row["therapist_name"] or "",
        gender=row["gender"],
        language=row["language"],
        address=row["address"],
        local_date=row["local_date"],
        message=row["message_id"],
        chat=row["account_id"],
        step=row["step"],
        facts=facts_of(row),
        scheduled=row["schedule_id"] is not None,
        said=said,
        correcting=row["state"] != CheckInState.OPEN and bool(row["question"]),
        late_until=row["late_until"],
        closes_at=row["closes_at"],
        timezone=row["timezone"],
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        slot=row["slot"],
        reason=row["state_reason"],
        shared=bool(row["linked"]),
        awaited=bool(row["awaited"]),
    )


def moved_to(view: View, message: int) -> View:
    """The same, shown by another logical message."""
    return replace(view, message=message)


async def view(tx: Tx, account: int, check_in_id: int, now: int, *, said: str = "") -> View | None:
    """The check-in, if this account may answer it. After its last moment it asks nothing more."""
    row = await stored.load(tx, account, check_in_id, now)
    if row is None:
        return None
    return _as_of(to_view(row, await _answers(tx, check_in_id), said=said), now)


def _as_of(view: View, now: int) -> View:
    return view if now < view.late_until else replace(view, question=None, correcting=False, over=True)


async def load_child(tx: Tx, account: int, check_in_id: int, now: int) -> int | None:
    """The id of the child that a check-in of this account is about, even where they may not answer it now."""
    return await stored.child_of(tx, account, check_in_id, now)


async def _answers(tx: Tx, check_in_id: int) -> dict[str, Answer]:
    return {row["question"]: _answer(row) for row in await stored.answers(tx, check_in_id)}


async def choose(tx: Tx, account: int, check_in_id: int, question: str, choice: str, now: int) -> View | Trouble:
    """A tap on a choice: answers a question with one, switches a choice on or off where there may be several."""
    found = await _open(tx, account, check_in_id, question, now)
    if isinstance(found, Trouble):
        return found
    row, asked, answers = found
    value = _tapped(asked, choice, answers.get(question))
    if value is None or not templates.accepts(asked, value):
        return Trouble.STALE
    await _put(tx, row, asked, answers, now, value=value)
    if asked.type == "many":
        return to_view(row, answers)
    return await _advance(tx, row, asked, answers, now)


def _tapped(question: Question, choice: str, before: Answer | None) -> Value:
    if question.type == "scale":
        return int(choice) if choice.isascii() and choice.isdigit() else None
    if question.type != "many":
        return choice
    chosen = list(before.value) if before and isinstance(before.value, list) else []
    kept = [key for key in chosen if key != choice] if choice in chosen else [*chosen, choice]
    return [key for key in question.choices if key in kept] or ([] if choice in question.choices else None)


async def done(tx: Tx, account: int, check_in_id: int, question: str, now: int) -> View | Trouble:
    """Done under several choices; with none chosen it is the same as Skip."""
    found = await _open(tx, account, check_in_id, question, now)
    if isinstance(found, Trouble):
        return found
    row, asked, answers = found
    if not answers.get(question) or not answers[question].value:
        await _put(tx, row, asked, answers, now, skipped=True)
    return await _advance(tx, row, asked, answers, now)


async def skip(tx: Tx, account: int, check_in_id: int, question: str, now: int) -> View | Trouble:
    """Skip; in a correction it keeps what had been answered."""
    found = await _open(tx, account, check_in_id, question, now)
    if isinstance(found, Trouble):
        return found
    row, asked, answers = found
    if question not in answers or row["state"] == CheckInState.OPEN:
        await _put(tx, row, asked, answers, now, skipped=True)
    return await _advance(tx, row, asked, answers, now)


async def awaiting(tx: Tx, account: int, said_at: int, now: int) -> View | None:
    """The check-in that these words answer: the newest that asks for words, an old one only for an hour."""
    row = await stored.awaiting_words(tx, account, said_at, now, asked_after=said_at - HOUR)
    return None if row is None else to_view(row, await _answers(tx, row["id"]))


async def say(
    tx: Tx, account: int, at: View, text: str | None, media: Media | None, said_at: int, now: int
) -> tuple[View, int] | None:
    """Words, a voice note or a photo that answer the question asked. Returns the view and the answer's id."""
    row = await stored.load(tx, account, at.id, now)
    if row is None or at.question is None:
        return None
    answers = dict(at.answers)
    answer = await _put(tx, row, at.question, answers, said_at, text=text, media=media)
    return await _advance(tx, row, at.question, answers, now), answer.id


async def end(tx: Tx, account: int, check_in_id: int, state: CheckInState, reason: str, now: int) -> View | Trouble:
    """Not with the child today, or Stop: over, without a word about what was not answered."""
    row = await stored.load(tx, account, check_in_id, now)
    if row is None:
        return Trouble.GONE
    if row["state"] != CheckInState.OPEN and not row["question"]:
        return Trouble.CLOSED
    answers = await _answers(tx, check_in_id)
    answered = any(not one.skipped for one in answers.values())
    if row["finished_at"] is not None or (row["state"] != CheckInState.OPEN and not answered):
        state, reason = CheckInState(row["state"]), row["state_reason"]
    elif state is CheckInState.SKIPPED and answered:
        state, reason = CheckInState.PARTIAL, ""
    await stored.close(tx, check_in_id, state.value, reason, now)
    return await view(tx, account, check_in_id, now) or Trouble.GONE


async def close_ended(tx: Tx, now: int, most: int = 500) -> list[Row]:
    """Windows that have ended. What was never shown is missed, not unanswered. Returns the rows, for their screens."""
    await stored.close_unfollowed(tx, now)
    rows = await stored.closing(tx, now, most)
    await stored.expire_many(tx, [{"check_in": row["id"], **_ended(row)} for row in rows])
    return rows


def _ended(row: Row) -> dict[str, str]:
    if row["answered"]:
        return {"to_state": CheckInState.PARTIAL.value, "reason": ""}
    if row["short"] == BUSY:  # in a busy week nothing counts as unanswered
        return {"to_state": CheckInState.EXCUSED.value, "reason": "busy"}
    if row["sent_at"] is None:
        return {"to_state": CheckInState.MISSED.value, "reason": "not_delivered"}
    return {"to_state": CheckInState.EXPIRED.value, "reason": "no_answer"}


async def reopen(tx: Tx, account: int, check_in_id: int, now: int) -> View | Trouble:
    """Change on a receipt, or an answer for yesterday: asked again from the first question, within 48 hours."""
    row = await stored.load(tx, account, check_in_id, now)
    if row is None:
        return Trouble.GONE
    if row["state"] in _NOT_AGAIN or row["state_reason"] == ANSWERED_BY_OTHER or now >= row["late_until"]:
        return Trouble.CLOSED
    template = template_of(row)
    first = templates.next_question(template, {}, facts_of(row))
    assert first is not None  # noqa: S101 - a template has a question; the library is validated at load
    await stored.move(tx, check_in_id, first.key, awaits_words=first.type == "words", at=now)
    return await view(tx, account, check_in_id, now) or Trouble.GONE


def facts_of(row: Row) -> dict[str, str]:
    """What the questions of this check-in's row may need to know."""
    known = {"home_step": row["step"], templates.SHORT: "1" if row["short"] else "", templates.TURN: row["local_date"]}
    return {key: value for key, value in {**known, **material.read(row["material"]).known}.items() if value}


async def _open(
    tx: Tx, account: int, check_in_id: int, question: str, now: int
) -> tuple[Row, Question, dict[str, Answer]] | Trouble:
    row = await stored.load(tx, account, check_in_id, now)
    if row is None:
        return Trouble.GONE
    if not row["question"] or now >= row["late_until"]:
        return Trouble.CLOSED
    if row["question"] != question:
        return Trouble.STALE
    asked = question_of(template_of(row), question)
    return row, asked, await _answers(tx, check_in_id)


async def _put(
    tx: Tx,
    row: Row,
    question: Question,
    answers: dict[str, Answer],
    at: int,
    *,
    value: Value = None,
    text: str | None = None,
    media: Media | None = None,
    skipped: bool = False,
) -> Answer:
    """Store what was answered; it stands in `answers` from then on."""
    values: dict[str, Any] = {
        "check_in": row["id"],
        "person": row["person_id"],
        "question": question.key,
        "value": None if value is None else json.dumps(value),
        "text": text,
        "media_kind": media.kind if media else None,
        "media_file_id": media.file_id if media else None,
        "media_seconds": media.seconds if media else None,
        "skipped": int(skipped),
        "late": int((at >= row["closes_at"] and row["finished_at"] is None) or _was_late(answers)),
        "at": at,
    }
    if not skipped:
        await _begun_after_all(tx, row)
    before = answers.get(question.key)
    if before is not None and not _differs(before, values):
        return before
    if before is None:
        number = await stored.put_answer(tx, values)
    else:
        number = before.id
        await stored.replace_answer(tx, number, values, keep_old=await _was_given(tx, row, question, before))
    put = answers[question.key] = Answer(number, value, text, media, skipped, bool(values["late"]))
    return put


async def _begun_after_all(tx: Tx, row: Row) -> None:
    """It had ended without an answer; now it has one, whether or not the others come."""
    if row["state"] in (CheckInState.EXPIRED, CheckInState.SKIPPED, CheckInState.EXCUSED):
        await stored.set_state(tx, row["id"], CheckInState.PARTIAL.value, "")


def _differs(before: Answer, values: Mapping[str, Any]) -> bool:
    old = (json.dumps(before.value) if before.value is not None else None, before.text, before.skipped)
    file = before.media.file_id if before.media else None
    return (*old, file) != (values["value"], values["text"], bool(values["skipped"]), values["media_file_id"])


async def _was_given(tx: Tx, row: Row, question: Question, before: Answer) -> bool:
    """Whether it had been given for good; of several taps on several choices, only what stood before the first."""
    if before.skipped:
        return False
    if question.type != "many" or row["finished_at"] is None:
        return row["finished_at"] is not None or before.text is not None or before.media is not None
    older = await revisions.before(tx, Of(answer=before.id))
    return not older or older[-1]["replaced_at"] < row["asked_at"]


async def _retire(tx: Tx, row: Row, answers: dict[str, Answer], applicable: set[str], now: int) -> None:
    """A correction led down another branch: what was answered on the old one is kept as a revision only."""
    for key, one in list(answers.items()):
        if key not in applicable and not one.skipped:
            await _put(tx, row, question_of(template_of(row), key), answers, now, skipped=True)


def question_of(template: Template, key: str) -> Question:
    return next(one for one in template.questions if one.key == key)


def _was_late(answers: Mapping[str, Answer]) -> bool:
    """What was first answered late stays marked so when it is corrected."""
    return any(one.late for one in answers.values())


async def _advance(tx: Tx, row: Row, asked: Question, answers: dict[str, Answer], now: int) -> View:
    """On to the next question that still applies; after the last one the check-in is done."""
    template = template_of(row)
    applicable = templates.applicable(template, {k: a.value for k, a in answers.items()}, facts_of(row))
    keys = [one.key for one in template.questions]
    to_come = keys[keys.index(asked.key) + 1 :]
    following = next((one for one in applicable if one.key in to_come), None)
    if following is not None:
        changed = await stored.move(tx, row["id"], following.key, awaits_words=following.type == "words", at=now)
    else:
        await _retire(tx, row, answers, {one.key for one in applicable}, now)
        state = CheckInState.DONE if any(not one.skipped for one in answers.values()) else CheckInState.SKIPPED
        changed = await stored.close(
            tx, row["id"], state.value, "" if state is CheckInState.DONE else "all_skipped", now
        )
    found = _as_of(to_view({**row, **changed}, answers, said=asked.key), now)
    ended = following is None and found.state is CheckInState.DONE and row["finished_at"] is None
    return replace(found, just_done=ended)
