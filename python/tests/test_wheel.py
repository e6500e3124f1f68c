"""The wheel, built, tagged and installed outside of the tree: needs pip, auditwheel with patchelf, mypy, and Rust."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import support
from support import CONSUMERS, DELAY, LIBRARY, PROMPT, ROOT, Standin

PACKAGE = ROOT / "python"
README = (ROOT / "README.md").read_text(encoding="utf-8")
# The demo's verdicts.
TABLE = README[README.index("COMPONENT ") :].partition("```")[0]


def run(*command: str | Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Runs a program in an environment without this tree; returns its standard output and error together."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    changes = {"PATH": path, "PYTHONPATH": None, "QLS_PRECHECK_LIBRARY": None, **changes}
    return subprocess.run(
        [str(part) for part in command],
        cwd=tempfile.gettempdir(),
        env=support.environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


class Wheel(unittest.TestCase):
    folder: Path
    wheel: Path
    tagged: Path

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name).resolve()
        cls.wheel = cls.one(cls.folder / "built", sys.executable, "-m", "pip", "wheel", "--no-deps", PACKAGE, "-w")
        # The wheel that is published has a tag for all systems that it runs on.
        cls.tagged = cls.one(cls.folder / "tagged", sys.executable, "-m", "auditwheel", "repair", cls.wheel, "-w")

    @classmethod
    def one(cls, folder: Path, *command: str | Path) -> Path:
        """Runs a command with a new folder as its last argument; returns the file that it put there."""
        ended = run(*command, folder)
        assert ended.returncode == 0, ended.stdout
        (file,) = folder.iterdir()
        return file

    def succeeds(self, *command: str | Path, **changes: str | None) -> str:
        ended = run(*command, **changes)
        self.assertEqual(ended.returncode, 0, ended.stdout)
        return ended.stdout

    def fresh_environment(self, name: str) -> Path:
        """Makes a virtual environment and returns its Python."""
        self.succeeds(sys.executable, "-m", "venv", self.folder / name)
        return self.folder / name / "bin/python"

    def assert_it_asks(self, python: Path) -> None:
        """The program prints the demo's verdicts, by its name and by -m; the module has the wheel's library."""
        code = (
            "import qls_precheck, importlib.metadata;"
            "assert importlib.metadata.version('qls-precheck') == qls_precheck.__version__;"
            "print(qls_precheck.library_path)"
        )
        library = Path(self.succeeds(python, "-c", code).strip())
        self.assertTrue(library.is_relative_to(self.folder), library)
        with Standin() as standin:
            token = self.folder / "token"
            token.write_text(standin.token, encoding="utf-8")
            for command in ((python.parent / "qls-precheck",), (python, "-m", "qls_precheck")):
                ended = run(*command, "check", CONSUMERS, "--server", standin.address, "--token-file", token)
                self.assertEqual((ended.returncode, ended.stdout), (1, TABLE))
                self.assertEqual(run(*command, "ask").returncode, 64)

    def assert_ctrl_c_ends_it(self, python: Path) -> None:
        with Standin("--fault", DELAY) as standin:
            token = self.folder / "token"
            token.write_text(standin.token, encoding="utf-8")
            command = ("-m", "qls_precheck", "list", "-vv", "--server", standin.address, "--token-file", str(token))
            with support.start(*command, python=python, PYTHONPATH=None, QLS_PRECHECK_LIBRARY=None) as process:
                assert process.stdout is not None
                while "sending the request" not in process.stdout.readline():
                    self.assertIsNone(process.poll())
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=PROMPT)
        self.assertEqual(process.returncode, 130)

    def test_its_tag_is_what_auditwheel_finds(self) -> None:
        self.assertRegex(self.wheel.name, r"^qls_precheck-[\d.]+-py3-none-linux_\w+\.whl$")
        shown = self.succeeds(sys.executable, "-m", "auditwheel", "show", self.wheel)
        found = re.search(r"consistent with the\s+following platform tag: \"(manylinux_\w+)\"", shown)
        assert found is not None, shown
        version = self.wheel.name.split("-")[1]
        self.assertEqual(self.tagged.name, f"qls_precheck-{version}-py3-none-{found[1]}.whl")

    def test_it_has_the_module_the_library_the_program_and_the_licenses(self) -> None:
        with zipfile.ZipFile(self.tagged) as wheel:
            files = [name for name in wheel.namelist() if not name.endswith("/")]
            names = {re.sub(r"^qls_precheck-[\d.]+\.", "", name): name for name in files}
            text = {name: wheel.read(path) for name, path in names.items() if name.startswith("dist-info/licenses/")}
        package = {"__init__.py", "__main__.py", "py.typed", "libqls_precheck.so"}
        package |= {"_pyinstaller/__init__.py", "_pyinstaller/hook-qls_precheck.py"}
        self.assertEqual({n for n in names if n.startswith("qls_precheck/")}, {f"qls_precheck/{n}" for n in package})
        self.assertIn("data/scripts/qls-precheck", names)
        for license in ("LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES", "cli/THIRD-PARTY-NOTICES"):
            self.assertEqual(text[f"dist-info/licenses/{license}"], (ROOT / license).read_bytes())

    def test_in_a_fresh_environment_it_gives_the_demos_verdicts(self) -> None:
        python = self.fresh_environment("fresh")
        self.succeeds(python, "-m", "pip", "install", "--no-index", self.tagged)
        self.assert_it_asks(python)
        self.assert_ctrl_c_ends_it(python)
        # mypy finds the type annotations of the installed package.
        code = self.folder / "typed.py"
        code.write_text("import qls_precheck\n\nreveal_type(qls_precheck.Client().check([]).all_allowed)\n")
        command = ("mypy", "--strict", "--cache-dir", self.folder / "mypy", "--python-executable", python, code)
        self.assertIn('Revealed type is "bool"', self.succeeds(sys.executable, "-m", *command).replace("builtins.", ""))

    def test_the_command_is_found_in_a_folder_of_its_own(self) -> None:
        folder = self.folder / "target"
        self.succeeds(sys.executable, "-m", "pip", "install", "--no-index", "--target", folder, self.tagged)
        command = (sys.executable, "-m", "qls_precheck", "--version")
        self.assertTrue(self.succeeds(*command, PYTHONPATH=str(folder)).startswith("qls-precheck "))

    @unittest.skipIf(sys.version_info < (3, 10), "Python 3.9 cannot tell a missing library from a missing program")
    def test_an_editable_install_has_no_command(self) -> None:
        python = self.fresh_environment("editable")
        self.succeeds(python, "-m", "pip", "install", "--editable", PACKAGE)
        for library in (str(LIBRARY), None):
            ended = run(python, "-m", "qls_precheck", "list", QLS_PRECHECK_LIBRARY=library)
            self.assertEqual(ended.returncode, 64, ended.stdout)
            self.assertIn("the program qls-precheck, which is the command line, is not beside", ended.stdout)

    def test_pip_installs_it_from_a_clone(self) -> None:
        python = self.fresh_environment("clone")
        self.succeeds(python, "-m", "pip", "install", PACKAGE)
        self.assert_it_asks(python)

    def test_without_a_clone_or_cargo_it_says_so(self) -> None:
        alone = self.folder / "alone"
        shutil.copytree(PACKAGE, alone, ignore=shutil.ignore_patterns("__pycache__"))
        wheel = (sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", self.folder / "none")
        ended = run(*wheel, alone)
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("built from a clone of its project: no ", ended.stdout)
        ended = run(*wheel, PACKAGE, PATH=str(self.folder))
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("there is no cargo in PATH", ended.stdout)

    def test_a_source_distribution_has_all_that_pip_needs(self) -> None:
        command = (sys.executable, "-m", "build", "--sdist", PACKAGE, "--outdir")
        distribution = self.one(self.folder / "sources", *command)
        python = self.fresh_environment("from-sources")
        # What is tested is which files are there, and not what the compiler makes of them.
        quickly = {"OPT_LEVEL": "0", "LTO": "off", "CODEGEN_UNITS": "16", "STRIP": "true"}
        profile = {f"CARGO_PROFILE_RELEASE_{name}": value for name, value in quickly.items()}
        self.succeeds(python, "-m", "pip", "install", distribution, **profile)
        self.assert_it_asks(python)

    def test_its_bill_of_materials_has_the_hashes_of_library_and_program(self) -> None:
        with zipfile.ZipFile(self.tagged) as wheel:
            (name,) = (name for name in wheel.namelist() if re.search(r"\.dist-info/sboms/.*\.cdx\.json$", name))
            bill = json.loads(wheel.read(name))
            (program,) = (name for name in wheel.namelist() if name.endswith("/scripts/qls-precheck"))
            shipped = {"libqls_precheck.so": "qls_precheck/libqls_precheck.so", "qls-precheck": program}
            hashes = {name: hashlib.sha256(wheel.read(path)).hexdigest() for name, path in shipped.items()}
        listed = {file["name"]: file["hashes"][0]["content"] for file in bill["metadata"]["component"]["components"]}
        self.assertEqual(listed, hashes)
        self.assertLessEqual({"ring", "clap", "std"}, {component["name"] for component in bill["components"]})


if __name__ == "__main__":
    unittest.main()
