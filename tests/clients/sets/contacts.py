"""The toolset `contacts`."""

PRISM = [
    ("update-contact", {"contact": "crd_1a", "name": "Jo", "add_links": ["https://acme.example"]}),
    ("update-contact-handles", {"contact": "crd_1a", "add": ["jo@new.example"]}),
    ("list-contact-notes", {"contact": "crd_1a"}),
    ("list-contact-notes", {"contact": "jo@acme.example"}),
    ("add-contact-note", {"contact": "crd_1a", "body": "Called", "author": "tea_1a"}),
    ("list-contact-lists", {}),
    ("update-contact-list", {"list": "grp_1a", "add": ["crd_1a"]}),
    ("list-accounts", {}),
    ("get-account", {"account": "acc_1a"}),
    ("update-account", {"account": "acc_1a", "name": "Acme", "add_contacts": ["crd_1a"]}),
    ("merge-contacts", {"into": "crd_1a", "contacts": ["crd_2b"]}),
]

TWIN, OTHER = "crd_1twin", "crd_1twinb"


async def run(call):
    await call.ok("update-contact", contact=TWIN, custom_fields={"Bicycle": "Roadster"})
    await call.ok("update-contact-handles", contact=TWIN, add=["ros@inkwell.example"])
    await call.ok("update-contact-handles", contact=TWIN, remove=["ros@inkwell.example"])
    await call.ok("add-contact-note", contact=TWIN, body="Called.", author="tove")
    notes = await call.ok("list-contact-notes", contact=TWIN)
    assert notes["notes"][0]["body"] == "Called."
    lists = await call.ok("list-contact-lists", query="randonneurs")
    await call.ok("update-contact-list", list=lists["lists"][0]["id"], add=[TWIN])
    accounts = await call.ok("list-accounts", query="velo")
    account = accounts["accounts"][0]["id"]
    await call.ok("update-account", account=account, add_contacts=[TWIN])
    found = await call.ok("get-account", account=account)
    assert TWIN in [contact["id"] for contact in found["contacts"]]
    shown = await call.ok("merge-contacts", into=TWIN, contacts=[OTHER])
    assert shown["state"] == "preview"
    # Shown and not merged: the sandbox is the same for the next connection.
    await call.refused("merge-contacts", "not_found", "preview", preview_id="prv_0")
