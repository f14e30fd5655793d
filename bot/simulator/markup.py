"""Telegram's HTML: a small strict grammar of its own, with its own errors."""

import re
from dataclasses import dataclass, field

from bot.simulator.errors import ApiError, Json, bad_request
from bot.simulator.strings import utf16_length

TYPE_BY_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|(lt|gt|amp|quot));")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
SPACE = re.compile(r"\s*")
LARGEST_CODE_POINT = 0x10FFFF


@dataclass(slots=True)
class OpenTag:
    name: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class Parser:
    source: str
    at: int = 0
    length: int = 0
    out: list[str] = field(default_factory=list)
    stack: list[OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._text()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _text(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        plain = REFERENCE.sub(_referenced, self.source[self.at : end])
        self.out.append(plain)
        self.length += utf16_length(plain)
        self.at = end

    def _start_tag(self) -> None:
        begin = self.at
        name = self._match(TAG_NAME, begin + 1).lower()
        if self._ended():
            raise self._error_at("Unclosed start tag", begin)
        if name not in TYPE_BY_TAG:
            raise self._error_at(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error_at('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(OpenTag(name, self.length, attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._match(SPACE, self.at)
            if self._ended():
                raise self._error_at(f'Unclosed start tag "{tag}"', begin)
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            name = self._match(ATTRIBUTE_NAME, self.at).lower()
            if not name:
                raise self._error_at(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        """What follows an attribute's name: nothing, a bare token or a quoted string."""
        self._match(SPACE, self.at)
        if self._ended():
            raise self._error_at(f'Unclosed start tag "{tag}"', begin)
        if self.source[self.at] != "=":
            return ""
        self._match(SPACE, self.at + 1)
        if self._ended():
            raise self._error_at(f'Unclosed start tag "{tag}"', begin)
        return self._quoted(begin) if self.source[self.at] in "\"'" else self._token()

    def _quoted(self, begin: int) -> str:
        end = self.source.find(self.source[self.at], self.at + 1)
        if end < 0:
            raise self._error_at("Unclosed start tag", begin)
        value = self.source[self.at + 1 : end]
        self.at = end + 1
        return REFERENCE.sub(_referenced, value)

    def _token(self) -> str:
        begin = self.at
        value = self._match(NAME_TOKEN, begin)
        if self._ended() or not (self.source[self.at].isspace() or self.source[self.at] == ">"):
            raise self._error_at("Unexpected end of name token", begin)
        return value.lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise self._error_at("Unexpected end tag", begin)
        name = self._match(TAG_NAME, begin + 2).lower()
        self._match(SPACE, self.at)
        if self._ended() or self.source[self.at] != ">":
            raise self._error_at("Unclosed end tag", begin)
        self.at += 1
        tag = self.stack.pop()
        if name and name != tag.name:
            raise self._error_at(f'Unmatched end tag, expected "</{tag.name}>", found "</{name}>"', begin)
        self._add_entity(tag)

    def _add_entity(self, tag: OpenTag) -> None:
        entity: Json = {"type": TYPE_BY_TAG[tag.name], "offset": tag.offset, "length": self.length - tag.offset}
        if not entity["length"] or (tag.name == "a" and not tag.attributes.get("href")):
            return
        if tag.name == "a":
            entity["url"] = tag.attributes["href"]
        elif tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _match(self, pattern: re.Pattern[str], at: int) -> str:
        found = pattern.match(self.source, at)
        text = found[0] if found else ""
        self.at = at + len(text)
        return text

    def _ended(self) -> bool:
        return self.at >= len(self.source)

    def _error_at(self, words: str, position: int) -> ApiError:
        place = f" at byte offset {len(self.source[:position].encode())}"
        head, comma, rest = words.partition(", expected")
        return _error(head + place + comma + rest)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text without tags, and its entities; raises the error the real server would answer."""
    return Parser(source).parse()


def _referenced(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    usable = 0 < code <= LARGEST_CODE_POINT and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 (the surrogates)
    return chr(code) if usable else found[0]


def _error(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")
