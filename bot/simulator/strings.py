"""Small things about strings."""


def utf16_length(text: str) -> int:
    """Telegram counts text in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
