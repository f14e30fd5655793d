"""python-telegram-bot's transport over aiohttp. What the outbox holds goes out as it is; errors keep their cause."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.model import Json

READ_TIMEOUT = 30.0
CONNECT_TIMEOUT = 10.0  # names, a free place and the connection together
UPLOAD_TIMEOUT = 30.0  # more, for a call that carries a file
UNREADABLE = "nobody can read the answer"
ATTACHED = "attach://"
UNKNOWN_KIND = "application/octet-stream"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Body:
    """A payload that is JSON already, and at most one file of our own beside it: the one it names as `attach://…`.

    `BaseRequest.post` hands it to our `do_request` untouched, so that nothing is taken apart and dumped anew.
    """

    json: str
    upload: bytes | None = None


class AiohttpRequest(BaseRequest):
    """One session for one purpose: the long poll has its own, so that it never takes a sender's place."""

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """As the library's own, which would write the answer, and people's words in it, into the log."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            raise TelegramError(UNREADABLE) from error
        if not isinstance(answer, dict):
            raise TelegramError(UNREADABLE)
        return answer

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Errors name no URL: it holds the token."""
        del write_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("the transport has not been initialized")
        reading = READ_TIMEOUT if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        connecting = CONNECT_TIMEOUT if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        data = _content(request_data)
        timeout = _timeout(connecting, reading + (UPLOAD_TIMEOUT if isinstance(data, aiohttp.FormData) else 0.0))
        try:
            async with self._session.request(method, _address(url), timeout=timeout, data=data) as answer:
                status, payload = answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise TimedOut("no connection in time") from error
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error
        if status >= HTTPStatus.BAD_REQUEST:
            self._check_sender(status, payload)
        return status, payload

    def _check_sender(self, status: int, payload: bytes) -> None:
        """A proxy's page cannot speak for Telegram: not of a token, and not of a person."""
        try:
            self.parse_json_payload(payload)
        except TelegramError as error:
            raise NetworkError(f"HTTP {status}") from error


@lru_cache(maxsize=64)
def _address(url: str) -> URL:
    """A call of a method goes where the one before went."""
    return URL(url)


@lru_cache(maxsize=16)
def _timeout(connecting: float, answering: float) -> aiohttp.ClientTimeout:
    """One clock for the whole call: one that starts anew at every piece of an answer is a fifth of its cost."""
    return aiohttp.ClientTimeout(total=connecting + answering, connect=connecting)


def _content(data: RequestData | Body | None) -> Any:
    if data is None:
        return None
    if isinstance(data, Body):
        if data.upload is None:
            return aiohttp.BytesPayload(data.json.encode(), content_type=JSON)
        fields = json.loads(data.json)
        name = _attached(fields)
        return _form(fields, {name: (name, data.upload, mimetypes.guess_type(name)[0] or UNKNOWN_KIND)})
    if data.contains_files:
        return _form(data.json_parameters, data.multipart_data)
    return data.json_parameters


def _attached(fields: Json) -> str:
    """The name under which the payload points at its file."""
    named = (value for value in fields.values() if isinstance(value, str) and value.startswith(ATTACHED))
    return next(named).removeprefix(ATTACHED)


def _form(fields: Json, files: dict[str, Any]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, (filename, content, mime) in files.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


async def call(request: BaseRequest, url: str, payload: Json | None = None, read_timeout: float = READ_TIMEOUT) -> Any:
    """One call with a plain payload, through the library's error mapping. Raises `TelegramError`."""
    return await post(request, url, Body(json.dumps(payload or {})), read_timeout)


async def post(request: BaseRequest, url: str, body: Body, read_timeout: float = READ_TIMEOUT) -> Any:
    """The same for a payload that is JSON already."""
    try:
        return await request.post(url, cast("Any", body), read_timeout=read_timeout)
    except (LookupError, TypeError, AttributeError, ValueError) as error:  # JSON, but not as the library expects it
        raise TelegramError(UNREADABLE) from error
