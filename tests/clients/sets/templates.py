"""Message templates through a real client."""

PRISM = [
    ("search-templates", {"query": "out of office"}),
    ("get-template", {"template": "rsp_16yc"}),
    ("render-template", {"template": "rsp_16yc"}),
    ("create-template", {"name": "Out of office", "body": "Back on Monday."}),
    ("update-template", {"template": "rsp_16yc", "subject": "Out of office"}),
]


async def run(call):
    found = await call.ok("search-templates", query="where is my order")
    template = found["templates"][0]["template_id"]
    read = await call.ok("get-template", template=template)
    assert "tracking_number" in read["placeholders"], read
    made = await call.ok("render-template", template=template, conversation_id="cnv_1urgent",
                         teammate="marin")
    assert made["missing"] == ["tracking_number"], made
    created = await call.ok("create-template", name="Helmets", body="Measure twice.")
    changed = await call.ok("update-template", template=created["template_id"], body="Measure once.")
    assert "twice" in changed["body_before"], changed
