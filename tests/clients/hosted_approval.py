"""The approval page of a hosted server in a real browser: Chromium, driven by Playwright.

    python tests/clients/hosted_approval.py target/release/front-mcp CHROMIUM [SCREENSHOTS]

Needs `playwright==1.65.2`, `mcp==2.3.0` and `openssl`. The server speaks TLS with a certificate made
on the spot, then plain HTTP on loopback. What left is counted at a sandbox Front beside it.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import pty
import ssl
import subprocess
import sys
import tempfile
import urllib.request

from playwright.async_api import async_playwright

from approval_page import DESK, TRICKS, pictures, title
from python_stdio import CONVERSATION
from servers import environment, sandbox

DANA, EVE = ("dana", "danas secret 4815"), ("eve", "eves secret 1623")


class Office:
    """A hosted server, its operator, and one caller."""

    def __init__(self, program, folder, front, origin):
        self.program, self.folder, self.front, self.origin = program, folder, front, origin
        self.token = None

    def ask(self, url, body=None, headers=()):
        unchecked = ssl.create_default_context()
        unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unchecked)
        )
        request = urllib.request.Request(url, data=body and json.dumps(body).encode())
        for name, value in dict(headers).items():
            request.add_header(name, value)
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)

    def call(self, tool, **arguments):
        body = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {
                "name": tool,
                "arguments": arguments,
                "_meta": {
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": {},
                    "io.modelcontextprotocol/clientInfo": {"name": "browser-test", "version": "1"},
                },
            },
        }
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/json, text/event-stream",
            "Content-Type": "application/json",
            "MCP-Protocol-Version": "2026-07-28",
            "Mcp-Method": "tools/call",
            "Mcp-Name": tool,
        }
        result = self.ask(f"{self.origin}/mcp", body, headers)["result"]
        assert not result.get("isError"), result
        return result["structuredContent"]

    def seal(self, body, **more):
        report = self.call("send-message", conversation_id=CONVERSATION, body=body, **more)
        assert report["state"] == "sealed", report
        link = next(word for word in report["next"].split() if word.startswith(self.origin))
        return report["envelope_id"], link

    def state(self, envelope):
        return self.call("check-send", envelope_id=envelope)["state"]

    def sent(self):
        return self.ask(f"{self.front}/_sandbox/outbox")["count"]


def at_terminal(command, answers):
    """Runs a command on a terminal of its own and answers its questions."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment())
    seen = b""
    with contextlib.suppress(OSError):
        for question, answer in answers:
            while question.encode() not in seen:
                seen += os.read(terminal, 1024)
            seen = seen.split(question.encode(), 1)[1]
            # Until it no longer echoes what is typed.
            subprocess.run(["sleep", "0.3"], check=True)
            os.write(terminal, answer.encode() + b"\n")
        while chunk := os.read(terminal, 1024):
            seen += chunk
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, seen


@contextlib.contextmanager
def office(program, is_secure):
    with tempfile.TemporaryDirectory() as name, sandbox(program) as front:
        folder = pathlib.Path(name)
        state = f"--state-dir={folder / 'state'}"
        for approver, password in (DANA, EVE):
            question = f"new PIN or password of {approver}"
            answers = [(f"{question}: ", password), (f"{question} again: ", password)]
            at_terminal([program, "approver", "set", "--name", approver, state], answers)
        created = subprocess.run(
            [program, "token", "create", "--name=support-bot", "--approver=dana", state],
            env=environment(), check=True, capture_output=True, text=True,
        )
        command = [program, "serve", "--sandbox", "--http=127.0.0.1:0", state]
        if is_secure:
            certificate, key = folder / "certificate.pem", folder / "key.pem"
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-keyout", key, "-out", certificate],
                check=True, capture_output=True,
            )
            command += [f"--tls-cert={certificate}", f"--tls-key={key}"]
        env = environment() | {"FRONT_API_BASE_URL": front}
        server = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
        try:
            for line in server.stderr:
                if "listens on" in line:
                    break
            one = Office(program, folder, front, line.split()[-1].removesuffix("/mcp"))
            one.token = created.stdout.strip()
            yield one
        finally:
            server.terminate()
            server.wait(30)


