"""Asks a Qt License Server which components this user may install, and waits for the answer.

    import qls_precheck

    with qls_precheck.Client("https://licenses.example.com", timeout=20) as client:
        result = client.check([{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"}], token)
    print(result.is_allowed("qt.tools.qtcreator"))

Client.check() returns a CheckResult, Client.list() a LicenseList; where there is no answer both raise a QlsError.
Client.diagnose() returns a Diagnosis, which says what is wrong and who can mend it.

This module calls the qls_precheck shared library, which it loads when it is imported. It takes the library file beside
this one; if there is none, the path in the environment variable QLS_PRECHECK_LIBRARY; if that is not set, the one that
the system finds. If none can be loaded, the ImportError says where it looked. Nothing else is needed but Python's
standard library.

To vendor the module, copy this one file as qls_precheck.py and put the shared library beside it. Only the command line
is missing then, which is a program of its own: "python -m qls_precheck" says so and ends with 64.

The file is in the order in which it is used: what you import (statuses, Client, results, errors), the log, then how it
works inside (converting arguments, ending with the interpreter, loading the library).
"""

from __future__ import annotations

import array
import atexit
import contextlib
import contextvars
import ctypes
import enum
import functools
import json
import logging
import math
import numbers
import operator
import os
import re
import sys
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import POINTER, c_char_p, c_int32, c_size_t, c_uint32, c_void_p
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Union, overload

__all__ = [
    "CheckResult",
    "Client",
    "Component",
    "Diagnosis",
    "LicenseList",
    "NetworkError",
    "QlsError",
    "ServerError",
    "Status",
    "Step",
    "Trust",
    "UsageError",
    "Verdict",
    "__version__",
    "library_path",
]

if __name__ == "__main__":
    # Without this, a copy of the file would do nothing and end with 0, which of the command means "all are allowed".
    print(
        "qls_precheck: this file is a module to import; the command line is the program qls-precheck, which comes with"
        " the package of its name",
        file=sys.stderr,
    )
    raise SystemExit(64)

# --- Statuses, verdicts, trust.


class Status(enum.IntEnum):
    """How an operation ended: the names of qls_status without "QLS_".

    A newer library may give a status that is not listed here; it is a Status too, with the library's name for it.
    docs/status-codes.md in the project says what to do about each one.
    """

    OK = 0
    INVALID_ARGUMENT = 1000
    INVALID_CONSUMERS = 1001
    INVALID_TOKEN = 1002
    TOKEN_NOT_FOUND = 1003
    CONFIGURATION = 1004
    RESOLVE_FAILED = 2000
    CONNECT_FAILED = 2001
    PROXY_FAILED = 2002
    TLS_UNTRUSTED = 2003
    TLS_FAILED = 2004
    TIMEOUT = 2005
    CANCELLED = 2006
    CONNECTION_LOST = 2007
    REJECTED = 3000
    BAD_REQUEST = 3001
    UNAUTHORIZED = 3002
    NOT_FOUND = 3003
    RATE_LIMITED = 3004
    SERVER_ERROR = 3005
    UNEXPECTED_REPLY = 3006
    REPLY_TOO_LARGE = 3007
    INTERNAL = 9000

    @classmethod
    def _missing_(cls, value: object) -> Status | None:
        """Makes a status that this module does not list, under the name that the library has for it."""
        if not isinstance(value, int) or not 0 < value < 2**31:
            return None
        status = int.__new__(cls, value)
        status._name_ = _library.qls_status_name(value).decode().replace("QLS_", "", 1)
        status._value_ = value
        return status

    @property
    def layer(self) -> int:
        """How far it came: 0 success, 1 nothing was sent, 2 nobody answered, 3 no verdict in the answer, 9 a defect."""
        return self.value // 1000

    @property
    def text(self) -> str:
        """One sentence for an end user, in English."""
        return str(_library.qls_status_text(self.value).decode())


class Verdict(enum.Enum):
    """What the server said about a component. As a bool, only ALLOWED is true."""

    UNKNOWN = "unknown"
    DENIED = "denied"
    ALLOWED = "allowed"

    def __bool__(self) -> bool:
        return self is Verdict.ALLOWED


_WORST_FIRST = (Verdict.DENIED, Verdict.UNKNOWN, Verdict.ALLOWED)


class Trust(enum.IntEnum):
    """Whose certificates a client trusts."""

    SYSTEM = 0
    """The system's, and those of ca_file and ca_pem."""
    GIVEN_ONLY = 1
    """Only those of ca_file and ca_pem."""


