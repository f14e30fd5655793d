"""An erasure as it was promised, done to rows in plain Python: what goes, what stays, what is taken back from chats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bot.domain.erasing import Moment
from bot.storage import schema
from bot.storage.ids import PARTS
from tests.support.crowd import NOW, SINCE, Crowd, Found

AT = Moment(NOW, NOW + 77)
Row = dict[str, Any]
KEYS = [
    (table.name, key.parent.name, key.column.table.name)
    for table in schema.metadata.sorted_tables
    for key in table.foreign_keys
    if key.ondelete == "CASCADE"
]
OF_SEATS = [(table, column) for table, column, target in KEYS if target == "person"]
SHOWN = [
    (table.name, column)
    for table in schema.metadata.sorted_tables
    for column in ("message_id", "author_message_id")
    if column in table.c and table.name not in ("outbox", "copy", "held", "digest", "alert_step")
]
PRIMARY = {table.name: [column.name for column in table.primary_key] for table in schema.metadata.sorted_tables}
ENTRIES = ("note", "answer", "goal_word")
BEFORE = tuple(f"{table}_id" for table in ENTRIES)


def whole(number: int) -> int:
    """The message that a part belongs to."""
    return number // PARTS * PARTS


class Reading:
    """The tables as they should be: what is promised, done to the rows."""

    def __init__(self, crowd: Crowd, rows: Found) -> None:
        self.crowd, self.before = crowd, rows
        self.rows = {name: [dict(row) for row in found] for name, found in rows.items()}
        self.taken_back: set[tuple[int, int]] = set()
        self.again: set[tuple[int, int]] = set()
        self.no_menu: set[int] = set()

    def one(self, table: str, number: int) -> Row:
        return next(row for row in self.rows[table] if row["id"] == number)

    def keep(self, table: str, stays: Callable[[Row], bool]) -> None:
        self.rows[table] = [row for row in self.rows[table] if stays(row)]

    def follow(self) -> None:
        """Whatever hung on what is gone is gone."""
        there: dict[str, set[int]] = {}
        for table, column, target in KEYS:
            if target not in there:
                there[target] = {row["id"] for row in self.rows[target]}
            was = len(self.rows[table])
            ids = there[target]
            self.keep(table, lambda row, column=column, ids=ids: row[column] is None or row[column] in ids)
            if len(self.rows[table]) < was:
                there.pop(table, None)

    def cared(self, person: int) -> list[int]:
        cares = {row["child_id"] for row in self.rows["access"] if (row["person_id"], row["right"]) == (person, "care")}
        return sorted(cares)

    def account(self, person: int) -> int | None:
        row = self.one("person", person)
        return row["account_id"] or row["suspended_account"]

    def seats_of(self, account: int) -> list[Row]:
        return [row for row in self.rows["person"] if account in (row["account_id"], row["suspended_account"])]

    def waiting(self, people: Iterable[int]) -> list[Row]:
        """On its way to them."""
        chats = {self.one("person", one)["account_id"] for one in people} - {None}
        return [
            row for row in self.rows["outbox"] if row["chat_id"] in chats and row["state"] in ("pending", "sending")
        ]

    def people(self, child: int) -> set[int]:
        return {row["person_id"] for row in self.rows["access"] if row["child_id"] == child}

    def told(self, child: int) -> set[int]:
        """Who heard of an alarm of that child."""
        alarms = {row["id"] for row in self.rows["alert"] if row["child_id"] == child}
        return {row["person_id"] for row in self.rows["alert_step"] if row["alert_id"] in alarms} - {None}

    def alarms(self, child: int) -> set[int]:
        """The messages of its alarms, but for those that are another child's, too."""
        of = {row["id"]: row["child_id"] for row in self.rows["alert"]}
        told = [(row["message_id"], of[row["alert_id"]]) for row in self.rows["alert_step"]]
        return {one for one, about in told if about == child} - {one for one, about in told if about != child} - {None}

    def digests(self, child: int) -> list[Row]:
        """Of whoever treats or treated the child, and may tell of it."""
        treat = {row["person_id"] for row in self.rows["access"] if (row["child_id"], row["right"]) == (child, "treat")}
        return [
            row for row in self.rows["digest"] if row["person_id"] in treat and child in json.loads(row["children"])
        ]

    def unsend(self, child: int, media: Iterable[str], *, names: bool) -> None:
        telling = {row["message_id"]: row for row in self.digests(child)}
        gone = set()
        people = self.people(child)
        made = [row for row in self.waiting(people) if row["upload"] is not None]
        waiting = self.waiting(people | self.told(child) if names else people)
        for row in waiting:
            says = names and self.crowd.named.get(row["id"]) == child
            hands_on = any(f'"{one}"' in row["payload"] for one in media)
            if whole(row["message_id"]) in telling or row in made or says or hands_on:
                gone.add(whole(row["id"]))
            if digest := telling.get(whole(row["id"])):
                self.again.add((digest["person_id"], digest["id"]))
        self.keep("outbox", lambda row: row not in waiting or whole(row["id"]) not in gone)
        if names:
            self.keep(
                "notice",
                lambda row: (
                    row["child_id"] is not None
                    or row["person_id"] not in people
                    or self.crowd.notices.get(row["screen"]) != child
                ),
            )

    def unshow(self, messages: set[int]) -> None:
        self.take_back(messages)
        for table in ("outbox", "copy"):
            self.keep(table, lambda row: whole(row["message_id"]) not in messages)

    def take_back(self, messages: Iterable[int]) -> None:
        self.taken_back |= {
            (row["chat_id"], row["telegram_message_id"])
            for row in self.before["copy"]
            if whole(row["message_id"]) in messages and row["at"] > SINCE
        }

    def media_of(self, person: int) -> list[Row]:
        """What they sent, and what it was before they changed it."""
        now = [(table, row) for table in ENTRIES for row in self.rows[table] if row["person_id"] == person]
        changed = {(f"{table}_id", row["id"]) for table, row in now}
        before = [row for row in self.rows["revision"] if any((of, row[of]) in changed for of in BEFORE)]
        return [*(row for _table, row in now), *before]

    def child(self, number: int) -> int:
        """Returns how many caregivers go with it."""
        seats = {
            row["person_id"]
            for row in self.rows["access"]
            if row["child_id"] == number and self.one("person", row["person_id"])["kind"] == "caregiver"
        }
        seats = {one for one in seats if self.cared(one) == [number]}
        accounts = {self.account(one) for one in seats} - {None}
        self.take_back([row["message_id"] for row in self.digests(number)])
        without = Reading(self.crowd, self.rows)
        without.keep("child", lambda row: row["id"] != number)
        without.follow()
        gone = {table: [row for row in rows if row not in without.rows[table]] for table, rows in self.rows.items()}
        media = {row["media_file_id"] for table in (*ENTRIES, "home_step", "revision") for row in gone[table]} - {None}
        self.unsend(number, media, names=True)
        for row in self.digests(number):
            row["children"] = json.dumps([one for one in json.loads(row["children"]) if one != number])
        self.unshow({row[column] for table, column in SHOWN for row in gone[table]} - {None} | self.alarms(number))
        self.keep("child", lambda row: row["id"] != number)
        self.follow()
        taken_back = set(self.taken_back)
        for one in seats:
            self.person(one, on_its_way=False)
        self.taken_back = taken_back
        for account in accounts:
            self.leave(account)
        return len(seats)

    def person(self, number: int, *, on_its_way: bool = True) -> None:
        if on_its_way:
            media = {row["media_file_id"] for row in self.media_of(number)} - {None}
            for child in self.cared(number):
                self.take_back([row["message_id"] for row in self.digests(child)])
                self.unsend(child, media, names=False)
        shown = {
            row[column]
            for table, column in SHOWN
            for row in self.rows[table]
            if number in [row[of] for which, of in OF_SEATS if which == table and of != "author_id"]
        }
        self.unshow(shown - {None})
        if any(row["person_id"] == number for row in self.rows["alert"]):
            self.empty(number)
        else:
            self.keep("person", lambda row: row["id"] != number)
        self.follow()

    def empty(self, number: int) -> None:
        """What is left of who asked for urgent help: the record, and what it came with."""
        record = {table: self.came_with_an_alarm(table, number) for table in ENTRIES}
        kept = {row["check_in_id"] for row in self.rows["answer"] if row["id"] in record["answer"]}
        stays: dict[str, Callable[[Row], bool]] = {
            **{table: lambda row, ids=ids: row["id"] in ids for table, ids in record.items()},
            "check_in": lambda row: row["id"] in kept,
            "concern": lambda row: row["level"] == "red",
            "consent": lambda row: row["given"] == 0,
            "alert": bool,
            "access": bool,
        }
        for row in self.rows["check_in"]:
            if row["id"] in kept and row["person_id"] == number:
                row["schedule_id"] = None
        for table, column in OF_SEATS:
            may = stays.get(table)
            self.keep(
                table, lambda row, column=column, may=may: row[column] != number or (may is not None and may(row))
            )
        for row in self.rows["access"]:
            if row["person_id"] == number:
                row["until_at"] = min(row["until_at"] or AT.now, AT.now)
                row["document"] = ""
        seat = self.one("person", number)
        seat |= {"name": "", "feasts": "", "fast": "", "email": "", "joined_at": None}
        seat |= {"account_id": None, "suspended_account": None, "removed_at": seat["removed_at"] or AT.now}

    def came_with_an_alarm(self, table: str, number: int) -> set[int]:
        """Media of messages with red words, an album with all of its pictures."""
        account = self.account(number)
        red = {row["telegram_message_id"] for row in self.rows["concern"] if row["level"] == "red"}
        theirs = [row for row in self.rows["inbound"] if row["account_id"] == account]
        albums = {row["album"] for row in theirs if row["telegram_message_id"] in red} - {None}
        came = {row[f"{table}_id"] for row in theirs if row["telegram_message_id"] in red or row["album"] in albums}
        return {row["id"] for row in self.rows[table] if row["id"] in came and row["media_kind"]}

    def leave(self, account: int) -> None:
        """What no seat of that account needs any more."""
        seats = self.seats_of(account)
        if not any(row["kind"] == "caregiver" for row in seats):
            for table in ("held", "dead_update"):
                self.keep(table, lambda row: row["account_id"] != account)
        if not seats:
            self.keep("inbound", lambda row: row["account_id"] != account)
            self.keep("account", lambda row: row["id"] != account)
            for table in ("copy", "outbox"):
                self.keep(table, lambda row: row["chat_id"] != account)
            self.no_menu.add(account)
        self.follow()

    def is_held(self, children: Iterable[int]) -> bool:
        held = {row["child_id"] for row in self.rows["legal_hold"] if row["until_at"] is None}
        return not held.isdisjoint(children)

    def is_left(self, person: Row) -> bool:
        """What stayed of one who asked for help, and is meant to."""
        gone = person["removed_at"] is not None and person["joined_at"] is None
        return gone and not person["name"] and self.account(person["id"]) is None
