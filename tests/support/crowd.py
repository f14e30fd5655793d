"""Several families and those who treat them, put into every table by chance, for tests that read the tables again.

Rows are made from the schema itself: a new table is filled without a word here. What belongs together does: an answer
is said by whose check-in it is, a message speaks of the child it names.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import sqlalchemy as sa

from bot.domain import taking_back
from bot.storage import schema
from bot.storage.database import Database, Tx
from bot.storage.ids import PARTS

NOW = 1_900_000_000_000
SINCE = NOW - taking_back.DELETABLE
HOUR = 3_600_000
Found = dict[str, list[dict[str, Any]]]
CHILDREN = ("Mika", "Noa & Lou", "Ida", "Mi")
STAFF = {"digest", "on_call", "absence", "form", "meeting", "goal_level", "raised", "alert_step", "look"}
BY_HAND = {"account", "person", "child", "access", "legal_hold", "inbound", "concern", "outbox", "copy"}
OF_NOBODY = {"audit", "counter", "handled", "form_version"}
STATES = ("pending", "pending", "pending", "sending", "sending", "sent", "failed", "unknown", "expired")
THERAPISTS = 5  # the last one treats nobody, and is on call
# Of each caregiver: the children (by place) of today's right, those of a right that is over, and what is different.
CAREGIVERS: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, Any]], ...] = (
    ((0,), (), {}),
    ((0, 2), (), {}),
    ((0,), (), {"seat_of": 0}),  # the same phone has another seat,
    ((2,), (), {"seat_of": 2}),
    ((2,), (), {"seat_of": 2, "suspended": True}),  # and one that rests
    ((0,), (), {"works_here": 0}),
    ((0,), (), {"works_here": 1, "suspended": True}),
    ((2,), (), {"suspended": True}),
    ((), (0,), {"removed_at": 5}),
    ((2,), (0,), {}),
    ((0,), (), {"no_account": True, "joined_at": None}),  # was invited
    ((2,), (), {"removed_at": 6, "joined_at": None}),
    ((2,), (), {"removed_at": 6, "joined_at": None, "name": "", "suspended": True}),
    ((), (2,), {"removed_at": 6, "joined_at": None, "no_account": True}),
    ((), (2,), {"removed_at": 6, "no_account": True, "name": ""}),
    ((2,), (), {"joined_at": None, "no_account": True, "name": ""}),
    ((1,), (), {}),
    ((), (1, 2), {}),
    ((1,), (), {"suspended": True}),
    ((3,), (), {}),
    ((), (), {}),
)
LEFT = {"removed_at": 7, "joined_at": None, "no_account": True, "name": "", "alarmed": True}  # an alarm's record alone


@dataclass
class Crowd:
    """``named`` says which children a queued message names, by row."""

    dice: Random
    found: Found = field(default_factory=dict)
    named: dict[int, int] = field(default_factory=dict)
    notices: dict[str, int] = field(default_factory=dict)  # and which one a notice names, by its screen
    tags: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    alarmed: set[int] = field(default_factory=set)  # who ever asked for urgent help
    keys: set[tuple[Any, ...]] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(100_001))  # the database counts from one

    def put(self, table: sa.Table, pair: tuple[int, int] = (0, 0), /, **row: Any) -> int:
        """One row, unless there is such a one."""
        if "id" in table.c:
            row.setdefault("id", next(self.numbers))
        keys = {(table.name, names, *(row[one] for one in names)) for names in _unique(table)}
        if keys & self.keys:
            return 0
        self.keys |= keys
        self.found.setdefault(table.name, []).append(row)
        self.tags[table.name, row.get("id", 0)] = pair
        return int(row.get("id", 0))

    def fill(self) -> None:
        self._people()
        for table in schema.metadata.sorted_tables:
            if table.name not in BY_HAND | OF_NOBODY:
                pairs = self.pairs("treat" if table.name in STAFF else "care")
                for person, child in [one for one in pairs for _ in range(self.dice.randint(1, 3))]:
                    row = self._row(table, person, child)
                    if row is not None:
                        self.put(table, (person, child), **row)
        self._came()
        self._shown()
        self._queued()

    def pairs(self, right: str) -> list[tuple[int, int]]:
        rights = [one for one in self.found["access"] if one["right"] == right]
        return [(one["person_id"], one["child_id"]) for one in rights]

    def account(self, person: int) -> int | None:
        return next(
            (row["account_id"] or row["suspended_account"] for row in self.found["person"] if row["id"] == person), None
        )

    def _people(self) -> None:
        for name in CHILDREN:
            self.put(schema.child, name=name, birth_month="2022-05", created_at=next(self.numbers))
        children = [row["id"] for row in self.found["child"]]
        self.put(schema.legal_hold, child_id=children[1], reason="a court", from_at=1)
        self.put(schema.legal_hold, child_id=children[2], reason="a court", from_at=1, until_at=2)
        for number in range(THERAPISTS):
            who = self._seat("therapist", {})
            for child in children[number:]:
                self._right(who, child, "treat", self.dice.choice((None, NOW + HOUR, NOW - HOUR)))
        for cares, cared, what in (*CAREGIVERS, ((), (0,), LEFT), ((), (0, 2), LEFT)):
            who = self._seat("caregiver", what)
            if "alarmed" in what or ("joined_at" not in what and self.dice.random() < 0.5):
                self.alarmed.add(who)
            for child in cares:
                self._right(who, children[child], "care", self.dice.choice((None, NOW + 1, NOW + HOUR)))
            for child in cared:
                self._right(who, children[child], "care", self.dice.choice((NOW, NOW - HOUR)))

    def _seat(self, kind: str, what: dict[str, Any]) -> int:
        seats = [row for row in self.found.get("person", ()) if row["kind"] == "caregiver"]
        staff = [row for row in self.found.get("person", ()) if row["kind"] == "therapist"]
        if "no_account" in what:
            account = None
        elif "seat_of" in what and len(seats) > what["seat_of"]:
            account = seats[what["seat_of"]]["account_id"]
        elif "works_here" in what:
            account = staff[what["works_here"]]["account_id"]
        else:
            account = self.put(schema.account, created_at=1, asking="goal:why:1")
        rests = what.get("suspended", False)
        number = next(self.numbers)
        return self.put(
            schema.person,
            id=number,
            kind=kind,
            account_id=None if rests else account,
            suspended_account=account if rests else None,
            suspended_at=4 if rests else None,
            name=what.get("name", f"Person {number}"),
            feasts="feasts",
            fast="fast",
            email="somebody@example.org",
            language="en",
            timezone="UTC",
            joined_at=what.get("joined_at", 3),
            removed_at=what.get("removed_at"),
            created_at=next(self.numbers),
        )

    def _right(self, who: int, child: int, right: str, until: int | None) -> None:
        values = {"from_at": 1, "until_at": until, "document": f"a paper for {who}"}
        self.put(schema.access, person_id=who, child_id=child, right=right, **values)

    def _row(self, table: sa.Table, person: int, child: int) -> dict[str, Any] | None:
        """None where there is nothing yet that it could hang on."""
        row: dict[str, Any] = {}
        for column in table.columns:
            if column.name == "id" and column.autoincrement is True:
                continue
            value = self._value(table, column, person, child)
            if value is None and not column.nullable:
                return None
            row[column.name] = value
        if table is schema.alert and person not in self.alarmed:
            return None
        if table is schema.alert:
            row["press"] = person  # of all their children at once
        if table is schema.alert_step:
            self._told_at_once(row)
        if table is schema.revision:
            of = self.dice.choice([name for name in ("answer_id", "note_id", "goal_word_id") if row[name]] or [""])
            row |= {name: None for name in ("answer_id", "note_id", "goal_word_id") if name != of}
        if not row.get("media_kind", True):
            row["media_file_id"] = None
        return row

    def _told_at_once(self, step: dict[str, Any]) -> None:
        """One message about several children."""
        press = {one["id"]: one["press"] for one in self.found["alert"]}
        beside = [one for one in self.found.get("alert_step", ()) if press[one["alert_id"]] == press[step["alert_id"]]]
        if beside and self.dice.random() < 0.5:
            step["message_id"] = self.dice.choice(beside)["message_id"]

    def _value(self, table: sa.Table, column: sa.Column[Any], person: int, child: int) -> Any:
        if column.foreign_keys:
            [key] = column.foreign_keys
            return self._target(table, column, key.column.table, person, child)
        if choices := _allowed(table, column):
            return self.dice.choice(choices)
        made: dict[str, Callable[[], Any]] = {
            "account_id": lambda: self.account(person),
            "author_message_id": self._message,
            "children": self._some_children,
            "ended": lambda: self.dice.randint(0, 1),
            "given": lambda: self.dice.randint(0, 1),
            "level": lambda: self.dice.randint(-3, 2),
            "media_kind": lambda: self.dice.choice(("photo", "voice", None)),
            "message_id": self._message,
            "screen": self._screen,
        }
        if column.name in made:
            return made[column.name]()
        number = next(self.numbers)
        return number if isinstance(column.type, sa.Integer) else f"{table.name} {column.name} {number}"

    def _message(self) -> int | None:
        return self.dice.choice((self._logical(), self._logical(), None))

    def _logical(self) -> int:
        """A message's number, with room for the parts of a long one."""
        return next(self.numbers) * PARTS

    def _some_children(self) -> str:
        every = [row["id"] for row in self.found["child"]]
        return json.dumps(self.dice.sample(every, self.dice.randint(0, len(every))))

    def _screen(self) -> str:
        of = self.dice.choice(self.found["child"])
        said, names = self.dice.choice(SAYINGS)(of["name"])
        screen = json.dumps(said | {"number": next(self.numbers)})
        if names:
            self.notices[screen] = of["id"]
        return screen

    def _target(self, table: sa.Table, column: sa.Column[Any], target: sa.Table, person: int, child: int) -> int | None:
        empty = column.nullable and self.dice.random() < 0.3
        if target is schema.child:
            return None if empty else child
        if target is schema.person:
            staff = [row["id"] for row in self.found["person"] if row["kind"] == "therapist"]
            of_staff = table is schema.alert_step or column.name in ("author_id", "stand_in_id")
            told = table.name in ("notice", "job") and column.name == "person_id" and self.dice.random() < 0.5
            return None if empty else self.dice.choice(staff) if of_staff or told else person
        same = (table.name in STAFF) == (target.name in STAFF)
        reaches = _reached(target)
        fits = [
            row["id"]
            for row in self.found.get(target.name, ())
            for of, about in [self.tags[target.name, row["id"]]]
            if (about == child or "child" not in reaches) and (of == person or not same or "person" not in reaches)
        ]
        return self.dice.choice(fits) if fits and not empty else None

    def _came(self) -> None:
        """What messages of theirs were taken as; some came with words that a list caught."""
        for table in (schema.note, schema.answer, schema.goal_word, schema.held):
            for row in list(self.found[table.name]):
                person, child = self.tags[table.name, row["id"]]
                account = self.account(person)
                if account is None or self.dice.random() < 0.2:
                    continue
                album = self.dice.choice((None, None, f"album {self.dice.randint(1, 2)}"))
                came = {"account_id": account, "telegram_message_id": next(self.numbers), "at": 1}
                self.put(schema.inbound, **came, album=album, **{f"{table.name}_id": row["id"]})
                if self.dice.random() < 0.4:
                    what = {"telegram_message_id": came["telegram_message_id"], "said": "words", "topics": "t"}
                    level = self.dice.choice(("red", "amber"))
                    of = {"person_id": person, "child_id": child, "level": level}
                    self.put(schema.concern, **of, **what, said_at=1, at=1)

    def _shown(self) -> None:
        """Some of what shows a row is queued, in the chat of whose it is; some was seen: the first part of a long
        message, too, which goes by a number of its own.
        """
        for name, rows in list(self.found.items()):
            for row in rows:
                for column, of in (("message_id", "person_id"), ("author_message_id", "author_id")):
                    message = row.get(column)
                    if message is None or name in BY_HAND:
                        continue
                    chat = row.get("account_id") or self.account(row[of]) or self.found["account"][0]["id"]
                    for at in self.dice.sample((SINCE - HOUR, SINCE, SINCE + 1, NOW), 2):
                        part = self.dice.choice((message, message + 1, message + PARTS - 1))
                        seen = {"chat_id": chat, "telegram_message_id": next(self.numbers), "message_id": part}
                        self.put(schema.copy, **seen, at=at)
                    for number, part in ((message, message + 1), (message + 1, message), (self._logical(), message)):
                        if self.dice.random() < 0.6:
                            self._queue(chat, number, part, {"text": "shown"})

    def _queued(self) -> None:
        """What no row shows: it names a child, or hands something on, or does not."""
        media = [
            row["media_file_id"]
            for table in schema.metadata.sorted_tables
            for row in self.found.get(table.name, ())
            if row.get("media_file_id")
        ]
        children = self.found["child"]
        for account in self.found["account"]:
            for child in children:
                for said in SAYINGS:
                    number = self._logical()
                    payload, names = said(child["name"])
                    if names:
                        self.named[number] = child["id"]
                    self._queue(account["id"], number, number, payload)
                    if self.dice.random() < 0.3:
                        self._queue(account["id"], number + 1, number, {"text": "and more"})
            for one in self.dice.sample(media, 12):
                number = self._logical()
                self._queue(account["id"], number, number, {"media": [{"media": one}]})
            for upload in (b"a picture", b"", None):
                number = self._logical()
                self._queue(account["id"], number, number, {"text": "Look"}, upload)

    def _queue(
        self, chat: int, number: int, message: int, payload: dict[str, Any], upload: bytes | None = None
    ) -> None:
        values = {"priority": 1, "method": "sendMessage", "created_at": 1, "upload": upload}
        state = self.dice.choice(STATES)
        text = json.dumps(payload) if state in ("pending", "sending") else ""
        row = {"id": number, "message_id": message, "chat_id": chat, "state": state, "payload": text}
        self.put(schema.outbox, **row, **values)


