"""What a caregiver's own copy says of themselves, beside their entries. No other export has it."""

from __future__ import annotations

import json

from bot.domain.iso import iso, maybe_iso
from bot.model import Json
from bot.storage import about_oneself as stored
from bot.storage.database import Row, Tx

_AS_SET = ("address", "quiet_from", "quiet_until", "weekend", "feasts", "fast")


async def seat(tx: Tx, person: int, child: int) -> Json:
    """What this seat set and agreed to, and when it asked for urgent help for the child."""
    row = await stored.seat(tx, person)
    if row is None:
        return {}
    return {
        "settings": _settings(row),
        "plans": [_plan(one) for one in await stored.plans(tx, person, child)],
        "rests": [_rest(one) for one in await stored.rests(tx, person)],
        "shared_checkins": [
            {"kind": one["kind"], "agreed_at": iso(one["agreed_at"]), "ended_at": maybe_iso(one["ended_at"])}
            for one in await stored.links(tx, person, child)
        ],
        "urgent_help": [_alert(one) for one in await stored.alerts(tx, person, child)],
    }


def _settings(row: Row) -> Json:
    return {
        **{key: row[key] for key in _AS_SET},
        "questions_a_day": row["prompts_wish"],
        "stopped_at": maybe_iso(row["stopped_at"]),
        "before_visits_since": maybe_iso(row["mirror_at"]),
        "journey": {"home": row["home_zone"], "until": row["away_until"]} if row["home_zone"] else None,
    }


def _plan(row: Row) -> Json:
    return {
        "template": row["template"],
        "name": row["form_name"] or None,
        "days": row["days"],
        "time": row["time"],
        "follows": row["follows_key"] or None,
        "from": row["starts_on"],
        "until": row["ends_on"],
        "ended_at": maybe_iso(row["ended_at"]),
    }


def _rest(row: Row) -> Json:
    return {
        "kind": row["kind"],
        "from": row["from_date"],
        "until": row["until_date"],
        "ended_at": maybe_iso(row["ended_at"]),
    }


def _alert(row: Row) -> Json:
    return {
        "at": iso(row["at"]),
        "source": row["source"],
        "answer": row["danger"] or None,
        "false_alarm_at": maybe_iso(row["false_alarm_at"]),
    }


async def account(tx: Tx, telegram_id: int) -> Json:
    """What of theirs is with us and stands nowhere else: it waits for a yes, or could not be handled."""
    return {
        "waiting": [_waiting(one) for one in await stored.waiting(tx, telegram_id)],
        "not_handled": [iso(one["at"]) for one in await stored.buried(tx, telegram_id)],
    }


def _waiting(row: Row) -> Json:
    came = json.loads(row["payload"])
    return {
        "purpose": row["purpose"],
        "text": came.get("text") or came.get("caption"),
        "arrived_at": iso(row["arrived_at"]),
        "until": iso(row["drop_at"]),
    }
