"""Checks of `reply_markup`, as strict as the real server's."""

from typing import Any

from bot.simulator.errors import ApiError, Json, bad_request

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
URL_STARTS = ("http://", "https://", "tg://", "ton://", "tonsite://")


def check_markup(markup: Any) -> None:
    if markup is None:
        return
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"], "inline_keyboard", "InlineKeyboardMarkup")
        _check_inline_buttons(markup["inline_keyboard"])
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"], "keyboard", "ReplyKeyboardMarkup")
        for button in _flat(markup["keyboard"]):
            _check_reply_button(button)


def check_inline_markup(markup: Any) -> None:
    """What an edit takes: an inline keyboard, or nothing."""
    check_markup(markup)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")


def inline_keyboard(markup: Any) -> Json | None:
    """The part of a markup that belongs to the message itself; an empty keyboard is none."""
    if not markup or not any(markup.get("inline_keyboard") or []):
        return None
    # Telegram drops buttons without a label without a word.
    rows = [[button for button in row if button["text"]] for row in markup["inline_keyboard"]]
    return {"inline_keyboard": [row for row in rows if row]}


def _check_rows(rows: Any, field: str, kind: str) -> None:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the {kind} must be an Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')


def _check_inline_buttons(rows: list[list[Any]]) -> None:
    buttons = _flat(rows)
    for button in buttons:
        _check_inline_button(button)
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise _button_error("InlineKeyboardButton must be an Object")
    _check_label(button, _button_error)
    if not any(action in button for action in ACTIONS):
        raise _button_error("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        _check_data(button["callback_data"])
    if "url" in button:
        _check_url(button["url"])


def _check_data(data: Any) -> None:
    if not isinstance(data, str):
        raise _button_error('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    text = str(url)
    named = text.startswith(URL_STARTS)
    if not named and ("://" in text or "." not in text or " " in text):
        raise bad_request(f"inline keyboard button URL '{text}' is invalid: Wrong HTTP URL")


def _check_reply_button(button: Any) -> None:
    if isinstance(button, str):
        return
    if not isinstance(button, dict):
        raise _reply_button_error("KeyboardButton must be an Object")
    _check_label(button, _reply_button_error)


def _check_label(button: Json, error: Any) -> None:
    if "text" not in button:
        raise error('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise error('Field "text" must be of type String')


def _flat(rows: list[list[Any]]) -> list[Any]:
    return [button for row in rows for button in row]


def _button_error(words: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {words}")


def _reply_button_error(words: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {words}")
