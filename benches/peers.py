"""The contestants, and how one is asked; peers/peer.h says how they answer."""

import subprocess
import time

from scene import HERE, allowed

OURS, CURL, QT, REQUESTS, FLOOR = "this library", "libcurl + nlohmann/json", "Qt", "requests", "bare socket"
PEERS = (OURS, CURL, QT, REQUESTS, FLOOR)


class Peers:
    def __init__(self, folder, scene):
        self.scene = scene
        self.commands = {
            OURS: [f"{folder}/ours"],
            CURL: [f"{folder}/curl"],
            QT: [f"{folder}/qt"],
            REQUESTS: ["/usr/bin/python3", f"{HERE}/peers/python_requests.py"],
            FLOOR: [f"{folder}/floor"],
        }

    def speaking(self, scheme):
        return [peer for peer in PEERS if scheme == "http" or peer != FLOOR]

    def start(self, peer, scheme, size, reply="", under=()):
        command = [*under, *self.commands[peer], self.scene.url(scheme, f"{size}{reply}"), self.scene.asked(size)]
        pipe = subprocess.PIPE
        environment = self.scene.environment()
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)

    def run(self, peer, scheme, size, calls, under=()):
        """A process of its own for some calls: when it started, the calls, its peak memory and what it said."""
        start = time.monotonic_ns()
        process = self.start(peer, scheme, size, under=under)
        output, complaints = process.communicate(f"{calls}\n")
        lines = output.splitlines()
        if process.returncode or len(lines) != calls + 1:
            raise SystemExit(f"{peer} failed: {complaints}")
        return start, [Call(peer, size, line) for line in lines[:-1]], int(lines[-1]), complaints


class Call:
    """One call: the monotonic clock at its verdict, and how long it took, in nanoseconds."""

    def __init__(self, peer, size, line):
        counted, self.at, self.took = map(int, line.split())
        if peer != FLOOR and counted != allowed(size):
            raise SystemExit(f"{peer} has counted {counted} of {allowed(size)}")


class Kept:
    """A process that keeps its connection from call to call."""

    def __init__(self, peers, peer, scheme, size, reply):
        self.peer, self.size = peer, size
        self.process = peers.start(peer, scheme, size, reply)

    def call(self, times):
        self.process.stdin.write(f"{times}\n")
        self.process.stdin.flush()
        return [Call(self.peer, self.size, self._line()).took for _ in range(times)]

    def close(self):
        self.process.communicate()

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.peer} failed: {self.process.stderr.read()}")
        return line
