"""Moments as an export writes them."""

from __future__ import annotations

from bot.clock import from_ms


def iso(ms: int) -> str:
    """UTC, ISO 8601, ending in Z; milliseconds where there are any."""
    timespec = "milliseconds" if ms % 1000 else "seconds"
    return from_ms(ms).replace(tzinfo=None).isoformat(timespec=timespec) + "Z"


def maybe_iso(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)
