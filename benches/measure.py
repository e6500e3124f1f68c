"""Measures the peers in turn, round by round, and takes medians: `measure.py FOLDER` with the compiled peers."""

import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

import report
import shipped
from peers import CURL, FLOOR, OURS, PEERS, QT, REQUESTS, Kept, Peers
from scene import HERE, Scene

# Consumers, rounds, calls in a round.
WARM = ((1, 40, 20), (10, 60, 20), (1_000, 25, 2), (10_000, 15, 1), (100_000, 9, 1))
WARM_TLS = ((10, 60, 20), (1_000, 25, 2))
COLD_ROUNDS = 31
FEW, MANY = 10, 100_000


def main():
    folder = Path(sys.argv[1])
    with Scene([size for size, _, _ in WARM]) as scene:
        peers = Peers(folder, scene)
        rows = report.Rows()
        for scheme in ("https", "http"):
            say(f"cold processes over {scheme}")
            cold, second = in_turn_cold(peers, scheme)
            rows.add("cold", scheme, FEW, cold)
            rows.add("second", scheme, FEW, second)
        for scheme, warm in (("https", WARM_TLS), ("http", WARM)):
            for size, rounds, calls in warm:
                say(f"warm calls with {size} consumers over {scheme}")
                rows.add("warm", scheme, size, in_turn_warm(peers, scheme, size, rounds, calls))
        rows.add("shuffled", "http", 1_000, in_turn_warm(peers, "http", 1_000, 25, 2, reply="_shuffled"))
        for scheme in ("https", "http"):
            for size, rounds in ((FEW, 7), (MANY, 3)):
                say(f"memory with {size} consumers over {scheme}")
                rows.add("memory", scheme, size, memory(peers, scheme, size, rounds))
        say("instructions")
        rows.add("instructions", "http", 1_000, instructions(peers, 1_000))
        rows.add("shipped", "", 0, bytes_shipped())
        table = report.table(rows)
        (HERE / "RESULTS.md").write_text(report.document(table, scene.certificates))
    print("\n" + table)


def say(what):
    print(f"benches/run: {what}", file=sys.stderr, flush=True)


def in_turn_cold(peers, scheme):
    """From the start of a process to its first verdict, and its second call."""
    cold, second = defaultdict(list), defaultdict(list)
    for turn in range(COLD_ROUNDS):
        for peer in peers.speaking(scheme):
            start, calls, _, _ = peers.run(peer, scheme, FEW, 2)
            # The first round warms the page cache.
            if turn > 0:
                cold[peer].append(calls[0].at - start)
                second[peer].append(calls[1].took)
    return medians(cold), medians(second)


def in_turn_warm(peers, scheme, size, rounds, calls, reply=""):
    kept = {peer: Kept(peers, peer, scheme, size, reply) for peer in peers.speaking(scheme)}
    took = defaultdict(list)
    for process in kept.values():
        process.call(3)
    for _ in range(rounds):
        for peer, process in kept.items():
            took[peer] += process.call(calls)
    for process in kept.values():
        process.close()
    return medians(took)


def memory(peers, scheme, size, rounds):
    """Bytes at the peak of one call above the same process without it."""
    with_call, without = defaultdict(list), defaultdict(list)
    for _ in range(rounds):
        for peer in peers.speaking(scheme):
            with_call[peer].append(peers.run(peer, scheme, size, 1)[2])
            without[peer].append(peers.run(peer, scheme, size, 0)[2])
    return {peer: 1024 * (median(with_call[peer]) - median(without[peer])) for peer in with_call}


def instructions(peers, size):
    """Of one call on a kept connection, in the process alone: what valgrind counts for three calls less two."""

    def counted(peer, calls):
        valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
        complaints = peers.run(peer, "http", size, calls, under=valgrind)[3]
        return int(re.search(r"refs:\s+([\d,]+)", complaints)[1].replace(",", ""))

    return {peer: counted(peer, 3) - counted(peer, 2) for peer in PEERS}


def bytes_shipped():
    libraries = Path("/usr/lib/x86_64-linux-gnu")
    return {
        OURS: shipped.of_library(HERE.parent / "target/release/libqls_precheck.so"),
        CURL: shipped.of_library(libraries / "libcurl.so.4"),
        QT: shipped.of_library(libraries / "libQt6Network.so.6", libraries / "qt6/plugins/tls/libqopensslbackend.so"),
        REQUESTS: shipped.of_package("python3-requests"),
    }


def medians(samples):
    return {peer: median(values) for peer, values in samples.items()}


main()
