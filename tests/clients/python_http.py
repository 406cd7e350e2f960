"""Python's MCP client over HTTP, in both protocol eras: the main job with a token, and nothing without.

    python tests/clients/python_http.py target/release/front-mcp

Needs `mcp==2.3.0`. What left is counted at the sandbox, not asked of the server under test.
"""

import asyncio
import contextlib
import os
import sys
import urllib.error
import urllib.request

from mcp import Client
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from python_stdio import CONVERSATION, PROTOCOL, Session, check_definitions, send
from servers import hosted


@contextlib.asynccontextmanager
async def connected(server, token, mode):
    """A client with this token, and what it calls."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with create_mcp_http_client(headers=headers) as http:
        transport = streamable_http_client(server.url, http_client=http)
        async with Client(transport, mode=mode) as client:
            assert client.protocol_version == PROTOCOL[mode], client.protocol_version
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            yield Session(client, server.front, tools)


async def main_job(call):
    check_definitions(call.tools)
    rows = await call.ok("list-conversations", inboxes=["Support"], assignee="unassigned", limit=5)
    assert CONVERSATION in [row["id"] for row in rows["conversations"]], rows
    thread = await call.ok("get-conversation", conversation_id=CONVERSATION)
    assert thread["timeline"], thread
    tagged = await call.ok("add-tag", conversation_id=CONVERSATION, tags=["Urgent"])
    assert tagged["added"][0]["name"] == "Urgent", tagged
    before = len(call.outbox())
    await send(call, before)


async def turned_away(server, token, mode):
    """No client gets in with this token, nor waits for long."""

    async def come_in():
        async with connected(server, token, mode):
            pass

    try:
        await asyncio.wait_for(come_in(), 20)
    except asyncio.TimeoutError:
        raise AssertionError("it was left waiting") from None
    except Exception:
        return
    raise AssertionError("it was let in")


def challenge(server, token):
    """What a request with this token is answered: its status and its challenge."""
    request = urllib.request.Request(server.url, data=b"{}", method="POST")
    request.add_header("content-type", "application/json")
    request.add_header("accept", "application/json, text/event-stream")
    if token:
        request.add_header("authorization", f"Bearer {token}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers["www-authenticate"]


async def era(server, mode):
    token = server.caller(mode)
    async with connected(server, token, mode) as call:
        await main_job(call)
        server.token("revoke", mode)
        await asyncio.sleep(1)
        # Its connection stands, and says no more.
        try:
            result = await call.client.call_tool("list-inboxes", {})
        except Exception:
            pass
        else:
            raise AssertionError(f"a revoked token was heard: {result}")
    status, why = challenge(server, token)
    assert status == 401 and 'error="invalid_token"' in why, (status, why)
    status, why = challenge(server, None)
    assert status == 401 and why.startswith("Bearer resource_metadata="), (status, why)
    for wrong in (token, "fmcp_" + "A" * 43, None):
        await turned_away(server, wrong, mode)
    print(f"python mcp over http, {PROTOCOL[mode]}: the main job, and no way in without a token")


async def main():
    with hosted(os.path.abspath(sys.argv[1])) as server:
        for mode in PROTOCOL:
            await asyncio.wait_for(era(server, mode), 120)


if __name__ == "__main__":
    asyncio.run(main())
