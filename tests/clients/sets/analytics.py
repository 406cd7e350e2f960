"""Reports and exports. Front's example of an export never ends, so those calls do not wait for it."""

UID = "b45efa66237cc453252d9019449c7a64f5cfdb491b6c2c1d6df33c1050d60e33"
DAYS = {"start": "2026-03-01", "end": "2026-03-07"}

PRISM = [
    ("run-report", {**DAYS, "metrics": ["num_messages_received", "avg_response_time"], "wait": 0,
                    "filters": {"inboxes": ["inb_1a"], "tags": ["tag_1a"]}}),
    ("run-report", {"report_id": UID, "wait": 0}),
    # A column of events alone: Front's file cannot tell the two kinds of exports apart by others.
    ("export-data", {**DAYS, "type": "events", "columns": ["Activity ID"], "wait": 0,
                     "filters": {"teammates": ["tea_1a"]}}),
    ("export-data", {"export_id": "exp_o9y1a", "wait": 0}),
]


async def run(call):
    report = await call.ok("run-report", **DAYS, compare=True)
    assert report["status"] == "done" and len(report["metrics"]) == 8, report
    again = await call.ok("run-report", report_id=report["report_id"])
    assert again["status"] == "done", again
    export = await call.ok("export-data", type="messages", **DAYS)
    assert export["status"] == "done" and export["host"] == "api.frontapp.com", export
    await call.refused("run-report", "invalid_argument", "num_messages_sent", **DAYS, metrics=["num_messages_send"])
    await call.refused("export-data", "invalid_argument", "Tags", **DAYS, type="messages", columns=["Tagz"])
