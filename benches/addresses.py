"""Measures how long a verdict takes when the server's name has dead addresses, in a network of tests/lab/enter.

usage: addresses.py FOLDER

FOLDER has the compiled peers. Writes a part of RESULTS.md, and fails if a goal is missed.
"""

import subprocess
import sys
import tempfile
import time
from statistics import median

from peers import OURS, SIMDJSON, Peers
from scene import HERE, Scene

RESULTS = HERE / "RESULTS.md"
HEADING, NEXT_HEADING = "## Dead addresses", "## Worst replies"
GOAL = 1.2
ROUNDS = 3
CONSUMERS = 10
# What tests/lab/enter has: addresses at which a server listens, and such at which nobody answers.
GOOD_6, GOOD_4 = "2001:db8:113::9", "203.0.113.9"
DEAD_6, DEAD_4 = ([f"{start}{number}" for number in range(1, 4)] for start in ("2001:db8:f::", "198.18.0."))
# A name for each list, in the order of the resolver, which has IPv6 first.
LISTS = {
    "none": [GOOD_6, GOOD_4],
    "one-ipv6-before-ipv4": [DEAD_6[0], GOOD_4],
    "three-ipv6-before-ipv4": [*DEAD_6, GOOD_4],
    "one-ipv6-before-ipv6": [DEAD_6[0], GOOD_6],
    "one-ipv4-before-ipv4": [DEAD_4[0], GOOD_4],
    "one-ipv4-after-ipv6": [GOOD_6, DEAD_4[0]],
    "one-of-each-before-ipv6": [DEAD_6[0], GOOD_6, DEAD_4[0]],
    "two-of-each-before-ipv4": [*DEAD_6[:2], *DEAD_4[:2], GOOD_4],
}


def cold(peers, peer, name, port):
    """Nanoseconds from the start of a process to its verdict; None if it has none."""
    command = [*peers.commands[peer], f"https://{name}.example.com:{port}/{CONSUMERS}", peers.scene.asked(CONSUMERS)]
    start = time.monotonic_ns()
    process = subprocess.run(
        command, input="1\n", capture_output=True, text=True, env=peers.scene.environment()
    )
    allowed, at, _ = map(int, process.stdout.splitlines()[0].split())
    return at - start if allowed > 0 else None


def row(peers, name, port):
    took = {peer: [cold(peers, peer, name, port) for _ in range(ROUNDS)] for peer in (OURS, SIMDJSON)}
    if None in took[OURS]:
        raise SystemExit(f"{name}: this library has no verdict")
    ours = median(took[OURS])
    words = name.replace("-", " ").replace("ipv", "IPv")
    if None in took[SIMDJSON]:
        return [words, f"{ours / 1e6:.0f}", "no verdict within 30 s", "", "met"]
    curl = median(took[SIMDJSON])
    met = "met" if ours <= GOAL * curl else "**missed**"
    return [words, f"{ours / 1e6:.0f}", f"{curl / 1e6:.0f}", f"{ours / curl:.2f}", met]


def measure(folder):
    addresses = ("127.0.0.1", GOOD_4, f"[{GOOD_6}]")
    with Scene((CONSUMERS,), 1, addresses) as scene:
        peers = Peers(folder, scene, None)
        for name in LISTS:
            print(f"benches/run: dead addresses: {name}", file=sys.stderr, flush=True)
            yield row(peers, name, scene.ports["https"])


def write(rows):
    head = ["dead addresses", "this library (ms)", "libcurl + simdjson (ms)", "ratio", ""]
    lines = [head, ["---", "---:", "---:", "---:", "---"], *rows]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    part = f"""{HEADING}

From the start of a process to its verdict, HTTPS, {CONSUMERS} consumers, where some of the server's addresses do not
answer; the medians of {ROUNDS} rounds, both peers in one network of `tests/lab/enter`. Goal: at most {GOAL} times
libcurl's time. "Before" and "after" are the places in the resolver's answer.

{table}
"""
    before, heading, after = RESULTS.read_text().partition(NEXT_HEADING)
    before = before.partition(HEADING)[0].rstrip()
    RESULTS.write_text(f"{before}\n\n{part}\n{heading}{after}")
    print(part)


def main():
    folder = sys.argv[1]
    if sys.argv[2:] != ["inside"]:
        with tempfile.NamedTemporaryFile("w") as hosts:
            for name, addresses in LISTS.items():
                hosts.writelines(f"{address} {name}.example.com\n" for address in addresses)
            hosts.flush()
            lab = [HERE.parent / "tests/lab/enter", "--hosts", hosts.name]
            raise SystemExit(subprocess.run([*lab, sys.executable, "-B", __file__, folder, "inside"]).returncode)
    rows = list(measure(folder))
    write(rows)
    if any("missed" in line[-1] for line in rows):
        raise SystemExit("benches/run: a goal is missed")


main()
