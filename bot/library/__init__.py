"""Content as data: check-in templates, crisis numbers, careful words, milestones, feasts, stories."""

from __future__ import annotations

from typing import Any

import yaml

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast; not in every build of PyYAML


def parsed(source: str) -> Any:
    """Raises `yaml.YAMLError`."""
    return yaml.load(source, _FAST)  # noqa: S506 - both loaders make plain values only
