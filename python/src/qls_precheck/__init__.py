"""May this user install these components? Asks a Qt License Server, and waits for the answer.

    import qls_precheck

    with qls_precheck.Client("https://licences.example.com", timeout=20) as client:
        result = client.check([{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"}], token)
    print(result.is_allowed("qt.tools.qtcreator"))

It is a thin layer over the C interface of the qls_precheck shared library, which is loaded when this module is
imported: from beside this file, or else from the path in QLS_PRECHECK_LIBRARY, or else from where the system
finds libraries. An ImportError says where it looked. It needs nothing but Python's standard library.

This file is complete: copied as qls_precheck.py beside the shared library it works alone, without the command
line (__main__.py).
"""

from __future__ import annotations

import atexit
import contextlib
import contextvars
import ctypes
import enum
import functools
import json
import logging
import math
import operator
import os
import sys
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import POINTER, c_char_p, c_int32, c_size_t, c_uint32, c_void_p
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Union

__all__ = [
    "CheckResult",
    "Client",
    "Component",
    "LicenseList",
    "NetworkError",
    "QlsError",
    "ServerError",
    "Status",
    "Trust",
    "UsageError",
    "Verdict",
    "__version__",
    "library_path",
]

# --- The C interface. The tests compare all of this with include/qls_precheck.h.

_ABI_VERSION = 1
"""The QLS_ABI_VERSION that this module was written for. A library of a higher one works as well."""


class _ClientStruct(ctypes.Structure):
    """qls_client: opaque."""


class _ResultStruct(ctypes.Structure):
    """qls_result: opaque."""


_ClientPointer = POINTER(_ClientStruct)
_ResultPointer = POINTER(_ResultStruct)
_LogFunction = ctypes.CFUNCTYPE(None, c_void_p, c_int32, c_char_p)

# name: (type of the result, types of the parameters)
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

# QLS_LOG_ERROR to QLS_LOG_TRACE, and Python's levels for them.
_LOG_LEVELS = {1: logging.ERROR, 2: logging.WARNING, 3: logging.INFO, 4: logging.DEBUG, 5: logging.DEBUG - 5}
_LOG_TRACE = 5


class Status(enum.IntEnum):
    """How an operation ended: qls_status without its prefix. Numbers are only ever added, so expect unknown ones.

    docs/status-codes.md in the project says what to do about each.
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
        """A status that a newer library has and this module does not know, by the library's name for it."""
        if not isinstance(value, int) or not 0 < value < 2**31:
            return None
        status = int.__new__(cls, value)
        status._name_ = _library.qls_status_name(value).decode().replace("QLS_", "", 1)
        status._value_ = value
        return status

    @property
    def layer(self) -> int:
        """0 success, 1 nothing was sent, 2 nobody answered, 3 an answer without a verdict, 9 a defect."""
        return self.value // 1000

    @property
    def text(self) -> str:
        """One sentence for an end user, in English."""
        return str(_library.qls_status_text(self.value).decode())


class Verdict(enum.Enum):
    """What the server said of a component. Only ALLOWED is true."""

    UNKNOWN = "unknown"
    DENIED = "denied"
    ALLOWED = "allowed"

    def __bool__(self) -> bool:
        return self is Verdict.ALLOWED


class Trust(enum.IntEnum):
    """Whose certificates are trusted."""

    SYSTEM = 0
    """The system's, and those that are given."""
    GIVEN_ONLY = 1
    """Only those that are given with ca_file and ca_pem."""


class QlsError(Exception):
    """An operation that gave no answer, by layer: UsageError, NetworkError, ServerError; itself for a defect.

    status        the Status
    cause         the finer reason, one word of docs/status-codes.md; None where this module refused and there is
                  no word for it
    http_status   the HTTP status of the reply; None where there was none
    server_code   the server's own error code; None where there was none
    message       what happened, for a person; it never contains the token
    json          the whole outcome as JSON (docs/result-json.md); "" where this module refused
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

    def __str__(self) -> str:
        words = [f"QLS_{self.status.name}", self.cause]
        return f"{self.message} [{', '.join(word for word in words if word)}]"


class UsageError(QlsError):
    """Nothing was sent: an argument, the consumers, the token or a setting is unusable, or the client is closed."""


class NetworkError(QlsError):
    """Nobody answered: connection, proxy, TLS, time, or the client was cancelled."""


class ServerError(QlsError):
    """There was an answer, but no verdict in it."""


_ERRORS: dict[int, type[QlsError]] = {1: UsageError, 2: NetworkError, 3: ServerError}


@dataclass(frozen=True)
class Component:
    """The verdict on one consumer of the request."""

    component_id: str
    consumer_id: str
    verdict: Verdict


@dataclass(frozen=True)
class _Answer:
    message: str
    """The server's sentence."""
    http_status: int | None
    """None where no request was needed: nothing was asked for."""
    server: str
    """The server's address."""
    token_source: str | None
    """"argument", "environment" or "account-file"; None where no request was needed."""
    json: str = field(repr=False)
    """The whole outcome as the library wrote it; docs/result-json.md describes it."""


