"""`therapist add|list|admin|suspend|resume|remove`: who works here."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot import wellformed
from bot.cli import saying, session

app = typer.Typer(no_args_is_help=True, help="Therapists: add, list, remove.", rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="As families will read it.")],
    language: Annotated[str, typer.Option(help="A shipped language; default: DEFAULT_LANGUAGE.")] = "",
    timezone: Annotated[str, typer.Option(help="An IANA name; default: DEFAULT_TIMEZONE.")] = "",
    email: Annotated[str, typer.Option(help="Where an alarm goes that does not arrive in the chat.")] = "",
    as_json: Json = False,
) -> None:
    """Make a seat for a therapist, and the code that opens it once."""
    settings = session.settings()
    speaks = _checked("--language", wellformed.language, language or settings.default_language)
    lives = _checked("--timezone", wellformed.timezone, timezone or settings.default_timezone)
    mail = _checked("--email", wellformed.email, email) if email else ""
    from bot.cli import telegram  # noqa: PLC0415 - start-up stays light
    from bot.domain import inviting  # noqa: PLC0415
    from bot.domain.families import cleaned  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415

    called = cleaned(name)
    if not called:
        raise typer.BadParameter("NAME is empty")

    async def work(db: Database) -> dict[str, Any]:
        now = settings.clock().now_ms()
        therapist, code = await db.write(lambda tx: inviting.add_therapist(tx, called, speaks, lives, now, mail))
        username = await telegram.username(settings)
        return {"therapist": therapist, "code": code, "link": inviting.link(username, code)}

    made = session.with_database(settings, work)
    if as_json:
        saying.value(made)
        return
    typer.echo(f"therapist {made['therapist']}")
    typer.echo(f"Open this once on the therapist's phone: {made['link'] or '/start ' + made['code']}")


@app.command(name="list")
def show(as_json: Json = False) -> None:
    """List the therapists."""
    settings = session.settings()
    from bot.domain import staff  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> list[dict[str, Any]]:
        return await db.read(lambda tx: staff.therapists(tx, settings.clock().now_ms()))

    found = session.with_database(settings, work)
    if as_json:
        saying.value(found)
        return
    for one in found:
        joined = ("joined" if one["joined"] else "not joined yet") + ("  admin" if one["admin"] else "")
        typer.echo(
            f"{one['id']:>5}  {one['name']}  {one['language']}  {one['timezone']}  {one['families']} families  {joined}"
        )


@app.command()
def remove(
    therapist: Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")],
    to: Annotated[int | None, typer.Option(metavar="ID", help="Who treats their families from now on.")] = None,
) -> None:
    """Close a therapist's seat; the families' data stay, and each caregiver hears who reads now."""
    settings = session.settings()
    from bot.domain import handing_over  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database, Tx  # noqa: PLC0415
    from bot.text.catalogue import Catalogue  # noqa: PLC0415
    from handlers import away  # noqa: PLC0415

    async def leave(tx: Tx) -> tuple[int, int, list[int], list[int]] | None:
        now = settings.clock().now_ms()
        stay = [] if to is None else await handing_over.family_of(tx, therapist, to, now)
        left = await away.remove(tx, Catalogue.load(), therapist, to, now)
        if left is None:
            return None
        return left[0], await handing_over.alone(tx, now), [one.id for one in left[1]], stay

    async def work(db: Database) -> tuple[int, int, list[int], list[int]] | None:
        return await db.write(leave)

    left = session.with_database(settings, work)
    if left is None:
        other = "" if to is None else f", or {to} is no other who has joined"
        raise saying.Failed(f"therapist remove: there is no therapist {therapist}{other}")
    given, alone, stood_in, stay = left
    typer.echo(f"therapist {therapist} removed" + (f", families handed over: {given}" if given else ""))
    if stay:
        typer.echo(f"not handed over, for {to} is family of the child: {', '.join(map(str, stay))}; name somebody else")
    if alone:
        typer.echo(f"families that nobody treats now: {alone}; their entries stay, `export --all` has them")
    if stood_in:
        typer.echo(
            f"nobody stands in any more during the leave of: {', '.join(map(str, stood_in))}; they read so in the chat"
        )


@app.command()
def suspend(therapist: Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")]) -> None:
    """Take a seat away at once: no button works, nothing queued is sent; the families stay."""
    settings = session.settings()
    from bot.domain import staff, suspending  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database, Tx  # noqa: PLC0415

    async def suspended(tx: Tx) -> bool:
        now = settings.clock().now_ms()
        known = {one["id"] for one in await staff.therapists(tx, now)}
        return therapist in known and await suspending.suspend(tx, therapist, now)

    async def work(db: Database) -> bool:
        return await db.write(suspended)

    if not session.with_database(settings, work):
        raise saying.Failed(f"therapist suspend: there is no therapist {therapist}, or they are suspended already")
    typer.echo(f"therapist {therapist} suspended")


@app.command()
def resume(therapist: Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")]) -> None:
    """Give a suspended seat back with its families."""
    settings = session.settings()
    from bot.domain import suspending  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: suspending.resume(tx, therapist, settings.clock().now_ms()))

    if not session.with_database(settings, work):
        raise saying.Failed(f"therapist resume: {therapist} is not suspended")
    typer.echo(f"therapist {therapist} is back")


@app.command()
def admin(
    therapist: Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")],
    off: Annotated[bool, typer.Option("--off", help="No admin any more.")] = False,
) -> None:
    """Let a therapist set everybody's rota in the chat, and hear what the clinic has to look after."""
    settings = session.settings()
    from bot.domain import staff  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: staff.set_admin(tx, therapist, settings.clock().now_ms(), on=not off))

    if not session.with_database(settings, work):
        raise saying.Failed(f"therapist admin: there is no therapist {therapist}")
    typer.echo(f"therapist {therapist} is {'no admin any more' if off else 'an admin'}")


@app.command(name="email")
def email_(
    therapist: Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")],
    address: Annotated[str, typer.Argument(help="Empty: none any more.")],
) -> None:
    """Set where a therapist's alarms go by e-mail."""
    settings = session.settings()
    mail = _checked("ADDRESS", wellformed.email, address) if address else ""
    from bot.domain import staff  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: staff.email(tx, therapist, mail, settings.clock().now_ms()))

    if not session.with_database(settings, work):
        raise saying.Failed(f"therapist email: there is no therapist {therapist}")
    typer.echo(f"therapist {therapist}: {mail or 'no e-mail'}")


def _checked(option: str, check: Any, text: str) -> str:
    try:
        return str(check(text))
    except ValueError as error:
        raise typer.BadParameter(f"{option}: {error}") from None
