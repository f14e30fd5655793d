"""A check-in as one message: the question asked, its receipt, and what it says when it has closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import templates
from bot.domain.checkins import Answer, View
from bot.domain.practice import KEY, Step
from bot.domain.templates import Question
from bot.model import ANSWERED_BY_OTHER, RESTS, Button, CheckInState, Effect, Screen
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import practice
from bot.text.screens.wording import Wording

TICK = "✓ "


def question(voice: Voice, view: View) -> Screen:
    """The question being asked, with its choices first and the ways out last."""
    asked = view.question
    if asked is None:
        return closed(voice, view)
    parts = [_heading(voice, view), _kind_line(voice, view), _wording(voice, view).question(asked)]
    if asked.type == "many":
        parts.append(f"<i>{voice('checkin-many-hint')}</i>")
    rows = (*_choices(voice, view, asked), *_of_practice(voice, view), *_ways_out(voice, view))
    return Screen("\n\n".join(part for part in parts if part), rows)


def _of_practice(voice: Voice, view: View) -> Iterable[tuple[Button, ...]]:
    """With its first question: how the step goes, and a moment for tomorrow."""
    first = view.question == view.template.questions[0]
    return [practice.ways_on(voice, view.id)] if view.template.family == KEY and first else []


def _heading(voice: Voice, view: View) -> str:
    day = numbers.long_date(date.fromisoformat(view.local_date), voice.language)
    return f"<b>{voice('checkin-heading', child=view.child_name, day=day)}</b>"


def _wording(voice: Voice, view: View) -> Wording:
    return Wording(voice, view.template, view.child_name, view.therapist, view.step)


def _kind_line(voice: Voice, view: View) -> str:
    """What a person would say first after such an answer."""
    answer = view.answers.get(view.said)
    said = next((one for one in view.template.questions if one.key == view.said), None)
    if answer is None or said is None or view.correcting:
        return ""
    lines = templates.kind_lines(said, answer.value, view.facts)
    return " ".join(_wording(voice, view).line(line, said) for line in lines)


def _choices(voice: Voice, view: View, asked: Question) -> Iterable[tuple[Button, ...]]:
    answer = view.answers.get(asked.key)
    if asked.type == "words":
        return [(_skip(voice, view, asked),)]
    if asked.type == "scale":
        tens = [Button(numbers.integer(n, voice.language), _data(view, "a", asked.key, str(n))) for n in range(11)]
        return [tuple(tens[:4]), tuple(tens[4:8]), tuple(tens[8:])]
    chosen = answer.value if answer and isinstance(answer.value, list) else [answer.value] if answer else []
    buttons = [_choice(voice, view, asked, key, chosen=key in chosen) for key in asked.choices]
    if asked.type != "many":
        return [(button,) for button in buttons]
    done = [(Button(voice.plain("checkin-done"), _data(view, "d", asked.key)),)] if answer and answer.value else []
    return [*done, *zip(buttons[::2], buttons[1::2], strict=False), *([(buttons[-1],)] if len(buttons) % 2 else [])]


def _choice(voice: Voice, view: View, asked: Question, key: str, *, chosen: bool) -> Button:
    label = _wording(voice, view).choice(asked, key, plain=True)
    return Button(f"{TICK}{label}" if chosen else label, _data(view, "a", asked.key, key))


def _skip(voice: Voice, view: View, asked: Question) -> Button:
    keeps = view.correcting and asked.key in view.answers and not view.answers[asked.key].skipped
    return Button(voice.plain("checkin-keep" if keeps else "checkin-skip"), _data(view, "s", asked.key))


def _ways_out(voice: Voice, view: View) -> Iterable[tuple[Button, ...]]:
    asked = view.question
    first = [] if asked is None or asked.type == "words" else [_skip(voice, view, asked)]
    if view.scheduled and not view.correcting:
        first.append(Button(voice.plain("checkin-not-today", child=view.child_name), _data(view, "n")))
    last = [Button(voice.plain("checkin-stop"), _data(view, "e"))]
    if view.scheduled and not view.correcting and view.state is CheckInState.OPEN:
        last.append(Button(voice.plain("checkin-later"), _data(view, "l")))
    last.append(_urgent(voice, view.id))
    return [row for row in (tuple(first), tuple(last)) if row]


def _urgent(voice: Voice, check_in: int) -> Button:
    return Button(voice.plain("urgent-button"), f"urgent:ask:{check_in}")


def _data(view: View, *parts: str) -> str:
    return ":".join(("c", str(view.id), *parts))


def stopped_for(voice: Voice, view: View) -> Screen:
    """Something in the words is more important now than the questions that are left; they can wait."""
    rows = ((Button(voice.plain("checkin-go-on"), _data(view, "b")),),)
    return Screen(f"{_heading(voice, view)}\n\n{voice('checkin-stopped-for')}", rows)


def later(voice: Voice, view: View, moments: Sequence[tuple[int, int]]) -> Screen:
    """``moments``: (minutes, moment in ms) that can be chosen."""
    rows = [(Button(voice.plain("checkin-now"), _data(view, "b")),)]
    rows += [(Button(_clock(voice, view, at), _data(view, "l", str(minutes))),) for minutes, at in moments]
    return Screen(f"{_heading(voice, view)}\n\n{voice('checkin-when-later')}", tuple(rows))


def put_off(voice: Voice, view: View, moment: int) -> Screen:
    text = f"{_heading(voice, view)}\n\n{voice('checkin-put-off', time=_clock(voice, view, moment))}"
    return Screen(text, ((Button(voice.plain("checkin-now"), _data(view, "b")),),))


def _clock(voice: Voice, view: View, at: int) -> str:
    return numbers.clock_time(from_ms(at), ZoneInfo(view.timezone), voice.language)


def again(voice: Voice, view: View) -> Screen:
    """After an outage: taps on the old message may be lost."""
    shown = question(voice, view)
    return replace(shown, text=f"{voice('checkin-again')}\n\n{shown.text}", silent=True)


def moment(voice: Voice, view: View) -> Screen:
    """The moment that was picked for practising has come."""
    return _with(voice("practice-moment"), question(voice, view))


def how_was_it(voice: Voice, view: View) -> Screen:
    """A day later nobody has told how it went: asked once, without a sound."""
    return replace(_with(voice("practice-yesterday"), question(voice, view)), silent=True)


def _with(line: str, shown: Screen) -> Screen:
    return replace(shown, text=f"{line}\n\n{shown.text}")


def reminder(voice: Voice, view: View) -> Screen:
    """Once, without a sound: said for where the parent is with it."""
    begun = "checkin-reminder-begun" if view.answers else "checkin-reminder"
    shown = question(voice, view)
    line = voice(begun, time=_clock(voice, view, view.closes_at))
    return replace(shown, text=f"{line}\n\n{shown.text}", silent=True)


def receipt(voice: Voice, view: View) -> Screen:
    """A finished one, short. The words are the parent's own."""
    lines = [line for one in view.template.questions if (line := _answered(voice, view, one))]
    parts = [_heading(voice, view), _closing(voice, view), "\n".join(lines)]
    if any(answer.late for answer in view.answers.values()):
        parts.append(f"<i>{voice('checkin-late')}</i>")
    fine = (Button(voice.plain("checkin-fine"), _data(view, "k")),)
    rows = () if view.over else (fine, *_for_tomorrow(voice, view), _change(voice, view))
    return Screen("\n\n".join(part for part in parts if part), rows)


