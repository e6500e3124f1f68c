"""Ending a call early: cancel(), Ctrl-C, close(), and leaving a with block."""

from __future__ import annotations

import copy
import gc
import logging
import os
import pickle
import signal
import subprocess
import threading
import time
import unittest
import warnings
from typing import Any

from qls_precheck import Client, NetworkError, Status, UsageError
from support import CREATOR, DELAY, PROMPT, Background, Standin, run, start, wait_until


class Sending(logging.Handler):
    """Tells when the request has been sent, so that a test can act while the call waits for the answer."""

    def __init__(self) -> None:
        super().__init__(level=1)
        self._sent = threading.Semaphore(0)

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "sending the request":
            self._sent.release()

    def wait(self) -> None:
        assert self._sent.acquire(timeout=PROMPT), "no request was sent"


class Ending(unittest.TestCase):
    """Calls to a server that takes a minute to answer."""

    standin: Standin

    @classmethod
    def setUpClass(cls) -> None:
        cls.standin = Standin("--fault", DELAY)
        cls.addClassCleanup(cls.standin.__exit__)

    def setUp(self) -> None:
        self.sending = Sending()
        logger = logging.getLogger("qls_precheck")
        logger.addHandler(self.sending)
        self.addCleanup(logger.removeHandler, self.sending)
        self.addCleanup(logger.setLevel, logger.level)
        logger.setLevel(1)
        self.threads = threading.active_count()
        self.began = time.monotonic()

    def tearDown(self) -> None:
        self.assertLess(time.monotonic() - self.began, PROMPT, "the call did not end before its time")
        wait_until(lambda: threading.active_count() == self.threads)

    def asking(self, client: Client) -> Background:
        call = Background(client.check, [CREATOR], self.standin.token)
        self.sending.wait()
        return call

    def once_sent(self, action: Any, *arguments: Any) -> None:
        self.sending.wait()
        action(*arguments)

    def assert_cancelled(self, error: BaseException | None) -> None:
        assert isinstance(error, NetworkError), repr(error)
        self.assertEqual(error.status, Status.CANCELLED)

    def test_cancel_ends_a_call_in_another_thread(self) -> None:
        with self.standin.client() as client:
            call = self.asking(client)
            client.cancel()
            call.join()
            self.assert_cancelled(call.error)

    def test_cancel_ends_a_call_in_the_main_thread(self) -> None:
        with self.standin.client() as client:
            helper = Background(self.once_sent, client.cancel)
            with self.assertRaises(NetworkError) as caught:
                client.check([CREATOR], self.standin.token)
            helper.join()
            self.assert_cancelled(caught.exception)

    def test_cancel_is_final_for_its_client_and_no_other(self) -> None:
        with self.standin.client() as client, Standin() as prompt, prompt.client() as other:
            client.cancel()
            with self.assertRaises(NetworkError) as caught:
                client.list(self.standin.token)
            self.assert_cancelled(caught.exception)
            self.assertTrue(other.check([CREATOR], prompt.token))

    def test_close_waits_for_calls_and_refuses_later_ones(self) -> None:
        client = self.standin.client()
        call = self.asking(client)
        closing = Background(client.close)
        wait_until(lambda: isinstance(self.refusal(client), UsageError))
        self.assertTrue(call.is_alive() and closing.is_alive())
        client.cancel()
        call.join()
        closing.join()
        self.assert_cancelled(call.error)
        self.assertIsNone(closing.error)

    def refusal(self, client: Client) -> BaseException | None:
        """The exception of a further call. It asks for nothing, so on a client that still works it would succeed."""
        try:
            client.check([], self.standin.token)
        except UsageError as error:
            return error
        return None

    def test_after_close(self) -> None:
        client = self.standin.client()
        client.close()
        client.close()
        client.cancel()
        self.assertIn("closed", str(self.refusal(client)))

    def test_a_copy_would_be_freed_twice(self) -> None:
        with self.standin.client() as client:
            for duplicate in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.assertRaises(TypeError):
                    duplicate(client)

    def test_leaving_a_block_by_an_exception_ends_what_others_ask(self) -> None:
        with self.assertRaises(ZeroDivisionError), self.standin.client() as client:
            call = self.asking(client)
            raise ZeroDivisionError
        call.join()
        self.assert_cancelled(call.error)

    def in_the_main_thread_meets(self, handler: Any) -> Client:
        """Calls the server, and gets a signal while it waits for the answer."""
        previous = signal.signal(signal.SIGUSR1, handler)
        self.addCleanup(signal.signal, signal.SIGUSR1, previous)
        client = self.standin.client(timeout=2)
        self.addCleanup(client.close)
        helper = Background(self.once_sent, os.kill, os.getpid(), signal.SIGUSR1)
        try:
            client.check([CREATOR], self.standin.token)
        finally:
            helper.join()
        return client

    def test_what_a_signal_handler_raises_ends_the_call(self) -> None:
        def raising(*_: object) -> None:
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.in_the_main_thread_meets(raising)

    def test_a_signal_handler_that_returns_does_not(self) -> None:
        met: list[int] = []
        with self.assertRaises(NetworkError) as caught:
            self.in_the_main_thread_meets(lambda number, _frame: met.append(number))
        self.assertEqual((met, caught.exception.status), ([signal.SIGUSR1], Status.TIMEOUT))


