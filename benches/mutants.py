#!/usr/bin/env python3
"""Mutation testing of the send gate and the path grammar: small wrong changes to their code, and
whether the tests of those modules notice each.

    mutants.py [--count 80] [--seed 20261121] [--again] [--list]

cargo-mutants (`cargo install cargo-mutants --locked`) lists the mutants of the files below, as
diffs; it does not run them. The seed puts them in an order, of which the first `--count` are
tried, so that a larger count tries the same ones and more. Each is applied to a copy of the tree
under target/mutants and built there; then the unit tests of those modules run, then their
integration tests, until one fails.

A mutant is
  unviable  when it does not build: it is not counted;
  caught    when a test fails, or the tests take far longer than without it (listed as timeouts);
  missed    when every test passes.

The outcomes are kept in target/mutants/outcomes.jsonl, and no mutant that has one is tried twice:
a run that was interrupted goes on where it stopped. `--again` tries those of the draw once more
that were missed or took too long, after tests were added or on a machine with less to do. After
any other change remove that file.

Only the standard library is needed.
"""
import argparse, collections, hashlib, json, os, pathlib, re, shutil, signal, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLACE = ROOT / "target" / "mutants"
TREE = PLACE / "tree"
OUTCOMES = PLACE / "outcomes.jsonl"
LOG = PLACE / "last.log"

FILES = [
    # Policy.
    "src/gate/policy.rs", "src/gate/policy/**/*.rs",
    # Envelopes, and what may become of them.
    "src/gate/envelope.rs", "src/gate/letter.rs", "src/gate/approval.rs",
    "src/gate/store/rules.rs", "src/gate/store/rules/**/*.rs",
    # Commit.
    "src/gate.rs", "src/gate/commit.rs", "src/gate/recheck.rs", "src/gate/judge.rs",
    "src/gate/sender.rs",
    # The path grammar.
    "src/front/path.rs", "src/front/id.rs",
]
UNIT = ["test", "--lib"]
WHOLE = ["test", "--test", "it"]
# What is built, which of its tests run, and how many seconds they have: ten times what they take
# on a machine with nothing else to do, or more. Quick ones first.
PHASES = [
    (UNIT, ["gate::", "front::path", "front::id"], 120),
    (WHOLE, ["gate::", "attacks::", "policy::", "raw_requests::paths"], 400),
    (WHOLE, ["sequences::"], 400),
]
BUILD_SECONDS = 1800
ATTEMPTS = 200


class Stop(Exception):
    """Why a run cannot go on."""


def environment():
    """Settings for a real Front have no business here; builds are to be quick."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("FRONT_")}
    own.update(
        FRONT_MCP_STATE_DIR="memory",
        CARGO_TARGET_DIR=str(PLACE / "build"),
        CARGO_PROFILE_DEV_DEBUG="0",
        CARGO_INCREMENTAL="1",
        CARGO_TERM_COLOR="never",
        RUST_BACKTRACE="0",
        # The same cases for every mutant, and none that another one's failure left behind.
        PROPTEST_RNG_SEED="20261121",
        PROPTEST_DISABLE_FAILURE_PERSISTENCE="1",
    )
    return own


def run(command, seconds):
    """Ends the whole family of a command that takes too long, or in which a test has failed. Its
    exit code, or None, and what it wrote."""
    with LOG.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=TREE, env=environment(), stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )
        end, code = time.monotonic() + seconds, None
        try:
            while code is None and time.monotonic() < end and not failed(LOG.read_text(errors="replace")):
                try:
                    code = process.wait(timeout=0.5)
                except subprocess.TimeoutExpired:
                    pass
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
    return code, LOG.read_text(errors="replace")


def failed(said):
    return sorted(set(re.findall(r"^test (\S+)(?: - .*)? \.\.\. FAILED$", said, re.MULTILINE)))


def drawn(seed, count):
    """The first mutants of the order that the seed gives. A mutant's place follows from what it
    changes, not from its line: an edit elsewhere moves none."""
    command = ["cargo", "mutants", "--list", "--json", "--diff"]
    for file in FILES:
        command += ["--file", file]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except OSError as error:
        raise Stop(f"cargo does not run: {error}") from error
    if listed.returncode != 0:
        raise Stop(f"cargo-mutants is needed (cargo install cargo-mutants --locked):\n{listed.stderr}")
    mutants, seen = json.loads(listed.stdout), collections.Counter()
    for mutant in mutants:
        function = (mutant["function"] or {}).get("function_name", "")
        changed = [line for line in mutant["diff"].splitlines()[2:] if line[:1] in "+-"]
        what = "\n".join([mutant["file"], function, mutant["replacement"], *changed])
        seen[what] += 1
        mutant["key"] = hashlib.sha256(f"{what}\n{seen[what]}".encode()).hexdigest()
    mutants.sort(key=lambda one: hashlib.sha256(f"{seed} {one['key']}".encode()).digest())
    return len(mutants), mutants[:count]


def mutated(text, diff):
    """A file's text with a unified diff applied to it, every line of which must fit."""
    before, after, at = text.splitlines(), [], 0
    lines = iter(diff.splitlines()[2:])
    for line in lines:
        hunk = re.match(r"@@ -(\d+)", line)
        if hunk:
            start = int(hunk[1]) - 1
            after += before[at:start]
            at = start
        elif line.startswith("+"):
            after.append(line[1:])
        elif line.startswith("\\"):
            continue
        else:
            if at >= len(before) or before[at] != line[1:]:
                raise Stop(f"a mutant does not fit the file:\n{diff}")
            if line.startswith(" "):
                after.append(before[at])
            at += 1
    return "\n".join(after + before[at:]) + "\n"


