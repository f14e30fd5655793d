"""Goals as ``Goal``, with the expected level as its target; ratings of caregivers and the therapist's levels as
``Observation``, side by side and never averaged.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import fhir
from bot.domain.fhir import Names
from bot.model import Json

EXPECTED = 0  # the level that the goal is about
END = {"reached": "completed", "closed": "completed", "dropped": "cancelled"}
_ACHIEVED = "http://terminology.hl7.org/CodeSystem/goal-achievement"
_MEASURE = "goal-attainment-level"


def goals(child: Json, names: Names) -> Iterator[Json]:
    """A goal that was never proposed is a draft of the therapist, and not handed on."""
    for goal in child["goals"]:
        proposed = [one for one in goal["versions"] if one["proposed_at"] is not None]
        if not proposed:
            continue
        seen = [*_ratings(child["id"], goal, names), *_levels(child["id"], goal, names)]
        yield _goal(child["id"], goal, proposed[-1], [f"urn:uuid:{one['id']}" for one in seen], names)
        yield from seen


def _goal(child: int, goal: Json, version: Json, seen: list[str], names: Names) -> Json:
    return names.resource(
        "Goal",
        goal["id"],
        identifier=fhir.identifier("goal", goal["id"]),
        lifecycleStatus=_status(goal, version),
        achievementStatus=_achieved(goal),
        description={"text": _description(version)},
        subject=names.to("Patient", child),
        startDate=goal["created_at"][:10],
        statusDate=goal["ended_at"][:10] if goal["ended_at"] else None,
        target=_target(version),
        note=[_note(child, one, names) for one in goal["whys"] if one["text"] and one["text"].strip()],
        outcomeReference=[{"reference": one} for one in seen],
        extension=[_agreement(child, one, names) for one in goal["agreements"]],
    )


def _description(version: Json) -> str:
    parts = [version[part] for part in ("what", "place", "help", "measure") if version[part]]
    return fhir.words(" · ".join(parts)) or "—"


def _status(goal: Json, version: Json) -> str:
    if goal["end"]:
        return END.get(goal["end"], "completed")
    agreed = any(one["kind"] == "agree" and one["version_id"] == version["id"] for one in goal["agreements"])
    return "active" if agreed else "proposed"


def _achieved(goal: Json) -> Json | None:
    """Reached is what therapist and family say; else the therapist's newest level. None before there is one."""
    level = goal["levels"][-1]["level"] if goal["levels"] else None
    if goal["end"] == "reached" or (level is not None and level >= EXPECTED):
        code = "achieved"
    elif goal["end"] and level is not None:
        code = "not-achieved"
    elif level is not None:
        code = "in-progress"
    else:
        return None
    return {"coding": [{"system": _ACHIEVED, "code": code}]}


def _target(version: Json) -> list[Json]:
    """The words of the expected level, and by when."""
    expected = version["levels"].get(str(EXPECTED)) or ""
    if not expected and not version["by"]:
        return []
    target: Json = {"measure": fhir.concept("measure", _MEASURE)}
    target["detailString"] = fhir.words(expected or version["what"]) or "—"
    return [{**target, **({"dueDate": version["by"]} if version["by"] else {})}]


def _note(child: int, said: Json, names: Names) -> Json:
    """Why it matters to them, in their words."""
    by = names.to("RelatedPerson", said["caregiver_id"], child)
    return {"authorReference": by, "time": said["recorded_at"], "text": fhir.words(said["text"])}


def _agreement(child: int, said: Json, names: Names) -> Json:
    parts = [
        fhir.extension("said", valueCode=said["kind"]),
        fhir.extension("by", valueReference=names.to("RelatedPerson", said["caregiver_id"], child)),
        fhir.extension("at", valueDateTime=said["recorded_at"]),
        fhir.extension("version", valueInteger=said["version_id"]),
    ]
    parts += [fhir.extension("words", valueString=fhir.words(said["text"]))] if (said["text"] or "").strip() else []
    return fhir.extension("agreement", extension=parts)


def _ratings(child: int, goal: Json, names: Names) -> Iterator[Json]:
    """0 to 10, each with whose it is."""
    for one in goal["ratings"]:
        if isinstance(one["value"], int):
            yield names.resource(
                "Observation:goal-rating",
                goal["id"],
                one["checkin_id"],
                status="final",
                code=fhir.concept("observation", "goal-rating"),
                subject=names.to("Patient", child),
                focus=[names.to("Goal", goal["id"])],
                performer=[names.to("RelatedPerson", one["caregiver_id"], child)],
                effectiveDateTime=one["answered_at"],
                valueInteger=one["value"],
                derivedFrom=[names.to("QuestionnaireResponse", one["checkin_id"])],
                extension=[fhir.extension("late", valueBoolean=True)] if one["late"] else [],
            )


def _levels(child: int, goal: Json, names: Names) -> Iterator[Json]:
    """-3 to 2, set by the therapist."""
    for number, one in enumerate(goal["levels"]):
        yield names.resource(
            "Observation:goal-level",
            goal["id"],
            number,
            status="final",
            code=fhir.concept("observation", _MEASURE),
            subject=names.to("Patient", child),
            focus=[names.to("Goal", goal["id"])],
            effectiveDateTime=one["recorded_at"],
            valueInteger=one["level"],
        )
