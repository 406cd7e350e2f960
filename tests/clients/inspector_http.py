"""The MCP Inspector over HTTP, in both protocol eras: the main job with a token, none without.

    python3 tests/clients/inspector_http.py target/release/front-mcp INSPECTOR HOME

INSPECTOR is the command of `@modelcontextprotocol/inspector` 2.12.0, HOME a folder that it may write to.
What left is counted at the sandbox.
"""

import json
import os
import subprocess
import sys
import urllib.request

from servers import environment, hosted

CONVERSATION = "cnv_1urgent"


class Inspector:
    """Its command line, with one server, era and token."""

    def __init__(self, command, home, url, era, token=None):
        # A method stands first: a variadic option would swallow what follows.
        self.command = [command, "--cli", "--transport", "http", "--server-url", url]
        self.command += ["--protocol-era", era, "--format", "json", "--stored-auth-only"]
        if token:
            self.command += ["--header", f"Authorization: Bearer {token}"]
        self.env = {**environment(), "HOME": home}

    def ask(self, method, *options):
        """The exit code of a request, and the answer."""
        command = [*self.command, "--method", method, *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=self.env)
        answer = json.loads(done.stdout) if done.stdout.strip() else done.stderr
        return done.returncode, answer

    def call(self, name, **arguments):
        options = ["--tool-name", name, "--tool-args-json", json.dumps(arguments)]
        code, answer = self.ask("tools/call", *options)
        assert code == 0, (name, code, answer)
        return answer["result"]["structuredContent"]


def outbox(front):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{front}/_sandbox/outbox", timeout=10) as answer:
        return json.load(answer)["messages"]


def main_job(inspector, front, era):
    code, answer = inspector.ask("tools/list", "--strict")
    assert code == 0 and len(answer["result"]["tools"]) >= 19, (code, answer)
    rows = inspector.call("list-conversations", inboxes=["Support"], assignee="unassigned", limit=5)
    assert CONVERSATION in [row["id"] for row in rows["conversations"]], rows
    assert inspector.call("get-conversation", conversation_id=CONVERSATION)["timeline"]
    tagged = inspector.call("add-tag", conversation_id=CONVERSATION, tags=["Urgent"])
    assert tagged["added"][0]["name"] == "Urgent", tagged
    before = len(outbox(front))
    sealed = inspector.call("send-message", conversation_id=CONVERSATION, body=f"In the {era} era.")
    assert sealed["state"] == "sealed" and len(outbox(front)) == before, sealed
    sent = inspector.call("confirm-send", envelope_id=sealed["envelope_id"])
    assert sent["state"] == "sent", sent
    assert [one["message_uid"] for one in outbox(front)].count(sent["message_uid"]) == 1
    assert len(outbox(front)) == before + 1


def main():
    program, command, home = (os.path.abspath(path) for path in sys.argv[1:4])
    os.makedirs(home, exist_ok=True)
    with hosted(program) as server:
        token = server.caller("inspector")
        for era in ("legacy", "modern"):
            main_job(Inspector(command, home, server.url, era, token), server.front, era)
            code, answer = Inspector(command, home, server.url, era).ask("tools/list")
            assert code != 0 and "result" not in answer, (code, answer)
            print(f"inspector over http, {era} era: the main job, and no way in without a token")


if __name__ == "__main__":
    main()