@dataclass(frozen=True)
class CheckResult(_Answer):
    """The answer to check(). It is true when all that was asked for is allowed."""

    components: tuple[Component, ...]
    """One per consumer, in the order of the request."""

    def __bool__(self) -> bool:
        return self.all_allowed

    @property
    def all_allowed(self) -> bool:
        """Whether every component is allowed; true where none was asked for."""
        return all(component.verdict for component in self.components)

    def is_allowed(self, component_id: str) -> bool:
        """Whether a component was asked for and every consumer that was asked for under its id is allowed."""
        return self.verdict(component_id) is Verdict.ALLOWED

    def verdict(self, component_id: str) -> Verdict:
        """The verdict on a component: of several consumers under its id the worst; UNKNOWN if it was not asked for."""
        return self._by_component.get(component_id, Verdict.UNKNOWN)

    @functools.cached_property
    def _by_component(self) -> dict[str, Verdict]:
        verdicts: dict[str, Verdict] = {}
        for verdict in (Verdict.ALLOWED, Verdict.UNKNOWN, Verdict.DENIED):
            verdicts.update((entry.component_id, verdict) for entry in self.components if entry.verdict is verdict)
        return verdicts


@dataclass(frozen=True)
class LicenseList(_Answer):
    """The answer to list(): iterate over it, or see licenses. It is true when there are any."""

    licenses: tuple[dict[str, Any], ...]
    """The server's licence objects, complete. Numbers are Python's: json has them digit for digit."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.licenses)

    def __len__(self) -> int:
        return len(self.licenses)


Consumers = Union[str, Mapping[str, Any], Sequence[Mapping[str, Any]]]
"""A list of consumers, an object whose member "consumers" is that list, or the JSON text of either."""


class Client:
    """A server's address, the rules for reaching it, and the connection kept for the next operation.

    server            the address; None: https://qls.qt.io
    timeout           seconds for one whole operation; default 30
    connect_timeout   seconds for making one connection, TLS included; default 10
    retries           how often broken connections and HTTP 502, 503, 504 are tried again; default 2
    proxy             [http|https|socks5|socks5h]://[user:password@]host[:port]; "": none; None: the environment's
    ca_file           path of a PEM file with CA certificates to trust
    ca_pem            the same as text
    trust             Trust.GIVEN_ONLY: only ca_file and ca_pem, not the system's certificates
    user_agent        the program on whose behalf the server is asked, such as "ExampleInstaller/1.2"
    allow_plain_http  lets the token travel unencrypted to another machine than this one

    A setting that is unusable raises UsageError at once.

    Any number of threads may use one client at the same time. Use it in a with statement, or close() it; left to
    the garbage collector it is freed with a ResourceWarning.

    When the interpreter ends, what daemon threads still ask is cancelled, and later operations are refused, both
    with Status.CANCELLED.

    Log lines go to the logger "qls_precheck"; the finest come with level 5, below DEBUG. A handler runs on the thread
    that asked, except for what the main thread asks: its lines come on a helper thread, while the main thread waits.
    So a handler must not wait for a lock that the asking thread holds: the two would wait for each other.
    """

    _handle: Any = None  # also where __init__ was never reached

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
        self._callers: list[int] = []  # the threads that are in a call; one may be so twice, through the log
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
            (_library.qls_client_set_trust, int(Trust(trust))),
            (_library.qls_client_set_user_agent, _text(user_agent, "user_agent", "invalid-user-agent")),
            (_library.qls_client_set_allow_plain_http, int(allow_plain_http)),
        ]
        self._handle = _library.qls_client_new()
        _library.qls_client_set_log(self._handle, _write_log, None, _LOG_TRACE)
        for setter, value in settings:
            if value is not None and setter(self._handle, value) != Status.OK:
                # The client is marked now: the next operation says why, and sends nothing.
                outcome = self._call(_library.qls_check, None, b"[]")
                self.close()
                raise _error(outcome)

    def check(self, consumers: Consumers, token: str | None = None) -> CheckResult:
        """Asks which consumers may be installed. Ask once for all of them: servers limit the number of requests.

        consumers   a list of objects with at least "consumer_id" and "component_id", an object whose member
                    "consumers" is such a list, or the JSON text of either; an empty list needs no request
        token       the user's JWT; None: the signed-in Qt account's, which is sent to the Qt Company's servers and
                    to loopback addresses only

        Blocks, at most for the client's timeout. Raises a QlsError where there is no answer. An answer does not
        mean "allowed": see the result's verdicts.

        In the main thread Ctrl-C, or whatever else a signal handler raises, ends the operation within 200 ms. Like
        cancel() it is final for this client.
        """
        text = _json_text(consumers, "consumers", Status.INVALID_CONSUMERS, "not-json")
        outcome = self._ask(_library.qls_check, token, text)
        components = tuple(
            Component(entry["component_id"], entry["consumer_id"], Verdict(entry["verdict"]))
            for entry in outcome["components"]
        )
        return CheckResult(components=components, **_answer(outcome))

    def list(self, token: str | None = None, extra: str | Mapping[str, Any] | None = None) -> LicenseList:
        """Asks which licences the user has.

        token   as for check()
        extra   an object whose members join the request, such as {"user_id": "..."}, or its JSON text

        Blocks, raises and is ended by Ctrl-C as check() is.
        """
        text = None if extra is None else _json_text(extra, "extra", Status.INVALID_ARGUMENT, "invalid-extra")
        outcome = self._ask(_library.qls_list, token, text)
        return LicenseList(licenses=tuple(outcome["licenses"]), **_answer(outcome))

    def cancel(self) -> None:
        """Ends this client's operations, in whatever thread, within 200 ms, and all its later ones.

        They raise NetworkError with Status.CANCELLED; one that is just done may still return its answer. This
        cannot be taken back: make a new client to go on. Any thread, also a log handler. Does not block.
        """
        with self._changed:
            if self._handle is not None:
                _library.qls_client_cancel(self._handle)

    def close(self) -> None:
        """Frees the client and closes its connection. Results stay valid; closing twice does nothing.

        Waits for the operations that other threads have under way: cancel() first to make it short. Later ones
        raise UsageError. Not from a log handler within an operation of this client: that raises RuntimeError.
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
        """Closes the client. Where an exception leaves the block, other threads' operations are cancelled first."""
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
        """A copy would free the same client once more."""
        raise TypeError("a qls_precheck.Client cannot be copied or pickled")

    def _free_when_idle(self) -> None:
        """Whoever is last frees, so that no call ever loses its client. Needs the lock."""
        if self._closed and not self._callers and self._handle is not None:
            _library.qls_client_free(self._handle)
            self._handle = None
            self._changed.notify_all()

    def _ask(self, function: Callable[..., Any], token: str | None, text: bytes | None) -> dict[str, Any]:
        """The outcome of an operation that succeeded."""
        secret = _text(token, "token", "token-invalid-character", Status.INVALID_TOKEN)
        if threading.current_thread() is threading.main_thread():
            outcome = self._call_interruptibly(function, secret, text)
        else:
            outcome = self._call(function, secret, text)
        if outcome["status_code"] != Status.OK:
            raise _error(outcome)
        return outcome

    def _call(self, function: Callable[..., Any], token: bytes | None, text: bytes | None) -> dict[str, Any]:
        """The outcome of an operation, whatever its status; "json" is its text."""
        with self._changed:
            if self._closed:
                raise UsageError("the client is closed: make a new one", Status.INVALID_ARGUMENT)
            self._callers.append(threading.get_ident())
        try:
            with _until_exit(self):
                result = function(self._handle, token, text)
            try:
                written = _library.qls_result_json(result, None).decode()
            finally:
                _library.qls_result_free(result)
        finally:
            with self._changed:
                self._callers.remove(threading.get_ident())
                self._free_when_idle()
        outcome: dict[str, Any] = json.loads(written, parse_int=_integer)
        outcome["json"] = written
        return outcome

    def _call_interruptibly(self, *arguments: Any) -> dict[str, Any]:
        """_call() on a thread of its own: in C the main thread would run no signal handler until it returned."""
        outcome: list[dict[str, Any]] = []
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
                # No thread is to be had: too many, or the interpreter is at its end. Ctrl-C then has to wait.
                return self._call(*arguments)
            while not done.wait(_WAKE):
                pass
        except BaseException:
            self.cancel()
            # Only log handlers and network drives can make it longer; the thread frees what it holds by itself.
            if thread.ident is not None:
                done.wait(1)
            raise
        thread.join()
        if failure:
            raise failure.pop()  # and keep no error in a frame of its own traceback
        return outcome[0]


