"""The closed list of outcomes: everything that can come back, through the library's own error mapping."""

from __future__ import annotations

import errno
import json
import logging
import ssl
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Self, cast

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from telegram import error as errors
from telegram.error import TelegramError

from bot.delivering.outcomes import DEFAULT_WAIT, Outcome, Verdict, classify, repeat_after
from bot.delivering.transport import AiohttpRequest, Body, post

WORDS = "Mika laughed today"
PAGE = f"<html><body><h1>Sorry</h1>{WORDS} chat not found, Too Many Requests, too large</body></html>"
HOST = ConnectionKey("api.telegram.org", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=0)


class _Answer:
    def __init__(self, status: int, body: bytes | BaseException) -> None:
        self.status, self._body = status, body

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def read(self) -> bytes:
        if isinstance(self._body, BaseException):
            raise self._body
        return self._body


async def sent(respond: Callable[[], _Answer]) -> Any:
    """One call over the real transport and the library; only the session is ours."""
    request = AiohttpRequest()
    request._session = cast("aiohttp.ClientSession", SimpleNamespace(request=lambda *_, **__: respond()))
    return await post(request, "https://example.invalid/bot1:TOKEN/sendMessage", Body("{}"))


async def outcome(respond: Callable[[], _Answer]) -> Outcome:
    with pytest.raises(TelegramError) as caught:
        await sent(respond)
    return classify(caught.value)


async def answered(status: int, body: Any) -> Outcome:
    text = body if isinstance(body, str) else json.dumps(body)
    return await outcome(lambda: _Answer(status, text.encode()))


def refusal(code: int, words: str, **parameters: Any) -> dict[str, Any]:
    more = {"parameters": parameters} if parameters else {}
    return {"ok": False, "error_code": code, "description": words, **more}


OS_ERROR = OSError(errno.ECONNREFUSED, "refused")
CAUSES = [
    (aiohttp.ClientConnectorError(HOST, OS_ERROR), Verdict.NOT_SENT),
    (aiohttp.ClientConnectorDNSError(HOST, OSError(-3, "no name")), Verdict.NOT_SENT),
    (aiohttp.ClientConnectorSSLError(HOST, ssl.SSLError(1, "handshake")), Verdict.NOT_SENT),
    (aiohttp.ClientConnectorCertificateError(HOST, ssl.SSLCertVerificationError(1, "expired")), Verdict.NOT_SENT),
    (aiohttp.ConnectionTimeoutError("no connection"), Verdict.NOT_SENT),
    (aiohttp.InvalidURL("nonsense"), Verdict.NOT_SENT),
    (aiohttp.SocketTimeoutError("no answer"), Verdict.LOST),
    (aiohttp.ServerTimeoutError("no answer"), Verdict.LOST),
    (aiohttp.ServerDisconnectedError(), Verdict.LOST),
    (aiohttp.ClientOSError(errno.ECONNRESET, "reset"), Verdict.LOST),
    (aiohttp.ClientPayloadError("half an answer"), Verdict.LOST),
    (aiohttp.ClientError(), Verdict.LOST),
    (TimeoutError(), Verdict.LOST),
    (ConnectionResetError(), Verdict.LOST),
    (BrokenPipeError(), Verdict.LOST),
    (RuntimeError("Session is closed"), Verdict.SERVER),
]


def _name(value: Any) -> str:
    return type(value).__name__ if isinstance(value, Exception) else str(value)[:60]


@pytest.mark.parametrize(("cause", "verdict"), CAUSES, ids=_name)
async def test_what_breaks_on_the_way_tells_whether_anybody_heard_it(cause: Exception, verdict: Verdict) -> None:
    def breaks() -> _Answer:
        raise cause

    assert (await outcome(breaks)).verdict is verdict