# --- Asking.

Consumers = Union[str, Mapping[str, Any], Sequence[Mapping[str, Any]]]
"""The consumers to check: a list of them, a dict whose "consumers" is that list, or the JSON text of either."""


class Client:
    """A server's address, the rules for reaching it, and the connection kept for the next operation.

    server            its URL; None: https://qls.qt.io
    timeout           seconds for one whole operation; default 30
    connect_timeout   seconds for making one connection, TLS included; default 10
    retries           how often to try again after a broken connection or HTTP 502, 503 or 504; default 2
    proxy             [http|https|socks|socks5|socks5h]://[user:password@]host[:port]; "": no proxy; None: the one
                      that the environment names
    ca_file           path of a PEM file with CA certificates to trust
    ca_pem            CA certificates to trust, as PEM text
    trust             Trust.GIVEN_ONLY: trust only ca_file and ca_pem, not the system's certificates
    user_agent        the name of your program for the server's log, such as "ExampleInstaller/1.2"
    allow_plain_http  whether the token may be sent unencrypted, by plain http, to another machine

    A setting that cannot be used raises UsageError at once, a value of a wrong type TypeError.

    Any number of threads may use one client at the same time. Use it in a with statement, or call close(); a client
    that is left to the garbage collector is freed with a ResourceWarning.

    When the interpreter ends, operations that daemon threads still have under way are canceled, and later ones are
    refused. Both raise NetworkError with Status.CANCELLED.

    Log lines go to the logger "qls_precheck", the most detailed ones with level 5, which is below DEBUG. A handler runs
    on the thread that called check(), list() or diagnose(). Only if that is the main thread, the handler runs on a
    helper thread while the main thread waits: then it must not wait for a lock that the main thread holds, or both wait
    forever.
    """

    _handle: Any = None  # set here because __del__ runs even if __init__ raised

    def __init__(
        self,
        server: str | None = None,
        *,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        retries: int | None = None,
        proxy: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        ca_pem: str | None = None,
        trust: Trust = Trust.SYSTEM,
        user_agent: str | None = None,
        allow_plain_http: bool = False,
    ) -> None:
        self._closed = False
        self._callers: list[int] = []  # threads inside a call; one is here twice if its log handler calls again
        self._changed = threading.Condition()
        _clients.add(self)
        path = None if ca_file is None else os.fspath(ca_file)
        settings: list[tuple[Callable[..., int], Any]] = [
            (_library.qls_client_set_server, _text(server, "server", "invalid-url")),
            (_library.qls_client_set_timeout_ms, _milliseconds(timeout, "timeout")),
            (_library.qls_client_set_connect_timeout_ms, _milliseconds(connect_timeout, "connect_timeout")),
            (_library.qls_client_set_retries, _count(retries, "retries")),
            (_library.qls_client_set_proxy, _text(proxy, "proxy", "invalid-proxy")),
            (_library.qls_client_set_ca_file, _text(path, "ca_file", "invalid-ca")),
            (_library.qls_client_set_ca_pem, _text(ca_pem, "ca_pem", "invalid-ca")),
            (_library.qls_client_set_trust, int(Trust(_typed(trust, "trust", int, "a Trust")))),
            (_library.qls_client_set_user_agent, _text(user_agent, "user_agent", "invalid-user-agent")),
            (
                _library.qls_client_set_allow_plain_http,
                int(_typed(allow_plain_http, "allow_plain_http", int, "a bool")),
            ),
        ]
        self._handle = _library.qls_client_new()
        _library.qls_client_set_log(self._handle, _write_log, None, _LOG_TRACE)
        for setter, value in settings:
            if value is not None and setter(self._handle, value) != Status.OK:
                # After a refused setting the next operation sends nothing, and its outcome gives the reason.
                outcome = self._call(_library.qls_check, None, b"[]")
                self.close()
                raise _error(outcome)

    def check(self, consumers: Consumers, token: str | None = None) -> CheckResult:
        """Asks which consumers may be installed. Ask for all of them at once: servers limit the number of requests.

        consumers   a list of dicts that have at least "consumer_id" and "component_id", a dict whose "consumers" is
                    such a list, or the JSON text of either; an empty list needs no request
        token       the user's JWT; None: the token of the signed-in Qt account, which is only sent to servers of The
                    Qt Company and to loopback addresses

        Blocks, at most for the client's timeout. Raises a QlsError if there is no answer. An answer does not mean
        "allowed": look at the verdicts.

        In the main thread an exception from a signal handler, such as the KeyboardInterrupt of Ctrl-C, ends the
        operation within 200 ms. The client is canceled then, as by cancel().
        """
        text = _json_text(consumers, "consumers", Status.INVALID_CONSUMERS, "not-json")
        return CheckResult(*self._ask(_library.qls_check, token, text))

    def list(self, token: str | None = None, extra: str | Mapping[str, Any] | None = None) -> LicenseList:
        """Asks which licenses the user has.

        token   as for check()
        extra   a dict whose members are added to the request, such as {"user_id": "..."}, or its JSON text

        Blocks, raises and ends at Ctrl-C like check().
        """
        text = None if extra is None else _json_text(extra, "extra", Status.INVALID_ARGUMENT, "invalid-extra")
        return LicenseList(*self._ask(_library.qls_list, token, text))

    def diagnose(self, token: str | None = None) -> Diagnosis:
        """Finds out what hinders check() and list(): asks for the licenses once, and tells every step on the way.

        token   as for check()

        What is wrong is told by the Diagnosis; only where nothing could be asked at all (a closed client, a token with
        a NUL) this raises a QlsError. Blocks and ends at Ctrl-C like check().
        """
        outcome = self._outcome(_library.qls_diagnose, token)
        head = _head(outcome)
        return Diagnosis(
            head["message"],
            head["http_status"],
            head["server"],
            head["token_source"],
            outcome,
            Status(head["status_code"]),
            head["cause"],
        )

    def cancel(self) -> None:
        """Ends this client's running operations within 200 ms, in whatever thread, and every later one at once.

        They raise NetworkError with Status.CANCELLED; one that is just done may still return its answer. It cannot
        be undone: make a new client to go on. May be called on any thread, also from a log handler. Does not block.
        """
        with self._changed:
            if self._handle is not None:
                _library.qls_client_cancel(self._handle)

    def close(self) -> None:
        """Frees the client and closes its connection. Results stay valid; closing twice does nothing.

        Waits for the operations of other threads; call cancel() first to keep that short. Later operations raise
        UsageError. A log handler that runs within an operation of this client cannot close it: RuntimeError.
        """
        with self._changed:
            if threading.get_ident() in self._callers:
                raise RuntimeError("a qls_precheck.Client cannot be closed from within one of its own operations")
            self._closed = True
            self._free_when_idle()
            while self._handle is not None:
                self._changed.wait(_WAKE)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the client. If an exception leaves the with block, other threads' operations are canceled first."""
        if error is not None:
            self.cancel()
        self.close()

    def __del__(self) -> None:
        if self._handle is not None:
            try:
                warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            finally:
                self.close()

    def __reduce__(self) -> Any:
        """Refuses copying and pickling: the copy would free the same C object a second time."""
        raise TypeError("a qls_precheck.Client cannot be copied or pickled")

    def _free_when_idle(self) -> None:
        """Frees a closed client once no call uses it. The caller holds the lock self._changed."""
        if self._closed and not self._callers and self._handle is not None:
            _library.qls_client_free(self._handle)
            self._handle = None
            self._changed.notify_all()

    def _ask(self, function: Callable[..., Any], token: str | None, text: bytes | None) -> tuple[Any, ...]:
        """Runs an operation and returns what an _Answer is made of; raises a QlsError if it failed."""
        outcome = self._outcome(function, token, text)
        head = _head(outcome)
        if head["status_code"] != Status.OK:
            raise _error(outcome)
        return (*(head[name] for name in ("message", "http_status", "server", "token_source")), outcome)

    def _outcome(self, function: Callable[..., Any], token: str | None, *texts: bytes | None) -> bytes:
        """Runs an operation on the right thread and returns its outcome as JSON."""
        secret = _text(token, "token", "token-invalid-character", Status.INVALID_TOKEN)
        if threading.current_thread() is threading.main_thread():
            return self._call_interruptibly(function, secret, *texts)
        return self._call(function, secret, *texts)

    def _call(self, function: Callable[..., Any], *texts: bytes | None) -> bytes:
        """Runs an operation and returns its outcome as JSON, whatever its status."""
        with self._changed:
            if self._closed:
                raise UsageError("the client is closed: make a new one", Status.INVALID_ARGUMENT)
            self._callers.append(threading.get_ident())
        try:
            with _until_exit(self):
                result = function(self._handle, *texts)
            try:
                outcome: bytes = _library.qls_result_json(result, None)
            finally:
                _library.qls_result_free(result)
        finally:
            with self._changed:
                self._callers.remove(threading.get_ident())
                self._free_when_idle()
        return outcome

    def _call_interruptibly(self, *arguments: Any) -> bytes:
        """Runs _call() on a helper thread, while the main thread waits in Python.

        Python runs signal handlers only in the main thread, and only when no C function is running there.
        """
        outcome: list[bytes] = []
        failure: list[BaseException] = []
        done = threading.Event()

        def work() -> None:
            try:
                outcome.append(self._call(*arguments))
            except BaseException as error:
                failure.append(error)
            finally:
                done.set()

        thread = threading.Thread(target=contextvars.copy_context().run, args=(work,), name="qls_precheck")
        try:
            try:
                thread.start()
            except RuntimeError:
                # No thread can be started: there are too many, or the interpreter is ending. Ctrl-C has to wait.
                return self._call(*arguments)
            while not done.wait(_WAKE):
                pass
        except BaseException:
            self.cancel()
            # A log handler or a file on a network drive may hold it up. It frees what it holds when it ends.
            if thread.ident is not None:
                done.wait(1)
            raise
        thread.join()
        if failure:
            raise failure.pop()  # pop: the error would else be kept alive by this frame, in its own traceback
        return outcome[0]


