"""What the clients here are tried with: a sandbox Front, and a server over HTTP on one.

    python3 tests/clients/servers.py target/release/front-mcp COMMAND...

runs a command of a client that is not Python's beside a hosted server, and ends the server with it.
The command finds HOSTED_URL, HOSTED_TOKEN and HOSTED_FRONT, the sandbox's address, in its environment.
"""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def environment():
    """This process's variables without settings for a real Front."""
    return {name: value for name, value in os.environ.items() if not name.startswith("FRONT_")}


@contextlib.contextmanager
def sandbox(program):
    """A sandbox Front on a free port; its address is the last word of its first line."""
    command = [program, "sandbox", "--listen", "127.0.0.1:0", "--rate-limit", "off"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(10)


class Hosted:
    """A server over HTTP, its sandbox, and those who may call."""

    def __init__(self, program, front, state):
        self.program, self.front, self.state = program, front, state
        self.url = None

    def token(self, *arguments):
        """What `front-mcp token` says."""
        command = [self.program, "token", *arguments, "--state-dir", self.state]
        told = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=10, env=environment()
        )
        return told.stdout.strip()

    def caller(self, name):
        """A new caller's token; a running server knows it within a second."""
        token = self.token("create", "--name", name)
        time.sleep(1)
        return token


@contextlib.contextmanager
def hosted(program, *settings):
    """A server for callers with tokens, in mode confirm; it takes new ones while it runs."""
    with sandbox(program) as front, tempfile.TemporaryDirectory() as folder:
        server = Hosted(program, front, f"{folder}/state")
        # It does not start for nobody.
        server.token("create", "--name", "first")
        command = [program, "serve", "--sandbox", "--send", "confirm", "--http", "127.0.0.1:0"]
        command += ["--state-dir", server.state, *settings]
        said = pathlib.Path(folder, "said.txt")
        with said.open("w") as stderr:
            env = {**environment(), "FRONT_API_BASE_URL": front}
            process = subprocess.Popen(command, stderr=stderr, env=env)
        try:
            server.url = listening(process, said)
            yield server
        finally:
            process.terminate()
            process.wait(30)


def listening(process, said):
    """The address that a server says it listens on."""
    for _ in range(200):
        told = said.read_text()
        if " listens on " in told and told.endswith("\n"):
            return told.split(" listens on ")[1].split()[0]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"it does not listen: {said.read_text()}")


def main():
    with hosted(os.path.abspath(sys.argv[1])) as server:
        settings = {
            "HOSTED_URL": server.url,
            "HOSTED_TOKEN": server.caller("client"),
            "HOSTED_FRONT": server.front,
        }
        sys.exit(subprocess.run(sys.argv[2:], env={**os.environ, **settings}).returncode)


if __name__ == "__main__":
    main()
