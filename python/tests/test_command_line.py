"""python -m qls_precheck: tables, JSON, exit codes, token files."""

from __future__ import annotations

import codecs
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from qls_precheck import QlsError, Status
from qls_precheck.__main__ import COULD_NOT_ASK, REFUSED, USAGE, exit_code, printable
from support import CONSUMERS, CREATOR, ROOT, TOKEN, Standin, environment, expired_token, run

COMMAND = ("-m", "qls_precheck")
CLOSED = "http://127.0.0.1:1"


class CommandLine(unittest.TestCase):
    standin: Standin

    @classmethod
    def setUpClass(cls) -> None:
        cls.standin = Standin()
        cls.addClassCleanup(cls.standin.__exit__)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.server = ("--server", self.standin.address)
        self.token = ("--token-file", self.file("token", f"{self.standin.token}\n"))

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def ends(self, code: int, *arguments: str | Path, text: str = "", **changes: str | None) -> tuple[str, str]:
        """Runs the command, checks its exit code, and returns its standard output and standard error."""
        ended = run(*COMMAND, *arguments, text=text, **changes)
        self.assertEqual(ended.returncode, code, ended.stderr)
        self.assertNotIn("Traceback", ended.stderr)
        self.assertNotIn(self.standin.token, ended.stdout + ended.stderr)
        return ended.stdout, ended.stderr

    def test_check_prints_the_demos_table(self) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        table = readme[readme.index("COMPONENT ") :].partition("```")[0]
        self.assertEqual(self.ends(1, "check", CONSUMERS, *self.server, *self.token), (table, ""))

    def test_check_ends_with_0_when_all_are_allowed(self) -> None:
        allowed = self.file("allowed.json", json.dumps([CREATOR]))
        self.ends(0, "check", allowed, *self.server, *self.token)
        self.ends(0, "check", "-", *self.server, *self.token, text=json.dumps([CREATOR]))

    def test_list_prints_the_licenses(self) -> None:
        output, _ = self.ends(0, "list", *self.server, *self.token)
        self.assertEqual(output.splitlines()[0].split(), ["LICENSE", "TYPE", "SCHEMA", "FROM", "TO", "CONSUMERS"])
        self.assertRegex(
            output, r"10000001  subscription  commercial  2024-01-01  2099-12-31  qtcreator, squish_tester"
        )
        none = Path(self.file("none.json", '{"licenses": []}'))
        with Standin(licenses=none) as empty:
            self.ends(1, "list", "--server", empty.address, *self.token)

    def test_json_is_the_outcome(self) -> None:
        output, _ = self.ends(1, "check", CONSUMERS, "--json", *self.server, *self.token, PYTHONIOENCODING="ascii")
        self.assertEqual(json.loads(output)["components"][0]["verdict"], "allowed")
        output, _ = self.ends(0, "list", "--json", *self.server, *self.token)
        self.assertEqual(len(json.loads(output)["licenses"]), 3)
        output, errors = self.ends(2, "list", "--json", "--server", CLOSED, *self.token)
        self.assertEqual(json.loads(output)["status"], "QLS_CONNECT_FAILED")
        self.assertIn("QLS_CONNECT_FAILED, connection-refused", errors)

    def test_it_cannot_ask(self) -> None:
        output, errors = self.ends(2, "list", "--server", CLOSED, *self.token)
        self.assertEqual(output, "")
        self.assertIn("cannot connect to 127.0.0.1:1", errors)
        with Standin("--fault", "delay=60s") as slow:
            _, errors = self.ends(2, "list", "--server", slow.address, *self.token, "--timeout", "0.3")
            self.assertIn("QLS_TIMEOUT", errors)
        away = ("--server", "http://192.0.2.1", "--plain-http", "--proxy", CLOSED)
        self.assertIn("QLS_PROXY_FAILED", self.ends(2, "list", *away, *self.token)[1])

    def test_it_is_refused(self) -> None:
        for fault, word in (("status=403", "QLS_UNAUTHORIZED"), ("status=404", "QLS_NOT_FOUND")):
            with Standin("--fault", fault) as standin:
                self.assertIn(word, self.ends(3, "list", "--server", standin.address, *self.token)[1])
        over = self.file("over", expired_token())
        self.assertIn("token-expired", self.ends(3, "list", *self.server, "--token-file", over)[1])
        self.assertIn("plain-http-refused", self.ends(3, "list", "--server", "http://192.0.2.1", *self.token)[1])
        missing = ("--ca-file", "missing.pem")
        self.assertIn(
            "ca-file-unreadable", self.ends(3, "list", "--server", "https://127.0.0.1:1", *missing, *self.token)[1]
        )
        wrong = self.file("wrong.json", '[{"consumer_id": 1}]')
        self.assertIn("consumers[0].consumer_id", self.ends(3, "check", wrong, *self.server, *self.token)[1])
        self.assertIn("No such file", self.ends(3, "check", "missing.json", *self.server, *self.token)[1])

    def test_whether_trying_again_may_help(self) -> None:
        cases = {
            (Status.INVALID_ARGUMENT, "invalid-url"): USAGE,
            (Status.PROXY_FAILED, "connection-refused"): COULD_NOT_ASK,
            (Status.PROXY_FAILED, "proxy-auth-required"): REFUSED,
            (Status.PROXY_FAILED, "certificate-expired"): REFUSED,
            (Status.TLS_UNTRUSTED, "certificate-expired"): REFUSED,
            (Status.RATE_LIMITED, "rate-limited"): COULD_NOT_ASK,
            (Status.UNEXPECTED_REPLY, "captive-portal"): COULD_NOT_ASK,
            (Status.UNEXPECTED_REPLY, "redirect"): REFUSED,
            (Status.REJECTED, "rejected"): REFUSED,
            (Status.TLS_FAILED, "not-tls"): REFUSED,
            (Status.PROXY_FAILED, "not-tls"): REFUSED,
            (Status.TLS_FAILED, "handshake-failed"): COULD_NOT_ASK,
        }
        for (status, cause), code in cases.items():
            self.assertEqual(exit_code(QlsError("", status, cause)), code, (status, cause))

    def test_it_may_where_the_document_says_so(self) -> None:
        document = (ROOT / "docs/status-codes.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| `([a-z0-9-]+)` \| (`QLS_[^|]+) \|(.*)$", document, re.MULTILINE)
        self.assertGreater(len(rows), 60)
        hopeful = set()
        for cause, statuses, advice in rows:
            for name in re.findall("QLS_([A-Z_]+)", statuses):
                code = exit_code(QlsError("", Status[name], cause))
                if re.search("try again|offer a retry|start again", advice):
                    self.assertEqual(code, COULD_NOT_ASK, (name, cause))
                    hopeful.add(Status[name])
                elif Status[name].layer == 1 or cause.startswith("certificate-"):
                    self.assertIn(code, (REFUSED, USAGE), (name, cause))
        self.assertGreater(len(hopeful), 8)

    def test_a_list_that_asks_for_nothing_is_no_yes(self) -> None:
        for content in ("[]", '{"consumers": []}'):
            path = self.file("empty.json", content)
            output, errors = self.ends(3, "check", path, *self.server, *self.token)
            self.assertEqual(output, "")
            self.assertIn(f"{path}: asks for nothing: the list of consumers is empty", errors)

    def test_json_is_also_printed_where_nothing_was_tried(self) -> None:
        empty = self.file("empty", "\n")
        spoilt = self.file("spoilt", "abc\0")
        for arguments, status, cause in (
            (("check", "missing.json"), "QLS_INVALID_CONSUMERS", None),
            (("check", self.file("none.json", "[]"), *self.server, *self.token), "QLS_INVALID_CONSUMERS", None),
            (("list", "--token-file", "missing"), "QLS_INVALID_TOKEN", None),
            (("list", "--token-file", empty), "QLS_INVALID_TOKEN", "token-empty"),
            (("list", "--token-file", spoilt, *self.server), "QLS_INVALID_TOKEN", "token-invalid-character"),
        ):
            with self.subTest(arguments):
                output, errors = self.ends(3, *arguments, "--json")
                outcome = json.loads(output)
                self.assertEqual(list(outcome), ["status", "status_code", "cause", "message"])
                self.assertEqual((outcome["status"], outcome["cause"]), (status, cause))
                self.assertEqual(outcome["status_code"], Status[status.replace("QLS_", "")])
                self.assertIn(printable(outcome["message"]), errors)

    def test_what_nobody_foresaw_is_no_denial(self) -> None:
        code = "import sys, qls_precheck.__main__ as m\nm.ask = lambda _: 1 / 0\nsys.exit(m.main(['list']))"
        ended = run("-c", code)
        self.assertEqual((ended.returncode, ended.stdout), (70, ""))
        self.assertIn("ZeroDivisionError", ended.stderr)

    def test_usage(self) -> None:
        for arguments in (
            (),
            ("ask",),
            ("check",),
            ("check", "a.json", "b.json"),
            ("list", "--timeout", "0"),
            ("list", "--timeout", "soon"),
            ("list", "--timeout", "inf"),
            ("list", "--server", "ftp://example.com"),
            ("list", "--token-fil", "file"),
        ):
            with self.subTest(arguments):
                self.assertEqual(self.ends(64, *arguments)[0], "")
        self.assertIn("not both", self.ends(64, "check", "-", "--token-file", "-")[1])

    def test_a_token_is_no_argument_and_is_not_repeated_if_it_is_one(self) -> None:
        for arguments in (("--token", self.standin.token), (f"--token={self.standin.token}",), (self.standin.token,)):
            self.ends(64, "list", *self.server, *arguments)
            self.ends(64, "check", CONSUMERS, *self.server, *arguments)
        self.ends(64, self.standin.token)
        self.ends(64, "list", f"--json={self.standin.token}")
        self.ends(64, "list", "--timeout", self.standin.token)
        self.ends(3, "list", "--json", "--token-file", self.standin.token)
        self.ends(3, "check", "--json", self.standin.token)
        self.ends(3, "list", "--json", "--server", "https://127.0.0.1:1", "--ca-file", self.standin.token, *self.token)

    def test_help_documents_the_exit_codes(self) -> None:
        for arguments in (("--help",), ("check", "--help"), ("list", "--help")):
            output, _ = self.ends(0, *arguments)
            for code in ("0 ", "1 ", "2 ", "3 ", "64 ", "70 ", "130 "):
                self.assertRegex(output, rf"(?m)^  {code} +\w")

    def test_a_tokens_line_end_and_byte_order_mark_are_left_out(self) -> None:
        token = self.standin.token.encode()
        for content in (token, token + b"\n", token + b"\r\n", codecs.BOM_UTF8 + token + b"\r\n"):
            self.ends(0, "list", *self.server, "--token-file", self.file("token", content))
        self.ends(0, "list", *self.server, "--token-file", "-", text=f"{self.standin.token}\n")

    def test_utf_16_is_named_as_such(self) -> None:
        for name in ("utf-16", "utf-16-le", "utf-16-be"):
            for option in (("list",), ("check", CONSUMERS)):
                path = self.file("token", f"{self.standin.token}\n".encode(name))
                _, errors = self.ends(3, *option, *self.server, "--token-file", path)
                self.assertIn("is UTF-16", errors)
        self.assertIn("is UTF-16", self.ends(3, "check", self.file("c.json", "[]".encode("utf-16")))[1])

    def test_other_bytes_in_a_token_are_named(self) -> None:
        _, errors = self.ends(3, "list", *self.server, "--token-file", self.file("token", b"abc\xff"))
        self.assertIn("is not UTF-8 at byte 3", errors)
        for length in (32 * 1024 + 1, 100_000):
            path = self.file("token", codecs.BOM_UTF8 + b"x" * length + b"\n")
            self.assertIn("token-too-long", self.ends(3, "list", *self.server, "--token-file", path)[1])
        path = self.file("token", f" {TOKEN}\n")
        self.assertIn("token-invalid-character", self.ends(3, "list", *self.server, "--token-file", path)[1])

    def test_a_license_of_any_shape_is_one_printable_row(self) -> None:
        info = {
            "license_id": "\u061c\u00ad\u180e\U000e0041\u3164\ufe0f",
            "type": "a\x1b[31m\nb",
            "schema": "é",
            "valid_from": "2024-01-01",
            "valid_to": "2099-12-31",
        }
        odd = [{"license_info": info, "consumers": [{"consumer_id": "é", "consumer_version": "1"}]}]
        path = Path(self.file("odd.json", json.dumps({"licenses": odd})))
        with Standin(licenses=path) as standin:
            output, _ = self.ends(0, "list", "--server", standin.address, *self.token, PYTHONIOENCODING="ascii")
        self.assertRegex(
            output.splitlines()[1],
            r"^\\u061c\\xad\\u180e\\U000e0041\\u3164\\ufe0f  a\\x1b\[31m\\nb  \\xe9  +2024-01-01  2099-12-31  \\xe9 1$",
        )

    def test_an_answer_that_cannot_be_written_is_none(self) -> None:
        for redirection in (">/dev/full", ">&-"):
            command = f'"$@" {redirection}'
            arguments = ("check", str(CONSUMERS), *self.server, *self.token)
            ended = subprocess.run(
                ["sh", "-c", command, "sh", sys.executable, *COMMAND, *arguments],
                env=environment(),
                stderr=subprocess.PIPE,
                text=True,
            )
            self.assertEqual(ended.returncode, 3, ended.stderr)
            self.assertRegex(ended.stderr, r"^qls_precheck: standard output: .+\n$")

    def test_an_error_that_cannot_be_written_changes_nothing_else(self) -> None:
        cases = (
            (2, "QLS_CONNECT_FAILED", ("list", "--json", "--server", CLOSED, *self.token)),
            (3, "QLS_INVALID_CONSUMERS", ("check", "--json", "missing.json")),
            (3, "", ("check", "missing.json")),
            (64, "", ("ask",)),
            (64, "", ("list", "--json", "more")),
        )
        reader, unread = os.pipe()
        os.close(reader)
        self.addCleanup(os.close, unread)
        for redirection in ("2>/dev/full", "2>&-", ""):
            for code, status, arguments in cases:
                with self.subTest(redirection=redirection, arguments=arguments):
                    ended = subprocess.run(
                        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, *COMMAND, *arguments],
                        env=environment(),
                        stdout=subprocess.PIPE,
                        text=True,
                        stderr=unread,
                    )
                    self.assertEqual(ended.returncode, code)
                    self.assertEqual(json.loads(ended.stdout)["status"] if status else ended.stdout, status)

    def test_a_reader_that_has_seen_enough_changes_nothing(self) -> None:
        process = subprocess.Popen(
            [sys.executable, *COMMAND, "check", str(CONSUMERS), *self.server, *self.token],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (1, b""))


if __name__ == "__main__":
    unittest.main()