# --- Results.


class Component(NamedTuple):
    """The verdict on one consumer of the request."""

    component_id: str
    consumer_id: str
    verdict: Verdict


@dataclass(frozen=True)
class _Answer:
    message: str
    """What the server said, for a person."""
    http_status: int | None
    """None if no request was needed, because the list of consumers was empty."""
    server: str
    """The server's address."""
    token_source: str | None
    """"argument", "environment" or "account-file"; None if no request was needed."""
    _text: bytes = field(repr=False)

    @functools.cached_property
    def json(self) -> str:
        """The whole outcome as the library wrote it, perhaps many megabytes. docs/result-json.md describes it."""
        return self._text.decode()

    def _items(self, member: str) -> Iterator[tuple[int, Any]]:
        """Makes the items of an array one after the other, each with its place in the text.

        Whoever keeps none needs memory for one alone; and Python's garbage collector, which would look at all of them
        again and again, has nothing to do.
        """
        # Only strings stand before it, whose quotes have a backslash in front, and empty arrays.
        text = self.json
        end = text.index(f',"{member}":[') + len(f',"{member}":[')
        while (between := _BETWEEN_ITEMS.match(text, end)) and text[between.end()] != "]":
            item, end = _DECODER.raw_decode(text, between.end())
            yield between.end(), item