def _for_tomorrow(voice: Voice, view: View) -> Iterable[tuple[Button, ...]]:
    return [practice.ways_on(voice, view.id)[-1:]] if view.template.family == KEY else []


def with_next(voice: Voice, view: View, step: Step) -> Screen:
    """The receipt of a practice log leads on to the next step that is planned today."""
    shown = any_state(voice, view)
    label = voice.plain("practice-next", step=step.text)
    return replace(shown, rows=((Button(label, f"home:next:{view.id}"),), *shown.rows))


def _change(voice: Voice, view: View) -> tuple[Button, ...]:
    return (Button(voice.plain("checkin-change"), _data(view, "r")),)


def is_a_first(view: View) -> bool:
    """A small win that was just told, for the first time ever, with nothing to worry about beside it."""
    values = {key: answer.value for key, answer in view.answers.items()}
    return view.just_done and values.get("often") == "first_time" and values.get("stopped") in (None, "no")


def celebration(voice: Voice, view: View) -> Screen:
    """A card to look at together with the child: no buttons, nothing private."""
    return Screen(voice("milestone-celebration", child=view.child_name), effect=Effect.CONFETTI)


def anything_new(voice: Voice, view: View, child: int) -> Screen:
    """Without a sound, and free to be left."""
    button = Button(voice.plain("progress-new"), f"for:milestone:{child}")
    return Screen(voice("milestone-month", child=view.child_name), ((button,),), silent=True)


