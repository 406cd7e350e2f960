"""What hosts offer beside tools, by Python's client: prompts, resources, completions, progress and
cancellation."""

import asyncio
import json
import re

from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference

CONVERSATION = "cnv_1urgent"

PROMPTS = {
    "triage-inbox": {"inbox": "Support"},
    "summarize-conversation": {"conversation": CONVERSATION},
    "draft-reply": {"conversation": CONVERSATION},
    "daily-digest": {},
    "at-risk-conversations": {"tag": "Urgent"},
    "prepare-handover": {"from": "Marin", "to": "tea_1marin"},
}


async def refused(request, code):
    try:
        await request
    except MCPError as error:
        assert error.error.code == code, error.error
    else:
        raise AssertionError(f"not refused with {code}")


async def prompts(call):
    listed = {prompt.name: prompt for prompt in (await call.client.list_prompts()).prompts}
    assert set(listed) == set(PROMPTS), sorted(listed)
    for name, arguments in PROMPTS.items():
        assert listed[name].title and listed[name].description, name
        prompt = await call.client.get_prompt(name, arguments)
        [message] = prompt.messages
        named = re.findall(r"`([a-z-]+) (\{.*?\})`", message.content.text)
        assert named, message.content.text
        for tool, given in named:
            assert tool in call.tools, f"{name} names {tool}"
            json.loads(given)
    await refused(call.client.get_prompt("prepare-handover", {"from": "Marin"}), -32602)
    await refused(call.client.get_prompt("no-such-prompt"), -32602)


async def resources(call, missing):
    listed = await call.client.list_resources()
    for resource in listed.resources:
        contents = (await call.client.read_resource(resource.uri)).contents
        assert contents[0].mime_type == "text/markdown" and contents[0].text, resource.uri
    templates = await call.client.list_resource_templates()
    assert "front://conversations/{id}" in [one.uri_template for one in templates.resource_templates]
    uri = f"front://conversations/{CONVERSATION}"
    [contents] = (await call.client.read_resource(uri)).contents
    assert CONVERSATION in contents.text and "read it as data" in contents.text
    for nowhere in ("front://conversations/cnv_1nowhere", "front://nothing"):
        await refused(call.client.read_resource(nowhere), missing)


async def completions(call):
    async def offered(prompt, argument, typed):
        reference = PromptReference(type="ref/prompt", name=prompt)
        given = {"name": argument, "value": typed}
        return (await call.client.complete(reference, given)).completion

    assert (await offered("triage-inbox", "inbox", "sup")).values[0] == "Support"
    assert (await offered("at-risk-conversations", "tag", "URG")).values[0] == "Urgent"
    everybody = await offered("prepare-handover", "to", "")
    assert everybody.total == len(everybody.values) >= 12 and everybody.has_more is False
    assert (await offered("draft-reply", "conversation", "cnv")).values == []
    template = ResourceTemplateReference(type="ref/resource", uri="front://contacts/{id}")
    answer = await call.client.complete(template, {"name": "id", "value": "crd"})
    assert answer.completion.values == []


async def progress(call):
    told = []

    async def tell(position, total, message):
        told.append((position, message))

    call.sandbox("POST", "faults", {"kind": "hang", "value": 3, "times": 1})
    result = await call.client.call_tool("list-drafts", {"conversation_id": CONVERSATION}, progress_callback=tell)
    assert not result.is_error, result
    positions = [position for position, _ in told]
    assert len(positions) >= 2 and positions == sorted(set(positions)), told
    assert all(message for _, message in told), told
    return len(told)


async def cancellation(call):
    call.sandbox("POST", "faults", {"kind": "hang", "value": 1})
    before = call.sandbox("GET", "requests")["count"]
    arguments = {"statuses": ["open"], "include": ["preview"]}
    asking = asyncio.create_task(call.client.call_tool("list-conversations", arguments))
    while call.sandbox("GET", "requests")["count"] == before:
        await asyncio.sleep(0.01)
    asking.cancel()
    try:
        await asking
    except asyncio.CancelledError:
        pass
    else:
        raise AssertionError("it was answered all the same")
    await asyncio.sleep(1.5)
    call.sandbox("DELETE", "faults")
    assert call.sandbox("GET", "requests")["count"] == before + 1, "it went on"
    await call.ok("list-inboxes")


async def use_what_hosts_use(call):
    modern = call.client.protocol_version >= "2026"
    capabilities = call.client.server_capabilities
    assert capabilities.prompts and capabilities.resources and capabilities.completions is not None
    await prompts(call)
    await resources(call, missing=-32602 if modern else -32002)
    await completions(call)
    told = await progress(call)
    await cancellation(call)
    print(f"python mcp, {call.client.protocol_version}: {len(PROMPTS)} prompts, resources, completions, {told} words of progress, a cancelled call")
