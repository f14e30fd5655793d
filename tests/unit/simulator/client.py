"""A bare Bot API client, with nothing of the bot in it."""

from typing import Any

import aiohttp

from bot.simulator import Simulator

Json = dict[str, Any]


class Client:
    def __init__(self, sim: Simulator, base_url: str, session: aiohttp.ClientSession) -> None:
        self.sim = sim
        self.base_url = base_url
        self.session = session

    def url(self, method: str) -> str:
        return f"{self.base_url}{self.sim.token}/{method}"

    async def ask(self, method: str, **params: Any) -> Json:
        """The whole answer, good or bad; its HTTP status always repeats the error code."""
        async with self.session.post(self.url(method), json=params) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.ask(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.ask(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def upload(self, method: str, form: aiohttp.FormData) -> Json:
        async with self.session.post(self.url(method), data=form) as response:
            answer: Json = await response.json()
            return answer
