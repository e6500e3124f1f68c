"""The table of results, with the goals, and the document around it."""

import os
import platform
import re
import subprocess
from datetime import datetime, timezone

from peers import CURL, FLOOR, OURS, PEERS
from scene import HERE

# Per measurement: its words, its unit and how many nanoseconds or bytes that is.
KINDS = {
    "cold": ("cold process to verdict", "ms", 1e6),
    "second": ("second call of a process", "µs", 1e3),
    "warm": ("call on a kept connection", "µs", 1e3),
    "shuffled": ("the same, reply in another order", "µs", 1e3),
    "memory": ("peak memory above the process without the call", "KiB", 1024),
    "instructions": ("instructions of a call", "million", 1e6),
    "shipped": ("bytes to ship", "KB", 1e3),
}

# What is to be reached, as a ratio to libcurl + nlohmann/json.
GOALS = {
    ("cold", "https", 10): 0.25,
    ("cold", "http", 10): 0.5,
    ("second", "https", 10): 0.9,
    ("second", "http", 10): 0.8,
    ("warm", "https", 10): 0.9,
    ("warm", "http", 10): 0.8,
    ("warm", "https", 1_000): 0.2,
    ("warm", "http", 1_000): 0.2,
    ("shuffled", "http", 1_000): 0.2,
    ("warm", "http", 10_000): 0.2,
    ("warm", "http", 100_000): 0.2,
    ("memory", "https", 10): 0.5,
    ("memory", "http", 10): 0.5,
    ("memory", "https", 100_000): 0.3,
    ("memory", "http", 100_000): 0.3,
}
# As a ratio to the bare socket.
FLOOR_GOALS = {("second", "http", 10): 2, ("warm", "http", 10): 2}
SHIPPED_GOAL = 1_750_000
PER_CONSUMER_GOAL = 1.25


class Rows(dict):
    """Measurements by kind, scheme and number of consumers; each has a value per peer."""

    def add(self, kind, scheme, size, values):
        self[kind, scheme, size] = values


def table(rows):
    lines = ["| what | " + " | ".join(PEERS) + " | ours / libcurl | goal | |"]
    lines.append("| --- |" + " ---: |" * (len(PEERS) + 1) + " --- | --- |")
    lines += [_line(key, values) for key, values in rows.items()]
    lines.append(_per_consumer(rows))
    return "\n".join(lines)


def _line(key, values):
    kind, scheme, size = key
    words, unit, scale = KINDS[kind]
    details = [scheme.upper()] * bool(scheme) + [f"{_number(size)} consumer{'s' * (size > 1)}"] * bool(size)
    what = ", ".join([words, *details]) + f" ({unit})"
    cells = [_digits(values[peer] / scale) if peer in values else "" for peer in PEERS]
    goals, met = [], True
    if key in GOALS:
        goals.append(f"≤ {GOALS[key]}")
        met = met and values[OURS] <= GOALS[key] * values[CURL]
    if key in FLOOR_GOALS:
        ratio = values[OURS] / values[FLOOR]
        goals.append(f"≤ {FLOOR_GOALS[key]} × bare socket (is {ratio:.2f})")
        met = met and ratio <= FLOOR_GOALS[key]
    if kind == "shipped":
        goals.append(f"≤ {_number(SHIPPED_GOAL // 1000)} KB")
        met = values[OURS] <= SHIPPED_GOAL
    verdict = ("met" if met else "**missed**") if goals else ""
    return _row(what, cells, f"{values[OURS] / values[CURL]:.3f}", ", ".join(goals), verdict)


def _per_consumer(rows):
    """Time per consumer must not grow with their number, once they are too many for the processor's caches."""
    values = {peer: rows["warm", "http", 100_000][peer] / rows["warm", "http", 10_000][peer] / 10 for peer in PEERS}
    met = "met" if values[OURS] <= PER_CONSUMER_GOAL else "**missed**"
    cells = [f"{values[peer]:.2f}" for peer in PEERS]
    what = "time per consumer, 100 000 against 10 000 (ratio)"
    return _row(what, cells, "", f"constant: ≤ {PER_CONSUMER_GOAL}", met)


def _row(what, cells, ratio, goal, verdict):
    return f"| {what} | " + " | ".join(cells) + f" | {ratio} | {goal} | {verdict} |"


def _number(value):
    return f"{value:,}".replace(",", " ")


def _digits(value):
    return _number(round(value)) if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def document(results, certificates):
    versions = "\n".join(f"- {line}" for line in _versions())
    notes = (HERE / "notes.md").read_text()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return f"""# Results of benches/run

Written by `benches/run` on {when}; do not edit. Medians of interleaved rounds. Every peer does the same
job: it parses and checks the consumers, posts them, judges the reply and counts what is allowed. nginx on loopback
gives fixed replies; the trust bundle has {certificates} certificates.

{results}

{versions}

{notes}"""


def _versions():
    def first(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0].strip()

    def package(name):
        return f"{name} {first('dpkg-query', '-W', '-f', '${Version}', name)}"

    cpu = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo", encoding="utf-8").read())
    release = platform.freedesktop_os_release()["PRETTY_NAME"]
    yield f"this library at {first('git', '-C', str(HERE), 'describe', '--always', '--dirty')}"
    cores = len(os.sched_getaffinity(0))
    yield f"{cpu[1] if cpu else platform.machine()}, {cores} cores; Linux {platform.release()}, {release}"
    yield f"{first('rustc', '--version')}; {first('g++', '--version')}"
    for name in ("libcurl4", "nlohmann-json3-dev", "libqt6network6", "python3-requests", "python3", "nginx", "libssl3"):
        yield package(name)
