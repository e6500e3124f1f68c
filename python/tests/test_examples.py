"""The examples do what their docstrings say."""

from __future__ import annotations

import json
import re
import signal
import socket
import tempfile
import unittest
from pathlib import Path

from support import CONSUMERS, CREATOR, PROMPT, ROOT, SQUISH, Standin, expired_token, run, start

EXAMPLES = ROOT / "python/examples"


class Examples(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_release_is_gated(self) -> None:
        gate = EXAMPLES / "gate_release.py"
        allowed = self.folder / "allowed.json"
        allowed.write_text(json.dumps([CREATOR]), encoding="utf-8")
        with Standin() as standin:
            ended = run(gate, allowed, standin.address, QLS_TOKEN=standin.token)
            self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "release\n", ""))
            ended = run(gate, CONSUMERS, standin.address, QLS_TOKEN=standin.token)
            self.assertEqual(ended.returncode, 1)
            self.assertIn("qt.tools.squish: denied (squish_tester)\n", ended.stdout)
            self.assertIn("no release: 3 of 5 not allowed\n", ended.stdout)
            ended = run(gate, allowed, standin.address, QLS_TOKEN=expired_token())
            self.assertEqual(ended.returncode, 3)
            self.assertIn("token-expired", ended.stderr)

    def test_a_release_waits_for_the_server(self) -> None:
        ended = run(EXAMPLES / "gate_release.py", CONSUMERS, "http://127.0.0.1:1", QLS_TOKEN="a", QLS_PAUSE="0.01")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual(
            re.findall(r"^(?:try \d|no release)", ended.stderr, re.MULTILINE), ["try 1", "try 2", "no release"]
        )

    def test_a_release_does_not_wait_for_what_will_not_pass(self) -> None:
        with Standin("--fault", "status=403") as standin:
            ended = run(EXAMPLES / "gate_release.py", CONSUMERS, standin.address, QLS_TOKEN="a", QLS_PAUSE="60")
        self.assertEqual(ended.returncode, 3)
        self.assertRegex(ended.stderr, r"^no release, there is no answer: ")

    def test_a_list_that_asks_for_nothing_is_no_release(self) -> None:
        gate, path = EXAMPLES / "gate_release.py", self.folder / "list.json"
        path.write_text("[]", encoding="utf-8")
        ended = run(gate, path, "http://127.0.0.1:1", QLS_TOKEN="a")
        self.assertEqual((ended.returncode, ended.stdout), (3, f"no release: {path} asks for nothing\n"))

    def test_a_release_says_what_is_wrong_with_its_list(self) -> None:
        gate, path = EXAMPLES / "gate_release.py", self.folder / "list.json"
        path.write_text(json.dumps([CREATOR]), encoding="utf-8-sig")
        with Standin() as standin:
            self.assertEqual(run(gate, path, standin.address, QLS_TOKEN=standin.token).returncode, 0)
        path.write_bytes(b"\xff")
        for wrong in (path, self.folder / "missing"):
            ended = run(gate, wrong)
            self.assertEqual(ended.returncode, 3)
            self.assertRegex(ended.stderr, rf"^no release, {wrong} or QLS_PAUSE cannot be read: .+\n$")
        path.write_text("\n  these are no consumers", encoding="utf-8")
        ended = run(gate, path, "http://127.0.0.1:1", QLS_TOKEN="a")
        self.assertEqual(ended.returncode, 3)
        self.assertIn("(line 2, column 3)", ended.stderr)

    def test_ctrl_c_ends_all_that_is_asked(self) -> None:
        tokens = self.folder / "tokens"
        tokens.mkdir()
        for number in range(24):
            (tokens / str(number)).write_text("a.token", encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            silent.settimeout(PROMPT)
            address = f"http://127.0.0.1:{silent.getsockname()[1]}"
            with start(EXAMPLES / "who_may_install.py", CONSUMERS, tokens, address) as process:
                connection, _ = silent.accept()
                with connection:
                    process.send_signal(signal.SIGINT)
                    try:
                        output, _ = process.communicate(timeout=PROMPT)
                    finally:
                        process.kill()
        self.assertEqual((process.returncode, output), (130, "interrupted\n"))

    def test_the_lines_of_the_readmes_work(self) -> None:
        for readme in (ROOT / "README.md", ROOT / "python/README.md"):
            blocks = re.findall(r"^```python\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
            self.assertTrue(blocks, readme)
            with Standin() as standin:
                file = self.folder / "token.txt"
                file.write_text(standin.token + "\n", encoding="utf-8")
                lines = "".join(blocks).replace("https://licenses.example.com", standin.address)
                lines = lines.replace('"token.txt"', repr(str(file)))
                ended = run("-c", f"token = input()\n{lines}", text=standin.token)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""), readme)
            self.assertEqual(ended.stdout.splitlines()[0], "True")

    def test_who_may_install_what(self) -> None:
        tokens = self.folder / "tokens"
        tokens.mkdir()
        with Standin() as standin:
            (tokens / "ada").write_text(standin.token + "\n", encoding="utf-8")
            everybody = run(EXAMPLES / "who_may_install.py", CONSUMERS, tokens, standin.address)
            (tokens / "bob").write_text(expired_token(), encoding="utf-8")
            not_bob = run(EXAMPLES / "who_may_install.py", CONSUMERS, tokens, standin.address)
        self.assertEqual(everybody.returncode, 0, everybody.stderr)
        self.assertIn("qt.tools.squish          denied\n", everybody.stdout)
        self.assertEqual(not_bob.returncode, 3)
        self.assertIn("COMPONENT                ada      bob\n", not_bob.stdout)
        self.assertIn("qt.tools.qtcreator       allowed  ?\n", not_bob.stdout)
        self.assertRegex(not_bob.stderr, r"^bob: .*token-expired\]\n$")

    def test_every_end_is_a_sentence_and_a_documented_code(self) -> None:
        tokens, closed = self.folder / "tokens", "http://127.0.0.1:1"
        gate, who = EXAMPLES / "gate_release.py", EXAMPLES / "who_may_install.py"
        nobody = self.folder / "nobody"
        for folder in (tokens, nobody, tokens / "a folder"):
            folder.mkdir()
        (tokens / "ada").write_text("a.token", encoding="utf-8")
        (tokens / "bob").write_bytes("a.token".encode("utf-16-le"))
        (tokens / "eve").write_bytes(b"\xff")
        (self.folder / "none.json").write_text("[]", encoding="utf-8")
        missing = self.folder / "missing"
        cases: list[tuple[int, tuple[str | Path, ...], dict[str, str]]] = [
            (64, (gate,), {}),
            (64, (gate, CONSUMERS, closed, "more"), {}),
            (64, (who, CONSUMERS), {}),
            (3, (gate, CONSUMERS, closed), {"QLS_PAUSE": "soon"}),
            (3, (gate, CONSUMERS, "no address"), {}),
            (3, (gate, CONSUMERS, closed), {"QLS_TOKEN": "half \N{SNOWMAN}"}),
            (2, (gate, CONSUMERS, closed), {"QLS_TOKEN": "a.token", "QLS_PAUSE": "-1"}),
            (3, (who, CONSUMERS, tokens, closed), {}),
            (3, (who, CONSUMERS, tokens, "no address"), {}),
            (3, (who, CONSUMERS, nobody, closed), {}),
            (3, (who, CONSUMERS, missing, closed), {}),
            (3, (who, missing, tokens, closed), {}),
            (3, (who, self.folder / "none.json", tokens, closed), {}),
            (3, (gate, CONSUMERS), {"QLS_PRECHECK_LIBRARY": str(missing)}),
            (3, (who, CONSUMERS, tokens), {"QLS_PRECHECK_LIBRARY": str(missing)}),
        ]
        for code, arguments, changes in cases:
            with self.subTest(arguments=arguments, changes=changes):
                ended = run(*arguments, **changes)
                self.assertEqual(ended.returncode, code, ended.stderr)
                self.assertNotIn("Traceback", ended.stderr)
                self.assertTrue(ended.stderr.strip())
                self.assertRegex(arguments[0].read_text(encoding="utf-8"), rf"\b{code} [a-z]")  # type: ignore[union-attr]
        (tokens / "bob").unlink()
        (tokens / "eve").unlink()
        (tokens / "a folder").rmdir()
        self.assertEqual(run(who, CONSUMERS, tokens, closed).returncode, 2)

    def test_a_component_of_two_consumers_needs_both(self) -> None:
        tokens, path = self.folder / "tokens", self.folder / "list.json"
        tokens.mkdir()
        with Standin() as standin:
            (tokens / "ada").write_text(standin.token, encoding="utf-8")
            for consumers in ([SQUISH, CREATOR], [CREATOR, SQUISH]):
                path.write_text(json.dumps([{**each, "component_id": "both"} for each in consumers]), encoding="utf-8")
                ended = run(EXAMPLES / "who_may_install.py", path, tokens, standin.address)
                self.assertEqual(ended.stdout, "COMPONENT  ada\nboth       denied\n")


if __name__ == "__main__":
    unittest.main()
