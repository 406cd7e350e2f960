"""A hosted server under load while Front fails in every way: what it holds must not grow.

    cargo build --release
    python3 benches/soak.py target/release/front-mcp --minutes 30

Forty connections call tools at a steady rate; every few seconds Front takes another fault, and is
healed in between. Resident memory, descriptors and threads are sampled, and their slopes after the
first quarter are printed. Linux alone (it reads /proc). Needs nothing but Python 3.10.
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time

TOKEN = "sandbox"
TOOLS = [
    ("list-inboxes", {}),
    ("list-conversations", {"limit": 10}),
    ("list-conversations", {"inboxes": ["Support"], "limit": 25}),
    ("get-conversation", {"conversation_id": "cnv_1urgent"}),
    ("list-tags", {}),
    ("list-teammates", {}),
    ("search-api", {"query": "merge two contacts"}),
    ("raw-api-request", {"method": "GET", "path": "/contacts"}),
    ("add-tag", {"conversation_ids": ["cnv_1urgent"], "tags": ["VIP"]}),
    ("no-such-tool", {}),
    ("get-conversation", {"conversation_id": "nonsense"}),
]
FAULTS = [
    {"kind": "status", "value": 500},
    {"kind": "status", "value": 429, "retry_after": 1},
    {"kind": "hang", "value": 2},
    {"kind": "reset"},
    {"kind": "reset_after"},
    {"kind": "truncated"},
    {"kind": "garbage"},
    {"kind": "empty"},
    {"kind": "html"},
    {"kind": "wrong_types"},
]


def start(command, words, stream, **more):
    """A process, and the rest of the line behind these words."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FRONT_")}
    environment |= more.pop("env", {})
    process = subprocess.Popen(command, env=environment, text=True, **{stream: subprocess.PIPE})
    lines = getattr(process, stream)
    for line in lines:
        if words in line:
            threading.Thread(target=lambda: [None for _ in lines], daemon=True).start()
            return process, line.split(words, 1)[1].split()[0]
    sys.exit(f"{command} ended before it listened")


class Counts:
    def __init__(self):
        self.lock = threading.Lock()
        self.by = {}

    def add(self, what):
        with self.lock:
            self.by[what] = self.by.get(what, 0) + 1


def work(address, until, pause, counts, seed):
    draw = random.Random(seed)
    connection = None
    while time.monotonic() < until:
        name, arguments = draw.choice(TOOLS)
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                           "params": {"name": name, "arguments": arguments}})
        headers = {"Content-Type": "application/json", "MCP-Protocol-Version": "2025-11-25",
                   "Accept": "application/json, text/event-stream"}
        try:
            connection = connection or http.client.HTTPConnection(address, timeout=90)
            connection.request("POST", "/mcp", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            failed = b'"isError":true' in text or b'"error"' in text[:200]
            counts.add(f"{answer.status} {'error' if failed else 'fine'}")
            # A client that goes away now and then, as they do.
            if draw.random() < 0.02:
                connection.close()
                connection = None
        except (OSError, http.client.HTTPException) as error:
            counts.add(f"broken: {type(error).__name__}")
            connection = None
        time.sleep(pause)


def sample(pid):
    status = open(f"/proc/{pid}/status").read()
    number = lambda key: int(re.search(rf"{key}:\s+(\d+)", status).group(1))
    return number("VmRSS"), len(os.listdir(f"/proc/{pid}/fd")), number("Threads")


def slope(times, values):
    """Least squares, in units an hour."""
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    above = sum((t - middle) * (v - mean) for t, v in zip(times, values))
    below = sum((t - middle) ** 2 for t in times)
    return 3600 * above / below if below else 0.0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--connections", type=int, default=40)
    arguments.add_argument("--pause", type=float, default=0.5)
    arguments.add_argument("--seed", type=int, default=20261122)
    given = arguments.parse_args()
    draw = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.toml")
        with open(config, "w") as file:
            file.write("[http]\nrequests_per_second = 100000\nmax_requests_per_caller = 2000\n")
            file.write("[policies.everything]\n")
        front, base = start([given.program, "sandbox", "--listen", "127.0.0.1:0", "--rate-limit", "off"],
                            "listens on ", "stdout")
        server, url = start([given.program, "serve", "--sandbox", "--http", "127.0.0.1:0", "--allow-anonymous",
                             "--anonymous-policy", "everything", "--config", config, "--state-dir", folder,
                             "--request-timeout", "5s"],
                            "listens on ", "stderr", env={"FRONT_API_BASE_URL": base})
        try:
            soak(given, draw, base, url, server)
        finally:
            server.terminate()
            code = server.wait(40)
            front.kill()
            print(f"ended with {code}")


def soak(given, draw, base, url, server):
    host = base.split("//")[1]
    control = lambda method, body=None: http_once(host, method, body)
    begun = time.monotonic()
    until = begun + 60 * given.minutes
    counts, samples = Counts(), []
    address = url.split("//")[1].split("/")[0]
    threads = [threading.Thread(target=work, args=(address, until, given.pause, counts, given.seed + n))
               for n in range(given.connections)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        control("DELETE")
        if draw.random() < 0.5:
            control("POST", draw.choice(FAULTS) | {"times": 20})
        time.sleep(5)
        samples.append((time.monotonic() - begun, *sample(server.pid)))
    for thread in threads:
        thread.join()
    calls = sum(counts.by.values())
    print(f"{calls} calls in {given.minutes} minutes, seed {given.seed}: {dict(sorted(counts.by.items()))}")
    rest = samples[len(samples) // 4:]
    times = [one[0] for one in rest]
    for index, what, unit in [(1, "memory (RSS)", "KB"), (2, "descriptors", ""), (3, "threads", "")]:
        values = [one[index] for one in rest]
        print(f"{what}: first {samples[0][index]}, after a quarter {values[0]}, last {values[-1]} {unit}, "
              f"least {min(values)}, most {max(values)}, slope {slope(times, values):.1f} an hour")


def http_once(host, method, body=None):
    connection = http.client.HTTPConnection(host, timeout=30)
    text = json.dumps(body) if body else None
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection.request(method, "/_sandbox/faults", text, headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status < 300, answer.status
    connection.close()


if __name__ == "__main__":
    main()
