"""A page with the phones side by side: what Telegram would show, and everything that one can do there."""

from bot.simulator.demo.routes import application
from bot.simulator.demo.theatre import Seat, Theatre

__all__ = ["Seat", "Theatre", "application"]
