"""Homenotes: notes from home, to the therapist."""

from __future__ import annotations

import os

# python-telegram-bot's own switch: lengths of time are timedelta. Without it, reading one warns that it will become so.
os.environ.setdefault("PTB_TIMEDELTA", "1")
