"""The page over HTTP: its files, the stream of changes, and what is done on it."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.simulator.bell import Bell
from bot.simulator.demo import acts
from bot.simulator.demo.feed import stream
from bot.simulator.demo.theatre import Seat, Theatre
from bot.simulator.errors import ApiError, Json
from bot.simulator.world import World

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}
NAME = re.compile(r"[^\w. -]", re.ASCII)
LONGEST_NAME = 64
MOST_BYTES = 20 * 1024 * 1024
SAFE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def application(world: World, happened: Bell, theatre: Theatre) -> web.Application:
    page = Page(world, happened, theatre)
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[_safe])
    app.router.add_get("/events", page.events)
    app.router.add_get("/files/{file}", page.file)
    app.router.add_post("/stage/{scene}", page.scene)
    app.router.add_post("/phones", page.newcomer)
    app.router.add_post("/phones/{phone}/picture", page.picture)
    app.router.add_post("/phones/{phone}/{act}", page.act)
    app.router.add_get("/", partial(_static, FOLDER / "page.html"))
    for path in sorted(FOLDER.iterdir()):
        app.router.add_get(f"/{path.name}", partial(_static, path))
    return app


class Page:
    def __init__(self, world: World, happened: Bell, theatre: Theatre) -> None:
        self._world = world
        self._happened = happened
        self._theatre = theatre

    async def events(self, request: web.Request) -> web.StreamResponse:
        return await stream(request, self._theatre, self._happened)

    async def act(self, request: web.Request) -> web.Response:
        seat, asked = self._seat(request), await _asked(request)
        told = acts.act(seat.phone, request.match_info["act"], asked)
        self._happened.ring()
        return web.json_response(told)

    async def picture(self, request: web.Request) -> web.Response:
        if not request.content_type.startswith("image/"):
            raise web.HTTPUnsupportedMediaType
        acts.picture(self._seat(request).phone, await request.read(), request.query.get("caption", ""))
        self._happened.ring()
        return web.json_response({})

    async def scene(self, request: web.Request) -> web.Response:
        await _asked(request)
        scene = self._theatre.scenes.get(request.match_info["scene"])
        if scene is None:
            raise web.HTTPNotFound
        await scene()
        self._happened.ring()
        return web.json_response({})

    async def newcomer(self, request: web.Request) -> web.Response:
        name = str((await _asked(request)).get("name", "")).strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise web.HTTPBadRequest(text="a name of 1 to 64 letters")
        seat = self._theatre.newcomer(name)
        self._happened.ring()
        return web.json_response({"id": seat.phone.user_id})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Pictures are shown, anything else is handed out. A picture that somebody only claims to have is drawn."""
        try:
            stored = self._world.files.get(request.match_info["file"])
        except ApiError:
            raise web.HTTPNotFound from None
        kind = next((kind for start, kind in PICTURES.items() if stored.data.startswith(start)), "")
        if not kind and stored.kind == "photo":
            return await _static(FOLDER / "swing.svg", request)
        media = stored.media if isinstance(stored.media, dict) else {}
        name = NAME.sub("_", str(media.get("file_name") or Path(stored.path).name))
        headers = {} if kind else {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=stored.data, content_type=kind or "application/octet-stream", headers=headers)

    def _seat(self, request: web.Request) -> Seat:
        number = request.match_info["phone"]
        for seat in self._theatre.seats:
            if str(seat.phone.user_id) == number:
                return seat
        raise web.HTTPNotFound


async def _asked(request: web.Request) -> Json:
    """JSON and nothing else: no other site's form can send it."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        asked: Any = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="this is not JSON") from None
    if not isinstance(asked, dict):
        raise web.HTTPBadRequest(text="an object is expected")
    return asked


async def _static(path: Path, _: web.Request) -> web.StreamResponse:
    return web.FileResponse(path, headers={"Content-Type": KINDS[path.suffix]})


@web.middleware
async def _safe(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
    try:
        answer = await handler(request)
    except web.HTTPException as error:
        error.headers.update(SAFE)
        raise
    if not answer.prepared:  # a stream has sent its own
        answer.headers.update(SAFE)
    return answer
