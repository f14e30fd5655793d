"""The conversations. In each group the first handler that wants an update gets it; groups are asked in order."""

from __future__ import annotations

from handlers import (
    away,
    behaviours,
    checkin,
    digest,
    ending,
    families,
    flooding,
    forged,
    free_days,
    goal_shaping,
    goals,
    help,  # noqa: A004 - named for its command
    hiding,
    home_steps,
    inviting,
    leaving,
    less,
    meetings,
    membership,
    messages,
    milestones,
    mirror,
    notes,
    on_call,
    planning,
    practice,
    privacy,
    progress,
    report,
    resting,
    reviewing,
    rights,
    seats,
    settings,
    snoozing,
    start,
    strangers,
    targets,
    templates,
    travel,
    urgent,
    visits,
    words,
)
from handlers.context import HomeApplication

PRIVATE_ONLY, NO_FORGERIES, NO_STRANGERS, NO_FLOODS, WORDS, EVERYTHING = range(6)


def register(application: HomeApplication) -> None:
    """Groups are left, forgeries, strangers and floods are held, words that were asked for are taken; then the rest.

    Of messages notes come first of all: an edited message is a revision, whatever it says now.
    """
    application.add_handlers(membership.private_only(), PRIVATE_ONLY)
    application.add_handlers(forged.handlers(), NO_FORGERIES)
    application.add_handlers(strangers.handlers(), NO_STRANGERS)
    application.add_handlers(flooding.handlers(), NO_FLOODS)
    application.add_handlers(words.handlers(), WORDS)
    application.add_handlers(checkin.presses(), EVERYTHING)
    for area in (
        notes,
        start,
        urgent,
        checkin,
        digest,
        on_call,
        away,
        snoozing,
        visits,
        messages,
        mirror,
        report,
        inviting,
        families,
        rights,
        ending,
        home_steps,
        targets,
        planning,
        templates,
        seats,
        goals,
        goal_shaping,
        practice,
        behaviours,
        meetings,
        milestones,
        progress,
        settings,
        travel,
        free_days,
        resting,
        less,
        reviewing,
        privacy,
        leaving,
        hiding,
        membership,
        help,
    ):
        application.add_handlers(area.handlers(), EVERYTHING)
    application.add_handlers(help.unknown(), EVERYTHING)
