"""Many threads, and many consumers."""

from __future__ import annotations

import concurrent.futures
import json
import mmap
import tempfile
import threading
import time
import tracemalloc
import unittest
from pathlib import Path
from unittest import mock

from qls_precheck import Client, NetworkError, Verdict
from support import CREATOR, DEMO, SQUISH, Standin

THREADS = 32


class Load(unittest.TestCase):
    def test_32_threads_share_a_client(self) -> None:
        started = threading.Barrier(THREADS)
        with Standin("--rate-limit", "0") as standin, standin.client() as client:

            def ask(number: int) -> bool:
                started.wait()
                for turn in range(5):
                    ours = {**CREATOR, "component_id": f"component.{number}.{turn}"}
                    result = client.check([ours, SQUISH], standin.token)
                    answers = [(entry.component_id, entry.verdict) for entry in result.components]
                    if answers != [(ours["component_id"], Verdict.ALLOWED), ("tools.squish", Verdict.DENIED)]:
                        return False
                return len(client.list(standin.token)) == 3

            with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
                self.assertEqual(list(pool.map(ask, range(THREADS))), [True] * THREADS)

    def test_32_threads_have_a_client_each(self) -> None:
        with Standin("--rate-limit", "0") as standin:

            def ask(number: int) -> bool:
                with standin.client() as client:
                    return client.check([CREATOR], standin.token).is_allowed("tools.creator")

            with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
                self.assertEqual(list(pool.map(ask, range(THREADS))), [True] * THREADS)

    def test_other_threads_run_while_one_waits(self) -> None:
        with Standin("--fault", "delay=1s") as standin, standin.client() as client:
            turns = 0
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                call = pool.submit(client.list, standin.token)
                while not call.done():
                    turns += 1
                    time.sleep(0.01)
            self.assertEqual(len(call.result()), 3)
            self.assertGreater(turns, 10)

    def test_without_a_thread_to_be_had(self) -> None:
        with (
            Standin() as standin,
            standin.client() as client,
            mock.patch("threading.Thread.start", side_effect=RuntimeError),
        ):
            self.assertTrue(client.check([CREATOR], standin.token))

    def test_10_000_consumers(self) -> None:
        consumers = [{**(SQUISH if i % 3 == 0 else CREATOR), "component_id": f"component.{i}"} for i in range(10_000)]
        with Standin() as standin, standin.client(timeout=60) as client:
            result = client.check(consumers, standin.token)
        self.assertEqual(len(result.components), 10_000)
        for i, entry in enumerate(result.components):
            expected = Verdict.DENIED if i % 3 == 0 else Verdict.ALLOWED
            self.assertEqual((entry.component_id, entry.verdict), (f"component.{i}", expected))

    def test_objects_are_made_when_they_are_asked_for(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "many.json")
            licenses = json.loads(DEMO.read_text(encoding="utf-8"))["licenses"] * 3_000
            path.write_text(json.dumps({"licenses": licenses}), encoding="utf-8")
            with Standin(licenses=path) as standin, standin.client() as client:
                tracemalloc.start()
                try:
                    answer = client.list(standin.token)
                    peak = tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()
        self.assertLess(peak, 1.5 * len(answer.json))
        self.assertEqual(len(answer), 9_000)

    def test_results_are_freed(self) -> None:
        # A result has megabytes, even if nobody answers.
        consumers = [{**CREATOR, "component_id": f"component.{i}"} for i in range(10_000)]
        with Client("http://127.0.0.1:1", retries=0) as client:
            for turn in range(80):
                if turn == 20:
                    before = resident()
                with self.assertRaises(NetworkError):
                    client.check(consumers, "a.token")
        self.assertLess(resident() - before, 30_000_000)


def resident() -> int:
    """The resident memory of this process in bytes, on Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE


if __name__ == "__main__":
    unittest.main()