@dataclass(frozen=True)
class CheckResult(_Answer):
    """The answer to Client.check(). As a bool it is all_allowed."""

    @functools.cached_property
    def components(self) -> tuple[Component, ...]:
        """One for each consumer, in the order of the request."""
        return tuple(
            Component(entry["component_id"], entry["consumer_id"], Verdict(entry["verdict"]))
            for _, entry in self._items("components")
        )

    def __bool__(self) -> bool:
        return self.all_allowed

    @property
    def all_allowed(self) -> bool:
        """Whether every component is allowed. False if there is none: whoever asks for nothing has lost the list."""
        return bool(self.components) and all(component.verdict for component in self.components)

    def is_allowed(self, component_id: str) -> bool:
        """Whether the component was in the request, and every consumer with this component_id is allowed."""
        return self.verdict(component_id) is Verdict.ALLOWED

    def verdict(self, component_id: str) -> Verdict:
        """The verdict on a component; UNKNOWN if it was not in the request.

        If several consumers have this component_id it is DENIED if one of them is, else UNKNOWN if one of them is.
        """
        return self._by_component.get(component_id, Verdict.UNKNOWN)

    @functools.cached_property
    def _by_component(self) -> dict[str, Verdict]:
        verdicts: dict[str, Verdict] = {}
        for component_id, _, verdict in self.components:
            known = verdicts.setdefault(component_id, verdict)
            if verdict is not known:
                verdicts[component_id] = min(known, verdict, key=_WORST_FIRST.index)
        return verdicts