def copy_tree():
    """Brings the copy to the state of the working tree; what did not change keeps its time."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    wanted = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    for name in wanted:
        source, copy = ROOT / name, TREE / name
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    for copy in [path for path in TREE.rglob("*") if path.is_file()]:
        if copy.relative_to(TREE).as_posix() not in wanted:
            copy.unlink()


def tested():
    """What the tests say of the copy as it is: an outcome, and by what."""
    for build, tests, seconds in PHASES:
        code, said = run(["cargo", *build, "--no-run"], BUILD_SECONDS)
        if code != 0:
            if code is None or "internal compiler error" in said or "could not compile" not in said:
                raise Stop(f"the build broke for another reason than the mutant:\n{said[-3000:]}")
            return "unviable", re.findall(r"^error.*", said, re.MULTILINE)[:1]
        code, said = run(["cargo", *build, "--", *tests], seconds)
        if failed(said):
            return "caught", failed(said)
        if code is None:
            return "timeout", [f"{' '.join(tests)} in {seconds} s"]
        if code != 0:
            return "caught", ["the tests ended early"]
        if not re.search(r"^test result: ok\. [1-9]", said, re.MULTILINE):
            raise Stop(f"no test ran:\n{said[-3000:]}")
    return "missed", []


def outcomes():
    """What became of each mutant that was tried; the last word counts."""
    known = {}
    if OUTCOMES.exists():
        for line in OUTCOMES.read_text().splitlines():
            try:
                one = json.loads(line)
            except ValueError:
                continue  # It was being written when the run ended.
            known[one["key"]] = one
    return known


def attempt(mutant):
    file, begun = TREE / mutant["file"], time.monotonic()
    was = file.read_text()
    changed = mutated(was, mutant["diff"])
    try:
        file.write_text(changed)
        outcome, by = tested()
    finally:
        file.write_text(was)
    seconds = round(time.monotonic() - begun, 1)
    kept = {"key": mutant["key"], "name": mutant["name"], "outcome": outcome, "by": by, "seconds": seconds}
    with OUTCOMES.open("a") as file:
        file.write(json.dumps(kept) + "\n")
    return kept


def summary(draw, known):
    found = collections.defaultdict(list)
    for mutant in draw:
        outcome = known.get(mutant["key"], {"outcome": "not tried"})["outcome"]
        found[outcome].append(mutant["name"])
    caught = len(found["caught"]) + len(found["timeout"])
    counted = caught + len(found["missed"])
    print(f"\ndrawn {len(draw)}, not tried {len(found['not tried'])}, unviable {len(found['unviable'])}, "
          f"caught {caught} ({len(found['timeout'])} of them by a timeout), missed {len(found['missed'])}")
    if counted:
        print(f"{100 * caught / counted:.1f} % of {counted} caught")
    for outcome in ("timeout", "missed"):
        for name in sorted(found[outcome]):
            print(f"{outcome}: {name}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=80, help=f"how many mutants, at most {ATTEMPTS}")
    parser.add_argument("--seed", type=int, default=20261121, help="of the draw")
    parser.add_argument("--again", action="store_true", help="try the missed ones and the timeouts anew")
    parser.add_argument("--list", action="store_true", help="print the draw and what is known of it")
    wanted = parser.parse_args()
    if not 1 <= wanted.count <= ATTEMPTS:
        parser.error(f"--count is 1 to {ATTEMPTS}")
    everything, draw = drawn(wanted.seed, wanted.count)
    known = outcomes()
    print(f"seed {wanted.seed}: {len(draw)} of {everything} mutants", flush=True)
    if wanted.list:
        for mutant in draw:
            one = known.get(mutant["key"], {"outcome": "not tried", "by": []})
            print(f"{one['outcome']:9} {mutant['name']}  {', '.join(one['by'][:3])}")
        summary(draw, known)
        return
    is_due = lambda one: one is None or wanted.again and one["outcome"] in ("missed", "timeout")
    due = [mutant for mutant in draw if is_due(known.get(mutant["key"]))]
    if due:
        TREE.mkdir(parents=True, exist_ok=True)
        copy_tree()
        outcome, by = tested()
        if outcome != "missed":
            raise Stop(f"without a mutant the tests must pass: {outcome}, {by}")
    for number, mutant in enumerate(due, 1):
        one = known[mutant["key"]] = attempt(mutant)
        print(f"{number}/{len(due)} {one['outcome']:8} {one['seconds']:6} s  {one['name']}", flush=True)
    summary(draw, known)


if __name__ == "__main__":
    # Both end the tests that run and put the file back.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        main()
    except Stop as stop:
        sys.exit(f"mutants: {stop}")
    except KeyboardInterrupt:
        sys.exit("mutants: interrupted; the same command goes on")
