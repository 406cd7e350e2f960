"""The approval page in a real browser: Chromium, driven by Playwright.

    python tests/clients/approval_page.py target/release/front-mcp CHROMIUM [SCREENSHOTS]

Needs `playwright==1.65.2` and `mcp==2.3.0`. What left is counted at a sandbox Front that runs
beside the server. With a folder named, it is filled with pictures of the pages.
"""

import asyncio
import contextlib
import os
import pathlib
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request

from mcp import Client, StdioServerParameters
from playwright.async_api import async_playwright

from python_stdio import CONVERSATION, Session
from servers import sandbox

PHONE = {"width": 360, "height": 720}
DESK = {"width": 1100, "height": 900}

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 12
TRICKS = f"""Hello `<svg/onload=document.title='owned'>`

`</div></main><script>document.title='owned'</script>` and `</textarea><img src=x onerror=alert(1)>`

`<form action=//evil.test><button>Send</button></form>` `[Send](javascript:alert(1))`

שלום עולם (first) and مرحبا بالعالم, 100 (second).

{LONG_WORD}

    indented code stays where it is

Kind regards"""
LONG_ADDRESS = "a.very.long.name.that.somebody.once.chose." + "x" * 20 + "@" + "sub." * 12 + "example.org"


class Desk:
    """A server in `approve` mode with a browser that only writes down what it should open."""

    def __init__(self, folder, session, opened):
        self.folder, self.session, self.opened, self.seen = folder, session, opened, 0

    async def seal(self, body, **more):
        sealed = await self.session.ok("send-message", conversation_id=CONVERSATION, body=body, **more)
        assert sealed["state"] == "sealed", sealed
        return sealed["envelope_id"], await self.told()

    async def told(self):
        """What the browser was told to open next."""
        for _ in range(2000):
            lines = self.opened.read_text().split("\n")[:-1] if self.opened.exists() else []
            if len(lines) > self.seen:
                self.seen += 1
                return lines[self.seen - 1]
            await asyncio.sleep(0.01)
        raise AssertionError("no browser was opened")

    async def state(self, envelope):
        return (await self.session.ok("check-send", envelope_id=envelope))["state"]

    def sent(self):
        return len(self.session.outbox())

    def expire(self, envelope):
        with contextlib.closing(sqlite3.connect(self.folder / "state" / "envelopes.db")) as store:
            changed = store.execute(
                "UPDATE envelopes SET expires = 0,"
                " record = json_set(record, '$.expires', '2020-01-01T00:00:00Z') WHERE id = ?",
                [envelope],
            )
            assert changed.rowcount == 1
            store.commit()


@contextlib.asynccontextmanager
async def desk(program, is_named):
    """`is_named`: the browser is set by the operator; otherwise it is the platform's opener."""
    with tempfile.TemporaryDirectory() as name, sandbox(program) as front:
        folder = pathlib.Path(name)
        opened = folder / "opened"
        opener = folder / "xdg-open"
        opener.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{opened}'\n")
        opener.chmod(0o700)
        config = folder / "config.toml"
        browser = f'browser = "{opener}"\n' if is_named else ""
        config.write_text(f'[send]\nask = ["page"]\nask_wait = "50ms"\n{browser}')
        arguments = ["serve", "--sandbox", f"--config={config}", f"--state-dir={folder / 'state'}"]
        env = {
            "FRONT_API_BASE_URL": front,
            "DISPLAY": ":99",
            "PATH": f"{folder}:{os.environ['PATH']}",
        }
        server = StdioServerParameters(command=program, args=arguments, env=env)
        async with Client(server, mode="auto") as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            yield Desk(folder, Session(client, front, tools), opened)


async def title(page):
    return await page.locator("h1").inner_text()


async def fits(page):
    width = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{width} px too wide: {await title(page)}"


async def harmless(page):
    """Nothing of the message became markup, and no address was loaded but the page's own."""
    assert await page.title() != "owned"
    for selector in ("script", "svg", "img", "iframe", "textarea", ".text *", ".text a"):
        assert await page.locator(selector).count() == 0, selector
    assert await page.locator("form").count() == 1
    assert await page.get_by_role("button").all_inner_texts() == ["Decline", "Send"]


