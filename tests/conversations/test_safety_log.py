"""A child's alarms stand in the clinic's export: when, what was said, who was told, who had it; in nobody else's."""

from __future__ import annotations

import json

from bot.domain import leaving
from bot.model import Json
from bot.storage import schema
from tests.conversations.test_on_call import minutes, on, press
from tests.support.families import family
from tests.support.safety import exported
from tests.support.world import World

RED, AMBER = "He cannot breathe well.", "I cannot cope any more."

NOT_IN_IT = {  # what the clinic's export of a child leaves out
    "absence": "of a therapist, not of a child",
    "account": "a Telegram number says nothing of a child",
    "audit": "it has a command of its own",
    "brief": "made of what stands here",
    "content": "a count",
    "copy": "where Telegram shows what stands here",
    "counter": "of nobody",
    "dead_update": "not taken as anything yet",
    "digest": "made of what stands here",
    "due": "the next moment of a plan",
    "form": "stands with the check-in that asked it",
    "form_version": "stands with the check-in that asked it",
    "goal_notice": "what is still to be told",
    "handled": "of nobody",
    "held": "waits for a yes, and is not kept until then",
    "home_step_news": "what is still to be told",
    "inbound": "which message became what stands here",
    "invitation": "the hash of a link",
    "job": "work to be done",
    "legal_hold": "it has a command of its own",
    "link": "how two are asked together",
    "link_side": "how two are asked together",
    "look": "what a therapist has seen already",
    "mirror": "what one caregiver wishes to get",
    "notice": "what is still to be told",
    "on_call": "of a therapist, not of a child",
    "outbox": "on its way, made of what stands here",
    "raised": "a flag, drawn from what stands here",
    "rest": "when one caregiver is not asked",
    "rota": "how a caregiver is asked",
    "schedule": "how a caregiver is asked",
    "shift": "why a question was shown at another moment",
    "silence": "a count",
    "travel": "where one caregiver is",
}
IN_IT = {
    "access",
    "alert",
    "alert_step",
    "answer",
    "attendance",
    "behaviour_count",
    "behaviour_target",
    "booking",
    "check_in",
    "child",
    "concern",
    "consent",
    "coping_card",
    "goal",
    "goal_level",
    "goal_version",
    "goal_word",
    "home_step",
    "home_step_plan",
    "home_step_tip",
    "meeting",
    "message",
    "milestone_answer",
    "milestone_round",
    "note",
    "person",
    "revision",
    "win_goal",
}


def test_every_table_is_in_the_clinics_export_or_is_left_out_for_a_reason() -> None:
    assert IN_IT | NOT_IN_IT.keys() == set(schema.metadata.tables), "say whether the clinic's export of a child has it"
    assert IN_IT & NOT_IN_IT.keys() == set()


async def log(world: World) -> list[Json]:
    [child] = await exported(world)
    found: list[Json] = child["alerts"]
    return found


async def test_a_press_stands_there_with_each_step_until_somebody_had_it(world: World) -> None:
    dana, ana = await family(world)
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    await ana.taps("Yes", ana.newest)
    await minutes(world, 1)
    await dana.taps("I have it")
    [alarm] = await log(world)
    ids = {row["name"]: row["id"] for row in await world.rows(schema.person.select())}
    assert [alarm[key] for key in ("caregiver_id", "level", "source", "at", "answer", "false_alarm_at", "words")] == [
        ids["Ana"],
        "red",
        "help",
        "2027-03-01T08:00:00Z",
        "yes",
        None,
        [],
    ]
    assert alarm["taken_by"] == ids["Dana"]
    assert alarm["taken_at"] == alarm["seen_at"] == "2027-03-01T08:01:00Z"
    assert [(one["kind"], one["name"]) for one in alarm["steps"]] == [
        ("told", "Dana"),
        ("escalated", "Eli"),
        ("passed_on", "Dana"),
        ("passed_on", "Eli"),
        ("taken", "Dana"),
    ]
    assert alarm["steps"][0] == {
        "kind": "told",
        "at": "2027-03-01T08:00:00Z",
        "person_id": ids["Dana"],
        "name": "Dana",
    }


async def test_words_stand_once_and_the_log_says_when_and_why_they_were_caught(world: World) -> None:
    _dana, ana = await family(world)
    message = await ana.sends(RED)
    await ana.does("edits", message, f"{RED} Come quickly.")
    await ana.sends(AMBER)
    alarm, lesser = await log(world)
    assert (alarm["level"], lesser["level"], lesser["steps"]) == ("red", "amber", [])
    assert [(one["topics"], one["text"]) for one in alarm["words"]] == [(["breathing"], None)] * 2
    assert lesser["words"] == [{"said_at": "2027-03-01T08:00:00Z", "topics": ["breaking_point"], "text": None}]
    whole = json.dumps(await exported(world))
    assert [whole.count(f'"{words}"') for words in (RED, f"{RED} Come quickly.", AMBER)] == [1, 1, 1]


async def test_with_two_children_the_words_stand_with_the_one_they_are_for(world: World) -> None:
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    await ana.sends(RED)
    await ana.taps("Lea")
    children = await exported(world)
    assert [len(child["alerts"]) for child in children] == [1, 1]
    assert json.dumps(children).count(RED) == 1


async def test_words_that_were_deleted_or_never_taken_as_anything_stand_in_the_log(world: World) -> None:
    _dana, ana = await family(world)
    await ana.sends(RED)
    await ana.sends(AMBER)
    await ana.sends("/delete_my_data")
    await ana.taps("Yes, delete it all")
    [alarm] = await log(world)
    assert [one["text"] for one in alarm["words"]] == [RED]
    assert AMBER not in json.dumps(await exported(world))


async def test_a_caregivers_own_copy_has_their_press_and_not_what_the_clinic_did_about_it(world: World) -> None:
    _dana, ana = await family(world)
    await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    [seat] = [row["id"] for row in await world.rows(schema.person.select()) if row["name"] == "Ana"]
    own = await world.db.read(lambda tx: leaving.own(tx, seat, world.clock.now_ms()))
    assert own is not None
    [child] = own.document["children"]
    assert "alerts" not in child
    assert [one["source"] for one in child["caregivers"][0]["urgent_help"]] == ["help"]
    assert "Eli" not in json.dumps(own.document)
