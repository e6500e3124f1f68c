"""Finding the library: beside the module, by the environment, in the system. And vendoring the module as one file."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import support
from support import CONSUMERS, LIBRARY, SOURCE, VERDICTS, Standin

NAME = "libqls_precheck.so"
# Checks the consumers in the file that its first argument names.
ASK = """
import sys, qls_precheck
with qls_precheck.Client(sys.argv[2]) as client:
    for entry in client.check(open(sys.argv[1]).read(), sys.stdin.read()).components:
        print(entry.component_id, entry.verdict.value)
print(qls_precheck.library_path)
"""


class Finding(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()

    def run_python(self, *arguments: str, text: str = "", **changes: Any) -> subprocess.CompletedProcess[str]:
        """Runs Python with the folder as the only place for modules, and nothing that names a library."""
        changes = {"QLS_PRECHECK_LIBRARY": None, "LD_LIBRARY_PATH": None, "PYTHONPATH": str(self.folder), **changes}
        return support.run(*arguments, text=text, **changes)

    def vendor(self) -> None:
        shutil.copy(SOURCE / "qls_precheck/__init__.py", self.folder / "qls_precheck.py")

    def install(self) -> None:
        shutil.copytree(SOURCE / "qls_precheck", self.folder / "qls_precheck")

    def test_a_vendored_module_is_no_command(self) -> None:
        self.vendor()
        for arguments in (("-m", "qls_precheck", "check", str(CONSUMERS)), (str(self.folder / "qls_precheck.py"),)):
            for library in (str(LIBRARY), None):
                ended = self.run_python(*arguments, QLS_PRECHECK_LIBRARY=library)
                self.assertEqual((ended.returncode, ended.stdout), (64, ""))
                self.assertRegex(ended.stderr, r"^qls_precheck: this file is a module to import; .+\n$")

    def found(self, **changes: Any) -> str:
        ended = self.run_python("-c", "import qls_precheck; print(qls_precheck.library_path)", **changes)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        return ended.stdout.strip()

    def not_found(self, **changes: Any) -> str:
        """The text of the ImportError."""
        code = "try:\n    import qls_precheck\nexcept ImportError as error:\n    print(error)"
        ended = self.run_python("-c", code, **changes)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        return ended.stdout

    def stub(self, source: str) -> Path:
        """Builds a library from C source."""
        (self.folder / "stub.c").write_text(source, encoding="utf-8")
        library = self.folder / "stub.so"
        command = ["cc", "-shared", "-fPIC", str(self.folder / "stub.c"), "-o", str(library)]
        subprocess.run(command, check=True)
        return library

    def test_a_copied_package_is_no_command(self) -> None:
        self.install()
        for library in (str(LIBRARY), None):
            for options in (("-m", "qls_precheck"), ("-mqls_precheck",)):
                for arguments in ((), ("--help",), ("list", "--json"), ("check", "a.json")):
                    ended = self.run_python(*options, *arguments, QLS_PRECHECK_LIBRARY=library)
                    self.assertEqual((ended.returncode, ended.stdout), (64, ""))
                    self.assertRegex(ended.stderr, r"^qls_precheck: the program qls-precheck, .+ is not beside .+\n$")
        command = [sys.executable, "-m", "qls_precheck", "list"]
        environment = support.environment(PYTHONPATH=str(self.folder), QLS_PRECHECK_LIBRARY=str(LIBRARY))
        with open("/dev/full", "wb") as full:
            self.assertEqual(subprocess.run(command, env=environment, stderr=full).returncode, 64)

    def test_another_command_that_imports_the_module_gets_an_import_error(self) -> None:
        self.install()
        (self.folder / "other").mkdir()
        (self.folder / "other/__init__.py").write_text(
            "try:\n    import qls_precheck\nexcept ImportError:\n    print('none')\n", encoding="utf-8"
        )
        (self.folder / "other/__main__.py").touch()
        ended = self.run_python("-m", "other", "qls_precheck")
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "none\n", ""))

    def test_one_file_beside_the_library_is_enough(self) -> None:
        self.vendor()
        shutil.copy(LIBRARY, self.folder / NAME)
        with Standin() as standin:
            ended = self.run_python("-c", ASK, str(CONSUMERS), standin.address, text=standin.token)
        self.assertEqual(ended.stderr, "")
        verdicts = [f"{component} {verdict}" for component, verdict in VERDICTS.items()]
        self.assertEqual(ended.stdout.splitlines(), [*verdicts, str(self.folder / NAME)])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), [NAME, "qls_precheck.py"])

    def test_the_one_inside_the_package_comes_first(self) -> None:
        self.install()
        inside = self.folder / "qls_precheck" / NAME
        shutil.copy(LIBRARY, inside)
        self.assertEqual(self.found(QLS_PRECHECK_LIBRARY="/nowhere", LD_LIBRARY_PATH=str(LIBRARY.parent)), str(inside))

    def test_then_the_one_that_the_environment_names(self) -> None:
        self.install()
        copy = self.folder / "another-name.so"
        shutil.copy(LIBRARY, copy)
        self.assertEqual(self.found(QLS_PRECHECK_LIBRARY=str(copy), LD_LIBRARY_PATH="/nowhere"), str(copy))

    def test_then_the_systems(self) -> None:
        self.install()
        shutil.copy(LIBRARY, self.folder / NAME)
        for unset in (None, ""):
            self.assertEqual(self.found(QLS_PRECHECK_LIBRARY=unset, LD_LIBRARY_PATH=str(self.folder)), NAME)

    def test_none_found_lists_every_place(self) -> None:
        self.install()
        message = self.not_found()
        for place in (str(self.folder / "qls_precheck" / NAME), "QLS_PRECHECK_LIBRARY: not set", "the system"):
            self.assertIn(place, message)

    def test_a_wrong_path_in_the_environment_is_not_passed_over(self) -> None:
        self.install()
        message = self.not_found(QLS_PRECHECK_LIBRARY="/nowhere/lib.so", LD_LIBRARY_PATH=str(LIBRARY.parent))
        self.assertIn("in QLS_PRECHECK_LIBRARY: /nowhere/lib.so: cannot open", message)

    def test_a_broken_one_in_the_package_is_not_passed_over(self) -> None:
        self.install()
        (self.folder / "qls_precheck" / NAME).write_text("no library", encoding="utf-8")
        self.assertIn("beside this module", self.not_found(QLS_PRECHECK_LIBRARY=str(LIBRARY)))

    def test_an_older_interface_is_refused(self) -> None:
        self.install()
        old = self.stub("unsigned qls_abi_version(void) { return 0; }")
        message = self.not_found(QLS_PRECHECK_LIBRARY=str(old))
        self.assertIn(f"{old} has version 0 of the C interface; this module needs 2 or newer", message)

    def test_another_library_is_refused(self) -> None:
        self.install()
        other = self.stub("int other(void) { return 0; }")
        self.assertIn("no qls_abi_version", self.not_found(QLS_PRECHECK_LIBRARY=str(other)))

    def test_it_needs_nothing_but_the_standard_library(self) -> None:
        self.install()
        # -S: without packages that are installed.
        code = f"import sys; sys.path.append({str(self.folder)!r}); import qls_precheck.__main__"
        ended = self.run_python("-I", "-S", "-c", code, QLS_PRECHECK_LIBRARY=str(LIBRARY))
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
