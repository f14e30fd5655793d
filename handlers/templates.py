"""/templates: a therapist copies a check-in and changes it; families get it once it is put to use.

Buttons are `form:<verb>:<id>[:<question>[:<choice>]]`. What is typed answers `form:<verb>:<id>:<question>:<choice>`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, families, form_editing, forms, trying
from bot.domain.auditing import What
from bot.domain.form_editing import Stays
from bot.domain.forms import Form
from bot.domain.templates import Template
from bot.model import Person, Screen
from bot.text.screens import inviting as inviting_screens
from bot.text.screens import templates as screens
from handlers.context import Home

ASKING = "form:"
Verb = Callable[[Home, Person, Form, list[str]], Awaitable[Screen | None]]


async def show_templates(_: Update, home: Home) -> None:
    therapist = home.me.therapist
    if therapist is None:
        home.say(inviting_screens.therapists_only(home.voice))
        return
    home.say(await _list(home, therapist))


async def pressed(_: Update, home: Home) -> None:
    """A verb gives the next screen; None where it is not this therapist's to change."""
    _form, verb, number, *rest = home.data
    therapist = home.me.therapist
    await accounts.ask(home.tx, home.chat, "")
    try:
        screen = None if therapist is None else await _pressed(home, therapist, verb, int(number), rest)
    except Stays as why:
        home.toast(screens.stays(home.voice, str(why)), alert=True)
        return
    await home.show_or_say_gone(screen)


async def _pressed(home: Home, therapist: Person, verb: str, number: int, rest: list[str]) -> Screen | None:
    if verb == "list":
        return await _list(home, therapist)
    if verb == "new":
        return screens.which(home.voice, await forms.usable(home.tx, therapist.id))
    if verb == "copy":
        made = await forms.copied(home.tx, therapist.id, "".join(rest), home.now)
        return None if made is None else screens.one(home.voice, made)
    form = await forms.mine(home.tx, therapist.id, number)
    return None if form is None else await _VERBS[verb](home, therapist, form, rest)


async def _list(home: Home, therapist: Person) -> Screen:
    own = await forms.usable(home.tx, therapist.id)
    mine = [one for one in own if await forms.mine(home.tx, therapist.id, one.id) is not None]
    return screens.listed(home.voice, mine)


async def _one(home: Home, _: Person, form: Form, _rest: list[str]) -> Screen | None:
    return screens.one(home.voice, form)


async def _question(home: Home, _: Person, form: Form, rest: list[str]) -> Screen | None:
    return screens.question(home.voice, form, form_editing.find(form.template, "".join(rest)))


async def _choice(home: Home, _: Person, form: Form, rest: list[str]) -> Screen | None:
    asked = form_editing.find(form.template, rest[0])
    return screens.choice(home.voice, form, asked, rest[1]) if rest[1:] and rest[1] in asked.choices else None


async def _move(home: Home, therapist: Person, form: Form, rest: list[str], step: int) -> Screen | None:
    if len(rest) == 1:
        return await _kept(home, therapist, form, form_editing.moved(form.template, rest[0], step))
    made = form_editing.choice_moved(form.template, rest[0], rest[1], step)
    return await _kept(home, therapist, form, made, rest[0])


