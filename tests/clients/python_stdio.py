"""Real MCP clients at work: every tool, over stdio, in both protocol eras.

    python tests/clients/python_stdio.py target/release/front-mcp

Needs `mcp==2.3.0`. A sandbox runs beside the server, so that what left is counted where it
arrives and not asked of the server under test.
"""

import asyncio
import json
import os
import pathlib
import sys
import urllib.request

import jsonschema
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from hosts import use_what_hosts_use
from servers import sandbox
from sets import SETS

FULL = str(pathlib.Path(__file__).parents[2] / "manifests/policy/full.toml")
CONVERSATION = "cnv_1urgent"
DRAFTED = "cnv_1drafts"
PROTOCOL = {"auto": "2026-07-28", "legacy": "2025-11-25"}


class Session:
    """One connection, which holds every answer against the tool's own schema."""

    def __init__(self, client, front, tools):
        self.client, self.front, self.tools = client, front, tools
        self.called = set()

    async def ok(self, name, /, **arguments):
        result = await self.client.call_tool(name, arguments)
        self.called.add(name)
        assert not result.is_error, f"{name}: {result.content[0].text}"
        assert result.content[0].text.strip(), f"{name}: no text"
        schema = self.tools[name].output_schema
        jsonschema.Draft202012Validator(schema).validate(result.structured_content)
        return result.structured_content

    async def refused(self, name, code, words, /, **arguments):
        result = await self.client.call_tool(name, arguments)
        said = f"{name}: {result.content[0].text} {result.meta}"
        assert result.is_error, said
        assert result.structured_content is None, said
        assert result.meta["code"] == code, said
        assert words in result.content[0].text, said
        return result

    def sandbox(self, method, path, body=None):
        """Asks or tells the sandbox something, past the server."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(f"{self.front}/_sandbox/{path}", method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        with opener.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def outbox(self):
        outbox = self.sandbox("GET", "outbox")
        assert outbox["count"] == len(outbox["messages"])
        return outbox["messages"]


def check_definitions(tools):
    assert len(tools) >= 19, sorted(tools)
    for tool in tools.values():
        assert tool.description and tool.title, tool.name
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
        assert tool.annotations.read_only_hint is not None, tool.name


async def read_everything(call):
    inboxes = (await call.ok("list-inboxes"))["inboxes"]
    assert "Support" in [inbox["name"] for inbox in inboxes]
    assert len((await call.ok("list-teammates"))["teammates"]) >= 12
    whoami = await call.ok("whoami")
    assert whoami["company"]["name"] == "Larkspur Cycles" and whoami["send_mode"] == "confirm"
    assert whoami["tools"] == len(call.tools), whoami
    channels = (await call.ok("list-channels", inbox="Support"))["channels"]
    assert {channel["inbox"]["name"] for channel in channels} == {"Support"}, channels
    assert len((await call.ok("list-teams"))["teams"]) == 3
    drafts = await call.ok("list-drafts", conversation_id=DRAFTED)
    assert {draft["kind"] for draft in drafts["drafts"]} == {"draft"}, drafts
    assert (await call.ok("list-tags", query="urgent"))["tags"][0]["name"] == "Urgent"
    found = await call.ok("search-api", query="snooze this until Monday")
    assert found["matches"][0]["operation"] == "update-conversation-reminders", found
    contacts = await call.ok("list-contacts", limit=3)
    following = await call.ok("list-contacts", limit=3, cursor=contacts["next_cursor"])
    ids = [row["id"] for page in (contacts, following) for row in page["contacts"]]
    assert len(set(ids)) == 6, ids
    await call.ok("get-contact", contact=ids[0])
    rows = await call.ok(
        "list-conversations",
        inboxes=["Support"],
        assignee="unassigned",
        limit=5,
        include=["preview"],
        detail="full",
    )
    assert CONVERSATION in [row["id"] for row in rows["conversations"]]
    found = await call.ok(
        "search-conversations",
        text="charity wheelsets",
        inboxes=["Support"],
        participants=["beatrix.dunmore@postbox.example"],
        **{"is": ["unassigned"]},
    )
    assert [row["id"] for row in found["conversations"]] == [CONVERSATION], found
    thread = await call.ok(
        "get-conversation",
        conversation_id=CONVERSATION,
        include=["messages", "comments", "drafts"],
        detail="full",
    )
    assert len(thread["timeline"]) == 3, thread["timeline"]
    message = thread["timeline"][-1]["message_id"]
    whole = await call.ok("get-message", message_id=message, include=["headers"], source=True)
    assert whole["conversation_id"] == CONVERSATION and whole["source"]["eml"], whole
    table = await call.ok("get-attachment", attachment_id="fil_1table", message_id="msg_1files")
    assert table["file"]["name"] == "saddles.csv" and "scratched" in table["text"], table
    await call.refused("get-attachment", "invalid_argument", "no text", attachment_id="fil_1invoice")
    tags = await call.ok("raw-api-request", method="GET", path="/tags")
    assert tags["status"] == 200


async def write_without_sending(call):
    tagged = await call.ok("add-tag", conversation_id=CONVERSATION, tags=["Urgent"])
    assert tagged["added"][0]["name"] == "Urgent"
    untagged = await call.ok("remove-tag", conversation_id=CONVERSATION, tags=["Urgent"])
    assert untagged["removed"] == tagged["added"], untagged
    updated = await call.ok(
        "update-conversation", conversation_id=CONVERSATION, custom_fields={"Root cause": "Carrier"}
    )
    assert updated["custom_fields"][0]["after"] == "Carrier", updated
    said = await call.ok(
        "add-comment", conversation_id=CONVERSATION, body="Please look.", mentions=["tove"]
    )
    assert said["mentions"][0]["name"] == "Tove Lindqvist", said
    snoozed = await call.ok(
        "snooze-conversation", conversation_id=CONVERSATION, until="2d", teammate="tove"
    )
    assert snoozed["snoozed_until"], snoozed
    await call.ok("snooze-conversation", conversation_id=CONVERSATION, cancel=True)
    planned = await call.ok(
        "bulk-update", change="tag", to="VIP", conversation_ids=[CONVERSATION]
    )
    made = await call.ok("bulk-update", handle=planned["handle"])
    assert made["progress"]["done"] == 1 and "handle" not in made, made
    await call.ok("remove-tag", conversation_id=CONVERSATION, tags=["VIP"])
    left = await call.ok("create-draft", conversation_id=CONVERSATION, body="We look into it.")
    draft = left["draft_id"]
    mine = (await call.ok("list-drafts", conversation_id=CONVERSATION))["drafts"]
    assert [(one["message_id"], one["own"]) for one in mine] == [(draft, True)], mine
    changed = await call.ok("update-draft", draft_id=draft, bcc=["al@example.org"])
    assert changed["version"] != left["version"] and changed["comment_id"], changed
    deleted = await call.ok("delete-draft", draft_id=draft)
    assert deleted["deleted"] == draft, deleted
    await call.refused("update-draft", "not_found", "draft", draft_id=draft, body="Too late.")
    handle = {"source": "email", "handle": "new.person@example.org"}
    created = await call.ok("create-contact", handles=[handle], name="New Person")
    found = await call.ok("get-contact", contact="new.person@example.org")
    assert found["contact"]["id"] == created["contact"]["id"]


async def refuse(call):
    """Errors are results that a model can read, but for a tool that does not exist."""
    await call.refused("get-conversation", "invalid_argument", "conversation_id", conversation_id="../x")
    await call.refused("list-conversations", "invalid_argument", "100", limit=101)
    await call.refused("search-conversations", "invalid_argument", "archived", **{"is": ["open", "archived"]})
    await call.refused("list-tags", "unknown_argument", "colour", colour="red")
    await call.refused(
        "add-tag", "not_found", "Urgent", conversation_id=CONVERSATION, tags=["Urgnt"]
    )
    await call.refused(
        "remove-tag", "not_found", "nothing was changed", conversation_id=CONVERSATION, tags=["VIP"]
    )
    await call.refused("get-contact", "not_found", "contact", contact="nobody@example.org")
    await call.refused(
        "raw-api-request",
        "refused",
        "nothing was sent",
        method="POST",
        path=f"/conversations/{CONVERSATION}/messages",
        body={"body": "the back door"},
    )
    await call.refused("confirm-send", "not_found", "nothing was sent", envelope_id="env_" + "0" * 32)
    try:
        await call.client.call_tool("no-such-tool", {})
    except MCPError as error:
        assert error.error.code == -32602, error
    else:
        raise AssertionError("a tool that does not exist was called")
    assert call.outbox() == []


async def send(call, before=0):
    """Seals and releases a message, where so many were sent before."""
    body = "The wheels are on their way."
    sealed = await call.ok("send-message", conversation_id=CONVERSATION, body=body)
    assert sealed["state"] == "sealed", sealed
    envelope = sealed["envelope_id"]
    pending = await call.ok("check-send", envelope_id=envelope)
    assert pending["state"] == "sealed", pending
    assert len(call.outbox()) == before, "sealing sent something"
    sent = await call.ok("confirm-send", envelope_id=envelope)
    assert sent["state"] == "sent", sent
    letter = next(one for one in call.outbox() if one["message_uid"] == sent["message_uid"])
    assert letter["conversation_id"] == CONVERSATION and body in letter["body"], letter
    again = await call.ok("confirm-send", envelope_id=envelope)
    assert (again["state"], again["message_uid"]) == ("sent", sent["message_uid"]), again
    assert (await call.ok("check-send", envelope_id=envelope))["state"] == "sent"
    assert len(call.outbox()) == before + 1, "a second confirmation sent again"


async def era(program, mode):
    with sandbox(program) as front:
        server = StdioServerParameters(
            command=program,
            args=["serve", "--sandbox", "--send", "confirm", "--toolsets", "all", "--config", FULL],
            env={"FRONT_API_BASE_URL": front},
        )
        async with Client(server, mode=mode) as client:
            assert client.protocol_version == PROTOCOL[mode], client.protocol_version
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            check_definitions(tools)
            call = Session(client, front, tools)
            await read_everything(call)
            await write_without_sending(call)
            await refuse(call)
            for toolset in SETS:
                await toolset.run(call)
            await use_what_hosts_use(call)
            await send(call)
            assert call.called == set(tools), f"never called: {set(tools) - call.called}"
            print(f"python mcp, {client.protocol_version}: {len(tools)} tools called, 1 message sent")


async def main():
    program = os.path.abspath(sys.argv[1])
    for mode in PROTOCOL:
        await asyncio.wait_for(era(program, mode), 120)


if __name__ == "__main__":
    asyncio.run(main())
