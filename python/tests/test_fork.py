"""The child of a fork. It has only one of the parent's threads, the one that forked."""

from __future__ import annotations

import unittest

from support import DELAY, PROMPT, Standin, run

FORKED = """
import logging, os, signal, sys, threading
import qls_precheck
class Sending(logging.Handler):
    def emit(self, record):
        if record.getMessage() == "sending the request":
            sending.set()
sending = threading.Event()
logging.getLogger("qls_precheck").addHandler(Sending())
logging.getLogger("qls_precheck").setLevel(1)
client = qls_precheck.Client(sys.argv[1])
def ask():
    try:
        client.list(sys.argv[2])
    except qls_precheck.NetworkError as error:
        assert error.status == qls_precheck.Status.CANCELLED, error
asking = threading.Thread(target=ask)
asking.start()
sending.wait()
child = os.fork()
if not child:
    signal.alarm(int(sys.argv[3]))  # ends one that hangs
    client.close()
    client.close()
    with qls_precheck.Client(sys.argv[4]) as own:
        print(own.check([], sys.argv[2]).components, len(own.list(sys.argv[2])) > 0, flush=True)
    sys.exit()
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
client.cancel()
asking.join()
client.close()
"""

HANDLER_FORKS = """
import logging, os, signal, sys
import qls_precheck
class Forking(logging.Handler):
    def emit(self, record):
        logger.removeHandler(self)
        child = os.fork()
        if child:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            return
        signal.alarm(int(sys.argv[3]))
        try:
            client.close()
        except RuntimeError as error:
            print(type(error).__name__, flush=True)
            os._exit(0)
        os._exit(1)
logger = logging.getLogger("qls_precheck")
logger.addHandler(Forking())
logger.setLevel(1)
with qls_precheck.Client(sys.argv[1]) as client:
    client.list(sys.argv[2])
"""

FORKS = """
import os, random, signal, sys, threading, time
import qls_precheck
address, token, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
consumers = [{"consumer_id": "qtcreator", "component_id": "tools.creator", "consumer_version": "14.0.2"}]
shared = qls_precheck.Client(address)
latest = shared.check(consumers, token)
def use(client):
    global latest
    latest = client.check(consumers, token)
    read(latest)
    assert len(client.list(token)) == 3
def read(result):
    assert result.all_allowed and result.is_allowed("tools.creator"), result
def use_again_and_again():
    while not over.is_set():
        use(shared)
        with qls_precheck.Client(address) as own:
            use(own)
def in_child():
    signal.alarm(limit)  # ends one that hangs
    read(latest)
    use(shared)
    with qls_precheck.Client(address) as own:
        use(own)
over = threading.Event()
threads = [threading.Thread(target=use_again_and_again) for _ in range(2)]
for thread in threads:
    thread.start()
ended = []
for _ in range(500):
    time.sleep(random.uniform(0, 0.004))
    child = os.fork()
    if not child:
        code = 1
        try:
            in_child()
            code = 0
        finally:
            os._exit(code)
    ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
over.set()
for thread in threads:
    thread.join()
print(len(ended), set(ended))
"""


class Fork(unittest.TestCase):
    def test_five_hundred_forks_at_random_moments(self) -> None:
        with Standin("--rate-limit", "0") as standin:
            ended = run("-W", "ignore", "-c", FORKS, standin.address, standin.token, str(int(PROMPT)))
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "500 {0}\n", ""))

    def test_the_child_closes_what_another_thread_was_asking(self) -> None:
        with Standin("--fault", DELAY) as standin, Standin() as prompt:
            ended = run("-W", "ignore", "-c", FORKED, standin.address, standin.token, str(int(PROMPT)), prompt.address)
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "() True\n0\n", ""))

    def test_the_child_of_a_log_handler_is_still_in_its_call(self) -> None:
        with Standin() as standin:
            ended = run("-W", "ignore", "-c", HANDLER_FORKS, standin.address, standin.token, str(int(PROMPT)))
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "RuntimeError\n0\n", ""))


if __name__ == "__main__":
    unittest.main()