ASK = """
import logging, sys, threading
import qls_precheck
logging.basicConfig(level=1, format="%(message)s", stream=sys.stdout)
client = qls_precheck.Client(sys.argv[1])
try:
    client.check([{"consumer_id": "qtcreator", "component_id": "c"}], "a.token")
except KeyboardInterrupt:
    print("interrupted", threading.active_count())
try:
    client.list("a.token")
except qls_precheck.NetworkError as error:
    print(error.status.name)
client.close()
raise KeyboardInterrupt
"""


class CtrlC(unittest.TestCase):
    def interrupt(self, process: subprocess.Popen[str]) -> tuple[int, str, float]:
        """Sends SIGINT; returns the exit code, all output, and the seconds until the process ended."""
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        output, _ = process.communicate(timeout=PROMPT)
        return process.returncode, output, time.monotonic() - began

    def test_in_a_script_it_raises_and_leaves_no_thread(self) -> None:
        with Standin("--fault", DELAY) as standin, start("-c", ASK, standin.address) as process:
            assert process.stdout is not None
            while "sending the request" not in process.stdout.readline():
                self.assertIsNone(process.poll())
            code, output, seconds = self.interrupt(process)
        self.assertIn("interrupted 1\n", output)
        self.assertIn("CANCELLED\n", output)
        self.assertEqual(code, -signal.SIGINT)
        self.assertLess(seconds, PROMPT)


DAEMONS = """
import sys, threading
import qls_precheck
def ask():
    while True:
        try:
            client.list(sys.argv[2])
        except qls_precheck.NetworkError as error:
            assert error.status == qls_precheck.Status.CANCELLED, error
        asked.set()
asked = threading.Event()
client = qls_precheck.Client(sys.argv[1])
for _ in range(4):
    threading.Thread(target=ask, daemon=True).start()
asked.wait(float(sys.argv[3]))
"""


class Exit(unittest.TestCase):
    """Daemon threads that are inside a call when the interpreter ends."""

    def test_calls_that_come_and_go_do_not_abort_the_process(self) -> None:
        with Standin("--rate-limit", "0") as standin:
            for _ in range(5):
                ended = run("-c", DAEMONS, standin.address, standin.token, "10")
                self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "", ""))

    def test_calls_that_wait_are_ended(self) -> None:
        with Standin("--fault", DELAY) as standin:
            began = time.monotonic()
            ended = run("-c", DAEMONS, standin.address, standin.token, "0.5")
            self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "", ""))
            # Shorter than the exit hook waits for a call that does not end.
            self.assertLess(time.monotonic() - began, 4.5)

    def test_the_child_of_a_fork_does_not_wait_for_its_parents_calls(self) -> None:
        code = "import os, time; began = time.monotonic(); os.fork() or sys.exit()\nprint(os.wait()[1], end=' ')"
        code += "\nprint(time.monotonic() - began)"
        with Standin("--fault", DELAY) as standin:
            ended = run("-W", "ignore", "-c", DAEMONS + code, standin.address, standin.token, "0.5")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        status, seconds = ended.stdout.split()
        self.assertEqual(status, "0")
        self.assertLess(float(seconds), 4.5)


class Forgotten(unittest.TestCase):
    """Clients that were never closed."""

    def test_the_garbage_collector_frees_them_and_says_so(self) -> None:
        def descriptors() -> int:
            return len(os.listdir("/proc/self/fd"))

        with Standin() as standin:
            gc.collect()
            before, threads = descriptors(), threading.active_count()
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                clients = [standin.client() for _ in range(20)]
                for client in clients:
                    client.check([CREATOR], standin.token)
                self.assertGreaterEqual(descriptors(), before + 20, "each keeps its connection")
                del client
                clients.clear()
                gc.collect()
            self.assertEqual([w.category for w in caught], [ResourceWarning] * 20)
            self.assertEqual((descriptors(), threading.active_count()), (before, threads))

    def test_one_that_is_closed_is_silent(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            client = Client()
            client.close()
            del client
            gc.collect()

    def test_one_that_was_never_made_is_silent(self) -> None:
        code = (
            "import qls_precheck\ntry:\n    qls_precheck.Client(sever='')\nexcept TypeError as error:\n    print(error)"
        )
        ended = run("-c", code)
        self.assertIn("'sever'", ended.stdout)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_one_that_is_left_at_exit_is_silent(self) -> None:
        for options in ([], ["-X", "dev", "-W", "ignore::ResourceWarning"]):
            ended = run(*options, "-c", "import qls_precheck; client = qls_precheck.Client(); client.itself = client")
            self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "", ""))


if __name__ == "__main__":
    unittest.main()
