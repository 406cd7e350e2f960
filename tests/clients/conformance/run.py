"""The official conformance suite: the HTTP stack with the suite's own fixtures, and the real server.

    python3 tests/clients/conformance/run.py FIXTURE PROGRAM SUITE FOLDER

FIXTURE is the example `conformance`, PROGRAM is front-mcp, SUITE the installed package
(`@modelcontextprotocol/conformance` 0.2.0-alpha.12, which needs Node 22), FOLDER where its results
go. What may fail stands, with its reason, in the files beside this one; an entry that passes fails
the run.
"""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent

# Who is tried with which requirements, by which baseline, and how many scored scenarios pass
# whole of how many.
RUNS = [
    ("fixture", "2026-07-28", None, 37, 37),
    ("fixture", "2025-11-25", "fixture-2025.yml", 25, 30),
    ("server", "2026-07-28", "server-2026.yml", 9, 37),
    ("server", "2025-11-25", "server-2025.yml", 6, 30),
]

# Scenarios that the suite runs without scoring them, and that pass all the same.
ALSO = {
    ("fixture", "2026-07-28"): {
        "http-header-validation",
        "http-custom-header-server-validation",
        "json-schema-2020-12",
    },
    ("fixture", "2025-11-25"): {"json-schema-2020-12"},
    ("server", "2026-07-28"): {"http-header-validation"},
}


def environment():
    """This process's variables without settings for a real Front."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONT_")}
    return {**kept, "FRONT_MCP_STATE_DIR": "memory"}


@contextlib.contextmanager
def listening(*command):
    """A server that says on its first line where it listens."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment())
    try:
        line = process.stderr.readline()
        assert " listens on http://" in line, line
        yield line.split()[-1]
    finally:
        process.kill()
        process.communicate()


def run(suite, url, who, requirements, baseline, folder):
    """One requirement set; what the suite said, and whether it was content."""
    results = folder / f"{who}-{requirements}"
    shutil.rmtree(results, ignore_errors=True)
    command = ["node", str(suite / "dist/index.js"), "server", "--url", url]
    command += ["--requirements", requirements, "-o", str(results)]
    if baseline:
        command += ["--expected-failures", str(HERE / baseline)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
    )
    (folder / f"{who}-{requirements}.txt").write_text(done.stdout)
    return done.stdout, done.returncode == 0


def listed(file):
    """What stands under `server:` in a requirement set or a baseline."""
    section = file.read_text().partition("\nserver:\n")[2].partition("\n\n")[0]
    return re.findall(r"^  - (\S+)", section, re.MULTILINE)


def check(suite, url, who, requirements, baseline, passing, of, folder):
    said, is_content = run(suite, url, who, requirements, baseline, folder)
    summary = said.partition("=== SUMMARY ===")[2]
    assert is_content, f"{summary}\n{who}, {requirements}: not as expected"
    verdicts = re.findall(r"^([✓✗]) ([a-z0-9-]+): (\d+) passed", summary, re.MULTILINE)
    checks = {name: int(passed) for _, name, passed in verdicts}
    good = {name for mark, name, passed in verdicts if mark == "✓" and passed != "0"}
    missing = ALSO.get((who, requirements), set()) - good
    assert not missing, f"{who}, {requirements}: {missing}"
    scored = listed(suite / f"requirements/{requirements}.yaml")
    # The suite forgives an entry whose check was never made; what fails by a warning has one too.
    entries = listed(HERE / baseline) if baseline else []
    stale = [entry for entry in entries if f"  ~ {entry}\n" not in summary]
    assert not stale, f"{who}, {requirements}: {stale} in {baseline} did not fail"
    failing = {entry.partition(":")[0] for entry in entries}
    passed = [name for name in scored if name in good and name not in failing]
    assert (len(passed), len(scored)) == (passing, of), (len(passed), len(scored), passed)
    total = sum(checks[name] for name in scored)
    print(f"conformance, {who}, {requirements}: {passing} of {of} scenarios, {total} checks")


def main():
    fixture, program, suite, folder = (pathlib.Path(path).absolute() for path in sys.argv[1:5])
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    # The suite asks faster than any agent.
    config.write_text("[http]\nrequests_per_second = 1000\n")
    serve = [program, "serve", "--sandbox", "--http", "127.0.0.1:0", "--allow-anonymous"]
    serve += ["--config", config]
    with listening(fixture) as of_fixture, listening(*serve) as of_server:
        urls = {"fixture": of_fixture, "server": of_server}
        for who, requirements, baseline, passing, of in RUNS:
            check(suite, urls[who], who, requirements, baseline, passing, of, folder)


if __name__ == "__main__":
    main()