def _closing(voice: Voice, view: View) -> str:
    """What the answers ask us to say, else a thank-you."""
    values = {key: answer.value for key, answer in view.answers.items()}
    lines = [
        _wording(voice, view).line(line, one)
        for one in templates.applicable(view.template, values, view.facts)
        for line in templates.kind_lines(one, values.get(one.key), view.facts)
    ]
    return "\n".join(lines) or voice("checkin-thanks")


def _answered(voice: Voice, view: View, asked: Question) -> str:
    answer = view.answers.get(asked.key)
    if answer is None or answer.skipped:
        return ""
    return f"{_wording(voice, view).short(asked)}: {said(voice, view, asked, answer)}"


def said(voice: Voice, view: View, asked: Question, answer: Answer) -> str:
    """An answer in words, as HTML."""
    if answer.media is not None:
        caption = f" {voice('quote', words=answer.text)}" if answer.text else ""
        return voice(f"media-{answer.media.kind}") + caption
    if answer.text is not None:
        return voice("quote", words=answer.text)
    return _wording(voice, view).said(asked, answer.value)


def closed(voice: Voice, view: View, *, buttons: bool = True) -> Screen:
    """What a check-in shows when no question is being asked."""
    if view.state is CheckInState.DONE or (view.state is CheckInState.PARTIAL and view.answers):
        shown = receipt(voice, view)
        return shown if buttons else Screen(shown.text)
    text = f"{_heading(voice, view)}\n\n{voice(_ended(view), child=view.child_name)}"
    again = buttons and not view.over and view.reason != ANSWERED_BY_OTHER
    return Screen(text, (_reopen(voice, view),) if again else ())


def _ended(view: View) -> str:
    """The message for an end without an answer."""
    if view.state is CheckInState.SKIPPED:
        return "checkin-skipped"
    if view.reason == ANSWERED_BY_OTHER:
        return "checkin-answered-by-other"
    if view.state is CheckInState.EXCUSED and view.reason not in RESTS:
        return "checkin-excused"
    return "checkin-over" if view.over else "checkin-expired"


def _reopen(voice: Voice, view: View) -> tuple[Button, ...]:
    if view.state in (CheckInState.SKIPPED, CheckInState.EXCUSED):
        return _change(voice, view)
    return _answer_late(voice, view.id, view.local_date)


def _answer_late(voice: Voice, check_in: int, local_date: str) -> tuple[Button, ...]:
    day = numbers.long_date(date.fromisoformat(local_date), voice.language)
    return (Button(voice.plain("checkin-answer-late", day=day), f"c:{check_in}:r"),)


def expired(voice: Voice, check_in: int, child: str, local_date: str, *, answered: bool) -> Screen:
    """The window has ended: kind, and open for two more days."""
    day = numbers.long_date(date.fromisoformat(local_date), voice.language)
    heading = f"<b>{voice('checkin-heading', child=child, day=day)}</b>"
    text = voice("checkin-part-kept" if answered else "checkin-expired", child=child)
    return Screen(f"{heading}\n\n{text}", (_answer_late(voice, check_in, local_date),))


def called_off(voice: Voice, check_in: int, *, answered: bool) -> Screen:
    """Nobody is asked any more, and no name of a child stands there. Urgent help stays: it may be their only button."""
    text = voice("checkin-part-kept" if answered else "checkin-over")
    return Screen(text, ((_urgent(voice, check_in),),))


def moved(voice: Voice) -> Screen:
    return Screen(voice("checkin-moved"))


def any_state(voice: Voice, view: View) -> Screen:
    return question(voice, view) if view.question is not None else closed(voice, view)