@dataclass(frozen=True)
class LicenseList(_Answer, Sequence[dict[str, Any]]):
    """The answer to Client.list(): a sequence of the server's license objects, each complete. As a bool it is True if
    there are any.

    A license is made when it is asked for, and is yours: the next loop makes a new one. Its numbers are Python numbers;
    json has them digit for digit.
    """

    @functools.cached_property
    def licenses(self) -> tuple[dict[str, Any], ...]:
        """All of them at once, which may need much memory. They are made once."""
        return tuple(self)

    @functools.cached_property
    def _places(self) -> array.array[int]:
        return array.array("Q", (place for place, _ in self._items("licenses")))

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[dict[str, Any], ...]: ...

    def __getitem__(self, index: int | slice) -> dict[str, Any] | tuple[dict[str, Any], ...]:
        if isinstance(index, slice):
            return tuple(_DECODER.raw_decode(self.json, place)[0] for place in self._places[index])
        license: dict[str, Any] = _DECODER.raw_decode(self.json, self._places[index])[0]
        return license

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (license for _, license in self._items("licenses"))

    def __len__(self) -> int:
        return len(self._places)

    def __bool__(self) -> bool:
        return next(self._items("licenses"), None) is not None


@dataclass(frozen=True)
class Step:
    """What became of one step on the way to the server. docs/diagnosis.md describes the steps."""

    step: str
    state: str
    """"ok", "failed" or "skipped"."""
    milliseconds: int
    message: str
    cause: str | None
    """Why it failed; None for one that did not, and for the clock."""


@dataclass(frozen=True)
class Diagnosis(_Answer):
    """What Client.diagnose() found out. As a bool it is True if the server answered, and nothing
    proves that this computer's clock is wrong. A step may have failed all the same: that of a proxy, where the next way
    led to the server.

    Its message says what most likely is wrong, and who can mend it. No text in it has a token, a password, an e-mail
    address or a license in it.
    """

    status: Status
    """That of a list() that asks once."""
    cause: str | None
    """The exact reason, a word of docs/status-codes.md; None if the server answered."""

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """In the order in which they are taken, and the clock."""
        return tuple(
            Step(*(entry[name] for name in ("step", "state", "milliseconds", "message", "cause")))
            for _, entry in self._items("diagnosis")
        )

    def __bool__(self) -> bool:
        is_clock_wrong = any(step.step == "clock" and step.state == "failed" for step in self.steps)
        return self.status is Status.OK and not is_clock_wrong


# --- Errors.


class QlsError(Exception):
    """There is no answer, for the reason in status and cause. UsageError, NetworkError and ServerError derive from it.

    An error of this class itself reports a defect of the library.

    status        the Status
    cause         a word that tells the reason more exactly, from docs/status-codes.md; None if this module itself
                  refused an argument and there is no such word
    http_status   the HTTP status of the server's reply; None if there was no reply
    server_code   the server's own error code; None if it gave none
    message       what happened, for a person; it never contains the token
    json          the whole outcome as JSON (docs/result-json.md); "" if this module itself refused
    """

    def __init__(
        self,
        message: str,
        status: Status,
        cause: str | None = None,
        http_status: int | None = None,
        server_code: str | None = None,
        json: str = "",
    ) -> None:
        super().__init__(message, status, cause, http_status, server_code, json)
        self.message = message
        self.status = status
        self.cause = cause
        self.http_status = http_status
        self.server_code = server_code
        self.json = json

    @property
    def may_pass(self) -> bool:
        """Whether trying again may help: the network, a gateway or the server failed, memory or the time was short."""
        if self.cause == "out-of-memory":
            return True
        return self.status in _PASSING and not (self.cause or "").startswith(_LASTING_CAUSES)

    def __str__(self) -> str:
        words = [f"QLS_{self.status.name}", self.cause]
        return f"{self.message} [{', '.join(word for word in words if word)}]"


class UsageError(QlsError):
    """Nothing was sent: an argument, the consumers, the token or a setting cannot be used, or the client is closed."""


class NetworkError(QlsError):
    """Nobody answered: connection, proxy or TLS failed, the time was up, or the client was canceled."""


class ServerError(QlsError):
    """The server answered, but without verdicts: it refused, it failed, or its reply could not be used."""


_ERRORS: dict[int, type[QlsError]] = {1: UsageError, 2: NetworkError, 3: ServerError}
"""The class to raise, by the layer of the status."""