async def sign_in(page, who):
    await page.get_by_label("Name").fill(who[0])
    await page.get_by_label("PIN or password").fill(who[1])
    await page.get_by_role("button", name="Sign in").click()


async def decided(browser, one, picture):
    context = await browser.new_context(viewport=DESK, java_script_enabled=False, ignore_https_errors=True)
    page = await context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    envelope, link = one.seal(TRICKS, bcc=["eve@evil.example"], tags=["Urgent"])
    await page.goto(link)
    assert await title(page) == "Who decides?"
    assert "onload" not in await page.content()
    await picture(page, "sign-in")
    await sign_in(page, (DANA[0], "not her secret"))
    assert "Attempts left: 4" in await page.locator(".warning").inner_text()
    await picture(page, "wrong")
    await sign_in(page, DANA)
    assert await title(page) == "Send this message?"
    assert await page.get_by_role("button").all_inner_texts() == ["Sign out", "Decline", "Send"]
    for selector in ("script", "svg", "img", "iframe", "textarea", ".text *"):
        assert await page.locator(selector).count() == 0, selector
    names = {cookie["name"]: cookie for cookie in await context.cookies()}
    is_secure = one.origin.startswith("https")
    expected = "__Host-front_mcp_approver" if is_secure else "front_mcp_approver"
    cookie = names[expected]
    assert cookie["httpOnly"] and cookie["secure"] == is_secure and cookie["sameSite"] == "Lax", cookie
    await picture(page, "message")
    await page.keyboard.press("Enter")
    assert one.sent() == 0 and one.state(envelope) == "sealed", "Enter alone sent"
    await page.get_by_role("button", name="Send", exact=True).click()
    assert await title(page) == "Sent", await title(page)
    assert "by dana" in await page.locator(".outcome").inner_text()
    assert one.sent() == 1 and one.state(envelope) == "sent"
    await picture(page, "sent")
    assert all(url.startswith(one.origin) for url in asked), asked
    # She is still signed in at the next link, and leaves.
    envelope, link = one.seal("Rather not.")
    await page.goto(link)
    await page.get_by_role("button", name="Sign out").click()
    assert await title(page) == "Who decides?"
    await sign_in(page, DANA)
    await page.get_by_role("button", name="Decline").click()
    assert await title(page) == "Declined" and one.state(envelope) == "declined"
    assert one.sent() == 1
    await context.close()


async def others(browser, one, picture):
    context = await browser.new_context(viewport=DESK, ignore_https_errors=True)
    page = await context.new_page()
    envelope, link = one.seal("For dana alone.")
    await page.goto(link)
    await sign_in(page, EVE)
    assert await title(page) == "This link opens nothing for you"
    assert "For dana" not in await page.content()
    await picture(page, "not-yours")
    forged = link[:-1] + ("0" if link[-1] != "0" else "1")
    await page.goto(forged)
    assert await title(page) == "This link opens nothing for you"
    # A page elsewhere cannot frame it or send its form.
    await page.goto("about:blank")
    await page.set_content(f'<iframe src="{link}"></iframe><form method=post action="{link}"><input name=choice value=send><button>Go</button></form>')
    await page.get_by_role("button", name="Go").click()
    await page.wait_for_load_state()
    assert one.state(envelope) == "sealed"
    await context.close()


async def main():
    program, chromium = os.path.abspath(sys.argv[1]), sys.argv[2]
    folder = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for is_secure in (True, False):
            picture = pictures(folder if is_secure else None)
            with office(program, is_secure) as one:
                await decided(browser, one, picture)
                await others(browser, one, picture)
        print(f"hosted approval: Chromium {browser.version} signed in, approved, declined and was turned away")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(asyncio.wait_for(main(), 240))
