"""Whole conversations by chance: everybody types, taps, sends and edits what a phone can, forged and stale presses too.

After each round: no update failed, nobody was left without an answer, everything sent could be read by Telegram, and
nobody was shown a word of those whom they must not know of.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.model import Json
from bot.storage import schema, updates
from bot.storage.database import Tx
from bot.storage.seal import Seal
from tests.support.bot_api import BotApi
from tests.support.fuzzing import Fuzz
from tests.support.world import KEY, Person, World

COMMANDS = (
    *("start", "help", "settings", "privacy", "stop", "cancel", "language", "checkin", "milestone", "behaviour"),
    *("practice", "goals", "progress", "meetings", "pause", "export", "families", "invite", "digest", "plan", "goal"),
    *("message", "meeting", "report", "templates", "prepare", "start guess", "nonsense", "delete_my_data"),
)
ODD = ("", " ", "<b>bold", "&amp;", "\u202e back", "a\nb", "12", "5", "31.12.2027", "17:30", "👍", "{ $x }", "%")
ODD += ("x" * 5000,)
# What ends a story too soon, or lets two learn of each other: now and then, or never.
FINAL = re.compile(r"^(leave:delete|privacy:gone|over:yes|fam:out|seat:out|fam:erase)")
NEVER = re.compile(r"^link:yes")
# A therapist lets a colleague in, or is on call for every family: from then on the two may know of each other's.
LETS_IN = re.compile(r"^(aw:with:|case:co:\d+:|case:give:\d+:\d+:yes|oc:(add|for):)")
ALLOWED = re.compile(
    r"not modified|wrong (remote )?file|message to (edit|delete|react)|query is too old|message can't be deleted"
    r"|not found|blocked|no chat"
)
KEPT = 30  # messages on a phone: older ones were deleted by its owner


def secret(name: str) -> str:
    """A word that only this one says."""
    return f"{name.lower()}secret"


@dataclass(slots=True)
class Conversing:
    """A clinic of two therapists: Dana with Ana and Ben for Mika, Eva with Carla for Lena; and a stranger."""

    world: World
    dice: Random
    people: list[Person] = field(default_factory=list)
    staff: tuple[Person, ...] = ()
    forbidden: dict[int, list[str]] = field(default_factory=dict)
    handled: int = 0

    async def begin(self) -> None:
        world = self.world
        dana = await world.therapist("Dana")
        ana = await world.parent_of(dana, "Anaxy", "Mikaxy")
        [child] = await world.rows(schema.child.select())
        ben = await world.parent_of(dana, "Benxy", "Mikaxy", child_id=child["id"])
        eva = await world.therapist("Evaxy")
        carla = await world.parent_of(eva, "Carlaxy", "Lenaxy")
        sid = world.person("Sidxy")
        self.people, self.staff = [dana, ana, ben, eva, carla, sid], (dana, eva)
        mika, lena = ["Mikaxy"], ["Lenaxy"]
        of_ana, of_ben, of_carla = ([name, secret(name)] for name in ("Anaxy", "Benxy", "Carlaxy"))
        of_dana, of_eva, of_sid = [secret("Dana")], ["Evaxy", secret("Evaxy")], [secret("Sidxy")]
        hidden = (
            (dana, [*of_carla, secret("Evaxy"), *lena, *of_sid]),
            (ana, [*of_ben, *of_carla, *of_eva, *lena, *of_sid]),
            (ben, [*of_ana, *of_carla, *of_eva, *lena, *of_sid]),
            (eva, [*of_ana, *of_ben, *of_dana, *mika, *of_sid]),
            (carla, [*of_ana, *of_ben, *of_dana, *mika, *of_sid]),
            (sid, [*of_ana, *of_ben, *of_carla, *of_dana, *of_eva, *mika, *lena]),
        )
        self.forbidden = {one.phone.user_id: words for one, words in hidden}
        self.world.sim.calls.clear()

    async def round(self) -> None:
        """Everybody does a few things at once, the bot follows, and now and then time passes."""
        before = {one.phone.user_id: answered(one) for one in self.people}
        spoke: list[Person] = []
        for one in self.people:
            for _ in range(self.dice.randrange(4)):
                self.press(one)
            if self.dice.random() < 0.6 and self.say(one):
                spoke.append(one)
        self.handled += self.world.sim.pending_updates
        await self.world.settle()
        await self.check([one for one in spoke if answered(one) == before[one.phone.user_id]])
        if self.dice.random() < 0.1:
            self.world.clock.advance(minutes=self.dice.choice((1, 30, 240, 1500)))
            await self.world.tick()
            await self.check([])
        for one in self.people:
            _forget(one)

    def press(self, one: Person) -> None:
        """A button that this phone shows, the newest most often; or one that it never had."""
        shown = [each for each in one.phone.screen[-8:] if each.all_buttons]
        if not shown:
            return
        message = shown[-1] if self.dice.random() < 0.6 else self.dice.choice(shown)
        data = self.dice.choice(message.all_buttons).data or "x"
        if self.dice.random() < 0.15:
            data = self.forged(data)
        rare = FINAL.match(data) or LETS_IN.match(data)
        if NEVER.match(data) or (rare and self.dice.random() < 0.97):
            return
        if LETS_IN.match(data):
            self._colleagues_know(one)
        one.phone.presses(data, message)

    def _colleagues_know(self, one: Person) -> None:
        """Who works here may see the other's families now, and families may hear who is there for them."""
        if one in self.staff:
            strangers = {secret(self.people[-1].phone.name)}
            for each, words in self.forbidden.items():
                names = {member.phone.name for member in self.staff}
                kept = strangers if each in {member.phone.user_id for member in self.staff} else {*words} - names
                self.forbidden[each] = [word for word in words if word in kept]

    def forged(self, data: str) -> str:
        """Another person's button, or this one with another number in it."""
        if self.dice.random() < 0.5:
            theirs = [each for each in self.dice.choice(self.people).phone.screen if each.all_buttons]
            return (self.dice.choice(self.dice.choice(theirs).all_buttons).data if theirs else None) or "x"
        return re.sub(r"\d+", lambda found: str(max(0, int(found[0]) + self.dice.choice((-1, 1, 10**6)))), data)

    def say(self, one: Person) -> bool:
        """One message, whatever it is; True where it has to be answered."""
        phone, words = one.phone, f"{secret(one.phone.name)} {self.dice.choice(ODD)}"
        kind = self.dice.choices(
            ("text", "command", "media", "odd", "edit", "react", "album", "forward"), (8, 6, 3, 2, 2, 1, 1, 1)
        )[0]
        if kind == "text":
            phone.sends(words if self.dice.random() < 0.8 else self.dice.choice(ODD) or "?")
        elif kind == "command":
            phone.sends(f"/{self.dice.choice(COMMANDS)}")
        elif kind == "media":
            getattr(phone, f"sends_{self.dice.choice(('voice', 'photo', 'video', 'audio', 'document'))}")()
        elif kind == "odd":
            getattr(phone, f"sends_{self.dice.choice(('sticker', 'location', 'contact', 'dice', 'poll'))}")()
        elif kind == "album":
            phone.sends_album(2, words)
        elif kind == "forward":
            phone.forwards(words)
        else:
            mine = [each for each in phone.screen if each.mine]
            if mine and kind == "edit":
                phone.edits(mine[-1], words)
            elif mine:
                phone.reacts(mine[-1], "👍")
            return False
        return one is not self.people[-1]  # a stranger gets five lines an hour

    async def check(self, unanswered: list[Person]) -> None:
        for dead in await self.world.rows(schema.dead_update.select()):
            await self.world.db.write(lambda tx, row=dead: self._again(tx, row))
        seats = schema.person.select().where(schema.person.c.removed_at.is_(None))
        members = {row["account_id"] for row in await self.world.rows(seats)}
        unanswered = [one for one in unanswered if one.phone.user_id in members]
        assert "tick_failed" not in self.world.logs.getvalue(), self.world.logs.getvalue()[-3000:]
        assert not unanswered, f"{unanswered[0].phone.name} was left without an answer\n{unanswered[0].transcript()}"
        for call in self.world.sim.calls:
            if call.status == 400:
                assert ALLOWED.search(json.dumps(call.response)), (call.method, call.params, call.response)
            self._nothing_leaks(call.chat_id, call.params)
        self.world.sim.calls.clear()

    async def _again(self, tx: Tx, dead: Json) -> None:
        """Raises what its handler raised, with where and why."""
        sealed = Seal(KEY).open(dead["payload"], bound_to=updates.bound_to(dead["update_id"]))
        await self.world.program.dispatch.again(tx, json.loads(sealed))
        raise AssertionError(f"{dead['error']}, and not again: {sealed}")

    def _nothing_leaks(self, chat: int | None, params: Json) -> None:
        if chat not in self.forbidden:
            return
        shown = json.dumps(params, ensure_ascii=False)
        for word in self.forbidden[chat]:
            assert word not in shown, f"{word} was shown to {self._name(chat)}: {shown}"

    def _name(self, chat: int) -> str:
        return next(one.phone.name for one in self.people if one.phone.user_id == chat)

    def unspoken(self) -> list[str]:
        """What is in the log and must not be: anybody's words, and names of children."""
        logged = self.world.logs.getvalue()
        return [word for one in self.people for word in (secret(one.phone.name), one.phone.name) if word in logged] + [
            name for name in ("Mikaxy", "Lenaxy") if name in logged
        ]