_WAKE = 0.1
"""Seconds: where waiting cannot be interrupted (Windows), signal handlers run this often."""


_clients: weakref.WeakSet[Client] = weakref.WeakSet()
"""All of them, for the child of a fork."""
_calls: list[Client] = []
"""The clients that are in a call of C, each as often as it is."""
_calls_changed = threading.Condition()
_exiting = False
_EXIT_WAIT = 5.0
"""Seconds: a cancelled call is done within 200 ms; only a log handler can make it longer."""


@contextlib.contextmanager
def _until_exit(client: Client) -> Iterator[None]:
    """Surrounds a call of C, and refuses it where the interpreter is about to end."""
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
    """Ends the calls of daemon threads before the interpreter ends.

    A log line of theirs would come too late: Python ends a thread that comes back to it then, from within the
    library, and that aborts the process.
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
    """In the child of a fork: of its parent's threads it has the one that forked, which may do so in a log handler.

    The others' calls never end there, and what they had locked stays locked.
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


def _error(outcome: Mapping[str, Any]) -> QlsError:
    status = Status(outcome["status_code"])
    return _ERRORS.get(status.layer, QlsError)(
        outcome["message"],
        status,
        outcome["cause"],
        outcome["http_status"],
        outcome["server_code"],
        outcome["json"],
    )