# Failures that may be gone at the next try, and the causes (docs/status-codes.md) that will not, whatever the status.
_PASSING = {
    Status.RESOLVE_FAILED,
    Status.CONNECT_FAILED,
    Status.PROXY_FAILED,
    Status.TLS_FAILED,
    Status.TIMEOUT,
    Status.CANCELLED,
    Status.CONNECTION_LOST,
    Status.RATE_LIMITED,
    Status.SERVER_ERROR,
    Status.UNEXPECTED_REPLY,
    Status.INTERNAL,
}
_LASTING_CAUSES = (
    "resolver-failed",
    "connection-not-permitted",
    "proxy-auth-",
    "proxy-ticket-",
    "proxy-refused",
    "proxy-invalid-reply",
    "certificate-",
    "not-tls",
    "tls-version",
    "client-certificate-",
    "redirect",
    "too-many-headers",
)


# --- The log.

_LOG_LEVELS = {1: logging.ERROR, 2: logging.WARNING, 3: logging.INFO, 4: logging.DEBUG, 5: logging.DEBUG - 5}
"""Python's levels for QLS_LOG_ERROR to QLS_LOG_TRACE."""
_LOG_TRACE = 5

_logger = logging.getLogger("qls_precheck")
_logger.addHandler(logging.NullHandler())


def _log_line(_userdata: int | None, level: int, message: bytes) -> None:
    """Receives a line from the library. ctypes passes what a handler raises to sys.unraisablehook, never to C."""
    _logger.log(_LOG_LEVELS.get(level, logging.DEBUG), "%s", message.decode(errors="replace"))


# --- Converting between Python and C.


def _head(outcome: bytes) -> dict[str, Any]:
    """The members of an outcome in front of the components. What follows those may be large, and stays text."""
    # The quotes inside of a JSON string have a backslash in front, so this is the member itself.
    end = outcome.index(b',"components":')
    head: dict[str, Any] = json.loads(outcome[:end] + b"}")
    return head


def _error(outcome: bytes) -> QlsError:
    """The exception for a failed operation."""
    head = _head(outcome)
    status = Status(head["status_code"])
    return _ERRORS.get(status.layer, QlsError)(
        head["message"],
        status,
        head["cause"],
        head["http_status"],
        head["server_code"],
        outcome.decode(),
    )


def _integer(digits: str) -> int | float:
    """Reads an integer. One of thousands of digits, which Python refuses, becomes infinity, as 1e400 does."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


_DECODER = json.JSONDecoder(parse_int=_integer)
_BETWEEN_ITEMS = re.compile(r"[\s,]*")


def _typed(value: Any, name: str, kind: type, what: str) -> Any:
    """The value, if it is of that kind. No message quotes one: it may be a secret that was given in a wrong place."""
    if not isinstance(value, kind):
        raise TypeError(f"{name}: expected {what}, found a {type(value).__name__}")
    return value


def _text(value: str | None, name: str, cause: str, status: Status = Status.INVALID_ARGUMENT) -> bytes | None:
    """A str as UTF-8 for C, which would end it at the first NUL."""
    if value is None:
        return None
    if "\0" in _typed(value, name, str, "a str"):
        raise UsageError(f"{name}: has a NUL character", status, cause)
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        place = error.start
    raise UsageError(f"{name}: has half a surrogate pair at index {place}", Status.INVALID_ARGUMENT, "not-utf8")


def _json_text(value: Consumers, name: str, status: Status, cause: str) -> bytes | None:
    """A list, a dict or JSON text, as JSON text for C; status and cause are for what cannot be written as JSON."""
    if not isinstance(value, (str, Mapping, Sequence)) or isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{name}: expected a list, a dict or JSON text, found a {type(value).__name__}")
    if not isinstance(value, str):
        try:
            value = json.dumps(value, allow_nan=False, default=_plain)
        except (TypeError, ValueError, RecursionError) as error:
            # Not "from" that error: its notes quote what is written.
            raise UsageError(f"{name}: cannot be written as JSON: {error}", status, cause) from None
    return _text(value, name, cause, status)


def _plain(value: object) -> object:
    """Turns mappings and sequences that json does not know into a dict or a list."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return list(value)
    raise TypeError(f"a {type(value).__name__} is no JSON")


def _milliseconds(seconds: float | None, name: str) -> int | None:
    """Whole milliseconds, rounded up so that a tiny timeout does not become 0. ctypes would cut too large a number."""
    if seconds is None:
        return None
    _typed(seconds, name, numbers.Number, "seconds as a number")
    if not 0 < seconds * 1000 < 2**32 - 1:
        raise UsageError(
            f"{name}: expected seconds above 0 and below {2**32 // 1000}, found {seconds}",
            Status.INVALID_ARGUMENT,
            "invalid-timeout",
        )
    return math.ceil(seconds * 1000)