def answered(one: Person) -> tuple[int, Any]:
    """What the bot has said to this phone: messages ever, and reactions that stand."""
    messages = one.phone.chat.messages
    newest = max((number for number, each in messages.items() if each["from"]["is_bot"]), default=0)
    return newest, {number: list(each) for number, each in one.phone.chat.bot_reactions.items()}


def _forget(one: Person) -> None:
    messages = one.phone.chat.messages
    for number in sorted(messages)[:-KEPT]:
        del messages[number]


async def broken(world: World, api: BotApi, seed: int, people: list[Person], count: int) -> None:
    """So many random updates, whole and broken, in one go; none may stop the others."""
    data = [button.data or "" for one in people for each in one.phone.screen for button in each.all_buttons]
    lawful = [one for one in data if not any(rule.match(one) for rule in (NEVER, FINAL, LETS_IN))]
    fuzz = Fuzz(api, seed, [(one.phone.user, one.phone.chat.info) for one in people], lawful)
    for _ in range(count):
        world.sim.raw_update(fuzz.update())
    await world.settle()
    assert world.sim.pending_updates == 0
    await world.db.write(_bury_all)


async def _bury_all(tx: Tx) -> None:
    """What could not be read is known to be broken: what comes after is judged by itself."""
    await tx.run(schema.dead_update.delete())
