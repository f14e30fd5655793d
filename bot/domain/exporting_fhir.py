"""The same export for a record system: a FHIR R4B bundle ("collection"), made from the exported document alone.

A child is a ``Patient`` with a number and a birth month, without a name; caregivers are ``RelatedPerson`` by role, so
that their eyes stay apart. What was said is never changed, and stands once as a ``QuestionnaireResponse``; an
``Observation`` that is drawn from it says from which. Of these resources R4 (4.0.1) and R4B are the same.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

from bot.domain import exporting, exporting_fhir_answers, exporting_fhir_goals, exporting_fhir_observed, fhir
from bot.domain.exporting import Scope
from bot.domain.exporting_fhir_answers import Forms, Words
from bot.domain.fhir import Names
from bot.domain.iso import iso
from bot.model import Json
from bot.storage.database import Tx

ROLES = {
    "mother": "MTH",
    "father": "FTH",
    "parent": "PRN",
    "grandparent": "GRPRN",
    "foster": "PRNFOST",
    "guardian": "GUARD",
}
_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"


async def as_fhir(tx: Tx, scope: Scope, now: int, of: str, words: Words) -> AsyncIterator[str]:
    """The bundle in pieces of text, a child each. Raises ``exporting.NotFound`` before the first.

    ``of`` tells this installation from others. ``words`` gives a question's or a choice's text, "" where there is none.
    """
    ids = await exporting.children(tx, scope, now)
    names, forms = Names(of), Forms(words)
    yield f'{{"resourceType": "Bundle", "type": "collection", "timestamp": {json.dumps(iso(now))}'
    begun = False
    for child in ids:
        kept = await exporting.in_scope(tx, scope, child, now)
        yield _written(child_resources(kept, names, forms), begun=begun)
        begun = True
    yield _written(forms.resources(names), begun=begun)
    yield "\n]}\n" if begun else "}\n"


def _written(resources: Iterator[Json], *, begun: bool) -> str:
    texts = [json.dumps(fhir.entry(one), ensure_ascii=False) for one in resources]
    return ("," if begun else ', "entry": [') * bool(texts) + "\n" * bool(texts) + ",\n".join(texts)


def child_resources(child: Json, names: Names, forms: Forms) -> Iterator[Json]:
    """Everything of one exported child. ``forms`` remembers which questions were asked."""
    yield names.resource(
        "Patient",
        child["id"],
        identifier=fhir.identifier("child", child["id"]),
        birthDate=child["birth_month"],
    )
    for one in child["caregivers"]:
        yield _caregiver(child["id"], one, names)
    yield from exporting_fhir_answers.responses(child, names, forms)
    yield from exporting_fhir_goals.goals(child, names)
    yield from exporting_fhir_observed.observations(child, names)


def _caregiver(child: int, caregiver: Json, names: Names) -> Json:
    """Who the eyes are: the role, and nothing by which to find a person."""
    role = ROLES.get(caregiver["role"])
    return names.resource(
        "RelatedPerson",
        caregiver["id"],
        child,
        identifier=fhir.identifier("caregiver", caregiver["id"]),
        patient=names.to("Patient", child),
        relationship=[
            {"coding": [{"system": _ROLE, "code": role}]} if role else {"text": caregiver["role"] or "caregiver"}
        ],
    )
