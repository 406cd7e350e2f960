"""A sign-in in a real browser: Chromium, driven by Playwright, on the sandbox's own authorize page.

    python tests/clients/login.py target/release/front-mcp CHROMIUM [SCREENSHOTS]

Needs `playwright==1.65.2`. With a folder named, it is filled with pictures of the pages.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import re
import socket
import sys
import tempfile
import urllib.request

from playwright.async_api import async_playwright

from approval_page import DESK, pictures, title
from servers import environment, sandbox

COMPANY = "Larkspur Cycles"
HANG = 40


def free_port():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as one:
        return one.getsockname()[1]


def control(front, path, body):
    request = urllib.request.Request(f"{front}/_sandbox/{path}", json.dumps(body).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).read()


class Desk:
    """A Front, a folder for accounts, and the program."""

    def __init__(self, program, front, folder):
        self.program, self.front, self.folder = program, front, folder
        self.accounts = folder / "state" / "accounts"

    async def start(self, *arguments, stdin=asyncio.subprocess.DEVNULL, front=None):
        """A command that joins the running sandbox, or a Front that is not there, and keeps its accounts."""
        state = f"--state-dir={self.folder / 'state'}"
        nobody = {name: value for name, value in environment().items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")}
        return await asyncio.create_subprocess_exec(
            self.program, arguments[0], "--sandbox", state, *arguments[1:],
            env=nobody | {"FRONT_API_BASE_URL": front or self.front, "HOME": str(self.folder)},
            stdin=stdin, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )

    @contextlib.asynccontextmanager
    async def login(self, *arguments, scheme="http", host="127.0.0.1", **more):
        """A login that waits; what it says at its end is checked by `ended`."""
        redirect = f"{scheme}://{host}:{free_port()}/callback"
        process = await self.start("login", f"--redirect-uri={redirect}", *arguments, **more)
        said = ""
        while not said or not said.splitlines()[-1].startswith("http"):
            line = await asyncio.wait_for(process.stdout.readline(), HANG)
            assert line, f"it ended before it said where to go: {said}"
            said += line.decode()
        login = Login(process, said, redirect)
        try:
            yield login
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    def account(self, name="default"):
        path = self.accounts / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else None


class Login:
    def __init__(self, process, said, redirect):
        self.process, self.said, self.redirect = process, said, redirect
        self.address = said.splitlines()[-1]
        self.state = re.search(r"[?&]state=([^&]+)", self.address)[1]

    async def ended(self, code, *words):
        rest = await asyncio.wait_for(self.process.stdout.read(), HANG)
        self.said += rest.decode()
        assert await asyncio.wait_for(self.process.wait(), HANG) == code, self.said
        for word in words:
            assert word in self.said, (word, self.said)


async def choose(page, login, decision, who=None):
    """Answers Front's page, and arrives at ours."""
    await page.goto(login.address)
    if who:
        await page.get_by_text(who).click()
    await page.get_by_role("button", name=decision).click()
    await page.wait_for_url(f"{login.redirect}?*")


async def harmless(page):
    """Nothing that came along became markup, nothing was loaded but the page, and no script ran."""
    assert await page.title() != "owned"
    for selector in ("script", "svg", "img", "iframe", "form", "link", "bdi *", "blockquote *"):
        assert await page.locator(selector).count() == 0, selector
    assert page.dialogs == [], page.dialogs


async def signed_in(browser, desk, picture):
    """Over TLS with a certificate of the moment, under each name; and plain."""
    for scheme, host in (("https", "localhost"), ("https", "127.0.0.1"), ("https", "[::1]"), ("http", "localhost")):
        async with desk.login(scheme=scheme, host=host) as login, visitor(browser) as page:
            assert (scheme == "https") == ("not private" in login.said), login.said
            await choose(page, login, "Allow")
            assert await title(page) == f"Signed in as {COMPANY}", await title(page)
            await harmless(page)
            asked = [url for url in page.asked if not url.startswith((desk.front, login.redirect))]
            assert asked == [], asked
            await login.ended(0, f"Signed in as “{COMPANY}”", "front-mcp logout")
            await picture(page, f"signed-in-{scheme}")
        assert desk.account()["company"] == COMPANY


async def warned_of(browser, desk):
    """A browser that trusts nothing shows its own warning, and the sign-in goes on waiting."""
    async with desk.login(scheme="https", host="localhost") as login:
        async with visitor(browser, ignore_https_errors=False) as page:
            await page.goto(login.address)
            async with page.expect_event("requestfailed") as failed:
                await page.get_by_role("button", name="Allow").click(no_wait_after=True)
            request = await failed.value
            assert "ERR_CERT_AUTHORITY_INVALID" in request.failure and request.url.startswith(login.redirect), request.failure
        assert login.process.returncode is None
        async with visitor(browser) as page:
            await choose(page, login, "Allow")
            assert await title(page) == f"Signed in as {COMPANY}"
        await login.ended(0)


async def refused(browser, desk, picture):
    for decision, who, heading, name in (
        ("Deny", None, "Nobody was signed in", "denied"),
        ("Allow", "Tove Lindqvist", "An administrator has to do this", "no-administrator"),
    ):
        async with desk.login("--account=nobody") as login, visitor(browser) as page:
            await choose(page, login, decision, who)
            assert await title(page) == heading, await title(page)
            await harmless(page)
            await page.get_by_text("Front said:").wait_for()
            await login.ended(1, heading, "Front said: “", "Nothing was stored")
            await picture(page, name)
    assert desk.account("nobody") is None


