"""`demo`: the real bot, a Telegram of its own, and a calendar that jumps. Nothing of it is there when the bot runs."""
