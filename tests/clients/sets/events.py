"""What happened."""

PRISM = [
    ("list-events", {"inboxes": ["inb_1a", "inb_2b"], "types": ["inbound", "assigned"], "since": "7d"}),
    ("list-events", {"conversation_id": "cnv_1a", "types": ["inbound"], "by": "conversation"}),
    ("get-event", {"event_id": "evt_4ckcra8e"}),
]


async def run(call):
    found = await call.ok("list-events", types=["received"], limit=5)
    assert len(found["events"]) == 5 and found["next_cursor"], found
    more = await call.ok("list-events", types=["received"], limit=5, cursor=found["next_cursor"])
    assert not {one["id"] for one in found["events"]} & {one["id"] for one in more["events"]}
    event = await call.ok("get-event", event_id=found["events"][0]["id"])
    assert event["event"]["type"] == "inbound", event
    await call.ok("list-events", conversation_id="cnv_1urgent", by="conversation")
    await call.refused("list-events", "invalid_argument", "assigned", types=["asigned"])