@pytest.mark.parametrize(
    "cause", [aiohttp.ClientPayloadError("half"), TimeoutError(), ConnectionResetError()], ids=_name
)
async def test_an_answer_that_breaks_off_may_have_been_shown(cause: Exception) -> None:
    assert (await outcome(lambda: _Answer(200, cause))).verdict is Verdict.LOST


ANSWERS = [
    (400, refusal(400, "Bad Request: message is not modified: specified new content"), Verdict.DONE),
    (400, refusal(400, "Bad Request: can't parse entities: Unsupported start tag"), Verdict.MARKUP),
    (400, refusal(400, "Bad Request: EFFECT_ID_INVALID"), Verdict.EFFECT),
    (400, refusal(400, "Bad Request: message to edit not found"), Verdict.GONE),
    (400, refusal(400, "Bad Request: message can't be edited"), Verdict.GONE),
    (400, refusal(400, "Bad Request: MESSAGE_ID_INVALID"), Verdict.GONE),
    (400, refusal(400, "Bad Request: there is no text in the message to edit"), Verdict.GONE),
    (400, refusal(400, "Bad Request: chat not found"), Verdict.BLOCKED),
    (400, refusal(400, "Bad Request: PEER_ID_INVALID"), Verdict.BLOCKED),
    (400, refusal(400, "Bad Request: user not found"), Verdict.BLOCKED),
    (400, refusal(400, "Bad Request: REACTION_INVALID"), Verdict.REFUSED),
    (400, refusal(400, "Bad Request: message is too long"), Verdict.REFUSED),
    (400, refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-100123), Verdict.REFUSED),
    (403, refusal(403, "Forbidden: bot was blocked by the user"), Verdict.BLOCKED),
    (403, refusal(403, "Forbidden: user is deactivated"), Verdict.BLOCKED),
    (403, refusal(403, "Forbidden: bot can't initiate conversation with a user"), Verdict.BLOCKED),
    (401, refusal(401, "Unauthorized"), Verdict.UNAUTHORIZED),
    (404, refusal(404, "Not Found"), Verdict.UNAUTHORIZED),
    (409, refusal(409, "Conflict: terminated by other getUpdates request"), Verdict.SERVER),
    (413, refusal(413, "Request Entity Too Large"), Verdict.REFUSED),
    (429, refusal(429, "Too Many Requests: retry after 35", retry_after=35), Verdict.TOO_MANY),
    (429, refusal(429, "Too Many Requests: retry after 5"), Verdict.TOO_MANY),
    (429, refusal(429, "Too Many Requests: retry later", retry_after=0), Verdict.TOO_MANY),
    (429, refusal(429, "Too Many Requests: retry later", retry_after="soon"), Verdict.TOO_MANY),
    (500, refusal(500, "Internal Server Error: restart"), Verdict.SERVER),
    (502, refusal(502, "Bad Gateway"), Verdict.SERVER),
    (504, refusal(504, "Gateway Timeout"), Verdict.SERVER),
    (599, refusal(599, "Nobody knows"), Verdict.SERVER),
    (302, {}, Verdict.SERVER),
    (400, {}, Verdict.REFUSED),
    # pages that proxies write: whatever their number is, they cannot speak for Telegram
    (400, PAGE, Verdict.SERVER),
    (401, PAGE, Verdict.SERVER),
    (403, PAGE, Verdict.SERVER),
    (404, PAGE, Verdict.SERVER),
    (413, PAGE, Verdict.REFUSED),
    (429, PAGE, Verdict.TOO_MANY),
    (500, PAGE, Verdict.SERVER),
    (502, PAGE, Verdict.SERVER),
    (502, "", Verdict.SERVER),
    (502, "[]", Verdict.SERVER),
    # 200, and nobody can read it: it may have been shown
    (200, PAGE, Verdict.LOST),
    (200, "", Verdict.LOST),
    (200, '{"ok": true, "result": {"mess', Verdict.LOST),
    (200, "[]", Verdict.LOST),
    (200, '"ok"', Verdict.LOST),
    (200, "null", Verdict.LOST),
    (200, {}, Verdict.LOST),
    (200, {"ok": True}, Verdict.LOST),
    (400, {"parameters": [1]}, Verdict.LOST),
]


