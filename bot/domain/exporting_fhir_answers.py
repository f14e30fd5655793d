"""Check-ins as ``QuestionnaireResponse``, and what was asked, by version, as ``Questionnaire``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain import fhir, templates
from bot.domain.fhir import SYSTEM, Names
from bot.domain.templates import Question, Template
from bot.model import Json

STATUS = {"open": "in-progress", "done": "completed"}  # whatever else ended without its last answer: stopped
_TYPES = {"valueInteger": "integer", "valueCoding": "choice", "valueString": "text", "valueAttachment": "attachment"}
_BESIDE = {"valueString": "words", "valueAttachment": "media"}
_OWN = {"words": "valueString", "scale": "valueInteger"}


@dataclass(slots=True)
class Forms:
    """Every template and version that was asked, with the items that were answered: (linkId, FHIR's type)."""

    words: Callable[[str], str]
    _seen: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)

    def item(self, template: str, version: int, link: str, kind: str) -> None:
        self.form(template, version)[link] = kind

    def form(self, template: str, version: int) -> dict[str, str]:
        return self._seen.setdefault((template, version), {})

    def resources(self, names: Names) -> Iterator[Json]:
        for (template, version), seen in sorted(self._seen.items()):
            known = templates.load().get(template)
            asked = known if known is not None and known.version == version else None
            yield names.resource(
                "Questionnaire",
                template,
                version,
                url=f"{SYSTEM}:questionnaire:{template}",
                version=str(version),
                name=template,
                title=self.words(f"{template}-name") or template,
                status="active" if asked is not None else "retired",
                subjectType=["Patient"],
                item=self._items(template, asked, seen),
            )

    def _items(self, template: str, asked: Template | None, seen: dict[str, str]) -> list[Json]:
        """As the library asks them; then what was answered beside: words with a choice, a picture with words."""
        known = [self._asked(template, one) for one in (asked.questions if asked else ())]
        links = {one["linkId"] for one in known}
        more = [self._answered(template, link, kind) for link, kind in seen.items() if link not in links]
        return known + more

    def _asked(self, template: str, question: Question) -> Json:
        kind = {"words": "text", "scale": "integer"}.get(question.type, "choice")
        of = f"choice:{template}.{question.key}"
        options = [
            {"valueCoding": fhir.coding(of, one, self.words(f"{template}-{question.key}-{one}"))}
            for one in question.choices
        ]
        return {
            **self._answered(template, question.key, kind),
            **({"answerOption": options} if options else {}),
            **({"repeats": True} if question.type == "many" else {}),
        }

    def _answered(self, template: str, link: str, kind: str) -> Json:
        question = link.partition(":")[0].partition(".")[0]
        return {"linkId": link, "text": self.words(f"{template}-{question}") or link, "type": kind}


def responses(child: Json, names: Names, forms: Forms) -> Iterator[Json]:
    """Of every check-in whose time came. One without an answer says by its state why."""
    for one in child["checkins"]:
        if one["state"] != "due":
            yield _response(child["id"], one, names, forms)


def _response(child: int, check_in: Json, names: Names, forms: Forms) -> Json:
    template, version, answers = check_in["template"], check_in["template_version"], check_in["answers"]
    forms.form(template, version)
    return names.resource(
        "QuestionnaireResponse",
        check_in["id"],
        identifier=fhir.identifier("checkin", check_in["id"])[0],
        questionnaire=f"{SYSTEM}:questionnaire:{template}|{version}",
        status=_status(check_in),
        subject=names.to("Patient", child),
        source=names.to("RelatedPerson", check_in["caregiver_id"], child),
        authored=max((one["answered_at"] for one in answers), default=None),
        extension=_planned(check_in),
        item=[item for one in answers for item in _items(template, version, one, forms)],
    )


def _status(check_in: Json) -> str:
    status = STATUS.get(check_in["state"], "stopped")
    revised = any(one["revisions"] for one in check_in["answers"])
    return "amended" if status == "completed" and revised else status


def _planned(check_in: Json) -> list[Json]:
    reason = check_in["state_reason"]
    return [
        fhir.extension("local-date", valueDate=check_in["local_date"]),
        fhir.extension("slot", valueString=check_in["slot"]),
        fhir.extension("due-at", valueDateTime=check_in["due_at"]),
        fhir.extension("state", valueCode=check_in["state"]),
        *([fhir.extension("state-reason", valueCode=reason)] if reason else []),
    ]


def _items(template: str, version: int, answer: Json, forms: Forms) -> Iterator[Json]:
    """Usually one. Words beside a choice, and what was sent beside words, are items of their own."""
    of = f"choice:{template}.{answer['question']}"
    by_link: dict[str, list[Json]] = {}
    for value in fhir.said(answer["value"], answer["media"], answer["text"], of):
        (kind,) = value
        link = _link(template, answer["question"], kind)
        forms.item(template, version, link, _TYPES[kind])
        by_link.setdefault(link, []).append(value)
    if not by_link:  # taken back: only what it said before is left
        by_link = {answer["question"]: []}
    for number, (link, values) in enumerate(by_link.items()):
        marks = _marks(answer, of) if number == 0 else []
        yield {"linkId": link, **({"extension": marks} if marks else {}), **_answered(values)}


def _answered(values: Sequence[Json]) -> Json:
    return {"answer": list(values)} if values else {}


def _link(template: str, question: str, kind: str) -> str:
    known = templates.load().get(template)
    asked = next((one for one in known.questions if one.key == question), None) if known else None
    own = _OWN.get(asked.type, "valueCoding") if asked else kind
    return question if kind == own or kind not in _BESIDE else f"{question}:{_BESIDE[kind]}"


def _marks(answer: Json, of: str) -> list[Json]:
    return [
        fhir.extension("answered-at", valueDateTime=answer["answered_at"]),
        *([fhir.extension("late", valueBoolean=True)] if answer["late"] else []),
        *fhir.revisions(answer["revisions"], of),
    ]
