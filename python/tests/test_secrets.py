"""No output of any error shows the token or a proxy's password, wherever a caller can put them."""

from __future__ import annotations

import json
import logging
import tempfile
import traceback
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qls_precheck import Client, QlsError, Status, Trust
from support import CREATOR, ROOT, Standin, run

# Every twelve letters of them are found nowhere else.
SECRET = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz"
PASSWORD = "Vx8-pZ2wq-Lk9mT4r"
BASIC = "dXNlcjpWeDgtcFoyd3EtTGs5bVQ0cg=="
# A token that does not look like one.
OPAQUE = "Qm7-Zt4kWx9-Rb2nHs6"
CLOSED = "http://127.0.0.1:1"
PROXY = f"http://user:{PASSWORD}@127.0.0.1:1"
AWAY = "http://licenses.example.com"


class Secrets(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def assert_hidden(self, shown: str, what: object) -> None:
        lower = shown.lower()
        for secret in (SECRET, PASSWORD, BASIC, OPAQUE):
            for start in range(len(secret) - 11):
                self.assertNotIn(secret[start : start + 12].lower(), lower, what)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(1)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += record.getMessage() + "\n"


class Module(Secrets):
    def fails(self, what: object, call: Callable[[], Any]) -> BaseException:
        """The call raises an error that shows nothing, in whatever way somebody prints it."""
        lines, logger = Lines(), logging.getLogger("qls_precheck")
        level = logger.level
        logger.addHandler(lines)
        logger.setLevel(1)
        try:
            call()
        except (QlsError, TypeError, ValueError) as error:
            told = "".join(traceback.format_exception(type(error), error, error.__traceback__))
            shown = [str(error), repr(error), told, lines.text, getattr(error, "json", "")]
            self.assert_hidden("\n".join(shown), what)
            return error
        else:
            raise AssertionError(f"{what}: it did not fail")
        finally:
            logger.removeHandler(lines)
            logger.setLevel(level)

    def test_settings(self) -> None:
        both = f"{SECRET} {PASSWORD} {OPAQUE}"
        wrong: tuple[dict[str, Any], ...] = (
            *({name: SECRET} for name in ("server", "timeout", "connect_timeout", "retries", "trust")),
            {"allow_plain_http": SECRET},
            {"timeout": OPAQUE},
            {"connect_timeout": OPAQUE.encode()},
            {"retries": OPAQUE},
            {"trust": OPAQUE},
            {"allow_plain_http": OPAQUE},
            {"server": f"https://user:{PASSWORD}@host"},
            {"proxy": f"ftp://user:{PASSWORD}@host"},
            {"proxy": f"http://user:{PASSWORD}@host:99999"},
            {"proxy": f"{SECRET}/{PASSWORD}"},
            {"ca_file": f"-----BEGIN {both}"},
            {"user_agent": SECRET * 9},
            {"user_agent": f"{SECRET}\n"},
            {"ca_pem": both + "\0"},
        )
        for settings in wrong:
            self.fails(settings, lambda: Client(**settings))  # noqa: B023

    def test_operations(self) -> None:
        keys = [{"component_id": SECRET, "consumer_id": PASSWORD, SECRET: PASSWORD}]
        places: list[dict[str, Any]] = [
            {"server": f"{CLOSED}/{SECRET}/{PASSWORD}"},
            {"server": f"{AWAY}/{SECRET}/{PASSWORD}"},
            {"server": f"{AWAY}/{SECRET}/{PASSWORD}", "allow_plain_http": True},
            {"server": f"https://127.0.0.1:1/{SECRET}", "ca_file": self.folder / SECRET / PASSWORD},
            {"server": "https://127.0.0.1:1", "ca_pem": f"{SECRET} {PASSWORD}", "trust": Trust.GIVEN_ONLY},
        ]
        consumers: Any
        for settings in places:
            for consumers in (
                keys,
                SECRET,
                {SECRET: 1},
                [{SECRET: PASSWORD}],
                [{**CREATOR, SECRET: object()}],
                [{**CREATOR, SECRET: {PASSWORD: float("nan")}}],
                [{**CREATOR, PASSWORD + "\0": 1}],
                f'{{"{SECRET}": 1, "consumers": [], "{PASSWORD}": ',
            ):
                for token in (SECRET, SECRET + "\n", "Bearer " + SECRET, SECRET + "\0", None):
                    with Client(**settings, proxy=PROXY, user_agent=f"{SECRET} {PASSWORD}") as client:
                        what = (settings, consumers, token)
                        extra = consumers if isinstance(consumers, (dict, str)) else {"operation": SECRET, **CREATOR}
                        self.fails(what, lambda: client.check(consumers, token))  # noqa: B023
                        self.fails(what, lambda: client.list(token, extra))  # noqa: B023
                        self.assert_hidden(repr(client), what)

    def test_answers(self) -> None:
        with Standin() as standin, Client(standin.address, proxy=PROXY) as client:
            token = standin.token
            consumers = [{"component_id": token, "consumer_id": PASSWORD}, {**CREATOR, "component_id": "a"}]
            result = client.check(consumers, token)
            shown = f"{result} {result!r} {result.json} {result.components}"
            self.assertNotIn(token, shown)
            self.assert_hidden(shown, "an answer")
            self.assertEqual(result.components[0].component_id, "[token]")
            client.cancel()
            error = self.fails("canceled", lambda: client.check(consumers, token))
        assert isinstance(error, QlsError)
        self.assertEqual(error.status, Status.CANCELLED)
        self.assertNotIn(token, error.json)


class Programs(Secrets):
    def ended(self, *arguments: str | Path, **changes: str | None) -> str:
        ended = run(*arguments, **{"HTTPS_PROXY": PROXY, "HTTP_PROXY": PROXY, "http_proxy": PROXY, **changes})  # type: ignore[arg-type]
        self.assertNotEqual(ended.returncode, 0, arguments)
        shown = ended.stdout + ended.stderr
        self.assert_hidden(shown, arguments)
        self.assertNotIn("Traceback", shown, arguments)
        return shown

    def test_the_examples(self) -> None:
        tokens = self.folder / "tokens"
        tokens.mkdir()
        for name, content in (("ada", SECRET), ("bob", SECRET + "\0"), ("eve", f"Bearer {SECRET}")):
            (tokens / name).write_text(content, encoding="utf-8")
        keys = self.file("keys.json", json.dumps([{"component_id": SECRET, "consumer_id": PASSWORD, SECRET: 1}]))
        bad = self.file("bad.json", f'[{{"{SECRET}": "{PASSWORD}", "consumer_id": {{}}}}]')
        for path in (keys, bad):
            for server in (f"{CLOSED}/{SECRET}/{PASSWORD}", SECRET, f"https://user:{PASSWORD}@host"):
                gate = ROOT / "python/examples/gate_release.py"
                self.ended(gate, path, server, QLS_TOKEN=SECRET, QLS_PAUSE="0")
                self.ended(ROOT / "python/examples/who_may_install.py", path, tokens, server)


if __name__ == "__main__":
    unittest.main()
