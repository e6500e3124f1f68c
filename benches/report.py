"""The table of results with its goals, and the document around it."""

import os
import platform
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path
from statistics import median

from peers import BEFORE, FLOOR, NLOHMANN, OURS, PEERS, SIMDJSON
from scene import HERE

# Per kind of row: its words, its unit, and how many nanoseconds or bytes the unit has.
KINDS = {
    "cold": ("cold process to verdict", "ms", 1e6),
    "second": ("second call of a process", "µs", 1e3),
    "warm": ("call on a kept connection", "µs", 1e3),
    "shuffled": ("the same, reply in another order", "µs", 1e3),
    "reading": ("reading a license by qls_result_get; nlohmann/json: parsing it", "ms", 1e6),
    "memory": ("memory of its own at the peak, above the process without the call", "KiB", 1024),
    "files": ("pages of files that the call is the first to touch", "KiB", 1024),
    "instructions": ("instructions of a call", "million", 1e6),
    "shipped": ("bytes to ship", "KB", 1e3),
}

# The goals: how many times a peer's value ours may be.
GOALS = {
    ("cold", "https", 10): {NLOHMANN: 0.25},
    ("cold", "http", 10): {NLOHMANN: 0.5},
    ("second", "https", 10): {NLOHMANN: 0.9},
    ("second", "http", 10): {NLOHMANN: 0.8, FLOOR: 2},
    ("warm", "https", 10): {NLOHMANN: 0.9},
    ("warm", "http", 10): {NLOHMANN: 0.8, SIMDJSON: 1.0, FLOOR: 2},
    ("warm", "https", 1_000): {NLOHMANN: 0.2},
    ("warm", "http", 1_000): {NLOHMANN: 0.2, SIMDJSON: 1.3},
    ("shuffled", "http", 1_000): {NLOHMANN: 0.2},
    ("warm", "http", 10_000): {NLOHMANN: 0.2, SIMDJSON: 1.3},
    ("warm", "http", 100_000): {NLOHMANN: 0.2},
    ("reading", "", 20_000): {NLOHMANN: 2},
    ("memory", "https", 10): {NLOHMANN: 0.5},
    ("memory", "http", 10): {NLOHMANN: 0.5},
    ("memory", "https", 100_000): {NLOHMANN: 0.3},
    ("memory", "http", 100_000): {NLOHMANN: 0.3},
}
# The goal when there is another build to compare with, for every row but the bytes to ship, which have a limit, and the
# pages of files, which are up to the kernel (notes.md).
BEFORE_GOAL = 1.1
SHIPPED_GOAL = 2_200_000
PER_CONSUMER_GOAL = 1.25

# The peers with a column of ratios, and their names in the table's head and in goals.
SHORT = {NLOHMANN: "nlohmann", SIMDJSON: "simdjson", BEFORE: "before", FLOOR: "bare socket"}
RATIOS = (NLOHMANN, SIMDJSON, BEFORE)


class Rows(dict):
    """Measurements by kind, scheme and number of consumers. Each has, per peer, the values of all runs."""

    def add(self, kind, scheme, size, values):
        self[kind, scheme, size] = values


def table(rows, without=()):
    """The rows as Markdown, for all peers that have values, `without` some."""
    present = [peer for peer in PEERS if peer not in without and any(peer in values for values in rows.values())]
    ratios = [peer for peer in RATIOS if peer in present]
    head = ["what", *present, *(f"ours / {SHORT[peer]}" for peer in ratios), "goal", ""]
    lines = [_row(head), _row(["---", *["---:"] * (len(present) + len(ratios)), "---", "---"])]
    lines += [_line(key, values, present, ratios) for key, values in rows.items()]
    lines.append(_per_consumer(rows, present, ratios))
    return "\n".join(lines)


def _line(key, values, present, ratios):
    kind, scheme, size = key
    words, unit, scale = KINDS[kind]
    details = [scheme.upper()] * bool(scheme) + [f"{_number(size)} consumer{'s' * (size > 1)}"] * bool(size)
    what = ", ".join([words, *details]) + f" ({unit})"
    cells = [_digits(median(values[peer]) / scale) if peer in values else "" for peer in present]
    ratio_cells = [f"{_ratio(values, peer):.3f}" if peer in values else "" for peer in ratios]
    goals, met = [], True
    for peer, bound in GOALS.get(key, {}).items():
        ratio = _ratio(values, peer)
        goals.append(f"≤ {bound} × {SHORT[peer]}" + f" (is {ratio:.2f})" * (peer not in ratios))  # noqa: RUF001
        met = met and ratio <= bound
    if kind == "shipped":
        goals.append(f"≤ {_number(SHIPPED_GOAL // 1000)} KB")
        met = median(values[OURS]) <= SHIPPED_GOAL
    elif BEFORE in present and kind != "files":
        goals.append(f"≤ {BEFORE_GOAL} × {SHORT[BEFORE]}")  # noqa: RUF001
        met = met and _ratio(values, BEFORE) <= BEFORE_GOAL
    return _row([what, *cells, *ratio_cells, ", ".join(goals), _verdict(met) if goals else ""])


def _ratio(values, peer):
    """Ours to a peer's: the median of the ratios of all runs."""
    return median(ours / theirs for ours, theirs in zip(values[OURS], values[peer], strict=True))


def _per_consumer(rows, present, ratios):
    """The time per consumer must not grow with their number, once they are too many for the processor's caches."""
    many, fewer = rows["warm", "http", 100_000], rows["warm", "http", 10_000]
    values = {peer: median(many[peer]) / median(fewer[peer]) / 10 for peer in present}
    cells = [f"{values[peer]:.2f}" for peer in present]
    what = "time per consumer, 100 000 against 10 000 (ratio)"
    met = values[OURS] <= PER_CONSUMER_GOAL
    return _row([what, *cells, *[""] * len(ratios), f"constant: ≤ {PER_CONSUMER_GOAL}", _verdict(met)])


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def _verdict(met):
    return "met" if met else "**missed**"


def _number(value):
    return f"{value:,}".replace(",", " ")


def _digits(value):
    return _number(round(value)) if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def document(rows, certificates):
    versions = "\n".join(f"- {line}" for line in _versions())
    notes = (HERE / "notes.md").read_text()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return f"""# Results of benches/run

This page compares this library with what people would write instead. `benches/run` wrote it on {when}; do
not edit it. Every peer does the same job: it parses and checks the consumers, posts them, judges the reply and counts
what is allowed. nginx on loopback gives fixed replies; the trust bundle has {certificates} certificates.

{table(rows, without=(BEFORE,))}

{versions}

{notes}"""


def _versions():
    def first(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0].strip()

    def package(name):
        return f"{name} {first('dpkg-query', '-W', '-f', '${Version}', name)}"

    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    release = platform.freedesktop_os_release()["PRETTY_NAME"]
    yield f"this library at {first('git', '-C', str(HERE), 'describe', '--always', '--dirty')}"
    cores = len(os.sched_getaffinity(0))
    yield f"{cpu[1] if cpu else platform.machine()}, {cores} cores; Linux {platform.release()}, {release}"
    yield f"{first('rustc', '--version')}; {first('g++', '--version')}"
    for name in (
        *("libcurl4", "nlohmann-json3-dev", "libsimdjson-dev", "libqt6network6", "python3-requests", "python3"),
        *("nginx", "libssl3"),
    ):
        yield package(name)
