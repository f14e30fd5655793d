"""What was seen at home as ``Observation``: days, notes, home practice, behaviour; with whose eyes saw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.domain import exporting, fhir
from bot.domain.digest_days import PULSE, SCALE
from bot.domain.fhir import Names
from bot.model import Json

TOLD = ("away", "no", "ill", "little", "done")  # what a log says of its day; of several the last one here counts
OUT = ("away", "ill")  # of the days that count for home practice
NOTHING = "nothing"  # a day was told of, and there was no such moment


def observations(child: Json, names: Names) -> Iterator[Json]:
    yield from _days(child, names)
    yield from _notes(child, names)
    yield from _practice(child, names)
    for target in child["behaviour"]:
        yield from _moments(child["id"], target, names)
        yield from _counts(child["id"], target, names)


def _by(child: int, caregiver: int, names: Names) -> Json:
    return {
        "subject": names.to("Patient", child),
        "performer": [names.to("RelatedPerson", caregiver, child)],
    }


def _days(child: Json, names: Names) -> Iterator[Json]:
    """How the day was, on a scale of words; it has no numbers."""
    for one in child["checkins"]:
        rated = [answer for answer in one["answers"] if answer["question"] == "day" and answer["value"] in SCALE]
        for answer in rated if exporting.family_of(one) == PULSE else []:
            yield names.resource(
                "Observation:day",
                one["id"],
                status="amended" if answer["revisions"] else "final",
                code=fhir.concept("observation", "day"),
                **_by(child["id"], one["caregiver_id"], names),
                effectiveDateTime=one["local_date"],
                issued=answer["answered_at"],
                valueCodeableConcept=fhir.concept(f"choice:{PULSE}.day", answer["value"]),
                derivedFrom=[names.to("QuestionnaireResponse", one["id"])],
                extension=[fhir.extension("late", valueBoolean=True)] if answer["late"] else [],
            )


def _notes(child: Json, names: Names) -> Iterator[Json]:
    """What was written or sent at any time."""
    for one in child["notes"]:
        sent = [fhir.extension("sent", valueAttachment=fhir.attachment(one["media"]))] if one["media"] else []
        yield names.resource(
            "Observation:note",
            one["id"],
            identifier=fhir.identifier("note", one["id"]),
            status="amended" if one["revisions"] else "final",
            code=fhir.concept("observation", one["kind"]),
            **_by(child["id"], one["caregiver_id"], names),
            effectiveDateTime=one["recorded_at"],
            valueString=fhir.words(one["text"]) if one["text"] and one["text"].strip() else None,
            extension=[*sent, *fhir.revisions(one["revisions"], "note")],
        )


def _practice(child: Json, names: Names) -> Iterator[Json]:
    """Of each home step: days done of days planned, and on how many of those anything was told."""
    for step in child["practice"]:
        if not step["logs"]:
            continue
        told = _best(step["logs"])
        planned = [on for on in _planned(step, max(told)) if told.get(on) not in OUT]
        kinds = [told[on] for on in planned if on in told]
        numbers = {
            "planned": len(planned),
            "told": len(kinds),
            **{kind: kinds.count(kind) for kind in ("done", "little")},
        }
        by = sorted({log["caregiver_id"] for log in step["logs"]})
        yield names.resource(
            "Observation:practice",
            step["id"],
            status="final",
            code=fhir.concept("observation", "practice-adherence", step["text"]),
            subject=names.to("Patient", child["id"]),
            performer=[names.to("RelatedPerson", one, child["id"]) for one in by],
            effectivePeriod={"start": step["from"], "end": step["until"] or max(told).isoformat()},
            valueRatio=_ratio(numbers["done"], len(planned)),
            component=[{"code": fhir.concept("practice", key), "valueInteger": n} for key, n in numbers.items()],
            derivedFrom=[names.to("QuestionnaireResponse", log["checkin_id"]) for log in step["logs"]],
        )


def _best(logs: Iterable[Json]) -> dict[date, str]:
    """A day is what the best that was told of it says."""
    found: dict[date, str] = {}
    for log in logs:
        on = date.fromisoformat(log["local_date"])
        found[on] = max(log["told"], found.get(on, TOLD[0]), key=TOLD.index)
    return found


def _planned(step: Json, last: date) -> Iterator[date]:
    """Each date as it was planned then; Monday is 0. A step without a plan is for every day."""
    on, last = date.fromisoformat(step["from"]), date.fromisoformat(step["until"]) if step["until"] else last
    while on <= last:
        holding = [one["days"] for one in step["plans"] if one["from"] <= on.isoformat()]
        holding = holding or [one["days"] for one in step["plans"]][:1]
        if not holding or str(on.weekday()) in holding[-1]:
            yield on
        on += timedelta(days=1)


def _ratio(done: int, of: int) -> Json | None:
    return {"numerator": {"value": done}, "denominator": {"value": of}} if of else None


def _moments(child: int, target: Json, names: Names) -> Iterator[Json]:
    """How many moments of a behaviour a caregiver told of on a day; what happened stands with the answers."""
    by_day: dict[tuple[int, str], list[Json]] = defaultdict(list)
    for event in target["events"]:
        if event["what"] != NOTHING:
            by_day[event["caregiver_id"], event["local_date"]].append(event)
    for (caregiver, on), events in by_day.items():
        yield names.resource(
            "Observation:behaviour-moments",
            target["id"] or f"none of {child}",
            caregiver,
            on,
            status="final",
            code=fhir.concept("observation", "behaviour-moments", target["text"] or ""),
            **_by(child, caregiver, names),
            effectiveDateTime=on,
            valueInteger=len(events),
            derivedFrom=[names.to("QuestionnaireResponse", one["checkin_id"]) for one in events],
        )


def _counts(child: int, target: Json, names: Names) -> Iterator[Json]:
    """A counted day: a band is handed on as a band, with the time that somebody watched."""
    for one in target["counts"]:
        watched = {"code": fhir.concept("behaviour", "observed-hours")}
        yield names.resource(
            "Observation:behaviour-count",
            target["id"],
            one["caregiver_id"],
            one["local_date"],
            status="final",
            code=fhir.concept("observation", "behaviour-count", target["text"] or ""),
            **_by(child, one["caregiver_id"], names),
            effectiveDateTime=one["local_date"],
            issued=one["recorded_at"],
            valueCodeableConcept=fhir.concept("behaviour-band", one["band"], f"{one['band']} (band)"),
            component=[{**watched, "valueString": str(one["observed_hours"])}] if one["observed_hours"] else [],
        )
