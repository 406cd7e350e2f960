"""Channels of an application's own."""

CHANNEL = "cha_1app"
CALL = {"channel": "cha_1a", "call_id": "c-1"}
RECORDING = {"name": "call.mp3", "content_type": "audio/mpeg", "content_base64": "SUQz"}
PARTY = {"handle": "bidder-7", "name": "Jo"}
MESSAGE = {"body": "Hello", "external_id": "m-1", "external_conversation_id": "market-1"}
TEMPLATE = {"external_id": "shipped", "name": "Shipped", "blurb": "Your order", "preview": "Your order"}

PRISM = [
    ("sync-inbound-message", {"channel": "cha_1a", "sender": PARTY, "delivered_at": "2026-03-18", **MESSAGE}),
    ("sync-outbound-message", {"channel": "cha_1a", "to": [PARTY], "author": "tea_1a", **MESSAGE}),
    ("mark-message-failed", {"channel": "cha_1a", "external_conversation_id": "market-1", "external_id": "m-1",
                             "reason": "closed"}),
    ("create-call", {**CALL, "direction": "inbound", "party": PARTY, "status": "ringing",
                     "started_at": "2026-03-18T08:00:00Z"}),
    ("create-call", {**CALL, "direction": "outbound", "party": PARTY, "status": "queued"}),
    ("update-call", {**CALL, "status": "hangup", "at": "2026-03-18T08:00:00Z"}),
    ("add-call-summary", {**CALL, "summary": "About a saddle."}),
    ("add-call-transcript", {**CALL, "lines": [{"speaker": "Jo", "at": 0.5, "text": "Hello"}]}),
    ("add-call-recording", {**CALL, "file": RECORDING}),
    ("sync-message-template", {"channel": "cha_1a", **TEMPLATE}),
    ("sync-message-template", {"channel": "cha_1a", "external_id": "shipped", "only_changes": True, "disabled": True}),
    ("set-channel-status", {"channel": "cha_1a", "status": "offline"}),
]


async def run(call):
    on_call = {"channel": CHANNEL, "call_id": f"c-{id(call)}"}
    before = len(call.outbox())
    await call.ok("sync-inbound-message", channel=CHANNEL, sender=PARTY, **MESSAGE)
    sent = {**MESSAGE, "external_id": "m-2"}
    await call.ok("sync-outbound-message", channel=CHANNEL, to=[PARTY], **sent)
    await call.ok("mark-message-failed", channel=CHANNEL, external_conversation_id="market-1", external_id="m-2")
    await call.ok("create-call", **on_call, direction="inbound", party=PARTY, status="ringing")
    await call.ok("update-call", **on_call, status="hangup")
    await call.ok("add-call-summary", **on_call, summary="About a saddle.")
    await call.ok("add-call-transcript", **on_call, lines=[{"speaker": "Jo", "at": 0, "text": "Hello"}])
    await call.ok("add-call-recording", **on_call, file=RECORDING)
    await call.ok("sync-message-template", channel=CHANNEL, **TEMPLATE)
    await call.ok("set-channel-status", channel=CHANNEL, status="offline")
    await call.refused("set-channel-status", "rejected", "application", channel="cha_1sup", status="ok")
    assert len(call.outbox()) == before
