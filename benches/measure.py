"""Measures the peers in turn, round by round, and takes medians.

usage: measure.py FOLDER [BEFORE]

FOLDER has the compiled peers; BEFORE is a folder with another build of this library, to compare with.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

import report
import shipped
from peers import BEFORE, NLOHMANN, OURS, QT, REQUESTS, SIMDJSON, Kept, Peers
from scene import HERE, Scene

# How often the calls on a kept connection are measured with new processes.
RUNS = 5
# Per number of consumers: rounds in a run, and calls in a round.
WARM = ((1, 8, 20), (10, 12, 20), (1_000, 8, 2), (10_000, 5, 1), (100_000, 2, 1))
WARM_TLS = ((10, 12, 20), (1_000, 5, 2))
COLD_ROUNDS = 31
FEW, MANY = 10, 100_000
LICENSE_SIZE, READING_TURNS = 20_000, 3


def main():
    folder, before = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    with Scene([size for size, _, _ in WARM], LICENSE_SIZE) as scene:
        peers = Peers(folder, scene, before)
        rows = report.Rows()
        for scheme in ("https", "http"):
            say(f"cold processes over {scheme}")
            cold, second = in_turn_cold(peers, scheme)
            rows.add("cold", scheme, FEW, cold)
            rows.add("second", scheme, FEW, second)
        for scheme, warm in (("https", WARM_TLS), ("http", WARM)):
            for size, rounds, calls in warm:
                say(f"calls on a kept connection with {size} consumers over {scheme}")
                rows.add("warm", scheme, size, in_turn_warm(peers, scheme, size, rounds, calls))
        rows.add("shuffled", "http", 1_000, in_turn_warm(peers, "http", 1_000, 5, 2, reply="_shuffled"))
        say(f"reading a license with {LICENSE_SIZE} consumers")
        rows.add("reading", "", LICENSE_SIZE, reading(peers))
        for scheme in ("https", "http"):
            for size, rounds in ((FEW, 7), (MANY, 3)):
                say(f"memory with {size} consumers over {scheme}")
                own, files = memory(peers, scheme, size, rounds)
                rows.add("memory", scheme, size, own)
                rows.add("files", scheme, size, files)
        say("instructions")
        rows.add("instructions", "http", 1_000, instructions(peers, 1_000))
        rows.add("shipped", "", 0, bytes_shipped(before))
        # The results are of this build alone: a reader would not know the other one.
        (HERE / "RESULTS.md").write_text(report.document(rows, scene.certificates))
    print("\n" + report.table(rows))


def say(what):
    print(f"benches/run: {what}", file=sys.stderr, flush=True)


def in_fair_order(peers, turn):
    """Backward in every second turn: a peer is faster right after one that left its own code in the caches."""
    return peers[::-1] if turn % 2 else peers


def in_turn_cold(peers, scheme):
    """From the start of a process to its first verdict, and its second call."""
    cold, second = defaultdict(list), defaultdict(list)
    for turn in range(COLD_ROUNDS):
        for peer in in_fair_order(peers.speaking(scheme), turn):
            start, calls, _, _ = peers.run(peer, scheme, FEW, 2)
            # The first round only warms the page cache.
            if turn > 0:
                cold[peer].append(calls[0].at - start)
                second[peer].append(calls[1].took)
    return one_run(cold), one_run(second)


def in_turn_warm(peers, scheme, size, rounds, calls, reply=""):
    """Calls on a kept connection: the median of each run."""
    runs = defaultdict(list)
    for _ in range(RUNS):
        kept = {peer: Kept(peers, peer, scheme, size, reply) for peer in peers.speaking(scheme)}
        took = defaultdict(list)
        for process in kept.values():
            process.call(2)
        for turn in range(rounds):
            for peer in in_fair_order(list(kept), turn):
                took[peer] += kept[peer].call(calls)
        for peer, process in kept.items():
            process.close()
            runs[peer].append(median(took[peer]))
    return runs


def reading(peers):
    """Reading the consumers of one license, by our loop and by nlohmann/json: the median of each run."""
    runs = defaultdict(list)
    for _ in range(RUNS):
        for peer in (OURS, BEFORE):
            if peer in peers.all():
                loop, parsed = peers.read(peer, LICENSE_SIZE, READING_TURNS)
                runs[peer].append(median(loop))
                if peer == OURS:
                    runs[NLOHMANN].append(median(parsed))
    return runs


def memory(peers, scheme, size, rounds):
    """Bytes at the peak of one call, above those of the same process without a call: its own, and pages of files."""
    own, files = defaultdict(list), defaultdict(list)
    for _ in range(rounds):
        for peer in peers.speaking(scheme):
            (peak, mapped), (peak_without, mapped_without) = (peers.run(peer, scheme, size, n)[2] for n in (1, 0))
            own[peer].append(1024 * (peak - mapped - (peak_without - mapped_without)))
            files[peer].append(1024 * (mapped - mapped_without))
    return one_run(own), one_run(files)


def instructions(peers, size):
    """Instructions of one call on a kept connection, without the kernel's: those of three calls less those of two."""

    def counted(peer, calls):
        valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
        complaints = peers.run(peer, "http", size, calls, under=valgrind)[3]
        return int(re.search(r"refs:\s+([\d,]+)", complaints)[1].replace(",", ""))

    return {peer: [counted(peer, 3) - counted(peer, 2)] for peer in peers.all()}


def bytes_shipped(before):
    libraries = Path("/usr/lib/x86_64-linux-gnu")
    curl = libraries / "libcurl.so.4"
    shipped_bytes = {
        OURS: shipped.of_library(HERE.parent / "target/release/libqls_precheck.so"),
        NLOHMANN: shipped.of_library(curl),
        SIMDJSON: shipped.of_library(curl, (libraries / "libsimdjson.so").resolve()),
        QT: shipped.of_library(libraries / "libQt6Network.so.6", libraries / "qt6/plugins/tls/libqopensslbackend.so"),
        REQUESTS: shipped.of_package("python3-requests"),
    }
    if before:
        shipped_bytes[BEFORE] = shipped.of_library(Path(before) / "libqls_precheck.so")
    return {peer: [value] for peer, value in shipped_bytes.items()}


def one_run(samples):
    return {peer: [median(values)] for peer, values in samples.items()}


main()