@pytest.mark.parametrize(("status", "body", "verdict"), ANSWERS, ids=_name)
async def test_every_answer_is_one_of_the_outcomes(status: int, body: Any, verdict: Verdict) -> None:
    assert (await answered(status, body)).verdict is verdict


async def test_an_unreadable_answer_leaves_no_words_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for status in (200, 400, 502):
            await answered(status, PAGE)
    assert WORDS not in caplog.text


@pytest.mark.parametrize("seconds", [1, 35, 3600])
async def test_a_429_is_obeyed_to_the_second(seconds: int) -> None:
    body = refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    assert (await answered(429, body)).wait == seconds


@pytest.mark.parametrize("wait", [1, 35, 3600, timedelta(seconds=35), timedelta(hours=1)], ids=str)
def test_a_429_may_be_a_number_or_a_timedelta(wait: int | timedelta) -> None:
    seconds = wait if isinstance(wait, int) else wait.total_seconds()
    assert classify(errors.RetryAfter(wait)) == Outcome(Verdict.TOO_MANY, wait=seconds, detail="RetryAfter")


@pytest.mark.parametrize("body", [PAGE, refusal(429, "Too Many Requests: retry after 5"), ""], ids=_name)
async def test_a_429_that_does_not_say_how_long_waits_a_little(body: Any) -> None:
    assert (await answered(429, body)).wait == DEFAULT_WAIT


def _every_error(kind: type[TelegramError] = TelegramError) -> set[type[TelegramError]]:
    ours = {one for one in kind.__subclasses__() if one.__module__ == "telegram.error"}
    return ours.union(*(_every_error(one) for one in ours))


LIBRARY = {
    errors.BadRequest: (errors.BadRequest("Bad Request: chat not found"), Verdict.BLOCKED),
    errors.ChatMigrated: (errors.ChatMigrated(-100), Verdict.REFUSED),
    errors.Conflict: (errors.Conflict("Conflict"), Verdict.SERVER),
    errors.EndPointNotFound: (errors.EndPointNotFound("x"), Verdict.LOST),
    errors.Forbidden: (errors.Forbidden("Forbidden"), Verdict.BLOCKED),
    errors.InvalidToken: (errors.InvalidToken(), Verdict.UNAUTHORIZED),
    errors.NetworkError: (errors.NetworkError("Bad Gateway (502)"), Verdict.SERVER),
    errors.PassportDecryptionError: (errors.PassportDecryptionError("x"), Verdict.LOST),
    errors.RetryAfter: (errors.RetryAfter(3), Verdict.TOO_MANY),
    errors.TimedOut: (errors.TimedOut(), Verdict.LOST),
}


@pytest.mark.parametrize("kind", sorted(_every_error(), key=lambda one: one.__name__))
def test_no_error_of_the_library_is_without_an_outcome(kind: type[TelegramError]) -> None:
    error, verdict = LIBRARY[kind]
    assert classify(error).verdict is verdict


def test_a_lost_answer_is_repeated_once_only() -> None:
    assert repeat_after(Verdict.LOST, tries=1, repeats=0) == 1
    assert repeat_after(Verdict.LOST, tries=2, repeats=1) is None


@pytest.mark.parametrize("verdict", [Verdict.NOT_SENT, Verdict.SERVER])
def test_what_was_not_shown_is_tried_ever_more_seldom_but_twice_a_minute(verdict: Verdict) -> None:
    waits = [repeat_after(verdict, tries, 0) for tries in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.LOST, Verdict.NOT_SENT, Verdict.SERVER}))
def test_what_was_decided_is_not_repeated(verdict: Verdict) -> None:
    assert repeat_after(verdict, 1, 0) is None