async def brought_by_others(browser, desk, picture):
    """Whatever another page leads the browser here with, the sign-in goes on."""
    async with desk.login("--account=nobody") as login, visitor(browser) as page:
        for query, heading, name in (
            ("code=x&state=x", "Not the sign-in that is under way", "wrong-state"),
            (f"code=x&code=y&state={login.state}", "This is no answer from Front", "no-answer"),
        ):
            await page.goto(f"{login.redirect}?{query}")
            assert await title(page) == heading, await title(page)
            await picture(page, name)
        await page.goto(login.redirect.replace("/callback", "/"))
        assert await title(page) == "Nothing here"
        words = "%3Cscript%3Edocument.title='owned'%3C/script%3E%3Cimg+src=x+onerror=alert(1)%3E+%E2%80%AEnever+ours+" + "long" * 500
        await page.goto(f"{login.redirect}?error=access_denied&error_description={words}&state={login.state}")
        assert await title(page) == "Nobody was signed in"
        await harmless(page)
        quoted = await page.locator("blockquote").inner_text()
        assert quoted.startswith("<script>document.title") and len(quoted) == 300, quoted
        await picture(page, "hostile-words")
        await login.ended(1, "Nobody was signed in")


async def too_late(browser, desk, picture):
    control(desk.front, "oauth", {"code_seconds": 0.0})
    async with desk.login("--account=nobody") as login, visitor(browser) as page:
        await choose(page, login, "Allow")
        assert await title(page) == "Front no longer takes the code"
        await picture(page, "late-code")
        await login.ended(1, "Front no longer takes the code")
    control(desk.front, "oauth", {"code_seconds": 600.0})


async def no_token(browser, desk, picture):
    control(desk.front, "faults", {"kind": "html", "match": {"path_prefix": "/oauth/token"}})
    async with desk.login("--account=nobody") as login, visitor(browser) as page:
        await choose(page, login, "Allow")
        assert await title(page) == "Front gave no token", await title(page)
        await picture(page, "no-token")
        await login.ended(1, "Nothing was stored")
    request = urllib.request.Request(f"{desk.front}/_sandbox/faults", method="DELETE")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).read()


async def offline(browser, desk, picture):
    async with desk.login("--account=nobody", front=f"http://127.0.0.1:{free_port()}") as login, visitor(browser) as page:
        await page.goto(f"{login.redirect}?code=x&state={login.state}")
        assert await title(page) == "Front cannot be reached", await title(page)
        await picture(page, "offline")
        await login.ended(1, "Front cannot be reached", "Nothing was stored")


async def another_company(browser, desk, picture):
    before = desk.account()
    control(desk.front, "oauth", {"company": "Acme <b>& Sons</b> Donaudampfschifffahrtsgesellschaft"})
    async with desk.login() as login, visitor(browser) as page:
        await choose(page, login, "Allow")
        assert await title(page) == "Nothing was replaced"
        await harmless(page)
        await picture(page, "not-replaced")
        await login.ended(1, "Nothing was replaced", "--replace")
    person, terminal = os.openpty()
    async with desk.login(stdin=terminal) as login, visitor(browser) as page:
        await choose(page, login, "Allow")
        assert await title(page) == "One question in the terminal"
        await picture(page, "question")
        os.write(person, b"no\n")
        await login.ended(1, "Type `yes` to replace it", "Nothing was replaced")
    os.close(person)
    os.close(terminal)
    assert desk.account() == before
    async with desk.login("--replace") as login, visitor(browser) as page:
        await choose(page, login, "Allow")
        assert await title(page) == "Signed in as Acme <b>& Sons</b> Donaudampfschifffahrtsgesellschaft"
        await harmless(page)
        await login.ended(0, COMPANY)
        await picture(page, "long-name")


async def signed_out(desk):
    for words in ("Front confirmed", "nothing to sign out of"):
        process = await desk.start("logout")
        said, _ = await asyncio.wait_for(process.communicate(), HANG)
        assert process.returncode == 0 and words in said.decode(), said
    assert desk.account() is None


@contextlib.asynccontextmanager
async def visitor(browser, ignore_https_errors=True):
    context = await browser.new_context(viewport=DESK, ignore_https_errors=ignore_https_errors)
    page = await context.new_page()
    page.asked, page.dialogs = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: page.dialogs.append(dialog.message))
    yield page
    await context.close()


async def main():
    program, chromium = os.path.abspath(sys.argv[1]), sys.argv[2]
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None

    picture = pictures(folder)

    with tempfile.TemporaryDirectory() as name, sandbox(program) as front:
        desk = Desk(program, front, pathlib.Path(name))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            await signed_in(browser, desk, picture)
            await warned_of(browser, desk)
            await refused(browser, desk, picture)
            await brought_by_others(browser, desk, picture)
            await too_late(browser, desk, picture)
            await no_token(browser, desk, picture)
            await offline(browser, desk, picture)
            await another_company(browser, desk, picture)
            await signed_out(desk)
            print(f"sign-in: Chromium {browser.version} let in, denied, was no administrator and was lied to")
            await browser.close()


if __name__ == "__main__":
    asyncio.run(asyncio.wait_for(main(), 240))
