"""`homenotes run`, and afterwards which libraries it had loaded."""

from __future__ import annotations

import json
import sys

from bot.cli import main

code = main(["run"])
print(json.dumps({"code": code, "matplotlib": "matplotlib" in sys.modules, "alembic": "alembic" in sys.modules}))
