"""The toolset `people`."""

PRISM = [
    ("get-availability", {}),
    ("get-availability", {"teammates": ["leela@planet-express.com"], "at": "2026-03-18T08:30:00Z"}),
    ("list-shifts", {}),
    ("list-time-off", {"from": "2020-01-01", "until": "2027-01-01"}),
    ("set-time-off", {"teammate": "tea_1a", "starts": "2030-01-01", "ends": "2030-01-02"}),
    ("set-time-off", {"time_off_id": "vcr_1a", "name": "Holiday"}),
    ("set-availability", {"teammate": "leela@planet-express.com", "available": True}),
]


async def run(call):
    shifts = await call.ok("list-shifts")
    assert "Care, early" in [shift["name"] for shift in shifts["shifts"]]
    found = await call.ok("get-availability")
    assert found["off"] == 2
    off = await call.ok("list-time-off", teammates=["priya"])
    await call.ok("set-time-off", time_off_id=off["time_off"][0]["id"], name="Holiday in Kerala")
    for available in (True, False):
        now = await call.ok("set-availability", teammate="priya", available=available)
        assert now["available"] is available
