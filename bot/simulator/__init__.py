"""Telegram in small: a Bot API server with phones, faults and a clock, for tests and the demo."""

from bot.simulator import faults
from bot.simulator.limits import Limits
from bot.simulator.phone import Phone
from bot.simulator.screen import Button, Shown
from bot.simulator.server import Call
from bot.simulator.simulator import Simulator
from bot.simulator.world import Answer, Chat

__all__ = ["Answer", "Button", "Call", "Chat", "Limits", "Phone", "Shown", "Simulator", "faults"]
