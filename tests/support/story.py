"""The two weeks of two families, for whoever plays them: how they join, how Dana reads, what she must find."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import inviting
from bot.domain.inviting import Plan
from bot.simulator import Shown, story
from bot.storage.database import Database, Tx
from tests.support.world import Person

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2027, 3, 14, 12, 0, tzinfo=BERLIN)
DIGESTS = [datetime(2027, 3, day, 7, 30, tzinfo=BERLIN) for day in (19, 22, 26, 29)]
ASKED = datetime(2027, 3, 27, 8, 0, tzinfo=BERLIN)  # with /digest, on a Saturday
DAYS = {"daily": "0123456", "sat sun": "56", "mon wed fri sun": "0246"}
QUESTION = "“Grandma asks: should we stop the picture cards at her house?”"


@dataclass
class Morning:
    """What stood on Dana's phone: the list, a text for each family, and what was handed on."""

    caseload: str
    families: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    media: list[tuple[str, str]] = field(default_factory=list)
    ended: str = ""


async def invite(db: Database, therapist: int, now: int) -> dict[str, str]:
    """The families of the story, as their therapist would invite them: the codes by caregiver."""
    children: dict[str, int] = {}
    codes = {}

    async def all_of_them(tx: Tx) -> None:
        for row in story.families():
            if row["child"] not in children:
                children[row["child"]] = await inviting.invitations.add_child(
                    tx, row["child"], row["birth_month"], "", now
                )
                await inviting.invitations.grant(tx, therapist, children[row["child"]], "treat", now)
            child, plan = children[row["child"]], Plan(row["template"], DAYS[row["days"]], row["time"])
            made = await inviting.invite_caregiver(
                tx, child, row["caregiver"], row["role"], row["language"], row["timezone"], now, plan
            )
            codes[row["caregiver"]] = made.code

    await db.write(all_of_them)
    return codes


async def reads(dana: Person) -> Morning:
    """Dana goes through the families by the first button, opens the answers, and listens to what was sent."""
    shown = dana.sees("Your families")
    morning = Morning(_words(shown))
    await dana.taps_first()
    for _ in range(5):
        shown = _again(dana, shown)
        child = re.findall("Mika|Noor", _words(shown))[0]
        morning.families[child] = _words(shown)
        if any("Voice and photos" in label for label in shown.labels):
            before = dana.newest.message_id
            await dana.taps("Voice and photos", shown)
            handed = [one for one in dana.phone.screen if one.message_id > before]
            morning.media += [(one.kind, _words(one)) for one in handed]
        await dana.taps("Answers", shown)
        morning.answers[child] = _words(_again(dana, shown))
        await dana.taps("Back to", shown)
        last = _again(dana, shown).labels[0] == "✓ Done"
        await dana.taps_first()
        if last:
            morning.ended = _words(_again(dana, shown))
            break
    return morning


def _again(dana: Person, shown: Shown) -> Shown:
    return next(one for one in dana.phone.screen if one.message_id == shown.message_id)


def _words(shown: Shown) -> str:
    return re.sub("[\u2066-\u2069]", "", shown.text)


def _has(text: str, *facts: str) -> None:
    for fact in facts:
        assert fact in text, f"{fact!r} is not in:\n{text}"


def _on_19_march(morning: Morning) -> None:
    _has(morning.families["Mika"], "Ana: 4 of 4 answered · median Good, n = 4", "Question, 1 day old. Ana: " + QUESTION)
    _has(morning.families["Mika"], "“He asked for the red cup with words.” Ana, 15 March", "12 March to 18 March")
    _has(morning.families["Noor"], "Sami: 2 of 2 answered · median between OK and Good, n = 2")
    _has(morning.families["Noor"], "one voice note of 14 s (Sami, 17 March)")
    assert [kind for kind, _ in morning.media] == ["voice"]
    _has(morning.media[0][1], "Noor", "Sami, 17 March")
    assert list(morning.families) == ["Mika", "Noor"]  # the question comes first
    assert "Tom" not in morning.families["Mika"]
    assert morning.ended


def _on_22_march(morning: Morning) -> None:
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · median Good, n = 7", "Tom: 1 of 2 answered · median Great, n = 1")
    _has(mika, "Question, 4 days old. Ana: " + QUESTION, "one photo: “first time on the swing” (Tom, 20 March)")
    _has(noor, "New: “Noor said 'more juice'” 🎉 First time · no help · At home · Sami, 21 March".replace("🎉 ", ""))
    _has(noor, "Sami: 4 of 4 answered · median between OK and Good, n = 4")
    assert noor.index("New:") < noor.index("one voice note")
    assert ("photo", "Mika · Tom, 20 March\n“first time on the swing”") in morning.media


def _on_26_march(morning: Morning) -> None:
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · median OK, n = 7", "Made it hard: Tired 2, Change of plan 1.")
    _has(mika, "“Screamed for an hour before bed.” Ana, 25 March", "“No nap at kindergarten.” Ana, 24 March")
    _has(morning.answers["Mika"], "The day: 😣 Very hard", "before 25 March, 20:1", ": 🙁 Hard")
    _has(noor, "Sami: 2 of 4 answered", "No answers since 21 March")
    _has(morning.caseload, "Mika: 🟠 sharp fall, Ana: OK, Hard, Very hard · 🔵 a question, 8 days old")
    _has(mika, "Sharp fall, Ana: OK, Hard, Very hard. Median Hard. Usual Good", "n = 8")


def on_27_march(morning: Morning) -> None:
    """What was told on Friday is listed all the same when it is asked for, with the figures of today."""
    _has(morning.caseload, "Mika: 🟠 sharp fall, Ana: Hard, Very hard, OK (told on 26 March)")
    fall = "Sharp fall, Ana: Hard, Very hard, OK. Median Hard. Usual Good, lower quartile OK, n = 9."
    _has(morning.families["Mika"], fall, "You saw this on 26 March.")


def _on_29_march(morning: Morning) -> None:
    mika, noor = morning.families["Mika"], morning.families["Noor"]
    _has(mika, "Ana: 7 of 7 answered · 1 late (27 March) · median OK, n = 7")
    _has(mika, "Tom: 1 of 1 answered · 1 day not with Mika · median Good, n = 1")
    _has(morning.answers["Mika"], "late, on 28 March, 08:2", "Tom: not with Mika")
    _has(noor, "Sami: 0 of 4 answered", "No answers since 21 March")
    _has(noor, "Last words, 21 March:")
    _has(morning.caseload, "Noor", "No answers since 21 March")
    _has(noor, "Gone quiet, Sami. No answers since 21 March. Before that 4 of 4 answered.")
    for word in ("missed", "failed", "only", "0%"):
        assert word not in noor


FACTS: dict[int, Callable[[Morning], None]] = {
    19: _on_19_march,
    22: _on_22_march,
    26: _on_26_march,
    29: _on_29_march,
}
