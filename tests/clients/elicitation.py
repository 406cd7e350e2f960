"""A person is asked by a real MCP client, in both protocol eras: what sends and what does not.

    python tests/clients/elicitation.py target/release/front-mcp

Needs `mcp==2.3.0`. What left is counted at the sandbox, not asked of the server under test.
"""

import asyncio
import os
import sys
import tempfile

from mcp import Client, StdioServerParameters
from mcp.types import ElicitResult

from python_stdio import CONVERSATION, PROTOCOL, Session
from servers import sandbox

CONFIG = '[send]\nask = ["elicitation"]\nask_wait = "2s"\n'


def word(message):
    """As a person would type it."""
    return message.splitlines()[0].rsplit(" ", 1)[1].upper()


class Person:
    """Answers as told, and counts how often it was asked."""

    def __init__(self, manner):
        self.manner, self.asked = manner, []

    async def __call__(self, _context, params):
        self.asked.append(params.message)
        assert params.requested_schema["required"] == ["word"], params
        return await self.manner(params.message)


async def accepts(message):
    return ElicitResult(action="accept", content={"word": word(message)})


async def accepts_empty(_message):
    return ElicitResult(action="accept", content={})


async def accepts_with_yes(_message):
    return ElicitResult(action="accept", content={"word": "yes"})


async def declines(_message):
    return ElicitResult(action="decline")


async def cancels(_message):
    return ElicitResult(action="cancel")


async def accepts_late(message):
    await asyncio.sleep(4)
    return await accepts(message)


# What each manner comes to in the two eras, and how many messages leave. A late answer comes
# after its call in the era of the open connection; where the call is repeated with the answer it
# is as good as any, while the envelope lives.
MANNERS = [
    (accepts, {"auto": "sent", "legacy": "sent"}),
    (accepts_empty, {"auto": "sealed", "legacy": "sealed"}),
    (accepts_with_yes, {"auto": "sealed", "legacy": "sealed"}),
    (declines, {"auto": "declined", "legacy": "declined"}),
    (cancels, {"auto": "sealed", "legacy": "sealed"}),
    (accepts_late, {"auto": "sent", "legacy": "sealed"}),
]


async def one(program, front, config, mode, manner, wanted):
    person = Person(manner)
    server = StdioServerParameters(
        command=program,
        args=["serve", "--sandbox", "--config", config],
        env={"FRONT_API_BASE_URL": front},
    )
    async with Client(server, mode=mode, elicitation_callback=person) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        call = Session(client, front, tools)
        before = len(call.outbox())
        body = f"{mode}: {manner.__name__.replace('_', ' ')}."
        report = await call.ok("send-message", conversation_id=CONVERSATION, body=body)
        assert report["state"] == wanted, (manner.__name__, report)
        if manner is accepts_late:
            await asyncio.sleep(3)
        envelope = report["envelope_id"]
        now = await call.ok("check-send", envelope_id=envelope)
        assert now["state"] == wanted, (manner.__name__, now)
        if wanted == "sealed":
            await call.refused("confirm-send", "approval_pending", "nothing was sent", envelope_id=envelope)
        left = len(call.outbox()) - before
        assert left == (1 if wanted == "sent" else 0), (manner.__name__, left)
        assert person.asked and f"| {body}" in person.asked[0], person.asked


async def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(CONFIG)
        config.flush()
        for mode, protocol in PROTOCOL.items():
            with sandbox(program) as front:
                for manner, wanted in MANNERS:
                    step = one(program, front, config.name, mode, manner, wanted[mode])
                    await asyncio.wait_for(step, 60)
            print(f"python mcp, {protocol}: {len(MANNERS)} ways of answering, as they must end")


if __name__ == "__main__":
    asyncio.run(main())
