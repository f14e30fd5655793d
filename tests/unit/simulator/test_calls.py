"""How calls come in, and the refusals that any method can meet."""

import json

import aiohttp

from bot.simulator import Phone, Simulator
from tests.unit.simulator.client import Client


async def test_an_unknown_method_is_not_found(api: Client) -> None:
    assert await api.refusal("sendMassage") == (404, "Not Found")


async def test_a_wrong_token_is_unauthorized(api: Client) -> None:
    async with api.session.get(f"{api.base_url}123456:OTHER/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")


async def test_a_revoked_token_is_unauthorized(api: Client, sim: Simulator) -> None:
    assert (await api.result("getMe"))["username"] == "homenotes_bot"
    sim.revoke_token()
    assert await api.refusal("getMe") == (401, "Unauthorized")


async def test_method_names_are_case_insensitive_and_get_is_allowed(api: Client) -> None:
    async with api.session.get(api.url("GETME")) as response:
        assert (await response.json())["ok"]


async def test_a_call_may_come_as_a_query(api: Client, ana: Phone) -> None:
    async with api.session.get(api.url("sendMessage"), params={"chat_id": str(ana.user_id), "text": "42"}) as response:
        assert (await response.json())["result"]["text"] == "42"


async def test_a_call_may_come_as_a_form(api: Client, sim: Simulator, ana: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    form = {"chat_id": str(ana.user_id), "text": "OK?", "reply_markup": json.dumps(keyboard)}
    async with api.session.post(api.url("sendMessage"), data=form | {"disable_notification": "true"}) as response:
        assert (await response.json())["ok"]
    assert ana.buttons == ["Yes"]
    assert sim.calls[-1].params["reply_markup"] == keyboard
    assert sim.calls[-1].params["disable_notification"] is True


async def test_a_call_may_come_as_multipart_without_files(api: Client, ana: Phone) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.user_id), "text": "Grüße"}, default_to_multipart=True)
    assert (await api.upload("sendMessage", form))["result"]["text"] == "Grüße"


async def test_a_body_that_is_no_json_is_refused(api: Client) -> None:
    async with api.session.post(api.url("getMe"), data="{", headers={"Content-Type": "application/json"}) as response:
        assert (response.status, (await response.json())["error_code"]) == (400, 400)


async def test_a_json_body_that_is_no_object_is_refused(api: Client) -> None:
    async with api.session.post(api.url("getMe"), json=[1]) as response:
        assert response.status == 400


async def test_invalid_utf8_in_a_form_is_refused(api: Client, ana: Phone) -> None:
    body = f"chat_id={ana.user_id}&text=%ff".encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with api.session.post(api.url("sendMessage"), data=body, headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_invalid_utf8_in_json_is_refused(api: Client, ana: Phone) -> None:
    body = b'{"text": "\xff"}'
    async with api.session.post(api.url("sendMessage"), data=body, headers={"Content-Type": "application/json"}) as got:
        assert (await got.json())["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_a_lone_surrogate_is_refused_wherever_it_hides(api: Client, ana: Phone) -> None:
    refused = (400, "Bad Request: strings must be encoded in UTF-8")
    assert await api.refusal("sendMessage", chat_id=ana.user_id, text="half \ud83d") == refused
    keyboard = {"inline_keyboard": [[{"text": "\udc00", "callback_data": "y"}]]}
    assert await api.refusal("sendMessage", chat_id=ana.user_id, text="whole", reply_markup=keyboard) == refused


async def test_the_log_keeps_what_was_asked_and_answered(api: Client, sim: Simulator, ana: Phone) -> None:
    await api.result("sendMessage", chat_id=ana.user_id, text="Hello")
    await api.refusal("sendMessage", chat_id=ana.user_id, text="")
    good, bad = list(sim.calls)[-2:]
    assert (good.method, good.params["text"], good.status, good.chat_id) == ("sendMessage", "Hello", 200, ana.user_id)
    assert good.response["result"]["text"] == "Hello"
    assert (bad.status, bad.response["description"]) == (400, "Bad Request: message text is empty")
    assert good.at_monotonic <= bad.at_monotonic
