"""What the tests share: the stand-in server, sample data, and running Python on the module.

Environment variables; conftest.py sets those that are missing:

QLS_PRECHECK_LIBRARY   the shared library
QLS_STANDIN            the program qls-standin
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import qls_precheck

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "python/src"
LIBRARY = Path(os.environ["QLS_PRECHECK_LIBRARY"])
STANDIN = os.environ["QLS_STANDIN"]
DEMO = ROOT / "standin/licenses/demo.json"
CONSUMERS = ROOT / "examples-c/consumers.json"
# The verdicts that the licenses in DEMO give for CONSUMERS.
VERDICTS = {
    "qt.tools.qtcreator": "allowed",
    "qt.tools.squish": "denied",
    "qt.tools.coco": "denied",
    "qt.qt6.672.linux_gcc_64": "allowed",
    "qt.tools.axivion": "denied",
}
CREATOR = {"consumer_id": "qtcreator", "component_id": "tools.creator", "consumer_version": "14.0.2"}
SQUISH = {"consumer_id": "squish_tester", "component_id": "tools.squish", "consumer_version": "9.0.0"}
TOKEN = "not.a.secret.token"
# In seconds: longer than anything takes on a busy machine, shorter than the delay of a server that is told to wait.
PROMPT = 10.0
DELAY = "delay=60s"


class Standin:
    """A running stand-in server. The options are those of its command line."""

    def __init__(self, *options: str, licenses: Path = DEMO) -> None:
        self._process = subprocess.Popen(
            [STANDIN, "serve", "--licenses", str(licenses), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().removeprefix("address: ").strip()
        self.token = self._process.stdout.readline().removeprefix("token: ").strip()
        if not self.token:
            self.__exit__()
            raise RuntimeError(f"{STANDIN} did not start")

    def client(self, **settings: Any) -> qls_precheck.Client:
        return qls_precheck.Client(self.address, **settings)

    def __enter__(self) -> Standin:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def expired_token() -> str:
    return subprocess.check_output([STANDIN, "token", "--expires-in", "0s"], text=True).strip()


def environment(**changes: str | None) -> dict[str, str]:
    """This process's environment, with the module on the path and with changes; None removes a variable."""
    changes = {"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", **changes}
    return {name: value for name, value in {**os.environ, **changes}.items() if value is not None}


def run(*arguments: str | Path, text: str = "", **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Runs Python and waits until it ends."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        input=text,
        capture_output=True,
        env=environment(**changes),
        encoding="utf-8",
        timeout=120,
    )


def start(*arguments: str | Path, python: str | Path = sys.executable, **changes: str | None) -> subprocess.Popen[str]:
    """Starts Python, with its standard error going to its standard output. Ctrl-C interrupts it, even where the tests
    were started with interrupts ignored (`nohup`, a background job of a script), which a new program inherits."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [str(python), "-u", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(**changes),
            encoding="utf-8",
        )
    finally:
        signal.signal(signal.SIGINT, previous)


def wait_until(condition: Any, seconds: float = PROMPT) -> None:
    """Waits until a condition holds, which another thread brings about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


class Background:
    """Runs a call on a thread of its own and keeps its result or its exception."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.result: Any = None
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(function, arguments))
        self._thread.start()

    def _run(self, function: Any, arguments: tuple[Any, ...]) -> None:
        try:
            self.result = function(*arguments)
        except BaseException as error:
            self.error = error

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join(PROMPT)
        assert not self._thread.is_alive(), "it did not end"
