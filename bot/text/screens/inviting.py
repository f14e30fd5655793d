"""A new family: a nickname, one tap, and everything to hand on."""

from __future__ import annotations

import html
import io

import segno

from bot.model import Button, Screen
from bot.text.catalogue import Html, Voice


def ask_nickname(voice: Voice) -> Screen:
    return Screen(voice("invite-nickname"))


def confirm(voice: Voice, nickname: str, hour: str, language: str, zone: str) -> Screen:
    """What will be set up; all of it can be changed in /families."""
    text = voice("invite-confirm", child=nickname, hour=hour, language=language, zone=zone)
    return Screen(text, ((Button(voice.plain("invite-make"), "invite:make"),),))


def made(voice: Voice, nickname: str) -> Screen:
    return Screen(voice("invite-made", child=nickname))


def forward(voice: Voice, therapist: str, link: str) -> Screen:
    """In the parent's language, ready to be forwarded. It names no child."""
    return Screen(voice("invite-forward", name=therapist, link=Html(html.escape(link))))


def qr(voice: Voice, link: str) -> Screen:
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=3)
    return Screen(voice("invite-qr"), photo=picture.getvalue())


def no_name_yet(voice: Voice, code: str) -> Screen:
    """Telegram has not told us our own name: the code works all the same."""
    return Screen(voice("invite-code-only", code=Html(html.escape(code))))


def therapists_only(voice: Voice) -> Screen:
    return Screen(voice("invite-therapists-only"))
