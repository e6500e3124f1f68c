"""The peers that are compared, and how one is run. peers/peer.h says how they answer."""

import subprocess
import time

from scene import HERE, LICENSES_REPLY, allowed

OURS, BEFORE = "this library", "this library before"
NLOHMANN, SIMDJSON = "libcurl + nlohmann/json", "libcurl + simdjson"
QT, REQUESTS, FLOOR = "Qt", "requests", "bare socket"
PEERS = (OURS, BEFORE, NLOHMANN, SIMDJSON, QT, REQUESTS, FLOOR)


class Peers:
    """before   the folder of another build of this library, or None"""

    def __init__(self, folder, scene, before):
        self.folder, self.scene, self.before = folder, scene, before
        self.commands = {
            OURS: [f"{folder}/ours"],
            BEFORE: [f"{folder}/ours"],
            NLOHMANN: [f"{folder}/curl_nlohmann"],
            SIMDJSON: [f"{folder}/curl_simdjson"],
            QT: [f"{folder}/qt"],
            REQUESTS: ["/usr/bin/python3", f"{HERE}/peers/python_requests.py"],
            FLOOR: [f"{folder}/floor"],
        }

    def speaking(self, scheme):
        """The peers that can use this scheme. The bare socket knows no TLS."""
        return [peer for peer in self.all() if scheme == "http" or peer != FLOOR]

    def all(self):
        return [peer for peer in PEERS if self.before or peer != BEFORE]

    def start(self, peer, scheme, size, reply="", under=()):
        command = [*under, *self.commands[peer], self.scene.url(scheme, f"{size}{reply}"), self.scene.asked(size)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=self._environment(peer))

    def run(self, peer, scheme, size, calls, under=()):
        """Runs a process for some calls. Returns when it started, the calls, its peak memory (in all, and the part
        that is pages of files, in KiB) and its standard error."""
        start = time.monotonic_ns()
        process = self.start(peer, scheme, size, under=under)
        output, complaints = process.communicate(f"{calls}\n")
        lines = output.splitlines()
        if process.returncode or len(lines) != calls + 1:
            raise SystemExit(f"{peer} failed: {complaints}")
        return start, [Call(peer, size, line) for line in lines[:-1]], tuple(map(int, lines[-1].split())), complaints

    def read(self, peer, size, turns):
        """Reads all consumers of a license so many times. Returns the times of a loop of qls_result_get() with this
        build of the library, and those of parsing and walking with nlohmann/json, in nanoseconds."""
        command = [f"{self.folder}/reading", self.scene.url("http", LICENSES_REPLY)]
        process = subprocess.run(
            command, input=f"{turns}\n", capture_output=True, text=True, env=self._environment(peer)
        )
        lines = [tuple(map(int, line.split())) for line in process.stdout.splitlines()]
        if process.returncode or [line[0] for line in lines] != [size] * turns:
            raise SystemExit(f"reading with {peer} failed: {process.stdout}{process.stderr}")
        return [line[1] for line in lines], [line[2] for line in lines]

    def _environment(self, peer):
        environment = self.scene.environment()
        if peer == BEFORE:
            environment["LD_LIBRARY_PATH"] = self.before
        return environment


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
