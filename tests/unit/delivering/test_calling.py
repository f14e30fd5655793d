"""One claimed row, one outcome: its call, and what an edit of several copies comes to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from telegram import error as errors

from bot.clock import ManualClock
from bot.delivering import calling
from bot.delivering.calling import Caller
from bot.delivering.outcomes import Outcome, Verdict
from bot.delivering.pacing import Pacer
from bot.delivering.turns import Turns
from bot.storage.database import Row

GONE = errors.BadRequest("Bad Request: message to edit not found")
SAME = errors.BadRequest("Bad Request: message is not modified")


@dataclass
class Telegram:
    """Answers call after call; an exception is raised."""

    answers: list[Any] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def post(self, url: str, body: Any, **_: Any) -> Any:
        self.calls.append((url.rpartition("/")[2], json.loads(body.json)))
        answer = self.answers.pop(0) if self.answers else {"message_id": 7}
        if isinstance(answer, Exception):
            raise answer
        return answer


def caller(*answers: Any, rate: float = 0) -> tuple[Caller, Telegram, ManualClock]:
    clock, telegram = ManualClock(datetime(2027, 3, 1, tzinfo=UTC)), Telegram(list(answers))
    pacer = Pacer(rate, clock)
    return Caller(cast("Any", telegram), "http://bot", pacer, clock, Turns(pacer, clock)), telegram, clock


def row(
    method: str = "sendMessage",
    chat: int = 1,
    expires_at: int | None = None,
    copies: tuple[int, ...] = (),
    **payload: Any,
) -> Row:
    text = json.dumps({"chat_id": chat, "text": "hello", **payload})
    about = {"id": 16, "message_id": 16, "priority": 1, "upload": None, "copies": list(copies)}
    return {**about, "method": method, "chat_id": chat, "payload": text, "expires_at": expires_at}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"message_id": 5}, Outcome(Verdict.SENT, 5)),
        ([{"message_id": 5}, {"message_id": 6}], Outcome(Verdict.SENT, 5)),
        (True, Outcome(Verdict.DONE)),
        ([], Outcome(Verdict.DONE)),
        ({}, Outcome(Verdict.DONE)),
        (GONE, Outcome(Verdict.GONE, detail="gone")),
        (ZeroDivisionError(), Outcome(Verdict.LOST, detail="ZeroDivisionError")),
    ],
    ids=str,
)
async def test_every_answer_has_an_outcome(answer: Any, outcome: Outcome) -> None:
    one, _telegram, _clock = caller(answer)
    assert await one.attempt(row()) == outcome


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([True, True], Verdict.DONE),
        ([True, GONE], Verdict.DONE),
        ([GONE, SAME], Verdict.DONE),
        ([GONE, GONE], Verdict.GONE),
        ([True, errors.RetryAfter(9)], Verdict.TOO_MANY),
        ([errors.TimedOut(), True], Verdict.LOST),
        ([GONE, errors.Forbidden("blocked")], Verdict.BLOCKED),
    ],
    ids=str,
)
async def test_an_edit_is_made_on_every_copy_and_settled_by_the_one_that_needs_something(
    answers: list[Any], verdict: Verdict
) -> None:
    one, telegram, _clock = caller(*answers)
    assert (await one.attempt(row("editMessageText", copies=(30, 31), protect_content=True))).verdict is verdict
    assert [call["message_id"] for _, call in telegram.calls] == [30, 31]
    assert not any("protect_content" in call for _, call in telegram.calls)


async def test_an_edit_of_what_was_never_shown_is_not_sent() -> None:
    one, telegram, _clock = caller()
    assert (await one.attempt(row("editMessageText"))).detail == "never_shown"
    assert not telegram.calls


async def test_a_chat_whose_burst_is_used_up_waits_without_a_call() -> None:
    one, telegram, clock = caller(rate=1000)
    verdicts = []
    for _ in range(4):
        clock.advance(milliseconds=2)
        verdicts.append((await one.attempt(row())).verdict)
    assert verdicts == [Verdict.SENT] * 3 + [Verdict.HELD]
    assert len(telegram.calls) == 3


async def test_a_failure_makes_the_way_doubtful_until_a_harmless_call_comes_through() -> None:
    one, telegram, _clock = caller(errors.TimedOut(), errors.NetworkError("HTTP 502"), True)
    await one.attempt(row())
    assert one.pacer.doubtful
    assert (await one.probe()).verdict is Verdict.SERVER
    assert one.pacer.doubtful
    assert (await one.probe()).verdict is Verdict.DONE
    assert not one.pacer.doubtful
    assert [method for method, _ in telegram.calls] == ["sendMessage", "getMe", "getMe"]


@pytest.mark.parametrize("answer", [errors.RetryAfter(3), errors.BadRequest("Bad Request: no")], ids=str)
async def test_whoever_answers_at_all_is_there(answer: Exception) -> None:
    one, _telegram, _clock = caller(errors.TimedOut(), answer)
    await one.attempt(row())
    await one.probe()
    assert not one.pacer.doubtful


async def test_a_refused_token_is_told() -> None:
    one, _telegram, _clock = caller(errors.InvalidToken())
    assert (await one.probe()).verdict is Verdict.UNAUTHORIZED


async def test_a_probe_has_an_end() -> None:
    assert calling.PROBE_TIMEOUT <= 10
