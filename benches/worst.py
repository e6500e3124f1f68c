"""Measures what the worst replies take, and how the loops that hosts write over a result grow.

usage: worst.py FOLDER LIBRARY

FOLDER has the compiled peers. Writes the last part of RESULTS.md, and fails if a goal is missed.
"""

import socketserver
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from scene import HERE, PRODUCTS, compact, consumers, reply
from worst_replies import ASKED, MIB, REPLIES, SIZE, SMALL, TOKEN

RESULTS = HERE / "RESULTS.md"
HEADING = "## Worst replies"
# The goals: the memory of a call and of reading its result is at most so many times the reply, and so much more.
TIMES, MORE = 3, 8 * MIB
# How much memory a process may take for a call, in replies: with each it has to end with a status.
LIMITS = (0, 0.5, 1, 1.1, 1.25, 1.5, 2, 2.5, 3, 4)
# Ten times the work takes at most so many times as long: more than ten, since less of it fits the processor's caches.
GROWTH = 13
FEWER, MANY = 10_000, 100_000
TURNS = 5


class Server(socketserver.ThreadingTCPServer):
    """Answers requests for /small and for anything else. `chunked`: the latter in chunks of one byte."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.body, self.chunked = SMALL, False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            while head := self._head():
                path, length = head
                self.rfile.read(length)
                self._answer(path)
        except OSError:
            pass  # The peer had enough.

    def _head(self):
        line, length = self.rfile.readline(), 0
        while (header := self.rfile.readline().lower()) not in (b"\r\n", b""):
            if header.startswith(b"content-length:"):
                length = int(header.partition(b":")[2])
        return (line.split()[1], length) if line else None

    def _answer(self, path):
        body = SMALL if path.startswith(b"/small") else self.server.body
        if body is not SMALL and self.server.chunked:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for start in range(0, len(body), MIB):
                self.wfile.write(b"".join(b"1\r\n%c\r\n" % byte for byte in body[start : start + MIB]))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
            self.wfile.write(body)


@contextmanager
def file_of(content):
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        yield file.name


def peer(*command, **environment):
    environment = {"BENCH_TOKEN": TOKEN, "PATH": "/usr/bin:/bin", "LC_ALL": "C", **environment}
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment)


def worst_replies(folder, server):
    """The table's rows, and whether all goals are met."""
    met = True
    with file_of(ASKED) as asked:
        for name, (operation, make) in REPLIES.items():
            print(f"benches/run: {name}", file=sys.stderr, flush=True)
            server.body, server.chunked = make(), "chunks" in name

            def run(*limit, operation=operation):
                return peer(folder / "worst", server.url, operation, asked, *limit)

            status, _, call, read, took, reading = run().stdout.split()
            size = len(server.body)
            fits = 1024 * int(read) <= TIMES * size + MORE
            # The chunked reply is the same again, and its 200 MB on the wire take their time.
            limits = () if server.chunked else LIMITS
            ended = [run(int((limit * size + MIB) // 1024)) for limit in limits]
            survived = all(process.returncode == 0 for process in ended)
            enough = [limit for limit, process in zip(limits, ended) if "out-of-memory" not in process.stdout]
            met = met and fits and survived
            yield [
                f"{operation}: {name}",
                status.removeprefix("QLS_"),
                f"{1024 * int(call) / size:.2f}",
                f"{1024 * int(read) / size:.2f}",
                f"{int(took) / 1e9:.2f}",
                f"{int(reading) / 1e9:.2f}",
                f"{min(enough)}" if enough else "",
                "met" if fits and survived else "**missed**",
            ]
    if not met:
        yield None


def licenses(count, consumers):
    """So many licenses, each with so many consumers."""
    members = [
        {"consumer_id": f"{PRODUCTS[number % len(PRODUCTS)]}_{number:06}", "consumer_version": "6.8.1"}
        for number in range(consumers)
    ]
    info = ({"license_id": str(10_000_000 + number), "type": "subscription"} for number in range(count))
    return {"status": True, "message": "", "licenses": [{"license_info": one, "consumers": members} for one in info]}


def same_ids(count):
    return [{**consumers(1)[0], "consumer_version": str(number)} for number in range(count)]


class Kind:
    """What loops go over. `make` gives the consumers and the reply for a number; the names of its loops contain `word`."""

    def __init__(self, operation, make, word=""):
        self.operation, self.make, self.word = operation, make, word


KINDS = {
    "licenses": Kind("list", lambda count: ([], licenses(count, 1)), "each license"),
    "consumers": Kind("list", lambda count: ([], licenses(1, count)), "each consumer"),
    "components": Kind("check", lambda count: (consumers(count), reply(consumers(count)))),
    "components with one id": Kind("check", lambda count: (same_ids(count), reply(same_ids(1)))),
}


def loop_times(folder, library, server, kind):
    """The shortest times of each loop, by its name and the number of things."""
    environment = {"PYTHONPATH": str(HERE.parent / "python/src"), "QLS_PRECHECK_LIBRARY": str(library)}
    python = ["/usr/bin/python3", "-B", HERE / "peers/loops.py", kind.operation]
    in_python = [name for name in peer(*python, **environment).stdout.splitlines() if kind.word in name]
    times = {}
    for count in (FEWER, MANY):
        asked, answer = kind.make(count)
        server.body, server.chunked = compact(answer).encode(), False
        with file_of(compact(asked).encode()) as file:
            programs = [
                [folder / "loops", server.url, kind.operation, file],
                *([*python, name, server.url, file] for name in in_python),
            ]
            for program in programs * TURNS:
                process = peer(*program, **environment)
                if process.returncode:
                    raise SystemExit(f"{program} failed: {process.stdout}{process.stderr}")
                for name, took in (line.split("\t") for line in process.stdout.splitlines()):
                    of_loop = times.setdefault(name, {})
                    of_loop[count] = min(int(took), of_loop.get(count, int(took)))
    return {name: took for name, took in times.items() if kind.word in name}


def loops(folder, library, server):
    """The table's rows; None at the end if a goal is missed."""
    met = True
    for name, kind in KINDS.items():
        print(f"benches/run: loops over {name}", file=sys.stderr, flush=True)
        for loop, took in loop_times(folder, library, server, kind).items():
            linear = took[MANY] <= GROWTH * took[FEWER]
            met = met and linear
            times = (f"{took[FEWER] / 1e6:.2f}", f"{took[MANY] / 1e6:.1f}", f"{took[MANY] / took[FEWER]:.1f}")
            yield [f"{name}: {loop}", *times, "met" if linear else "**missed**"]
    if not met:
        yield None


def table(head, rows):
    lines = [head, ["---", *["---:"] * (len(head) - 2), "---"], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main():
    folder, library = Path(sys.argv[1]), Path(sys.argv[2])
    with Server() as server:
        replies = list(worst_replies(folder, server))
        reading = list(loops(folder, library, server))
    met = None not in replies + reading
    replies, reading = ([row for row in rows if row] for rows in (replies, reading))
    head = ["reply to", "status", "call", "with reading", "call (s)", "reading (s)", "needs", ""]
    loop_head = ["loop over", *(f"{count:,} (ms)".replace(",", " ") for count in (FEWER, MANY)), "ratio", ""]
    part = f"""{HEADING}

What a server sends may take at most {TIMES} times its size and {MORE // MIB} MiB more, the reading of the result included.
Each reply has {SIZE // MIB} MiB, which is the most that is read. "Call" is the memory at the peak of the call, in sizes of
the reply, and "with reading" that of the call and of a loop over the result, which reads each value in
`/licenses/N/a` of each license, or each component and `qls_result_is_allowed()`. Each call is also made with {len(LIMITS)} limits of memory
(RLIMIT_AS), from nothing to {LIMITS[-1]} replies, each time with 1 MiB more. It has to end with a status, which is
QLS_REPLY_TOO_LARGE where the memory is too little. "Needs" is the smallest of these limits with which it was enough.

{table(head, replies)}

## Loops over a result

Ten times as much takes at most {GROWTH} times the processor time. The shortest of {TURNS} runs counts, each with a result
that nobody has read before, and each of Python's in a process of its own.

{table(loop_head, reading)}
"""
    before = RESULTS.read_text().partition(HEADING)[0].rstrip()
    RESULTS.write_text(f"{before}\n\n{part}")
    print(part)
    if not met:
        raise SystemExit("benches/run: a goal is missed")


main()
