"""`oncall set|list|clear`: who is told first when somebody may be in danger, and who then."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from bot.cli import saying, session

app = typer.Typer(no_args_is_help=True, help="The rota: who is on call.", rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")]
Id = Annotated[int, typer.Argument(metavar="ID", help="As `therapist list` shows it.")]
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@app.command(name="set")
def set_(
    therapist: Id,
    days: Annotated[str, typer.Option(help="mon-fri, or mon wed sun, or daily.")] = "daily",
    from_: Annotated[str, typer.Option("--from", help="HH:MM, in the therapist's time zone.")] = "00:00",
    until: Annotated[str, typer.Option(help="HH:MM; not after --from: on the next day.")] = "00:00",
    place: Annotated[int, typer.Option(min=1, max=9, help="1 is told first, then down the rota.")] = 1,
) -> None:
    """Add hours of the week to a therapist's time on call."""
    settings = session.settings()
    from bot.domain import on_call  # noqa: PLC0415 - start-up stays light
    from bot.domain.auditing import CLINIC  # noqa: PLC0415
    from bot.domain.on_call import Hours  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415

    on, starts, ends = _days(days), _hour("--from", from_), _hour("--until", until)

    async def work(db: Database) -> bool:
        return await db.write(
            lambda tx: on_call.put(tx, CLINIC, therapist, Hours(on, starts, ends, place), settings.clock().now_ms())
        )

    if not session.with_database(settings, work):
        raise saying.Failed(f"oncall set: there is no therapist {therapist}, or they have {on_call.MOST} times already")
    typer.echo(f"therapist {therapist} is on call {days}, {starts}-{ends}, place {place}")


@app.command()
def clear(therapist: Id) -> None:
    """Take a therapist off the rota."""
    settings = session.settings()
    from bot.domain import on_call  # noqa: PLC0415 - start-up stays light
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> bool:
        return await db.write(lambda tx: on_call.clear(tx, therapist, settings.clock().now_ms()))

    if not session.with_database(settings, work):
        raise saying.Failed(f"oncall clear: there is no therapist {therapist}")
    typer.echo(f"therapist {therapist} is not on call any more")


@app.command(name="list")
def show(as_json: Json = False) -> None:
    """List the rota, and who is on call now."""
    settings = session.settings()
    from bot.domain import on_call  # noqa: PLC0415 - start-up stays light
    from bot.domain.on_call import Shift  # noqa: PLC0415
    from bot.storage.database import Database  # noqa: PLC0415

    async def work(db: Database) -> list[Shift]:
        return await db.read(on_call.everyone)

    found, now = session.with_database(settings, work), settings.clock().now_ms()
    shown = [_shown(one, now=one.covers(now)) for one in found]
    if as_json:
        saying.value(shown)
        return
    for one in shown:
        days, now_on = " ".join(one["days"]), "  now" if one["now"] else ""
        hours = f"{one['from']}-{one['until']} {one['timezone']}"
        typer.echo(f"{one['place']}  {one['therapist']:>5}  {one['name']}  {days}  {hours}{now_on}")
    if not any(one["now"] for one in shown):
        typer.echo("nobody is on call now")


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _shown(one: Any, *, now: bool) -> dict[str, Any]:
    days = [_WEEK[int(day)] for day in one.days]
    seat = {"therapist": one.person.id, "name": one.person.name, "timezone": one.person.timezone}
    return {"place": one.place, **seat, "days": days, "from": one.from_, "until": one.until, "now": now}


def _days(text: str) -> str:
    """`mon-fri`, `mon wed sun` or `daily` as digits, Monday is 0."""
    if text.strip() == "daily":
        return "0123456"
    found: set[int] = set()
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("-")
        if first not in _WEEK or (last or first) not in _WEEK:
            raise typer.BadParameter(f"--days: {part!r} is no day; mon-fri, or mon wed sun, or daily")
        start, end = _WEEK.index(first), _WEEK.index(last or first)
        found |= {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
    if not found:
        raise typer.BadParameter("--days is empty")
    return "".join(str(day) for day in sorted(found))


def _hour(option: str, text: str) -> str:
    if not _HOUR.fullmatch(text):
        raise typer.BadParameter(f"{option}: {text!r} is not HH:MM")
    return text