def _count(value: int | None, name: str) -> int | None:
    """A number that fits into 32 bits without a sign; ctypes would cut others to fit."""
    if value is None:
        return None
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: expected a whole number, found a {type(value).__name__}") from None
    if not 0 <= number < 2**32:
        raise UsageError(f"{name}: expected a number from 0 to {2**32 - 1}, found {number}", Status.INVALID_ARGUMENT)
    return number


# --- Calls under way: waking up for signals, the end of the interpreter, fork.

_WAKE = 0.1
"""Seconds. On Windows a signal does not interrupt waiting, so the main thread wakes up this often to see it."""


_clients: weakref.WeakSet[Client] = weakref.WeakSet()
"""All clients that exist."""
_calls: list[Client] = []
"""The clients that are in a C function now, each as often as it is in one."""
_calls_changed = threading.Condition()
_exiting = False
_EXIT_WAIT = 5.0
"""Seconds to wait for canceled calls when the interpreter ends. They take 200 ms unless a log handler takes longer."""


@contextlib.contextmanager
def _until_exit(client: Client) -> Iterator[None]:
    """Registers a call of a C function in _calls, or refuses it if the interpreter is about to end."""
    with _calls_changed:
        if _exiting:
            raise NetworkError("the interpreter is about to end", Status.CANCELLED, "cancelled")
        _calls.append(client)
    try:
        yield
    finally:
        with _calls_changed:
            _calls.remove(client)
            _calls_changed.notify_all()


def _end_calls() -> None:
    """Cancels the calls of daemon threads before the interpreter ends, and waits for them.

    A later log line would call back into Python. Python then ends the thread in the midst of the library's code, and
    that aborts the process.
    """
    global _exiting
    with _calls_changed:
        _exiting = True
        clients = _calls.copy()
    for client in clients:
        client.cancel()
    with _calls_changed:
        _calls_changed.wait_for(lambda: not _calls, _EXIT_WAIT)


def _forget_calls() -> None:
    """Runs in the child of a fork, which has only the thread that forked.

    Calls of the parent's other threads never end in the child, and locks that they held stay locked. So the locks are
    replaced, and only the calls of the forking thread are kept: it is in a call if a log handler forked.
    """
    global _calls_changed
    _calls_changed = threading.Condition()
    _calls.clear()
    for client in list(_clients):
        client._changed = threading.Condition()
        client._callers = [caller for caller in client._callers if caller == threading.get_ident()]
        _calls.extend([client] * len(client._callers))


atexit.register(_end_calls)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_calls)


# --- The C interface. The tests compare this table with include/qls_precheck.h.

_ABI_VERSION = 2
"""The QLS_ABI_VERSION that this module was written for. A library with a higher one works as well."""


class _ClientStruct(ctypes.Structure):
    """qls_client, which has no members that C programs can see."""


class _ResultStruct(ctypes.Structure):
    """qls_result, which has no members that C programs can see."""


