"""The simulator without HTTP between: the same calls, checked and performed as ever, and quicker to make."""

from __future__ import annotations

import json
import time
from typing import Any

from telegram.request import BaseRequest

from bot.delivering.transport import Body
from bot.simulator import Simulator
from bot.simulator.errors import ApiError
from bot.simulator.files import Upload
from bot.simulator.methods import known_method, perform
from bot.simulator.requests import Ask
from bot.simulator.server import Call


class WiredRequest(BaseRequest):
    """What goes out is JSON, as it would be; and so is what comes back."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nor to close."""

    async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        del method
        ask = _ask(url.rpartition("/")[2], request_data)
        try:
            body = {"ok": True, "result": await perform(self._sim.world, None, ask)}
            status = 200
        except ApiError as error:
            status, body = error.code, error.answer()
        self._sim.calls.append(Call(ask.method, ask.params, status, body, ask.chat_id, time.monotonic()))
        return status, json.dumps(body).encode()


def _ask(name: str, data: Any) -> Ask:
    ask = Ask(known_method(name))
    if isinstance(data, Body):
        ask.params = json.loads(data.json)
        attached = [one for one in ask.params.values() if isinstance(one, str) and one.startswith("attach://")]
        if data.upload is not None:
            filename = attached[0].removeprefix("attach://")
            ask.uploads = {filename: Upload(filename, "application/octet-stream", data.upload)}
    elif data is not None:
        ask.params = dict(data.parameters)
    return ask
