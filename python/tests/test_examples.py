"""The examples do what they say."""

from __future__ import annotations

import json
import re
import tempfile
import unittest
from pathlib import Path

from support import CONSUMERS, CREATOR, ROOT, Standin, expired_token, run

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
            self.assertEqual(ended.returncode, 2)
            self.assertIn("token-expired", ended.stderr)

    def test_a_release_waits_for_the_server(self) -> None:
        ended = run(EXAMPLES / "gate_release.py", CONSUMERS, "http://127.0.0.1:1", QLS_TOKEN="a", QLS_PAUSE="0.01")
        self.assertEqual(ended.returncode, 2)
        self.assertEqual(
            re.findall(r"^(?:try \d|no release)", ended.stderr, re.MULTILINE), ["try 1", "try 2", "no release"]
        )

    def test_the_lines_of_the_readmes_work(self) -> None:
        for readme in (ROOT / "README.md", ROOT / "python/README.md"):
            blocks = re.findall(r"^```python\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
            self.assertTrue(blocks, readme)
            with Standin() as standin:
                lines = "".join(blocks).replace("https://licences.example.com", standin.address)
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
        self.assertEqual(not_bob.returncode, 2)
        self.assertIn("COMPONENT                ada      bob\n", not_bob.stdout)
        self.assertIn("qt.tools.qtcreator       allowed  ?\n", not_bob.stdout)
        self.assertRegex(not_bob.stderr, r"^bob: .*token-expired\]\n$")


if __name__ == "__main__":
    unittest.main()
