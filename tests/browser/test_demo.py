"""The demo's page in Chromium, on a desk and on a phone: what one can do there, and what is seen then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, Request, expect

from tests.support.demo import Demo

DESK, PHONE = (1280, 860), (360, 740)
PATIENCE = 60_000  # ms
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@dataclass
class Visitor:
    page: Page
    troubles: list[str] = field(default_factory=list)

    def phone(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=f"{name}’s phone", exact=True)

    async def writes(self, phone: Locator, text: str) -> None:
        words = phone.get_by_role("textbox", name="Message")
        await words.fill(text)
        await words.press("Enter")

    async def presses(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).click()


@asynccontextmanager
async def visit(
    browser: Browser, address: str, size: tuple[int, int] = DESK, scheme: str = "light"
) -> AsyncIterator[Visitor]:
    """What the page complains of, and whatever it asks of anybody else, fails the test."""
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    visitor = Visitor(page)

    def asked(request: Request) -> None:
        if not request.url.startswith(address):
            visitor.troubles.append(request.url)

    page.on("request", asked)
    page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
    page.on("console", lambda said: visitor.troubles.append(said.text) if said.type in ("error", "warning") else None)
    await page.goto(address)
    await page.wait_for_selector(".message")
    yield visitor
    await context.close()
    assert not visitor.troubles


def last(phone: Locator) -> Locator:
    return phone.locator(".message").last


def first_button(phone: Locator) -> Locator:
    return phone.locator(".message:has(.inline)").last.locator(".inline button").first


async def sees(phone: Locator, text: str) -> None:
    await expect(phone.locator(".message").filter(has_text=text).last).to_be_visible(timeout=PATIENCE)


async def test_one_joins_one_answers_and_the_therapist_reads(browser: Browser, demo: Demo) -> None:
    async with visit(browser, demo.address) as visitor:
        ana, lena, dana = (visitor.phone(name) for name in ("Ana", "Lena", "Dana"))
        await expect(last(dana)).to_contain_text("Your families")

        await lena.get_by_role("button", name="Start", exact=True).click()
        await expect(last(lena)).to_contain_text("Dana", timeout=PATIENCE)
        await expect(lena.locator(".mine .text").first).to_have_text("/start")  # a phone does not show the code
        await first_button(lena).click()
        await first_button(lena).filter(has_text="agree").click()
        await expect(last(dana)).to_contain_text("joined for", timeout=PATIENCE)

        await visitor.presses("Next check-in")
        await sees(ana, "How was")
        await ana.get_by_role("button", name="Good", exact=False).last.click()
        await sees(ana, "Anything")
        await expect(last(ana)).to_contain_text("edited")
        await visitor.writes(ana, "The swing made him laugh.")
        await expect(last(ana).locator(".reaction")).to_be_visible(timeout=PATIENCE)
        await expect(ana.locator(".spins")).to_have_count(0)

        await visitor.presses("Next morning")
        await expect(visitor.page.get_by_role("status").first).to_contain_text("Dana 1", timeout=PATIENCE)
        await first_button(dana).click()
        await sees(dana, "The swing made him laugh.")


async def test_the_plug_is_pulled_and_nothing_is_lost(browser: Browser, demo: Demo) -> None:
    async with visit(browser, demo.address) as visitor:
        page, ana = visitor.page, visitor.phone("Ana")
        power = page.locator("[data-power]")
        kept = ana.locator(".message").filter(has_text="Kept safely")
        before, kept_before = await power.inner_text(), await kept.count()
        await visitor.presses("Pull the plug")
        await expect(power).to_contain_text("Bot off")
        for name in ("Next check-in", "Next morning"):
            await expect(page.get_by_role("button", name=name)).to_be_disabled()

        for text in ("first words", "second words"):
            await visitor.writes(ana, text)
        await ana.get_by_role("button", name="Change").last.click()
        await expect(ana.locator(".spins")).to_have_count(1)
        await expect(ana.get_by_role("img", name="waits at Telegram for the bot")).to_have_count(2)
        await expect(power).to_contain_text("3 waiting")

        await visitor.presses("Plug it in again")
        await expect(power).to_contain_text("Bot on", timeout=PATIENCE)
        assert await power.inner_text() != before
        await expect(page.get_by_role("status").first).to_contain_text("3 had waited for it, 0 wait now")
        await expect(ana.get_by_role("img", name="waits at Telegram for the bot")).to_have_count(0)
        await expect(kept).to_have_count(kept_before + 2)  # once for each
        await expect(ana.locator(".spins")).to_have_count(0)


async def test_a_phone_sends_everything_and_shows_everything(browser: Browser, demo: Demo, tmp_path: Path) -> None:
    async with visit(browser, demo.address) as visitor:
        page, ana = visitor.page, visitor.phone("Ana")

        await ana.get_by_role("button", name="Send a voice note").click()
        await expect(ana.get_by_label("Voice note, 14 seconds")).to_be_visible()
        await ana.get_by_role("button", name="Yes, keep it").last.click()
        await sees(ana, "We keep your voice notes")

        await ana.get_by_role("textbox", name="Message").fill("look at her")
        await ana.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="A photo that is here").click()
        await sees(ana, "look at her")
        picture = tmp_path / "own.png"
        picture.write_bytes(PIXEL)
        await ana.locator("[data-file]").set_input_files(picture)
        await expect(ana.locator(".is-photo img")).to_have_count(2)
        for image in await ana.locator(".is-photo img").all():
            await image.scroll_into_view_if_needed()
            await page.wait_for_function(
                "image => image.complete && image.naturalWidth > 0", arg=await image.element_handle()
            )

        await ana.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="A file").click()
        async with page.expect_download() as download:
            await ana.get_by_role("link", name="paper.pdf").click()
        assert (await download.value).suggested_filename == "paper.pdf"

        await visitor.writes(ana, "a word wiht a slip")
        await _chooses(ana, "a word wiht a slip", "Edit")
        await visitor.writes(ana, "a word without a slip")
        await expect(ana.locator(".message").filter(has_text="without a slip")).to_contain_text("edited")
        await _chooses(ana, "without a slip", "React with ❤")
        await expect(ana.get_by_role("img", name="Reaction of this phone: ❤")).to_be_visible()
        await _chooses(ana, "without a slip", "Reply")
        await visitor.writes(ana, "and one more thing")
        await expect(ana.locator(".message .reply").last).to_contain_text("without a slip")


async def _chooses(phone: Locator, text: str, item: str) -> None:
    message = phone.locator(".message").filter(has_text=text).last
    await message.hover()
    await message.get_by_role("button", name="React, reply or edit").click()
    await phone.get_by_role("menuitem", name=item).click()


async def test_a_hurried_typist_loses_nothing(browser: Browser, address_of_all: str) -> None:
    async with visit(browser, address_of_all) as visitor:
        ana = visitor.phone("Ana")
        said = [f"hurried {number}" for number in range(8)]
        for text in said:
            await visitor.writes(ana, text)
        await expect(ana.locator(".message.mine").filter(has_text="hurried")).to_have_count(len(said))
        shown = await ana.locator(".message.mine .text").all_inner_texts()
        assert shown[-len(said) :] == said


async def test_blocked_means_blocked(browser: Browser, demo: Demo) -> None:
    async with visit(browser, demo.address) as visitor:
        ana = visitor.phone("Ana")
        await ana.get_by_role("button", name="More").click()
        await ana.get_by_role("menuitem", name="block").click()
        await expect(ana.get_by_role("textbox", name="Message")).to_be_hidden()
        await visitor.presses("Next check-in")
        await expect(visitor.page.get_by_role("status").first).to_contain_text("It is", timeout=PATIENCE)
        await expect(ana.locator(".message").filter(has_text="Thu, 25 Mar")).to_have_count(0)
        await ana.get_by_role("button", name="Unblock").click()
        await visitor.writes(ana, "/start")
        await sees(ana, "Good to see you")


async def test_a_link_is_opened_on_a_phone_of_the_page(browser: Browser, address_of_all: str) -> None:
    async with visit(browser, address_of_all) as visitor:
        page, dana = visitor.page, visitor.phone("Dana")
        await dana.get_by_role("link", name="?start=").last.click()
        await page.get_by_role("dialog", name="Open the link").get_by_label("Somebody new").fill("Mo")
        await page.get_by_role("button", name="Open there").click()
        await sees(visitor.phone("Mo"), "Dana")


async def test_words_are_never_read_as_html(browser: Browser, address_of_all: str) -> None:
    async with visit(browser, address_of_all) as visitor:
        ana = visitor.phone("Ana")
        nasty = "<img src=x onerror=alert(1)><script>alert(2)</script> <b>bold</b> & 😀 /help"
        await visitor.writes(ana, nasty)
        message = ana.locator(".message.mine").filter(has_text="onerror").last
        await expect(message.locator(".text")).to_have_text(nasty)
        assert await message.locator("img:not([role]), script, .text b").count() == 0
        await expect(message.get_by_role("button", name="/help")).to_be_visible()


async def fits_on_a_phone(page: Page) -> None:
    await expect(page.locator("section.phone:visible")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert await page.evaluate("document.documentElement.scrollHeight") <= PHONE[1]


async def test_in_the_dark_it_fits_on_a_phone_too(browser: Browser, address_of_all: str) -> None:
    async with visit(browser, address_of_all, PHONE, "dark") as visitor:
        await fits_on_a_phone(visitor.page)


async def test_on_a_phone_one_chat_at_a_time_under_tabs(browser: Browser, demo: Demo) -> None:
    async with visit(browser, demo.address, PHONE) as visitor:
        page = visitor.page
        await fits_on_a_phone(page)
        await page.get_by_role("tab", name="Dana").click()
        dana = page.get_by_role("tabpanel", name="Dana’s phone")
        await expect(first_button(dana)).to_be_in_viewport()
        await first_button(dana).click()
        await sees(dana, "Open with")
        await dana.get_by_role("button", name="Menu", exact=True).click()
        await expect(dana.get_by_role("menuitem", name="/invite")).to_be_in_viewport()
        await page.keyboard.press("Escape")
        await expect(dana.get_by_role("button", name="Menu", exact=True)).to_be_focused()

        await page.get_by_role("tab", name="Dana").press("ArrowLeft")
        await expect(page.get_by_role("tab", name="Lena")).to_be_focused()
        await visitor.presses("Next check-in")
        await expect(page.get_by_role("tab", name="Ana").locator(".badge")).to_have_text("1", timeout=PATIENCE)


async def test_a_keyboard_is_enough(browser: Browser, demo: Demo) -> None:
    async with visit(browser, demo.address) as visitor:
        page, dana = visitor.page, visitor.phone("Dana")
        await first_button(dana).focus()
        await page.keyboard.press("Enter")
        await sees(dana, "Open with")
        focused = page.locator(":focus")
        await expect(focused).to_contain_text("Next: ")  # the pressed button's message keeps the focus
        await page.keyboard.press("Enter")
        await sees(dana, "Two words together!")


async def test_everything_that_acts_has_a_name(browser: Browser, address_of_all: str) -> None:
    async with visit(browser, address_of_all) as visitor:
        nameless = await visitor.page.evaluate(
            """[...document.querySelectorAll("button, select, textarea, input, a, [role=img], [role=button]")]
                .filter((one) => one.checkVisibility())
                .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length))
                .map((one) => one.outerHTML)"""
        )
        assert nameless == []