_ClientPointer = POINTER(_ClientStruct)
_ResultPointer = POINTER(_ResultStruct)
_LogFunction = ctypes.CFUNCTYPE(None, c_void_p, c_int32, c_char_p)

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "qls_abi_version": (c_uint32, ()),
    "qls_version": (c_char_p, ()),
    "qls_status_name": (c_char_p, (c_int32,)),
    "qls_status_text": (c_char_p, (c_int32,)),
    "qls_client_new": (_ClientPointer, ()),
    "qls_client_set_server": (c_int32, (_ClientPointer, c_char_p)),
    "qls_client_set_allow_plain_http": (c_int32, (_ClientPointer, c_int32)),
    "qls_client_set_timeout_ms": (c_int32, (_ClientPointer, c_uint32)),
    "qls_client_set_connect_timeout_ms": (c_int32, (_ClientPointer, c_uint32)),
    "qls_client_set_retries": (c_int32, (_ClientPointer, c_uint32)),
    "qls_client_set_proxy": (c_int32, (_ClientPointer, c_char_p)),
    "qls_client_set_ca_file": (c_int32, (_ClientPointer, c_char_p)),
    "qls_client_set_ca_pem": (c_int32, (_ClientPointer, c_char_p)),
    "qls_client_set_trust": (c_int32, (_ClientPointer, c_int32)),
    "qls_client_set_user_agent": (c_int32, (_ClientPointer, c_char_p)),
    "qls_client_set_log": (c_int32, (_ClientPointer, _LogFunction, c_void_p, c_int32)),
    "qls_client_cancel": (None, (_ClientPointer,)),
    "qls_client_free": (None, (_ClientPointer,)),
    "qls_check": (_ResultPointer, (_ClientPointer, c_char_p, c_char_p)),
    "qls_list": (_ResultPointer, (_ClientPointer, c_char_p, c_char_p)),
    "qls_diagnose": (_ResultPointer, (_ClientPointer, c_char_p)),
    "qls_result_status": (c_int32, (_ResultPointer,)),
    "qls_result_http_status": (c_int32, (_ResultPointer,)),
    "qls_result_message": (c_char_p, (_ResultPointer,)),
    "qls_result_server_code": (c_char_p, (_ResultPointer,)),
    "qls_result_json": (c_char_p, (_ResultPointer, POINTER(c_size_t))),
    "qls_result_component_count": (c_size_t, (_ResultPointer,)),
    "qls_result_component": (c_int32, (_ResultPointer, c_size_t, POINTER(c_char_p), POINTER(c_char_p))),
    "qls_result_is_allowed": (c_int32, (_ResultPointer, c_char_p)),
    "qls_result_count": (c_size_t, (_ResultPointer, c_char_p)),
    "qls_result_get": (c_char_p, (_ResultPointer, c_char_p)),
    "qls_result_free": (None, (_ResultPointer,)),
}
"""Each function of the header: the type of its result, and the types of its parameters."""

_write_log = _LogFunction(_log_line)
"""_log_line() as C calls it. It is kept here so that it lives longer than any client."""


# --- Loading the library.


def _load() -> tuple[ctypes.CDLL, str]:
    """Loads the library and returns it with its path; the ImportError says where it was looked for."""
    name = {"win32": "qls_precheck.dll", "darwin": "libqls_precheck.dylib"}.get(sys.platform, "libqls_precheck.so")
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    named = os.environ.get("QLS_PRECHECK_LIBRARY")
    looked = []
    if os.path.exists(beside):
        place, path = "beside this module", beside
    else:
        looked.append(f"beside this module: no {beside}")
        if named:
            place, path = "in QLS_PRECHECK_LIBRARY", os.path.abspath(named)
        else:
            looked.append("in QLS_PRECHECK_LIBRARY: not set")
            place, path = "where the system finds libraries", name
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        lines = "\n  ".join([*looked, f"{place}: {error}"])
        raise ImportError(f"the qls_precheck shared library cannot be loaded; looked\n  {lines}") from None
    for function, (result, parameters) in _FUNCTIONS.items():
        try:
            prototype = getattr(library, function)
        except AttributeError:
            raise ImportError(f"{path} is not the qls_precheck library that this module needs: no {function}") from None
        prototype.restype = result
        prototype.argtypes = parameters
        # The table begins with this function: an older library would lack others, and its version says why.
        if function == "qls_abi_version" and library.qls_abi_version() < _ABI_VERSION:
            raise ImportError(
                f"{path} has version {library.qls_abi_version()} of the C interface; this module needs"
                f" {_ABI_VERSION} or newer"
            )
    return library, path


def _original_argv() -> Sequence[str]:
    """The command line of this process, as sys.orig_argv has it since Python 3.10."""
    known: Sequence[str] | None = getattr(sys, "orig_argv", None)
    if known is not None:
        return known
    count, arguments = ctypes.c_int(), ctypes.POINTER(ctypes.c_wchar_p)()
    ctypes.pythonapi.Py_GetArgcArgv(ctypes.byref(count), ctypes.byref(arguments))
    return [arguments[index] or "" for index in range(count.value)]


def _is_command() -> bool:
    """Whether Python is importing this module for "python -m qls_precheck"."""
    started = _original_argv()
    module = "".join(started[-len(sys.argv) :][:1])
    return sys.argv[:1] == ["-m"] and module in (__name__, f"-m{__name__}")


try:
    _library, library_path = _load()
except ImportError:
    if not _is_command():
        raise
    # The command is a program that needs no library. A traceback would end with 1, which there means "denied".
    from qls_precheck.__main__ import main

    main()
__version__: str = _library.qls_version().decode()
