"""Check-ins as ``QuestionnaireResponse``, and what was asked, by version, as ``Questionnaire``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain import exporting, fhir, templates
from bot.domain.fhir import SYSTEM, Names
from bot.domain.templates import Question, Template
from bot.model import Json

Words = Callable[[str, Mapping[str, str], str], str]
"""A text by its message, by the clinic's own words in the place of it (by language), and by what it is about."""

STATUS = {"open": "in-progress", "done": "completed"}  # whatever else ended without its last answer: stopped
_TYPES = {"valueInteger": "integer", "valueCoding": "choice", "valueString": "text", "valueAttachment": "attachment"}
_BESIDE = {"valueString": "words", "valueAttachment": "media"}
_OWN = {"words": "valueString", "scale": "valueInteger"}


@dataclass(slots=True)
class Forms:
    """Every template and version that was asked, with the items that were answered: (linkId, FHIR's type)."""

    words: Words
    _seen: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    _own: dict[tuple[str, int], Template] = field(default_factory=dict)

    def item(self, template: str, version: int, link: str, kind: str) -> None:
        self.form(template, version)[link] = kind

    def form(self, template: str, version: int) -> dict[str, str]:
        return self._seen.setdefault((template, version), {})

    def own(self, check_in: Json) -> None:
        """It was asked with a template of the clinic's own."""
        body = (check_in.get("asked") or {}).get("template")
        if body:
            key = (check_in["template"], check_in["template_version"])
            self._own[key] = templates.of(*key, json.dumps(body))

    def template(self, key: str, version: int) -> Template | None:
        """As it was asked then; None for a version of the library that is asked no more."""
        known = templates.load().get(key)
        return self._own.get((key, version)) or (known if known is not None and known.version == version else None)

    def text(self, template: Template, part: str, item: str = "") -> str:
        """As `Wording` has it, of any child."""
        own = {language: words[part] for language, words in template.words.items() if part in words}
        return self.words(f"{template.family}-{part}", own, item)

    def label(self, template: Template, question: Question, choice: str) -> str:
        """Of a list as it was then, or the template's."""
        if choice in question.labels:
            return question.labels[choice] or self.words(f"{question.choices_from}-{choice}", {}, "")
        return self.text(template, f"{question.text}-{choice}", question.item)

    def resources(self, names: Names) -> Iterator[Json]:
        for (template, version), seen in sorted(self._seen.items()):
            asked = self.template(template, version)
            title = self.text(asked, "name") if asked else self.words(f"{template}-name", {}, "")
            yield names.resource(
                "Questionnaire",
                template,
                version,
                url=f"{SYSTEM}:questionnaire:{template}",
                version=str(version),
                name=template,
                title=title or template,
                status="active" if asked is not None else "retired",
                subjectType=["Patient"],
                item=self._items(template, asked, seen),
            )

    def _items(self, template: str, asked: Template | None, seen: dict[str, str]) -> list[Json]:
        """As it is asked; then what was answered beside: words with a choice, a picture with words."""
        known = [self._asked(template, asked, one) for one in asked.questions] if asked else []
        links = {one["linkId"] for one in known}
        more = [self._answered(template, asked, link, kind) for link, kind in seen.items() if link not in links]
        return known + more

    def _asked(self, key: str, template: Template, question: Question) -> Json:
        kind = {"words": "text", "scale": "integer"}.get(question.type, "choice")
        of = f"choice:{key}.{question.key}"
        options = [
            {"valueCoding": fhir.coding(of, one, self.label(template, question, one))} for one in question.choices
        ]
        return {
            **self._answered(key, template, question.key, "open-choice" if question.choices_from else kind),
            **({"answerOption": options} if options else {}),
            **({"repeats": True} if question.type == "many" else {}),
        }

    def _answered(self, key: str, template: Template | None, link: str, kind: str) -> Json:
        question = link.partition(":")[0].partition(".")[0]
        text = self.text(template, question) if template else self.words(f"{key}-{question}", {}, "")
        return {"linkId": link, "text": text or link, "type": kind}


def responses(child: Json, names: Names, forms: Forms) -> Iterator[Json]:
    """Of every check-in whose time came. One without an answer says by its state why."""
    for one in child["checkins"]:
        if one["state"] != "due":
            yield _response(child["id"], one, names, forms)


def _response(child: int, check_in: Json, names: Names, forms: Forms) -> Json:
    template, version, answers = check_in["template"], check_in["template_version"], check_in["answers"]
    forms.form(template, version)
    forms.own(check_in)
    asked = exporting.as_asked(check_in) if check_in.get("asked") else None
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
        item=[item for one in answers for item in _items(template, version, one, forms, asked)],
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


def _items(template: str, version: int, answer: Json, forms: Forms, asked: Template | None) -> Iterator[Json]:
    """Usually one; words beside a choice, and what was sent beside words, are items of their own.

    ``asked``: the template as it was then, where it had words of the clinic's own.
    """
    of = f"choice:{template}.{answer['question']}"
    by_link: dict[str, list[Json]] = {}
    for value in fhir.said(answer["value"], answer["media"], answer["text"], of):
        (kind,) = value
        known = forms.template(template, version) or templates.load().get(template)
        link = _link(known, answer["question"], kind)
        forms.item(template, version, link, _TYPES[kind])
        by_link.setdefault(link, []).append(value)
    if not by_link:  # taken back: only what it said before is left
        by_link = {answer["question"]: []}
    question = next((one for one in asked.questions if one.key == answer["question"]), None) if asked else None
    for number, (link, values) in enumerate(by_link.items()):
        marks = _marks(answer, of) if number == 0 else []
        said: Json = {"extension": marks} if marks else {}
        if asked is not None and question is not None:
            said |= {"text": forms.text(asked, question.text, question.item) or link}
        yield {"linkId": link, **said, **_answered([_labelled(one, forms, asked, question) for one in values])}


def _labelled(value: Json, forms: Forms, asked: Template | None, question: Question | None) -> Json:
    """With the words of the choice, as they were then."""
    coding = value.get("valueCoding")
    label = forms.label(asked, question, coding["code"]) if coding and asked and question else ""
    return {"valueCoding": {**coding, "display": label}} if coding and label else value


def _answered(values: Sequence[Json]) -> Json:
    return {"answer": list(values)} if values else {}


def _link(template: Template | None, question: str, kind: str) -> str:
    every = template.questions if template else ()
    asked = next((one for one in every if one.key == question.partition(".")[0]), None)
    own = _OWN.get(asked.type, "valueCoding") if asked else kind
    return question if kind == own or kind not in _BESIDE else f"{question}:{_BESIDE[kind]}"


def _marks(answer: Json, of: str) -> list[Json]:
    return [
        fhir.extension("answered-at", valueDateTime=answer["answered_at"]),
        *([fhir.extension("late", valueBoolean=True)] if answer["late"] else []),
        *fhir.revisions(answer["revisions"], of),
    ]