def _says(name: str) -> tuple[dict[str, Any], bool]:
    return {"text": f"<b>\u2068{html.escape(name)}\u2069</b>&#x27;s day"}, True


def _says_it_in_a_button(name: str) -> tuple[dict[str, Any], bool]:
    return {"text": "Who?", "reply_markup": {"rows": [[{"text": name, "at": 7}]]}}, True


def _says_it_in_a_part(name: str) -> tuple[dict[str, Any], bool]:
    """That is another name."""
    return {"text": f"{html.escape(name)}el and Ma{html.escape(name)}"}, False


def _says_another(name: str) -> tuple[dict[str, Any], bool]:
    return {"text": "None", "chat_id": len(name)}, False


SAYINGS = (_says, _says_it_in_a_button, _says_it_in_a_part, _says_another)


def _allowed(table: sa.Table, column: sa.Column[Any]) -> list[str]:
    for one in table.constraints:
        if isinstance(one, sa.CheckConstraint) and (text := str(one.sqltext)).startswith(f'"{column.name}" IN'):
            return re.findall(r"'([^']*)'", text)
    return []


def _reached(table: sa.Table) -> set[str]:
    """Of child and person: what its rows hang on."""
    targets = [key.column.table for key in table.foreign_keys if key.ondelete == "CASCADE"]
    return {name for one in targets for name in ({one.name} | _reached(one))} & {"child", "person"}


def _unique(table: sa.Table) -> list[tuple[str, ...]]:
    """Of a partial index a little more than it asks."""
    asked = [one for one in table.constraints if isinstance(one, (sa.UniqueConstraint, sa.PrimaryKeyConstraint))]
    every = [*asked, *(one for one in table.indexes if one.unique)]
    return [tuple(column.name for column in one.columns) for one in every]


async def crowd(database: Database, seed: int) -> Crowd:
    made = Crowd(Random(seed))
    made.fill()

    async def write(tx: Tx) -> None:
        for table in schema.metadata.sorted_tables:
            by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for row in made.found.get(table.name, ()):
                by_columns.setdefault(tuple(row), []).append(row)
            for names, rows in by_columns.items():
                await tx.run_many(table.insert().values({name: sa.bindparam(name) for name in names}), rows)

    await database.write(write)
    return made


async def everything(tx: Tx) -> Found:
    return {
        table.name: [dict(row) for row in await tx.rows(_EVERY[table.name])] for table in schema.metadata.sorted_tables
    }


_EVERY = {table.name: sa.select(table).order_by(*table.primary_key) for table in schema.metadata.sorted_tables}
