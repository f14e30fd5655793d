"""Somebody's words with nothing hidden in them: what would turn, hide or command is shown as what it is.

On a phone each of somebody's words stands in isolates of its own, which hold every turn in but an override of the
letters themselves. A picture and a paper know no isolates: there every mark is shown.
"""

from __future__ import annotations

import re

# Marks that turn or hide the rest of a line, and letters that are commands. Joiners stay: words are spelled with them.
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202d\u202e]")


def literal(words: str) -> str:
    """For a picture or a paper. Line breaks stay."""
    return _HIDDEN.sub(_named, words.replace("\r\n", "\n"))


def unturned(words: str) -> str:
    """For a phone: no letter stands in another place than it was typed."""
    return _OVERRIDES.sub(_named, words) if _OVERRIDES.search(words) else words


def uncommanded(page: str) -> str:
    """For a page, where isolates do the rest: no letter is a command, or breaks a line by itself."""
    return _COMMANDS.sub(_named, page.replace("\r\n", "\n"))


def _named(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
