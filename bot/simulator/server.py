"""The Bot API over HTTP: reads a call, meets it with a fault or performs it, keeps a log."""

import asyncio
import json
import socket
import struct
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.simulator import faults
from bot.simulator.bell import Bell
from bot.simulator.errors import ApiError, Json, not_found, too_many, unauthorized
from bot.simulator.faults import Fault, FaultList
from bot.simulator.limits import Limits
from bot.simulator.methods import known_method, perform
from bot.simulator.requests import Ask, read_ask
from bot.simulator.world import World

MAX_UPLOAD = 51 * 1024 * 1024
HTML_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
LOGGED_CALLS = 500_000


@dataclass(slots=True)
class Call:
    """One call of a bot; `response` and `status` are empty where none went out."""

    method: str
    params: Json
    status: int
    response: Any
    chat_id: int | None
    at_monotonic: float


class Server:
    def __init__(self, world: World, limits: Limits | None) -> None:
        self.world = world
        self.limits = limits
        self.faults = FaultList()
        self.calls: deque[Call] = deque(maxlen=LOGGED_CALLS)
        self.handed_out = 0
        self.happened = Bell()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_UPLOAD)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        return app

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        at = time.monotonic()
        method = request.match_info["method"]
        try:
            self._check_token(request)
            method = known_method(method)
            ask = await read_ask(request)
        except ApiError as error:
            self.calls.append(Call(method, {}, error.code, error.answer(), None, at))
            return _answer(error.code, error.answer())
        except web.HTTPRequestEntityTooLarge:
            return _answer(413, ApiError(413, "Request Entity Too Large").answer())
        ask.method = method
        call = Call(method, ask.params, 0, None, ask.chat_id, at)
        self.calls.append(call)
        return await self._meet(request, ask, call)

    async def _meet(self, request: web.Request, ask: Ask, call: Call) -> web.StreamResponse:
        """Performs the call, unless a fault stands in the way."""
        fault = self.faults.take(ask.method, ask.chat_id)
        match fault:
            case faults.Refused():
                return _reset(request)
            case faults.DropBefore():
                return _close(request)
            case faults.Hang(done=False):
                await fault.released.wait()
                return _close(request)
            case faults.Status() | faults.TooMany():
                return _log(call, *_error_answer(fault))
        status, body = await self._perform(ask)
        return await _answer_despite(fault, request, call, status, body)

    async def _perform(self, ask: Ask) -> tuple[int, Json]:
        try:
            if ask.method == "getUpdates":
                self.handed_out += 1
                # A long poll is news by arriving; everything else by being done.
                self.happened.ring()
            result = await perform(self.world, self.limits, ask)
        except ApiError as error:
            return error.code, error.answer()
        finally:
            self.happened.ring()
        return 200, {"ok": True, "result": result}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
        except ApiError as error:
            return _answer(error.code, error.answer())
        stored = self.world.files.at_path(request.match_info["path"])
        if stored is None:
            return _answer(404, not_found().answer())
        return web.Response(body=stored.data, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if self.world.revoked or request.match_info["token"] != self.world.token:
            raise unauthorized()


async def _answer_despite(
    fault: Fault | None, request: web.Request, call: Call, status: int, body: Json
) -> web.StreamResponse:
    """Answers what was done, as far as the fault lets it through."""
    match fault:
        case faults.DropAfter():
            return _close(request)
        case faults.Hang():
            await fault.released.wait()
        case faults.Garbage():
            call.status, call.response = fault.status, fault.body
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        case faults.CutShort():
            return await _cut_short(request, body)
    return _log(call, status, body)


def _error_answer(fault: faults.Status | faults.TooMany) -> tuple[int, Json | str]:
    if isinstance(fault, faults.Status):
        error = ApiError(fault.code, fault.description, fault.parameters)
        return fault.code, error.answer() if fault.body is None else fault.body
    if fault.html:
        return 429, HTML_PAGE.format("429 Too Many Requests")
    body = too_many(fault.retry_after).answer()
    if fault.without_parameters:
        del body["parameters"]
    return 429, body


def _log(call: Call, status: int, body: Json | str) -> web.Response:
    call.status, call.response = status, body
    if isinstance(body, str):
        return web.Response(status=status, text=body, content_type="text/html")
    return _answer(status, body)


def _answer(status: int, body: Json) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


def _close(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _reset(request: web.Request) -> web.Response:
    transport = request.transport
    if transport is not None:
        # Closing with no time to linger sends a reset instead of a polite end.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def _cut_short(request: web.Request, body: Json) -> web.StreamResponse:
    data = json.dumps(body).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(data))})
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    # The half must be on its way before the connection ends.
    await asyncio.sleep(0)
    if request.transport is not None:
        request.transport.close()
    return response
