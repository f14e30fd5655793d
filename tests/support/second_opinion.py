"""aiogram's models as a second opinion: does a call, an update or an answer hold only what they know?"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from tests.support import foreign


def complaints(method: str, params: dict[str, Any]) -> list[str]:
    """What aiogram's model of that method finds wrong with the parameters, as sentences."""
    model = getattr(foreign.methods, method[:1].upper() + method[1:], None)
    if model is None:
        return [f"{method}: no such method"]
    try:
        made = model.model_validate(params)
    except ValidationError as error:
        return [f"{method}.{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return unknown_fields(made, method)


def unknown_fields(value: Any, where: str = "") -> list[str]:
    """What the models do not know; they keep such fields aside."""
    if isinstance(value, list):
        return [line for at, one in enumerate(value) for line in unknown_fields(one, f"{where}[{at}]")]
    if not isinstance(value, BaseModel):
        return []
    found = [f"{where}.{name}: unknown" for name in value.model_extra or {}]
    for name in type(value).model_fields:
        found += unknown_fields(getattr(value, name), f"{where}.{name}")
    return found