async def shown(context, address):
    """A new page at an address, with what it asked for from anybody."""
    page = await context.new_page()
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await page.goto(address)
    page.asked, page.dialogs = asked, dialogs
    return page


def scan(address):
    """A link scanner: it follows every link it sees, once, without cookies."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for method in ("GET", "HEAD", "GET"):
        request = urllib.request.Request(address, method=method)
        with contextlib.suppress(urllib.error.HTTPError):
            opener.open(request, timeout=10).read()


async def contrasts(page):
    """Every visible text against what stands behind it, as WCAG computes it."""
    low = await page.evaluate(
        """() => {
          const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
          const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = parse(getComputedStyle(at).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('body *')]
            .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            .map((one) => {
              const pair = [light(parse(getComputedStyle(one).color)), light(behind(one))].sort((a, b) => a - b);
              return [one.className || one.tagName, (pair[1] + 0.05) / (pair[0] + 0.05)];
            })
            .filter(([, ratio]) => ratio < 4.5);
        }"""
    )
    assert low == [], low


async def approve(browser, desk, picture):
    context = await browser.new_context(viewport=DESK, java_script_enabled=False)
    _, address = await desk.seal(TRICKS, to=["anna@shop.example", LONG_ADDRESS], bcc=["eve@evil.example"], archive=True, tags=["Urgent"])
    page = await shown(context, address)
    assert await title(page) == "Send this message?"
    await harmless(page)
    origin = address.split("/d/")[0]
    assert all(url.startswith(origin) for url in page.asked), page.asked
    assert page.dialogs == [] and await page.evaluate("document.activeElement.tagName") == "BODY"
    await picture(page, "message")
    before = desk.sent()
    await page.keyboard.press("Enter")
    assert desk.sent() == before, "Enter alone sent"
    await page.reload()
    assert await title(page) == "Send this message?"
    await page.get_by_role("button", name="Send").click()
    assert await title(page) == "Sent", await title(page)
    assert desk.sent() == before + 1
    await page.go_back()
    await picture(page, "sent")
    await context.close()


async def scripts_allowed(browser, desk):
    context = await browser.new_context(viewport=DESK)
    envelope, address = await desk.seal("With scripts allowed. " + TRICKS)
    page = await shown(context, address)
    await harmless(page)
    await contrasts(page)
    assert page.dialogs == []
    assert await desk.state(envelope) == "sealed"
    await context.close()


async def keyboard(browser, desk):
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    _, address = await desk.seal("By keyboard alone.")
    page = await shown(context, address)
    for name in ("Decline", "Send"):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.innerText") == name
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(outline.removesuffix("px")) >= 2, outline
    await page.keyboard.press("Enter")
    await page.wait_for_url(address)
    await page.get_by_role("heading", name="Sent").wait_for()
    assert desk.sent() == before + 1
    await context.close()


async def decline(browser, desk, picture):
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    envelope, address = await desk.seal("Rather not.")
    page = await shown(context, address)
    await page.get_by_role("button", name="Decline").click()
    assert await title(page) == "Declined"
    await picture(page, "declined")
    assert await desk.state(envelope) == "declined" and desk.sent() == before
    await context.close()


async def expired(browser, desk, picture):
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    envelope, address = await desk.seal("Too late.")
    page = await shown(context, address)
    desk.expire(envelope)
    await page.get_by_role("button", name="Send").click()
    assert await title(page) == "Expired, not sent"
    await picture(page, "expired")
    assert desk.sent() == before
    await context.close()


async def opened_twice(browser, desk):
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    _, address = await desk.seal("In two tabs.")
    first, second = await shown(context, address), await shown(context, address)
    await second.get_by_role("button", name="Send").click()
    await first.get_by_role("button", name="Send").click()
    assert (await title(first), await title(second)) == ("Sent", "Sent")
    assert desk.sent() == before + 1
    stranger = await browser.new_context(viewport=DESK)
    page = await shown(stranger, address)
    assert await title(page) == "This address opens nothing here"
    await context.close()
    await stranger.close()


async def scanned(browser, desk, picture):
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    envelope, address = await desk.seal("Scanned afterwards.")
    page = await shown(context, address)
    scan(address)
    assert await desk.state(envelope) == "sealed"
    await page.get_by_role("button", name="Send").click()
    assert await title(page) == "Sent" and desk.sent() == before + 1
    envelope, address = await desk.seal("Scanned first.")
    scan(address)
    assert await desk.state(envelope) == "sealed" and desk.sent() == before + 1
    # Whoever came first was not the person: nobody gets in by this address any more.
    page = await shown(context, address)
    assert await title(page) == "This address opens nothing here"
    await picture(page, "no-pin")
    await context.close()


async def refused_by_front(browser, desk, picture):
    """What Front says is quoted, and a message that it did not take can be sent again."""
    context = await browser.new_context(viewport=DESK)
    before = desk.sent()
    for status, heading in ((400, "Not sent: Front refused it"), (429, "Approved, not sent yet"), (500, "Perhaps sent: nobody can know yet")):
        _, address = await desk.seal(f"Front answers {status}.")
        page = await shown(context, address)
        await fault(desk, f'{{"kind": "status", "value": {status}, "match": {{"method": "POST"}}, "retry_after": 1}}')
        await page.get_by_role("button", name="Send").click()
        assert await title(page) == heading, await title(page)
        await picture(page, f"front-{status}")
        await fault(desk, None)
        if status == 429:
            await page.get_by_role("button", name="Send again").click()
            assert await title(page) == "Sent", await title(page)
    assert desk.sent() == before + 1
    await context.close()


async def fault(desk, body):
    method = "DELETE" if body is None else "POST"
    request = urllib.request.Request(f"{desk.session.front}/_sandbox/faults", method=method)
    request.data = body and body.encode()
    request.add_header("Content-Type", "application/json")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(request, timeout=10).read()


async def through_a_file(browser, program):
    """As the platform's opener does it: a private file leads the browser on."""
    async with desk(program, is_named=False) as one:
        context = await browser.new_context(viewport=PHONE, java_script_enabled=False)
        _, file = await one.seal("Through a file.")
        assert os.stat(file).st_mode & 0o777 == 0o600, file
        page = await shown(context, f"file://{file}")
        await page.wait_for_url("http://127.0.0.1:*/d/*")
        assert await title(page) == "Send this message?"
        await page.reload()
        await page.get_by_role("heading", name="Send this message?").wait_for()
        again = await shown(context, f"file://{file}")
        await again.wait_for_url("http://127.0.0.1:*/d/*")
        await again.get_by_role("button", name="Send").click()
        await again.get_by_role("heading", name="Sent").wait_for()
        assert one.sent() == 1
        await context.close()


def pictures(folder):
    """What looks at a page narrow and wide, light and dark, and fails on what is too wide or too pale."""

    async def picture(page, name):
        for size, viewport in (("phone", PHONE), ("desk", DESK)):
            await page.set_viewport_size(viewport)
            await fits(page)
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                await contrasts(page)
                if folder:
                    folder.mkdir(parents=True, exist_ok=True)
                    await page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)

    return picture


async def main():
    program, chromium = os.path.abspath(sys.argv[1]), sys.argv[2]
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None

    picture = pictures(folder)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        async with desk(program, is_named=True) as one:
            await approve(browser, one, picture)
            await scripts_allowed(browser, one)
            await keyboard(browser, one)
            await decline(browser, one, picture)
            await expired(browser, one, picture)
            await opened_twice(browser, one)
            await scanned(browser, one, picture)
            await refused_by_front(browser, one, picture)
        await through_a_file(browser, program)
        print(f"approval page: Chromium {browser.version} approved, declined, came late and was lied to")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(asyncio.wait_for(main(), 240))
