"""/templates: a therapist's own check-ins, as they are edited; what buttons say stands in `handlers.templates`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import form_editing, templates, trying
from bot.domain.forms import Form
from bot.domain.templates import Question
from bot.model import Button, Screen
from bot.text.catalogue import Voice, isolate
from bot.text.screens import plans
from bot.text.screens.wording import Wording

_PLACES = ("{child}", "{name}", "{step}")


def words(voice: Voice, form: Form) -> Wording:
    """As it is edited: places that will be filled in are still to be seen."""
    return Wording(voice, form.template, *_PLACES)


def named(voice: Voice, form: Form) -> str:
    return words(voice, form).title()


def listed(voice: Voice, forms: Sequence[Form]) -> Screen:
    buttons = [Button(named(voice, one), f"form:one:{one.id}") for one in forms]
    new = (Button(voice.plain("templates-new"), "form:new:0"),)
    text = f"<b>{voice('templates-title')}</b>" + ("" if forms else f"\n\n{voice('templates-none')}")
    return Screen(text, (*plans.in_rows(buttons, 1), new))


def which(voice: Voice, forms: Sequence[Form]) -> Screen:
    known = [
        Button(voice.plain(f"{key}-name"), f"form:copy:0:{key}") for key in templates.KEYS if key in templates.load()
    ]
    known += [Button(named(voice, one), f"form:copy:0:{one.template.key}") for one in forms if one.newest]
    return Screen(voice("templates-which"), (*plans.in_rows(known, 1), _all(voice)))


def _all(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("templates-button-all"), "form:list:0"),)


def _button(voice: Voice, label: str, *data: object) -> Button:
    return Button(voice.plain(f"templates-button-{label}"), ":".join(map(str, ("form", *data))))


def one(voice: Voice, form: Form) -> Screen:
    wording, number = words(voice, form), form.id
    state = "draft" if not form.newest else "changed" if form.changed else "version"
    parts = [
        voice("templates-of", name=wording.title()),
        voice(f"templates-{state}", **({"n": form.newest} if form.newest else {})),
        voice("templates-questions"),
    ]
    questions = [
        Button(wording.short(asked, plain=True), f"form:q:{number}:{asked.key}") for asked in form.template.questions
    ]
    verbs = ["see", "add", "name", *(["publish"] if form.changed else []), *(["undo"] if state == "changed" else [])]
    buttons = [_button(voice, verb, verb, number) for verb in [*verbs, "archive"]]
    return Screen("\n\n".join(parts), (*plans.in_rows(questions, 1), *plans.in_rows(buttons, 2), _all(voice)))


def question(voice: Voice, form: Form, asked: Question) -> Screen:
    wording, here = words(voice, form), (form.id, asked.key)
    choices = [
        Button(wording.choice(asked, key, plain=True), f"form:c:{form.id}:{asked.key}:{key}") for key in asked.choices
    ]
    verbs = ["words", "up", "down", "remove"]
    verbs += ["choice"] if asked.type in ("one", "many", "band") and not asked.ordinal else []
    buttons = [_button(voice, verb, verb, *here) for verb in verbs]
    parts = [wording.question(asked), *([voice("templates-scale")] if asked.ordinal else [])]
    back = (_button(voice, "back", "one", form.id),)
    return Screen("\n\n".join(parts), (*plans.in_rows(choices, 1), *plans.in_rows(buttons, 2), back))


def choice(voice: Voice, form: Form, asked: Question, key: str) -> Screen:
    verbs = ["words", *([] if asked.ordinal else ["up", "down", "remove"])]
    buttons = [_button(voice, verb, verb, form.id, asked.key, key) for verb in verbs]
    text = f"{words(voice, form).question(asked)}\n\n<b>{words(voice, form).choice(asked, key)}</b>"
    return Screen(text, (*plans.in_rows(buttons, 2), (_button(voice, "back", "q", form.id, asked.key),)))


def kinds(voice: Voice, form: Form) -> Screen:
    buttons = [Button(voice.plain(f"templates-kind-{one}"), f"form:add:{form.id}:{one}") for one in form_editing.KINDS]
    return Screen(voice("templates-kind"), (*plans.in_rows(buttons, 1), (_button(voice, "back", "one", form.id),)))


def write(voice: Voice, form: Form, now: str = "") -> Screen:
    """``now``: the words that are to be replaced, as HTML."""
    parts = [f"<i>{now}</i>", voice("templates-write")] if now else [voice("templates-write")]
    return Screen("\n\n".join(parts), ((_button(voice, "back", "one", form.id),),))


def too_long(voice: Voice, form: Form, most: int) -> Screen:
    return Screen(voice("templates-too-long", n=most), ((_button(voice, "back", "one", form.id),),))


def stays(voice: Voice, why: str) -> str:
    """For the line over the chat."""
    return voice.plain(f"templates-stays-{why}")


def published(voice: Voice, form: Form) -> Screen:
    shown = one(voice, form)
    return Screen(f"{voice('templates-published', n=form.newest)}\n\n{shown.text}", shown.rows)


def archive(voice: Voice, form: Form) -> Screen:
    yes = (Button(voice.plain("templates-archive-yes"), f"form:archive:{form.id}:yes"),)
    return Screen(voice("templates-archive-sure"), (yes, (_button(voice, "back", "one", form.id),)))


def seen(voice: Voice, form: Form, way: str, therapist: str) -> Screen:
    """What a family reads after these answers (`trying.walk`); each choice leads on, and nothing is kept."""
    tried = trying.walk(form.template, way, "…")
    wording, asked = Wording(voice, tried.template, voice.plain("templates-child"), therapist, "…"), tried.question
    lines = [wording.line(line, tried.said) for line in tried.lines if tried.said is not None]
    back = (_button(voice, "back", "one", form.id),)
    if asked is None:
        return Screen("\n\n".join([*lines, voice("templates-seen")]), (back,))
    only_some = asked.for_each or asked.needs
    parts = [*lines, wording.question(asked), *([f"<i>{voice('templates-after')}</i>"] if only_some else [])]
    labels = [wording.choice(asked, key, plain=True) for key in asked.choices]
    labels += [isolate(str(n)) for n in templates.SCALE] if asked.type == "scale" else []
    led = list(zip([*labels, voice.plain("checkin-skip")], [*trying.SIGNS[: len(labels)], trying.SKIP], strict=True))
    buttons = [Button(label, f"form:see:{form.id}:{way}{sign}") for label, sign in led]
    return Screen("\n\n".join(parts), (*plans.in_rows(buttons, 1 if asked.type != "scale" else 4), back))
