"""Each layer of statuses raises its own exception: nothing was sent, nobody answered, no verdict in the answer."""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import socket
import tempfile
import threading
import time
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import qls_precheck
from qls_precheck import Client, NetworkError, QlsError, ServerError, Status, UsageError
from support import CREATOR, DELAY, PROMPT, ROOT, TOKEN, Standin, expired_token

# Nothing listens at port 1, and nothing ever leaves this machine: the address is for documentation.
CLOSED = "http://127.0.0.1:1"
ELSEWHERE = "http://192.0.2.1"


@contextlib.contextmanager
def answering(reply: bytes) -> Iterator[str]:
    """A server that answers every connection with these bytes, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


class Layers(unittest.TestCase):
    def ends(
        self, kind: type[QlsError], status: Status, cause: str, client: Client, token: str | None = TOKEN
    ) -> QlsError:
        """Checks that check() and list() both raise this; returns the exception of check()."""
        with client:
            for ask in (lambda: client.check([CREATOR], token), lambda: client.list(token)):
                with self.assertRaises(QlsError) as caught:
                    ask()
                error = caught.exception
                self.assertIs(type(error), kind)
                self.assertEqual((error.status, error.cause), (status, cause), error.message)
                self.assertIn(f"[QLS_{status.name}, {cause}]", str(error))
                self.assertIn(f'"status_code":{status.value}', error.json)
                self.assertNotIn(TOKEN, f"{error} {error!r} {error.json}")
        return error

    def test_nothing_was_sent(self) -> None:
        # The library sees what Python changes in its environment.
        nobody = mock.patch.dict("os.environ")
        with tempfile.TemporaryDirectory() as empty, nobody:
            os.environ.update(HOME=empty, XDG_DATA_HOME=empty)
            os.environ.pop("QT_INSTALLER_JWT_TOKEN", None)
            self.ends(UsageError, Status.TOKEN_NOT_FOUND, "account-file-missing", Client(CLOSED), token=None)
            foreign = Client("https://licenses.example.com")
            self.ends(UsageError, Status.TOKEN_NOT_FOUND, "account-token-foreign-server", foreign, token=None)
            missing = Client("https://127.0.0.1:1", ca_file=Path(empty, "missing.pem"))
            error = self.ends(UsageError, Status.CONFIGURATION, "ca-file-unreadable", missing)
            self.assertIn("missing.pem", error.message)
        self.ends(UsageError, Status.INVALID_TOKEN, "token-invalid-character", Client(CLOSED), token=f"{TOKEN} ")
        self.ends(UsageError, Status.INVALID_TOKEN, "token-empty", Client(CLOSED), token="")
        self.ends(UsageError, Status.CONFIGURATION, "plain-http-refused", Client(ELSEWHERE))

    def test_nobody_answered(self) -> None:
        error = self.ends(NetworkError, Status.CONNECT_FAILED, "connection-refused", Client(CLOSED, retries=0))
        self.assertEqual((error.http_status, error.server_code), (None, None))
        proxied = Client(ELSEWHERE, proxy=CLOSED, allow_plain_http=True)
        self.ends(NetworkError, Status.PROXY_FAILED, "connection-refused", proxied)
        unknown = Client("https://nobody.invalid", proxy="")
        self.ends(NetworkError, Status.RESOLVE_FAILED, "name-not-found", unknown)
        with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") as address:
            self.ends(NetworkError, Status.CONNECTION_LOST, "connection-closed", Client(address, retries=0))
        with answering(b"not TLS\r\n") as address:
            tls = Client(address.replace("http:", "https:"))
            self.ends(NetworkError, Status.TLS_FAILED, "not-tls", tls)
        with Standin("--fault", DELAY) as standin:
            began = time.monotonic()
            self.ends(NetworkError, Status.TIMEOUT, "deadline", standin.client(timeout=0.3))
            self.assertLess(time.monotonic() - began, PROMPT)

    def test_an_answer_without_a_verdict(self) -> None:
        cases: list[tuple[str, Status, str, int, str | None]] = [
            ("status=400", Status.BAD_REQUEST, "bad-request", 400, "400"),
            ("status=401", Status.UNAUTHORIZED, "unauthorized", 401, "401"),
            ("status=403", Status.UNAUTHORIZED, "forbidden", 403, "403"),
            ("status=404", Status.NOT_FOUND, "no-pre-check", 404, "404"),
            ("status=500", Status.SERVER_ERROR, "server-error", 500, "500"),
            ("status=503", Status.SERVER_ERROR, "server-error", 503, None),
            ("html", Status.UNEXPECTED_REPLY, "captive-portal", 200, None),
            ("redirect=https://example.com/", Status.UNEXPECTED_REPLY, "redirect", 302, None),
        ]
        for fault, status, cause, http_status, code in cases:
            with self.subTest(fault), Standin("--fault", fault) as standin:
                error = self.ends(ServerError, status, cause, standin.client(retries=0))
                self.assertEqual((error.http_status, error.server_code), (http_status, code))
        with Standin("--fault", "status=429") as standin:
            self.ends(ServerError, Status.RATE_LIMITED, "rate-limited", standin.client(timeout=1.5))
        body = b'{"status": false, "message": "Invalid data"}'
        reply = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        with answering(reply) as address:
            error = self.ends(ServerError, Status.REJECTED, "rejected", Client(address))
            self.assertIn("Invalid data", error.message)

    def test_a_defect(self) -> None:
        text = (
            b'{"operation":null,"status":"QLS_INTERNAL","status_code":9000,"http_status":null,"server_code":null,'
            b'"message":"a defect","cause":"internal","server":null,'
            b'"token_source":null,"components":[],"licenses":[],"diagnosis":[]}'
        )
        with mock.patch.object(qls_precheck._library, "qls_result_json", lambda *_: text):
            self.ends(QlsError, Status.INTERNAL, "internal", Client(CLOSED, retries=0))

    def test_a_token_that_is_over(self) -> None:
        with Standin() as standin:
            self.ends(ServerError, Status.UNAUTHORIZED, "token-expired", standin.client(), token=expired_token())


class Passing(unittest.TestCase):
    """Whether trying again may help."""

    def test_where_the_document_says_so(self) -> None:
        document = (ROOT / "docs/status-codes.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| `([a-z0-9-]+)` \| (`QLS_[^|]+) \|(.*)$", document, re.MULTILINE)
        self.assertGreater(len(rows), 60)
        hopeful = set()
        for cause, statuses, advice in rows:
            for name in re.findall("QLS_([A-Z_]+)", statuses):
                may_pass = QlsError("", Status[name], cause).may_pass
                if re.search("try again|offer a retry|start again", advice):
                    self.assertTrue(may_pass, (name, cause))
                    hopeful.add(Status[name])
                else:
                    self.assertFalse(may_pass, (name, cause))
        self.assertGreater(len(hopeful), 8)

    def test_the_cause_outweighs_the_status(self) -> None:
        cases = {
            (Status.PROXY_FAILED, "connection-refused"): True,
            (Status.PROXY_FAILED, "proxy-auth-required"): False,
            (Status.PROXY_FAILED, "not-tls"): False,
            (Status.RESOLVE_FAILED, "resolver-unavailable"): True,
            (Status.RESOLVE_FAILED, "resolver-failed"): False,
            (Status.UNEXPECTED_REPLY, "captive-portal"): True,
            (Status.UNEXPECTED_REPLY, "redirect"): False,
            (Status.TLS_FAILED, "handshake-failed"): True,
            (Status.TLS_FAILED, "not-tls"): False,
            (Status.REJECTED, "rejected"): False,
        }
        for (status, cause), may_pass in cases.items():
            self.assertEqual(QlsError("", status, cause).may_pass, may_pass, (status, cause))


class Errors(unittest.TestCase):
    def test_a_layer_is_a_class(self) -> None:
        for kind in (UsageError, NetworkError, ServerError):
            self.assertTrue(issubclass(kind, QlsError))
        self.assertEqual([Status(number).layer for number in (0, 1002, 2005, 3000, 9000)], [0, 1, 2, 3, 9])

    def test_they_travel_between_processes(self) -> None:
        error = ServerError("no", Status.BAD_REQUEST, "bad-request", 400, "1234", "{}")
        copy: Any = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(copy), vars(copy), str(copy)), (ServerError, vars(error), str(error)))

    def test_a_status_has_a_sentence_for_end_users(self) -> None:
        for status in Status:
            self.assertRegex(status.text, r"^[A-Z].*\.$")

    def test_a_newer_librarys_status_is_known_by_its_layer(self) -> None:
        status = Status(2999)
        self.assertEqual((status, status.layer, status.name), (2999, 2, "UNKNOWN"))
        wrong: Any
        for wrong in (-1, "QLS_OK", 2**40):
            with self.assertRaises(ValueError):
                Status(wrong)


if __name__ == "__main__":
    unittest.main()
