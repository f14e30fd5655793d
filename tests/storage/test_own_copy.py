"""A caregiver's own copy leaves out no kind of entry of theirs, and holds nothing of another caregiver's.

Whoever makes a table has to say here whether a caregiver's copy has it, or why not.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain import leaving
from bot.domain.exporting_numbers import numbered
from bot.storage import schema
from bot.storage.schema.sealable import Sealable
from bot.text.catalogue import Catalogue
from bot.text.screens import leaving_page
from tests.support.clinic import Clinic, Someone, empty_database, local

NOW = local("Europe/Berlin", "2027-03-19 07:30")
ITEM = "02-social-calms"

SHOWN = {  # with a row of Ana's: what of it stands in the data
    "access": '"rights"',
    "alert": '"source": "help"',
    "answer": "by Ana: answer.text",
    "attendance": '"answer": "yes"',
    "behaviour_count": '"band": "two_three"',
    "behaviour_target": "by Ana: behaviour_target.text",
    "booking": '"slot": "16:45"',
    "check_in": '"slot": "19:41"',
    "child": "Mika",
    "consent": '"purpose": "research"',
    "coping_card": "quiet_corner",
    "dead_update": "2027-03-17T",
    "goal": "by Ana: goal_version.what",
    "goal_level": '"level": -1',
    "goal_version": "by Ana: goal_version.what",
    "goal_word": "by Ana: goal_word.text",
    "held": "by Ana: held",
    "home_step": "by Ana: home_step.text",
    "home_step_plan": '"days": "024"',
    "home_step_tip": "by Ana: home_step_tip.text",
    "link": '"kind": "both"',
    "link_side": '"shared_checkins"',
    "meeting": "by Ana: meeting.note",
    "message": "by Ana: message.text",
    "milestone_answer": ITEM,
    "milestone_round": '"weeks_early": 5',
    "mirror": '"before_visits_since": "2027',
    "note": "by Ana: note.text",
    "person": "Ana",
    "rest": '"kind": "ill"',
    "revision": "by Ana: revision.text",
    "schedule": '"time": "18:15"',
    "travel": "2027-04-02",
    "win_goal": '"note_id"',
    "account": '"stopped_at": "2027',
}
NOT_THEIRS = {
    "absence": "when a therapist is on leave",
    "alert_step": "what the clinic did about a call for help",
    "audit": "who did what, as numbers: the clinic's record",
    "brief": "that a summary was delivered: it is made of what stands here",
    "concern": "what a list made of words that stand here",
    "content": "how many messages were sent in a week",
    "copy": "where Telegram shows what stands here",
    "counter": "of nobody",
    "digest": "the therapist's",
    "due": "the next moment of a plan that stands here",
    "form": "the therapist's",
    "form_version": "a template: it stands with the check-in that asked it",
    "goal_notice": "what is still to be told of a goal that stands here",
    "handled": "of nobody",
    "home_step_news": "what is still to be told of a home step that stands here",
    "inbound": "which message became what stands here",
    "invitation": "the hash of a link",
    "job": "work to be done",
    "legal_hold": "the clinic's",
    "look": "the therapist's",
    "notice": "the therapist's",
    "on_call": "the therapist's",
    "outbox": "what is on its way, made of what stands here",
    "raised": "the therapist's",
    "rota": "the clinic's plan of who is with the child: it would tell of the other one",
    "shift": "why a question was shown at another moment",
    "silence": "a count of unanswered questions, which stand here",
}
NOT_TOLD = {  # words of a row that stands here, which are not for them
    "access.document": "on what paper the clinic's decision rests",
    "child.case_key": "the clinic's own number",
    "note.media_file_id": "",
    "person.email": "a therapist's",
    "account.asking": "what a question waits for; a name in it is of a child that is not invited yet",
    "check_in.step": "the home step stands by itself",
    "check_in.material": "labels of lists: they stand with what was asked",
    "revision.media_file_id": "",
    "goal_word.media_file_id": "",
    "answer.media_file_id": "",
    "home_step.media_file_id": "",
}


def test_every_table_is_in_it_or_is_not_theirs() -> None:
    tables = set(schema.metadata.tables)
    assert SHOWN.keys() & NOT_THEIRS.keys() == set()
    assert tables - SHOWN.keys() - NOT_THEIRS.keys() == set(), "say whether a caregiver's copy has it"
    assert SHOWN.keys() | NOT_THEIRS.keys() == tables


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with empty_database(tmp_path) as db:
        yield Clinic(db)


async def _put(clinic: Clinic, who: str, table: Any, **values: Any) -> int:
    """A row with a canary in every column of words that is not given: `by Ana: note.text`."""
    for column in table.columns:
        if isinstance(column.type, Sealable) and f"{table.name}.{column.name}" not in NOT_TOLD:
            values.setdefault(column.name, f"by {who}: {table.name}.{column.name}")
    return await clinic.put(table, **values)


async def _gives_all(clinic: Clinic, who: str, one: Someone, dana: Someone) -> None:
    """A row in every table of SHOWN, by that caregiver or to them."""
    me, of = {"person_id": one.id}, {"person_id": one.id, "child_id": one.child}

    async def put(table: Any, **values: Any) -> int:
        return await _put(clinic, who, table, **values)

    await put(schema.consent, **me, purpose="research", given=1, text_version="2", language="en", at=NOW)
    check_in = await clinic.check_in(one, "2027-03-18", slot="19:41", day="good")
    answer = await put(schema.answer, **me, check_in_id=check_in, question="say", answered_at=NOW)
    note = await put(schema.note, **of, kind="win", recorded_at=NOW)
    await put(schema.revision, note_id=note, recorded_at=NOW - 9, replaced_at=NOW)
    await put(schema.alert, **of, press=one.id, source="help", danger="no", at=NOW)
    await put(schema.schedule, **of, template="pulse", days="0", time="18:15", starts_on="2027-03-01", created_at=NOW)
    await put(schema.rest, **me, kind="ill", from_date="2027-03-02", until_date="2027-03-03", created_at=NOW)
    await put(schema.travel, **me, timezone="Europe/Berlin", until_date="2027-04-02", back_at=NOW)
    await put(schema.mirror, **me, at=NOW)
    link = await put(schema.link, child_id=one.child, kind="both", created_at=NOW)
    await put(schema.link_side, **me, link_id=link, agreed_at=NOW)
    await put(schema.message, **of, author_id=dana.id, kind="message", written_at=NOW, sent_at=NOW)
    thanks = {"author_id": dana.id, "kind": "used", "text": None, "answer_id": answer}
    await put(schema.message, **of, **thanks, written_at=NOW, sent_at=NOW)
    meeting = await put(schema.meeting, child_id=one.child, person_id=dana.id, starts_at=NOW + one.id, kind="video",
                        created_at=NOW)  # fmt: skip
    await put(schema.attendance, **me, meeting_id=meeting, told_state="new", reply_state="yes", answered_at=NOW)
    await _practises(clinic, who, one)
    await _has_goals(clinic, who, one, dana, note)
    held = {"text": f"by {who}: held"}
    await put(schema.held, account_id=one.account, purpose="photos", payload=json.dumps(held), arrived_at=NOW,
              drop_at=NOW)  # fmt: skip
    await put(schema.dead_update, account_id=one.account, update_id=1, error="", payload="sealed",
              at=local("Europe/Berlin", "2027-03-17 08:00"))  # fmt: skip


async def _practises(clinic: Clinic, who: str, one: Someone) -> None:
    step = await _put(clinic, who, schema.home_step, child_id=one.child, from_date="2027-03-01", created_at=NOW)
    await _put(clinic, who, schema.home_step_plan, home_step_id=step, from_date="2027-03-01", days="024")
    await _put(clinic, who, schema.home_step_tip, home_step_id=step, barrier="forgot")
    booked = {"local_date": "2027-03-20", "slot": "16:45", "due_at": NOW, "created_at": NOW}
    await _put(clinic, who, schema.booking, home_step_id=step, person_id=one.id, **booked)
    target = await _put(clinic, who, schema.behaviour_target, child_id=one.child, created_at=NOW)
    count = {"local_date": "2027-03-18", "band": "two_three", "observed": "under_1", "recorded_at": NOW}
    await _put(clinic, who, schema.behaviour_count, behaviour_target_id=target, person_id=one.id, **count)


async def _has_goals(clinic: Clinic, who: str, one: Someone, dana: Someone, note: int) -> None:
    goal = await _put(clinic, who, schema.goal, child_id=one.child, created_at=NOW)
    levels = json.dumps({"0": f"by {who}: level"})
    version = await _put(clinic, who, schema.goal_version, goal_id=goal, number=1, levels=levels, proposed_at=NOW,
                         created_at=NOW)  # fmt: skip
    word = {"child_id": one.child, "person_id": one.id, "goal_id": goal, "goal_version_id": version}
    await _put(clinic, who, schema.goal_word, **word, kind="agree", recorded_at=NOW)
    of = {"goal_id": goal, "goal_version_id": version, "person_id": dana.id}
    await _put(clinic, who, schema.goal_level, **of, level=-1, recorded_at=NOW)
    await _put(clinic, who, schema.win_goal, goal_id=goal, note_id=note, recorded_at=NOW)
    look = {"list_months": 2, "age_kind": "corrected", "age_months": 2, "weeks_early": 5, "started_at": NOW}
    number = await _put(clinic, who, schema.milestone_round, child_id=one.child, person_id=one.id, **look)
    await _put(clinic, who, schema.milestone_answer, milestone_round_id=number, item_key=ITEM, kind="yes",
               recorded_at=NOW)  # fmt: skip


async def _family(clinic: Clinic) -> tuple[Someone, Someone]:
    """Ana gives all; so does Ben, to his own child Noor and, of what is his alone, to hers."""
    dana = await clinic.therapist()
    mika, noor = await clinic.child("Mika", dana), await clinic.child("Noor", dana)
    ana, ben = await clinic.caregiver(mika, "Ana"), await clinic.caregiver(noor, "Ben")
    await clinic.put(schema.coping_card, child_id=mika, card_key="quiet_corner", chosen_at=NOW)
    await _gives_all(clinic, "Ana", ana, dana)
    await _gives_all(clinic, "Ben", ben, dana)
    await clinic.grant(ben, mika, "care")
    beside = Someone(ben.id, ben.account, ben.zone, mika)
    await clinic.note(beside, "2027-03-18 21:05", "by Ben: beside")
    await clinic.check_in(beside, "2027-03-18", template="behaviour", what="other")
    stopped = schema.account.update().values(stopped_at=NOW)
    await clinic.db.write(lambda tx: tx.run(stopped))
    return ana, ben


async def _copy(clinic: Clinic, one: Someone) -> tuple[str, str]:
    """The data and the page."""
    own = await clinic.db.read(lambda tx: leaving.own(tx, one.id, NOW))
    assert own is not None
    page = leaving_page.page(Catalogue.load().voice("en"), own, "Sunny Steps")
    return json.dumps(own.document, ensure_ascii=False), re.sub("[\u2066-\u2069]", "", page)


async def test_each_kind_of_entry_stands_in_the_data_and_every_word_on_the_page_too(clinic: Clinic) -> None:
    ana, _ben = await _family(clinic)
    data, page = await _copy(clinic, ana)
    assert [name for name, what in SHOWN.items() if what not in data] == []
    words = [
        f"by Ana: {name}.{column.name}"
        for name in SHOWN
        for column in schema.metadata.tables[name].columns
        if isinstance(column.type, Sealable) and f"{name}.{column.name}" not in NOT_TOLD
    ]
    told = [one for one in words if not one.endswith((".name", ".payload", ".feasts", ".fast", ".levels"))]
    assert [one for one in told if one not in data] == []
    on_page = [*told, "by Ana: held", "by Ana: level", "Someone was ill", "2 or 3 times", "asked for urgent help",
               "You share a check-in", "journey until", "Before a visit", "could not be read", "18:15", "16:45",
               "Quiet corner", "The list for 2 months", "You said that you come", "used in the visit"]  # fmt: skip
    assert [one for one in on_page if one not in page] == []


async def test_nothing_of_another_caregiver_of_the_same_child_is_in_it(clinic: Clinic) -> None:
    """Not even that there was something: a group of moments that is empty without his is not there."""
    ana, _ben = await _family(clinic)
    data, page = await _copy(clinic, ana)
    for given in (data, page):
        assert "Ben" not in given
    [child] = json.loads(data)["children"]
    assert None not in [one["id"] for one in child["behaviour"]]


async def test_what_was_set_for_one_child_stands_with_that_child_and_a_proposal_tells_of_nobody(clinic: Clinic) -> None:
    dana = await clinic.therapist()
    mika, lio = await clinic.child("Mika", dana), await clinic.child("Lio", dana)
    ana = await clinic.caregiver(mika, "Ana")
    await clinic.grant(ana, lio, "care")
    of_lio = {"person_id": ana.id, "child_id": lio}
    plan = {"template": "pulse", "days": "0", "time": "06:06", "starts_on": "2027-03-01", "created_at": NOW}
    await clinic.put(schema.schedule, **of_lio, **plan)
    await clinic.put(schema.alert, **of_lio, press=1, source="help", at=NOW)
    for child, agreed in ((lio, NOW), (mika, None)):
        link = await clinic.put(schema.link, child_id=child, kind="both", created_at=NOW)
        await clinic.put(schema.link_side, link_id=link, person_id=ana.id, agreed_at=agreed, ended=int(agreed is None))
    data, _page = await _copy(clinic, ana)
    seats = {child["name"]: child["caregivers"][0] for child in json.loads(data)["children"]}
    for kept in ("plans", "urgent_help", "shared_checkins"):
        assert (len(seats["Lio"][kept]), seats["Mika"][kept]) == (1, []), kept


async def test_what_was_set_by_name_or_answered_stands_as_it_is_and_what_was_not_is_none(clinic: Clinic) -> None:
    mika = await clinic.child("Mika", await clinic.therapist())
    ana = await clinic.caregiver(mika, "Ana")
    of = {"person_id": ana.id, "child_id": mika}
    await clinic.put(schema.form, template_key="own_1", name="Evenings", created_at=NOW)
    for template, follows in (("own_1", "pulse"), ("pulse", "")):
        plan = {"days": "0", "time": "18:15", "starts_on": "2027-03-01", "created_at": NOW}
        await clinic.put(schema.schedule, **of, template=template, follows_key=follows, **plan)
    for danger in ("yes", ""):
        await clinic.put(schema.alert, **of, press=1, source="help", danger=danger, at=NOW)
    for came in ({"text": "words"}, {"caption": "under a picture"}, {}):
        held = {"payload": json.dumps(came), "arrived_at": NOW, "drop_at": NOW}
        await clinic.put(schema.held, account_id=ana.account, purpose="photos", **held)
    document = json.loads((await _copy(clinic, ana))[0])
    [seat] = document["children"][0]["caregivers"]
    assert [(one["name"], one["follows"]) for one in seat["plans"]] == [("Evenings", "pulse"), (None, None)]
    assert [one["answer"] for one in seat["urgent_help"]] == ["yes", None]
    assert [one["text"] for one in document["waiting"]] == ["words", "under a picture", None]


def _asks_of(prefix: str, number: int, label: str) -> dict[str, Any]:
    """The list that a check-in was asked with, of one thing."""
    name = {"t": "behaviours", "g": "goals", "s": "strategies"}[prefix]
    return {"lists": {name: [[f"{prefix}{number}", label]]}, "facts": {}}


def _rows(value: Any, kind: str) -> Iterator[tuple[str, str, int]]:
    """Each number of the data: ("row" or "leads", its kind, the number)."""
    if isinstance(value, list):
        for one in value:
            yield from _rows(one, kind)
    elif isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, int) and (name == "id" or name.endswith("_id")):
                yield ("row", kind, one) if name == "id" else ("leads", name.removesuffix("_id"), one)
            yield from _rows(one, name.removesuffix("s"))


async def test_no_number_of_the_clinics_is_in_the_data_and_each_that_stands_there_leads_to_a_row(
    clinic: Clinic,
) -> None:
    """Others gave a hundred thousand rows of each kind before: behaviours, steps, goals, templates too."""
    counting = Clinic(clinic.db, 100_000)
    ana, _ben = await _family(counting)
    left = await counting.therapist("Eva")
    said = {"person_id": ana.id, "child_id": ana.child, "kind": "message", "text": "from who has left"}
    await counting.put(schema.message, **said, author_id=left.id, written_at=NOW, sent_at=NOW)
    own = f"own_{await counting.put(schema.form, template_key='own_100999', name='Evenings', created_at=NOW)}"
    body = {"key": own, "version": 1, "window_minutes": 9, "questions": [{"key": "say", "type": "words"}]}
    version = {"form_id": int(own[4:]), "template_key": own, "version": 1, "body": json.dumps(body)}
    await counting.put(schema.form_version, **version, published_at=NOW)
    await counting.check_in(ana, "2027-03-17", template=own, say=("In own words",))
    tables = {"t": schema.behaviour_target, "g": schema.goal, "s": schema.home_step}
    ids = {}
    for prefix, table in tables.items():
        rows = await clinic.db.read(lambda tx, table=table: tx.rows(table.select()))
        [ids[prefix]] = [row["id"] for row in rows if row["child_id"] == ana.child]
        answers = {f"close.g{ids['g']}": 6} if prefix == "g" else {"what": f"{prefix}{ids[prefix]}"}
        number = await counting.check_in(ana, "2027-03-16", template="goals", **answers)
        asked = schema.check_in.update().where(schema.check_in.c.id == number)
        given = json.dumps(_asks_of(prefix, ids[prefix], "by Ana: a label"))
        await clinic.db.write(lambda tx, asked=asked, given=given: tx.run(asked.values(material=given)))
    found = await clinic.db.read(lambda tx: leaving.own(tx, ana.id, NOW))
    assert found is not None
    told = numbered(found.document)
    text = re.sub(r"20\d\d-[-0-9T:.]*", "", json.dumps(told))
    assert re.findall(r"\d{5,}", text) == []
    assert "answer_id" not in text
    numbers = list(_rows(told, ""))
    rows_of = {(kind, number) for what, kind, number in numbers if what == "row"}
    assert len({kind for kind, _number in rows_of}) > 7, "there is much to lead to"
    assert [one for one in numbers if one[0] == "leads" and one[1:] not in rows_of] == []
    [child] = told["children"]
    [thanks] = [one for one in child["messages"] if one["kind"] == "used"]
    [of] = [one for one in child["checkins"] if one["id"] == thanks["checkin_id"]]
    assert [one["text"] for one in of["answers"] if one["question"] == thanks["question"]] == ["by Ana: answer.text"]
    given = {one["value"] for check_in in child["checkins"] for one in check_in["answers"]}
    asked_for = {one["question"] for check_in in child["checkins"] for one in check_in["answers"]}
    behaviour, step, goal = (child[name][0]["id"] for name in ("behaviour", "practice", "goals"))
    assert {f"t{behaviour}", f"s{step}"} <= given
    assert f"close.g{goal}" in asked_for
    assert "own_1" in {one["template"] for one in child["checkins"]}