def _answer(outcome: Mapping[str, Any]) -> dict[str, Any]:
    return {name: outcome[name] for name in ("message", "http_status", "server", "token_source", "json")}


def _integer(digits: str) -> int | float:
    """An integer of a licence; where Python refuses to make one, of thousands of digits, infinity, as for 1e400."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _text(value: str | None, name: str, cause: str, status: Status = Status.INVALID_ARGUMENT) -> bytes | None:
    """A string for C, which ends it at the first NUL. No message shows it: it may be a secret."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected a str, found a {type(value).__name__}")
    if "\0" in value:
        raise UsageError(f"{name}: has a NUL character", status, cause)
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        place = error.start
    raise UsageError(f"{name}: has half a surrogate pair at index {place}", Status.INVALID_ARGUMENT, "not-utf8")


def _json_text(value: Consumers, name: str, status: Status, cause: str) -> bytes | None:
    if not isinstance(value, (str, Mapping, Sequence)) or isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{name}: expected a list, a dict or JSON text, found a {type(value).__name__}")
    if not isinstance(value, str):
        try:
            value = json.dumps(value, allow_nan=False, default=_plain)
        except (TypeError, ValueError, RecursionError) as error:
            raise UsageError(f"{name}: cannot be written as JSON: {error}", status, cause) from error
    return _text(value, name, cause, status)


def _plain(value: object) -> object:
    """What json does not know: mappings and sequences other than its own."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return list(value)
    raise TypeError(f"a {type(value).__name__} is no JSON")


def _milliseconds(seconds: float | None, name: str) -> int | None:
    """Rounded up, so that a tiny timeout is not none; ctypes would cut a number that is too large."""
    if seconds is None:
        return None
    if not 0 < seconds * 1000 < 2**32 - 1:
        raise UsageError(
            f"{name}: expected seconds above 0 and below {2**32 // 1000}, found {seconds}",
            Status.INVALID_ARGUMENT,
            "invalid-timeout",
        )
    return math.ceil(seconds * 1000)


def _count(value: int | None, name: str) -> int | None:
    """ctypes would cut a number that is too large, and a negative one."""
    if value is None:
        return None
    number = operator.index(value)
    if not 0 <= number < 2**32:
        raise UsageError(f"{name}: expected a number from 0 to {2**32 - 1}, found {number}", Status.INVALID_ARGUMENT)
    return number


# --- The library.

_logger = logging.getLogger("qls_precheck")
_logger.addHandler(logging.NullHandler())


def _log_line(_userdata: int | None, level: int, message: bytes) -> None:
    # What a handler raises ends in sys.unraisablehook: ctypes lets nothing through to C.
    _logger.log(_LOG_LEVELS.get(level, logging.DEBUG), "%s", message.decode(errors="replace"))


_write_log = _LogFunction(_log_line)
"""Lives as long as the module, and so longer than any client."""


def _load() -> tuple[ctypes.CDLL, str]:
    """Loads the library, or raises an ImportError that says where it was looked for."""
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
        # The first of all: an older library lacks others.
        if function == "qls_abi_version" and library.qls_abi_version() < _ABI_VERSION:
            raise ImportError(
                f"{path} has version {library.qls_abi_version()} of the C interface; this module needs"
                f" {_ABI_VERSION} or newer"
            )
    return library, path


def _is_command() -> bool:
    """Whether this is python -m qls_precheck, before its __main__.py is there. Python 3.9 cannot tell."""
    started: Sequence[str] = getattr(sys, "orig_argv", ())
    module = "".join(started[-len(sys.argv) :][:1])
    return sys.argv[:1] == ["-m"] and module in (__name__, f"-m{__name__}")


try:
    _library, library_path = _load()
except ImportError as error:
    if not _is_command():
        raise
    # Python's own exit code would say "denied". This one is REFUSED in __main__.py.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            os.write(2, f"qls_precheck: {error}\n".encode(sys.stderr.encoding, "backslashreplace"))
    raise SystemExit(3) from None
__version__: str = _library.qls_version().decode()
