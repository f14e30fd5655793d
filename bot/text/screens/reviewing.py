"""Does this plan still fit? What six weeks of it came to, and three answers."""

from __future__ import annotations

from bot.domain.reviewing import Review
from bot.model import Button, Screen
from bot.text.catalogue import Voice
from bot.text.screens import joining


def review(voice: Voice, one: Review) -> Screen:
    row = one.row
    name = joining.called(voice, row["name"], row["role"])
    what = voice.plain(f"{row['template']}-name")
    lines = [
        voice("review-title", child=row["child_name"], name=name, what=what),
        voice("review-asked", asked=one.asked, answered=one.answered),
    ]
    if one.digests:
        lines.append(voice("review-opened", child=row["child_name"], opened=one.opened, digests=one.digests))
    lines.append(voice("review-question"))
    rows = (
        (Button(voice.plain("review-button-keep"), f"review:keep:{row['id']}"),),
        (Button(voice.plain("review-button-fewer"), f"review:fewer:{row['id']}"),),
        (Button(voice.plain("review-button-edit"), f"plan:one:{row['id']}"),),
    )
    return Screen("\n".join(lines), rows, protected=True)


def kept(voice: Voice) -> Screen:
    return Screen(voice("review-kept"))