async def _up(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    return await _move(home, therapist, form, rest, -1)


async def _down(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    return await _move(home, therapist, form, rest, 1)


async def _remove(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    if len(rest) == 1:
        return await _kept(home, therapist, form, form_editing.removed(form.template, rest[0]))
    made = form_editing.choice_removed(form.template, rest[0], rest[1])
    return await _kept(home, therapist, form, made, rest[0])


async def _kept(
    home: Home, therapist: Person, form: Form, made: Template, question: str | None = None
) -> Screen | None:
    kept = await forms.keep(home.tx, therapist.id, form.id, made)
    if kept is None or question is None:
        return None if kept is None else screens.one(home.voice, kept)
    return screens.question(home.voice, kept, form_editing.find(kept.template, question))


async def _ask(home: Home, _: Person, form: Form, rest: list[str]) -> Screen | None:
    """Words are asked for: of the name, a question or a choice."""
    verb, wording = home.data[1], screens.words(home.voice, form)
    await accounts.ask(home.tx, home.chat, ":".join(["form", verb, str(form.id), *rest]))
    if verb != "words" or not rest:
        return screens.write(home.voice, form)
    asked = form_editing.find(form.template, rest[0])
    return screens.write(home.voice, form, wording.choice(asked, rest[1]) if rest[1:] else wording.question(asked))


async def _add(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    return await _ask(home, therapist, form, rest) if rest else screens.kinds(home.voice, form)


async def _publish(home: Home, therapist: Person, form: Form, _: list[str]) -> Screen | None:
    words = screens.words(home.voice, form)
    title = words.own_title() or words.title()
    made = await forms.publish(home.tx, therapist.id, form.id, title, home.now)
    if made is None:
        return None
    await home.changed(What.FORM_CHANGED)
    return screens.published(home.voice, made)


async def _undo(home: Home, therapist: Person, form: Form, _: list[str]) -> Screen | None:
    found = await forms.undo(home.tx, therapist.id, form.id)
    return None if found is None else screens.one(home.voice, found)


async def _archive(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    if not rest:
        return screens.archive(home.voice, form)
    await forms.archive(home.tx, therapist.id, form.id, home.now)
    home.toast(home.voice.plain("templates-archived"))
    return await _list(home, therapist)


async def _see(home: Home, therapist: Person, form: Form, rest: list[str]) -> Screen | None:
    """`form:see:<id>[:<way>]`: the way so far, as `bot.domain.trying` has it."""
    return screens.seen(home.voice, form, "".join(rest), therapist.name)


async def typed(home: Home, words: str) -> None:
    """The words that were asked for; too long ones are asked for again."""
    _form, verb, number, *rest = home.me.asking.split(":")
    therapist = home.me.therapist
    form = None if therapist is None else await forms.mine(home.tx, therapist.id, int(number))
    if therapist is None or form is None:
        return
    line = families.cleaned(words)
    most = form_editing.LONGEST_QUESTION
    if verb == "name":
        most = form_editing.LONGEST_NAME
    elif verb == "choice" or rest[1:]:
        most = form_editing.LONGEST_CHOICE
    if not 0 < len(line) <= most:
        home.say(screens.too_long(home.voice, form, most))
        return
    await accounts.ask(home.tx, home.chat, "")
    try:
        question, made = _written(home, form.template, therapist.language, verb, rest, line)
    except Stays as why:
        home.say(Screen(screens.stays(home.voice, str(why)), screens.one(home.voice, form).rows))
        return
    screen = await _kept(home, therapist, form, made, question)
    home.say(screen or screens.one(home.voice, form))


def _written(
    home: Home, template: Template, language: str, verb: str, rest: list[str], line: str
) -> tuple[str | None, Template]:
    """The question to show next, and the template with those words."""
    if verb == "name":
        return None, form_editing.worded(template, language, "name", line)
    if verb == "add":
        yes_no = (home.voice.plain("templates-yes"), home.voice.plain("templates-no"))
        made, question = form_editing.added(template, language, rest[0], line, yes_no)
        return question, made
    if verb == "choice":
        return rest[0], form_editing.choice_added(template, language, rest[0], line)
    form_editing.find(template, rest[0])
    return rest[0], form_editing.worded(template, language, "-".join(rest), line)


_VERBS: dict[str, Verb] = {
    "one": _one,
    "q": _question,
    "c": _choice,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "words": _ask,
    "choice": _ask,
    "name": _ask,
    "add": _add,
    "publish": _publish,
    "undo": _undo,
    "archive": _archive,
    "see": _see,
}
_ALONE = ("one", "name", "publish", "undo", "archive", "see", "add", "list", "new")
_QUESTION = ("q", "up", "down", "remove", "words", "choice")


def handlers() -> list[BaseHandler[Update, Home, None]]:
    alone = rf"^form:({'|'.join(_ALONE)}):\d{{1,18}}$"
    kinds = "|".join(form_editing.KINDS)
    more = rf"^form:(archive:\d{{1,18}}:yes|see:\d{{1,18}}:[0-9a-z-]{{1,{trying.LONGEST}}}|add:\d{{1,18}}:({kinds}))$"
    copy = r"^form:copy:0:[a-z][a-z0-9_]{0,19}$"
    question = rf"^form:({'|'.join(_QUESTION)}):\d{{1,18}}:[a-z_]{{1,20}}$"
    choice = r"^form:(c|up|down|remove|words):\d{1,18}:[a-z_]{1,20}:[a-z0-9_]{1,20}$"
    return [
        CommandHandler("templates", show_templates, filters.UpdateType.MESSAGE),
        *(CallbackQueryHandler(pressed, pattern=one) for one in (alone, more, copy, question, choice)),
    ]
