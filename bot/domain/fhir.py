"""What resources of FHIR R4B are made of: ids, references, codes, extensions. https://hl7.org/fhir/R4B

A resource's id is drawn from where it stands here and in which installation (``of``), so that two exports of one entry
are one resource in a record system, and two clinics' children never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from bot.model import Json

SYSTEM = "urn:homenotes"
SNAPSHOT = UUID("5f1d0c9e-3f0a-4f5c-9a0b-6d2c1c1f7e60")
CONTENT = {"voice": "audio/ogg", "photo": "image/jpeg", "video": "video/mp4", "video_note": "video/mp4"}
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # https://hl7.org/fhir/R4B/datatypes.html#string


@dataclass(frozen=True, slots=True)
class Names:
    """How entries of one installation are called. ``of`` tells it from all others."""

    of: str

    def id(self, kind: str, *parts: object) -> str:
        return str(uuid5(SNAPSHOT, "/".join(map(str, (self.of, kind, *parts)))))

    def to(self, kind: str, *parts: object) -> Json:
        """A reference to an entry of the same bundle."""
        return {"reference": f"urn:uuid:{self.id(kind, *parts)}", "type": kind.partition(":")[0]}

    def resource(self, kind: str, *parts: object, **fields: Any) -> Json:
        """``kind`` is its type, behind a colon what tells it from others of that type. Empty fields are left out."""
        kept = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
        return {"resourceType": kind.partition(":")[0], "id": self.id(kind, *parts), **kept}


def entry(resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def words(text: str) -> str:
    """Somebody's words; of control characters FHIR has only the tab and the line's end."""
    return _NOT_ALLOWED.sub("\ufffd", text)


def identifier(of: str, value: object) -> list[Json]:
    return [{"system": f"{SYSTEM}:{of}", "value": str(value)}]


def coding(of: str, code: object, display: str = "") -> Json:
    return {"system": f"{SYSTEM}:{of}", "code": str(code), **({"display": display} if display else {})}


def concept(of: str, code: object, text: str = "") -> Json:
    return {"coding": [coding(of, code)], **({"text": words(text)} if text else {})}


def extension(name: str, **value: Any) -> Json:
    """``value`` is one of FHIR's: ``valueCode=…``; or ``extension=[…]``."""
    return {"url": f"{SYSTEM}:{name}", **value}


def said(value: object, media: Json | None, text: str | None, of: str) -> Iterable[Json]:
    """What somebody answered as ``value…`` of FHIR: choices, a number, words, something sent."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, bool):
            yield {"valueBoolean": one}
        elif isinstance(one, int):
            yield {"valueInteger": one}
        elif one is not None:
            yield {"valueCoding": coding(of, one)}
    if text and text.strip():
        yield {"valueString": words(text)}
    if media is not None:
        yield {"valueAttachment": attachment(media)}


def attachment(media: Json) -> Json:
    """What was sent stays at Telegram; here stands under which name."""
    content = CONTENT.get(media["kind"])
    return {
        **({"contentType": content} if content else {}),
        "title": media["kind"],
        "extension": [extension("telegram-file", valueString=media["file_id"])],
    }


def revisions(entries: Iterable[Json], of: str) -> list[Json]:
    """What stood there before, oldest first, each with until when."""
    return [
        extension(
            "revision",
            extension=[
                *(extension("was", **value) for value in said(one.get("value"), one["media"], one["text"], of)),
                extension("recorded-at", valueDateTime=one["recorded_at"]),
                extension("replaced-at", valueDateTime=one["replaced_at"]),
            ],
        )
        for one in entries
    ]
