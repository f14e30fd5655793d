"""Templates of one's own beside the library's: a draft that is edited, versions that are asked, files to and fro."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.domain import auditing, templates
from bot.domain.templates import BrokenLibrary, Template
from bot.storage import forms as stored
from bot.storage.database import Row, Tx

OWN = "own"  # keys of those made in the chat: own_<number>


@dataclass(frozen=True, slots=True)
class Form:
    """``template`` is as it is edited; ``newest`` the version that families get, 0 before the first."""

    id: int
    template: Template
    newest: int
    changed: bool
    name: str = ""


async def newest(tx: Tx, key: str) -> Template:
    """The version that is asked now. Raises ``KeyError`` for a key that nobody has, or that was never published."""
    if key in templates.load():
        return templates.load()[key]
    row = await stored.newest(tx, key)
    if row is None or not row["body"]:
        raise KeyError(key)
    return templates.of(key, row["newest"], row["body"])


def _form(row: Row) -> Form:
    body = row["draft"] or row["body"]
    return Form(row["id"], templates.of(row["template_key"], 0, body), row["newest"], bool(row["draft"]), row["name"])


async def usable(tx: Tx, therapist: int) -> list[Form]:
    """The therapist's own, and those that are the clinic's and can be asked."""
    rows = await stored.usable(tx, therapist)
    return [_form(row) for row in rows if row["body"] or row["person_id"] is not None]


async def mine(tx: Tx, therapist: int, number: int) -> Form | None:
    """None where it is not theirs to change."""
    row = await stored.mine(tx, therapist, number)
    return None if row is None else _form(row)


async def copied(tx: Tx, therapist: int, key: str, now: int) -> Form | None:
    """A new draft that says what that one says. None where there is no such template."""
    known = {one.template.key: one for one in await usable(tx, therapist)}
    if key not in templates.load() and (key not in known or not known[key].newest):
        return None
    source = await newest(tx, key)
    new = (await stored.count(tx)) + 1
    number = await stored.add(tx, f"{OWN}_{new}", therapist, known[key].name if key in known else "", now)
    body = {**source.model_dump(exclude_defaults=True), "key": f"{OWN}_{new}", "version": 1}
    based_on = source.based_on if key in known else key
    await _keep(tx, number, Template.model_validate({**body, **({"based_on": based_on} if based_on else {})}))
    return await mine(tx, therapist, number)


async def keep(tx: Tx, therapist: int, number: int, template: Template) -> Form | None:
    """The draft is this one now; families still get what was published."""
    if await stored.mine(tx, therapist, number) is None:
        return None
    await _keep(tx, number, template)
    return await mine(tx, therapist, number)


async def _keep(tx: Tx, number: int, template: Template) -> None:
    await stored.keep(tx, number, template.model_dump_json(exclude_defaults=True))


async def undo(tx: Tx, therapist: int, number: int) -> Form | None:
    """As it was published; a draft that never was stays."""
    row = await stored.mine(tx, therapist, number)
    if row is not None and row["newest"]:
        await stored.keep(tx, number, "")
    return await mine(tx, therapist, number)


async def publish(tx: Tx, therapist: int, number: int, title: str, now: int) -> Form | None:
    """The draft is asked from the next check-in on; what was asked before keeps its words."""
    row = await stored.mine(tx, therapist, number)
    if row is None or not row["draft"]:
        return None
    await _publish(tx, row, templates.of(row["template_key"], 0, row["draft"]), title, now)
    return await mine(tx, therapist, number)


async def _publish(tx: Tx, row: Row, template: Template, title: str, now: int) -> int:
    whole = template.model_copy(update={"version": int(row["newest"]) + 1})
    return await stored.publish(tx, row, whole.model_dump_json(exclude_defaults=True), title, now)


async def archive(tx: Tx, therapist: int, number: int, now: int) -> bool:
    """It is offered no more. Where it is planned it goes on."""
    if await stored.mine(tx, therapist, number) is None:
        return False
    await stored.archive(tx, number, now)
    return True


def read(source: str, name: str) -> Template:
    """A file of one's own. Raises ``BrokenLibrary`` with a line for all that is wrong."""
    template = templates.read(source, name, named=False)
    if wrong := list(_wrong(template)):
        raise BrokenLibrary(f"{name}: {'; '.join(wrong)}")
    return template


def _wrong(template: Template) -> Iterator[str]:
    if template.key in templates.KEYS:
        yield f"key: {template.key} is the library's own"
    if template.based_on and template.based_on not in templates.load():
        yield f"based_on: there is no {template.based_on}"
        return
    known = [one for every in templates.load().values() for one in every.questions]
    for name in ("after", "flags", "offers"):
        there = {what for one in known for what in getattr(one, name).values()}
        for question in template.questions:
            if unknown := set(getattr(question, name).values()) - there:
                yield f"{question.key}: {name} has no {', '.join(sorted(unknown))}"
    there = {what for one in known for what in (one.choices_from, one.for_each, one.needs, one.lacks)}
    for one in template.questions:
        if unknown := {one.choices_from, one.for_each, one.needs, one.lacks} - there - {None}:
            yield f"{one.key}: there is no list {', '.join(sorted(map(str, unknown)))}"
    if lacking := list(missing(template)):
        yield f"words: nothing for {', '.join(lacking)}"


def missing(template: Template) -> Iterator[str]:
    """The texts that stand neither in its own words nor with the template that it was copied from."""
    base = {one.key: one for one in templates.load()[template.based_on].questions} if template.based_on else {}
    own = {part for of_language in template.words.values() for part in of_language}
    if not template.based_on and "name" not in own:
        yield "name"
    for one in template.questions:
        parts = [] if one.key in base else [one.key, f"{one.key}-short"]
        known = base[one.key].choices if one.key in base else ()
        parts += [f"{one.key}-{choice}" for choice in one.choices if choice not in known]
        yield from (part for part in parts if part not in own)


def written(template: Template) -> str:
    """As a file that ``read`` takes."""
    body = template.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=120)
    return text


async def take(tx: Tx, template: Template, title: str, now: int) -> int:
    """Asked from now on, as the clinic's own or as the next version of what has its key. Returns the version."""
    row = await stored.newest(tx, template.key)
    if row is None:
        await stored.add(tx, template.key, None, title, now)
        row = await stored.newest(tx, template.key)
    assert row is not None  # noqa: S101 - it was added
    if row["body"] and _same(templates.of(template.key, 0, row["body"]), template):
        return int(row["newest"])
    await auditing.note(tx, auditing.CLINIC, auditing.What.FORM_CHANGED, now)
    return await _publish(tx, row, template, title, now)


def _same(one: Template, other: Template) -> bool:
    return one.model_copy(update={"version": 1}) == other.model_copy(update={"version": 1})
