"""Client: arguments, results, and what is refused."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import re
import tempfile
import threading
import unittest
from collections import UserList
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest import mock

import qls_precheck
from qls_precheck import Client, Component, NetworkError, Status, UsageError, Verdict
from support import CONSUMERS, CREATOR, DEMO, SQUISH, TOKEN, VERDICTS, Standin


@contextlib.contextmanager
def replying(body: str) -> Iterator[str]:
    """The address of a server that gives each request the same reply."""

    class Reply(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Reply) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class Asking(unittest.TestCase):
    standin: Standin

    @classmethod
    def setUpClass(cls) -> None:
        cls.standin = Standin()
        cls.addClassCleanup(cls.standin.__exit__)

    def setUp(self) -> None:
        self.client = self.standin.client(timeout=30)
        self.addCleanup(self.client.close)
        self.token = self.standin.token

    def test_the_demos_verdicts(self) -> None:
        result = self.client.check(CONSUMERS.read_text(encoding="utf-8"), self.token)
        self.assertEqual({entry.component_id: entry.verdict.value for entry in result.components}, VERDICTS)
        self.assertEqual((result.http_status, result.server), (200, self.standin.address))
        self.assertEqual((result.token_source, json.loads(result.json)["status"]), ("argument", "QLS_OK"))

    def test_consumers_are_a_list_an_object_or_the_text_of_either(self) -> None:
        consumers = [CREATOR, SQUISH]
        wrapped = {"consumers": consumers, "user_id": "ada"}
        expected = (
            Component("tools.creator", "qtcreator", Verdict.ALLOWED),
            Component("tools.squish", "squish_tester", Verdict.DENIED),
        )
        proxies = UserList(MappingProxyType(consumer) for consumer in consumers)
        for form in (
            consumers,
            tuple(consumers),
            wrapped,
            proxies,
            MappingProxyType(wrapped),
            json.dumps(consumers),
            json.dumps(wrapped),
        ):
            with self.subTest(type(form)):
                self.assertEqual(self.client.check(form, self.token).components, expected)

    def test_only_an_explicit_yes_is_true(self) -> None:
        both = self.client.check([CREATOR, SQUISH], self.token)
        self.assertTrue(both.is_allowed("tools.creator"))
        self.assertFalse(both.is_allowed("tools.squish"))
        self.assertFalse(both.is_allowed("never.asked.for"))
        self.assertIs(both.verdict("never.asked.for"), Verdict.UNKNOWN)
        self.assertFalse(both or both.all_allowed)
        self.assertTrue(self.client.check([CREATOR], self.token))
        self.assertEqual([bool(verdict) for verdict in Verdict], [False, False, True])
        # One component that needs two consumers is allowed if both are.
        shared = [CREATOR, {**SQUISH, "component_id": "tools.creator"}]
        for order in (shared, shared[::-1]):
            self.assertIs(self.client.check(order, self.token).verdict("tools.creator"), Verdict.DENIED)

    def test_nothing_to_ask_needs_no_request_and_is_no_yes(self) -> None:
        result = self.client.check([], self.token)
        self.assertFalse(result)
        self.assertEqual((result.components, result.http_status, result.all_allowed), ((), None, False))

    def test_list_gives_the_licenses(self) -> None:
        licenses = self.client.list(self.token)
        ids = [license["license_info"]["license_id"] for license in licenses]
        self.assertEqual(ids, ["10000001", "10000002", "10000003"])
        self.assertEqual((len(licenses), bool(licenses)), (3, True))
        by_index = [licenses[index] for index in range(3)]
        self.assertEqual((list(licenses), list(licenses[:2]), licenses[-1]), (by_index, by_index[:2], by_index[2]))
        self.assertEqual(licenses.licenses, tuple(by_index))
        self.assertIs(licenses.licenses, licenses.licenses)  # A loop by their indexes makes them once.
        self.assertEqual(by_index, json.loads(licenses.json)["licenses"])
        with self.assertRaises(IndexError):
            licenses[3]
        licenses[0].clear()  # It was made for this line alone.
        self.assertEqual(licenses[0], by_index[0])
        self.assertEqual(len(self.client.list(self.token, {"user_id": "ada"})), 3)
        self.assertEqual(len(self.client.list(self.token, '{"user_id": "ada"}')), 3)

    def test_licenses_are_found_whatever_stands_in_and_between_them(self) -> None:
        tricky = [{"licenses": [1]}, {"a": ',"licenses":[{"b":1}]'}, {"c": ["]", "\\", '"', {}]}, {}]
        spaced = " ,\n\t ".join(json.dumps(license) for license in tricky)
        message = 'a ,"licenses":[ in it'
        head = f'"status":true,"message":{json.dumps(message)}'
        for licenses, expected in ((f"[ {spaced} ]", tricky), ("[ ]", []), ("[]", [])):
            with self.subTest(licenses), replying(f'{{{head},"licenses":{licenses}}}') as url:
                with Client(url) as client:
                    answer = client.list(self.token)
                self.assertEqual((list(answer), len(answer), bool(answer)), (expected, len(expected), bool(expected)))
                self.assertEqual(answer.message, message)

    def test_diagnose_tells_each_step_and_the_conclusion(self) -> None:
        diagnosis = self.client.diagnose(self.token)
        self.assertTrue(diagnosis)
        self.assertEqual((diagnosis.status, diagnosis.cause, diagnosis.http_status), (Status.OK, None, 200))
        self.assertTrue(diagnosis.message.startswith("All is well"), diagnosis.message)
        names = ["settings", "token", "proxy", "name", "connection", "tunnel", "tls", "reply", "clock"]
        self.assertEqual([step.step for step in diagnosis.steps], names)
        self.assertNotIn(self.token, diagnosis.json)
        # As where a script's proxy closes the connection, and the direct way leads to the server.
        for step, is_well in (("tunnel", True), ("clock", False)):
            changed = re.sub(f'"step":"{step}","state":"[a-z]+"', f'"step":"{step}","state":"failed"', diagnosis.json)
            self.assertNotEqual(changed, diagnosis.json)
            self.assertIs(bool(dataclasses.replace(diagnosis, _text=changed.encode())), is_well, step)
        refused = self.client.diagnose("no-token-of-this-server")
        self.assertFalse(refused)
        self.assertEqual((refused.status, refused.cause), (Status.UNAUTHORIZED, "unauthorized"))
        self.assertEqual([step.step for step in refused.steps if step.state == "failed"], ["reply"])
        self.assertIn("The user can mend this", refused.message)
        self.client.close()
        with self.assertRaises(UsageError):
            self.client.diagnose(self.token)

    def test_numbers_that_python_refuses_are_in_the_json(self) -> None:
        digits = "7" * 10_000
        licenses = json.loads(DEMO.read_text(encoding="utf-8"))
        licenses["licenses"][0]["huge"] = 0
        text = json.dumps(licenses).replace('"huge": 0', f'"huge": {digits}')
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "huge.json")
            path.write_text(text, encoding="utf-8")
            with Standin(licenses=path) as standin, standin.client() as client:
                answer = client.list(standin.token)
        # Older Pythons do not refuse to make such an int.
        self.assertIn(answer[0]["huge"], (float("inf"), 10**10_000 // 9 * 7))
        self.assertIn(digits, answer.json)

    def test_text_beyond_ascii_arrives(self) -> None:
        consumer = {**CREATOR, "component_id": "wérkzeug.\U0001f600"}
        for form in ([consumer], json.dumps([consumer], ensure_ascii=False)):
            self.assertTrue(self.client.check(form, self.token).is_allowed("wérkzeug.\U0001f600"))


class Refused(unittest.TestCase):
    """Calls that never reach a server; there is none at this address."""

    def refused(self, status: Status, cause: str | None, **settings: Any) -> str:
        with self.assertRaises(UsageError) as caught:
            Client(**settings).close()
        self.assertEqual((caught.exception.status, caught.exception.cause), (status, cause))
        return caught.exception.message

    def test_settings_raise_at_once_and_say_why(self) -> None:
        refused = Status.INVALID_ARGUMENT
        self.assertIn("ftp", self.refused(refused, "invalid-url", server="ftp://example.com"))
        self.assertIn("port", self.refused(refused, "invalid-url", server="http://127.0.0.1:99999"))
        self.refused(refused, "invalid-proxy", proxy="ftp://proxy")
        self.refused(refused, "invalid-ca", ca_pem="")
        self.refused(refused, "invalid-user-agent", user_agent="")
        for seconds in (0, -1, 5_000_000, float("nan"), float("inf")):
            self.assertIn("timeout", self.refused(refused, "invalid-timeout", timeout=seconds))
            self.refused(refused, "invalid-timeout", connect_timeout=seconds)
        for retries in (-1, 2**32):
            self.assertIn("retries", self.refused(refused, None, retries=retries))

    def test_a_refused_proxy_is_not_quoted(self) -> None:
        self.assertNotIn("hunter2", self.refused(Status.INVALID_ARGUMENT, "invalid-proxy", proxy="ftp://u:hunter2@p"))

    def test_settings_that_are_fine_are_accepted(self) -> None:
        Client(
            "https://licenses.example.com:8443/qls",
            timeout=0.0001,
            connect_timeout=4_294_967,
            retries=0,
            proxy="",
            ca_file=Path("not-read-before-the-call.pem"),
            ca_pem="neither",
            trust=qls_precheck.Trust.GIVEN_ONLY,
            user_agent="ExampleInstaller/1.2",
            allow_plain_http=True,
        ).close()

    def test_c_would_cut_text_at_a_nul(self) -> None:
        self.refused(Status.INVALID_ARGUMENT, "invalid-url", server="https://qls.qt.io\0.example.com")
        self.refused(Status.INVALID_ARGUMENT, "invalid-ca", ca_file="ca\0.pem")
        self.refused(Status.INVALID_ARGUMENT, "not-utf8", user_agent="half \ud800")
        with Client("http://127.0.0.1:1") as client:
            cases: list[tuple[Any, str, Status]] = [
                ("[]\0", TOKEN, Status.INVALID_CONSUMERS),
                ([CREATOR], TOKEN + "\0", Status.INVALID_TOKEN),
                ([{**CREATOR, "component_id": "a\0b"}], TOKEN, Status.INVALID_CONSUMERS),
                ("[]\ud800", TOKEN, Status.INVALID_ARGUMENT),
            ]
            for consumers, token, status in cases:
                with self.assertRaises(UsageError) as caught:
                    client.check(consumers, token)
                self.assertEqual(caught.exception.status, status)
                self.assertNotIn(TOKEN, str(caught.exception))
            with self.assertRaises(UsageError) as caught:
                client.list(TOKEN, "{}\0")
            self.assertEqual(caught.exception.cause, "invalid-extra")

    def test_consumers_are_named_by_place(self) -> None:
        for text, place in (
            ("nonsense", "line 1, column 1"),
            ("\n\n  x", "line 3, column 3"),
            ('[{"a', "line 1, column 4"),
        ):
            with Client("http://127.0.0.1:1") as client, self.assertRaises(UsageError) as caught:
                client.check(text, TOKEN)
            self.assertEqual(caught.exception.cause, "not-json")
            self.assertIn(place, caught.exception.message)
        with Client("http://127.0.0.1:1") as client, self.assertRaises(UsageError) as caught:
            client.check([CREATOR, {**CREATOR, "consumer_version": 14}], TOKEN)
        self.assertIn("consumers[1].consumer_version", caught.exception.message)

    def test_what_is_no_json_is_refused_as_such(self) -> None:
        loop: list[Any] = []
        loop.append(loop)
        with Client("http://127.0.0.1:1") as client:
            for consumers in ([{**CREATOR, "x": object()}], [{**CREATOR, "x": float("nan")}], loop):
                with self.assertRaises(UsageError) as caught:
                    client.check(consumers, TOKEN)
                self.assertEqual(caught.exception.status, Status.INVALID_CONSUMERS)

    def test_wrong_types_are_type_errors_that_show_no_value(self) -> None:
        with Client("http://127.0.0.1:1") as client:
            wrong: Any
            for wrong in (None, 1, b"[]", (c for c in [CREATOR])):
                with self.assertRaises(TypeError):
                    client.check(wrong, TOKEN)
            bytes_token: Any = TOKEN.encode()
            with self.assertRaises(TypeError) as caught:
                client.check([CREATOR], bytes_token)
            self.assertNotIn(TOKEN, str(caught.exception))
        settings: Any
        for settings, words in (
            ({"server": 1}, "server: expected a str, found a int"),
            ({"timeout": "5"}, "timeout: expected seconds as a number, found a str"),
            ({"connect_timeout": b"5"}, "connect_timeout: expected seconds as a number, found a bytes"),
            ({"retries": 1.5}, "retries: expected a whole number, found a float"),
            ({"retries": "2"}, "retries: expected a whole number, found a str"),
            ({"trust": "system"}, "trust: expected a Trust, found a str"),
            ({"allow_plain_http": "yes"}, "allow_plain_http: expected a bool, found a str"),
            ({"ca_file": 3}, "int"),
        ):
            with self.assertRaisesRegex(TypeError, words):
                Client(**settings)
        retries = mock.MagicMock(spec_set=["__index__"])  # such as numpy's integers
        retries.__index__.return_value = 1
        Client(retries=retries).close()
        with self.assertRaises(ValueError):
            Client(trust=7)  # type: ignore[arg-type]


class Log(unittest.TestCase):
    def test_lines_arrive_with_their_level_and_without_the_token(self) -> None:
        with Standin() as standin, standin.client() as client:
            with self.assertLogs("qls_precheck", level=1) as log:
                client.check([CREATOR], standin.token)
            self.assertNotIn(standin.token, "\n".join(log.output))
            levels = {record.levelno for record in log.records}
            self.assertEqual(levels, {logging.INFO, logging.DEBUG, logging.DEBUG - 5})
        with self.assertLogs("qls_precheck", level=logging.ERROR) as log, Client("http://127.0.0.1:1") as client:
            with self.assertRaises(NetworkError):
                client.list(TOKEN)
            self.assertIn("QLS_CONNECT_FAILED", log.output[0])

    def test_a_handler_that_raises_does_not_end_the_call(self) -> None:
        class Broken(logging.Filter):
            def filter(self, record: logging.LogRecord) -> bool:
                raise ZeroDivisionError

        logger = logging.getLogger("qls_precheck")
        seen: list[Any] = []
        broken, level = Broken(), logger.level
        logger.addFilter(broken)
        logger.setLevel(1)
        try:
            with Standin() as standin, standin.client() as client, mock.patch("sys.unraisablehook", seen.append):
                self.assertTrue(client.check([CREATOR], standin.token))
        finally:
            logger.removeFilter(broken)
            logger.setLevel(level)
        self.assertIs(seen[0].exc_type, ZeroDivisionError)

    def test_a_handler_may_ask_and_cancel_but_not_close(self) -> None:
        caught: list[BaseException] = []

        class Nosy(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                logger.removeHandler(self)
                try:
                    client.close()
                except RuntimeError as error:
                    caught.append(error)
                answers.append(client.check([CREATOR], standin.token))
                client.cancel()

        logger = logging.getLogger("qls_precheck")
        level, nosy = logger.level, Nosy()
        answers: list[Any] = []
        logger.addHandler(nosy)
        logger.setLevel(1)
        try:
            with Standin() as standin, standin.client() as client, self.assertRaises(NetworkError) as ended:
                client.list(standin.token)
        finally:
            logger.setLevel(level)
            logger.removeHandler(nosy)
        self.assertEqual(ended.exception.status, Status.CANCELLED)
        self.assertEqual(len(caught), 1)
        self.assertTrue(answers[0])


if __name__ == "__main__":
    unittest.main()
