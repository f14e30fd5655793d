"""What can be done here, by role; the way to urgent help on top."""

from __future__ import annotations

from bot.model import Account, Button, Screen
from bot.text.catalogue import Voice

READER = ("goals", "progress", "meetings")
PARENT = (
    "checkin",
    "milestone",
    "goals",
    "progress",
    "practice",
    "behaviour",
    "prepare",
    "meetings",
    "pause",
)
THERAPIST = (
    "digest",
    "families",
    "goal",
    "plan",
    "templates",
    "meeting",
    "invite",
    "message",
    "oncall",
    "away",
    "report",
)
EVERYONE = ("settings", "privacy")
LEAVING = ("report", "hide", "export", "delete_my_data")


def one_moment(voice: Voice) -> Screen:
    return Screen(voice("one-moment"))


def help_for(voice: Voice, account: Account, *, gives: bool = True) -> Screen:
    """``gives`` False: they read along, and are shown nothing that they may not do."""
    rows: list[tuple[Button, ...]] = []
    if account.caregivers:
        rows.append((Button(voice.plain("urgent-button"), "urgent:ask:0"),))
    parts = [voice("help-parent" if gives else "help-reader")] if account.caregivers else []
    if account.therapist:
        parts.append(voice("help-therapist"))
    parts.append(voice("help-everyone"))
    verbs = [
        *((PARENT if gives else READER) if account.caregivers else ()),
        *(THERAPIST if account.therapist else ()),
        *EVERYONE,
        *(LEAVING if account.caregivers else ()),
    ]
    verbs = list(dict.fromkeys(verbs))
    buttons = [Button(voice.plain(f"command-{verb}"), f"do:{verb}") for verb in verbs]
    rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen("\n\n".join(parts), tuple(rows))


def welcome_back(voice: Voice, account: Account, *, stopped: bool, gives: bool = True) -> Screen:
    """``stopped``: messages had been stopped, and come again."""
    shown = help_for(voice, account, gives=gives)
    return Screen(f"{voice('welcome-back-stopped' if stopped else 'welcome-back')}\n\n{shown.text}", shown.rows)


def stopped(voice: Voice) -> Screen:
    return Screen(voice("stopped"))


def cancelled(voice: Voice, *, anything: bool) -> Screen:
    return Screen(voice("cancelled" if anything else "cancelled-nothing"))


def not_here(voice: Voice, account: Account) -> Screen:
    """Words from someone who is no caregiver: nothing is kept, and the way on is shown."""
    return Screen(voice("help-not-kept"), help_for(voice, account).rows)
