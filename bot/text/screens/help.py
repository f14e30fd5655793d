"""What can be done here, by role; the way to urgent help on top."""

from __future__ import annotations

from bot.model import Account, Button, Screen
from bot.text.catalogue import Voice


def help_for(voice: Voice, account: Account) -> Screen:
    rows: list[tuple[Button, ...]] = []
    if account.caregivers:
        rows.append((Button(voice.plain("urgent-button"), "urgent:ask:0"),))
    parts = [voice("help-parent")] if account.caregivers else []
    if account.therapist:
        parts.append(voice("help-therapist"))
    parts.append(voice("help-everyone"))
    verbs = [*(("checkin", "milestone") if account.caregivers else ()), *(_therapist() if account.therapist else ())]
    buttons = [Button(voice.plain(f"command-{verb}"), f"do:{verb}") for verb in [*verbs, "settings", "privacy"]]
    rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen("\n\n".join(parts), tuple(rows))


def _therapist() -> tuple[str, ...]:
    return ("digest", "families", "invite")


def welcome_back(voice: Voice, account: Account) -> Screen:
    shown = help_for(voice, account)
    return Screen(f"{voice('welcome-back')}\n\n{shown.text}", shown.rows)


def stopped(voice: Voice) -> Screen:
    return Screen(voice("stopped"))


def cancelled(voice: Voice, *, anything: bool) -> Screen:
    return Screen(voice("cancelled" if anything else "cancelled-nothing"))


def privacy(voice: Voice, readers: str, switches: tuple[tuple[str, bool], ...]) -> Screen:
    """``switches``: (purpose, given). Each is one tap to change."""
    rows = tuple(
        (
            Button(
                voice.plain(f"privacy-{purpose}-{'on' if given else 'off'}"),
                f"k:{purpose}:{'no' if given else 'yes'}",
            ),
        )
        for purpose, given in switches
    )
    text = voice("privacy", name=readers) if readers else voice("privacy-therapist")
    return Screen(text, rows)
