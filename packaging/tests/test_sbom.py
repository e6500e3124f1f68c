"""The bills of materials: needs cargo, and cyclonedx-python-lib with its schemas."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS = {"qls_precheck": "qls-precheck", "qls-precheck": "qls-precheck-cli", "qls-standin": "qls-standin"}


def sbom(*arguments: str | Path, root: Path = ROOT, **changes: str) -> str:
    """What the script prints. In a copy of the sources there is no commit, so the time is given."""
    return subprocess.run(
        [sys.executable, root / "packaging/sbom.py", *arguments],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **changes},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def components(text: str) -> dict[str, dict[str, Any]]:
    return {component["bom-ref"]: component for component in json.loads(text)["components"]}


class Bills(unittest.TestCase):
    bills: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.bills = {name: sbom(name, "--package", package) for name, package in PRODUCTS.items()}

    def test_they_are_valid_cyclonedx(self) -> None:
        more = sbom(
            "more", "--package=qls-precheck", "--inside=musl=1.2.5", "--inside=mingw-w64=10.0.0", Path(__file__)
        )
        for name, text in {**self.bills, "more": more}.items():
            with self.subTest(name):
                self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text))

    def test_each_component_has_a_license_and_each_crate_of_the_lock_file_its_hash(self) -> None:
        lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
        for name, text in self.bills.items():
            found = components(text)
            hashed = 0
            for reference, component in found.items():
                with self.subTest(name, reference=reference):
                    self.assertNotIn("unknown", component["licenses"][0]["expression"])
                    entry = f'name = "{component["name"]}"\nversion = "{component["version"]}"\nsource'
                    if entry in lock:
                        checksum = component["hashes"][0]["content"]
                        self.assertIn(f'checksum = "{checksum}"', lock.partition(entry)[2].partition("[[")[0])
                        hashed += 1
            self.assertGreater(hashed, 25)

    def test_they_have_what_is_linked_and_not_what_only_builds_it(self) -> None:
        for name, text in self.bills.items():
            with self.subTest(name):
                names = {component["name"] for component in components(text).values()}
                self.assertLessEqual({"ring", "rustls", "std", "gimli", "addr2line", "adler2", "hashbrown"}, names)
                only_build = {"cc", "serde_derive", "clap_derive", "syn", "quote", "proc-macro2", "getopts", "shlex"}
                self.assertFalse(names & only_build)
        program = {component["name"] for component in components(self.bills["qls-precheck"]).values()}
        self.assertIn("clap", program)
        self.assertNotIn("axum", program)

    def test_every_dependency_is_a_component_that_something_needs(self) -> None:
        for name, text in self.bills.items():
            with self.subTest(name):
                needs = {entry["ref"]: entry["dependsOn"] for entry in json.loads(text)["dependencies"]}
                found = components(text)
                self.assertEqual(set(needs), {name, *found})
                self.assertEqual({needed for all in needs.values() for needed in all}, set(found))

    def test_programs_are_applications(self) -> None:
        kinds = {name: json.loads(text)["metadata"]["component"]["type"] for name, text in self.bills.items()}
        programs = {"qls-precheck": "application", "qls-standin": "application"}
        self.assertEqual(kinds, {"qls_precheck": "library", **programs})

    def test_the_version_of_std_is_the_compilers(self) -> None:
        release = re.search("release: (.*)", subprocess.check_output(["rustc", "-vV"], encoding="utf-8"))
        assert release
        std = next(found for found in components(self.bills["qls_precheck"]).values() if found["name"] == "std")
        self.assertEqual(std["version"], release[1])

    def test_each_file_has_its_hash_and_changes_the_serial_number(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "libqls_precheck.a"
            serials = set()
            for content in (b"one", b"another"):
                file.write_bytes(content)
                bill = json.loads(sbom("qls_precheck", "--package", "qls-precheck", file))
                (shipped,) = bill["metadata"]["component"]["components"]
                self.assertEqual(shipped["name"], file.name)
                self.assertEqual(shipped["hashes"][0]["content"], hashlib.sha256(content).hexdigest())
                serials.add(bill["serialNumber"])
            self.assertEqual(len(serials), 2)

    def test_another_folder_and_another_home_of_cargo_make_the_same_bytes(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            copy, home = Path(folder) / "other sources", Path(folder) / "home of cargo"
            tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, encoding="utf-8")
            for name in filter(None, tracked.split("\0")):
                if name.endswith((".rs", ".toml", ".lock")) and (ROOT / name).is_file():
                    (copy / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / name, copy / name)
            (copy / "packaging").mkdir()
            shutil.copy(ROOT / "packaging/sbom.py", copy / "packaging")
            home.symlink_to(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
            for name, package in PRODUCTS.items():
                with self.subTest(name):
                    text = sbom(name, "--package", package, root=copy, CARGO_HOME=str(home))
                    self.assertEqual(text, self.bills[name])
                    for path in (folder, str(ROOT), str(Path.home())):
                        self.assertNotIn(path, text)

    def test_the_third_party_notices_name_what_the_bills_list(self) -> None:
        lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
        for name, package in PRODUCTS.items():
            folder = {"qls_precheck": ".", "qls-precheck": "cli", "qls-standin": "standin"}[name]
            notices = (ROOT / folder / "THIRD-PARTY-NOTICES").read_text(encoding="utf-8")
            inside = [f"--inside={runtime}=1.0" for runtime in ("musl", "mingw-w64", "libgcc", "libunwind", "zig")]
            systems = [f"--target={target}" for target in ("x86_64-unknown-linux-musl", "x86_64-pc-windows-gnu")]
            libraries = subprocess.check_output(["rustc", "--print", "target-libdir"], encoding="utf-8").strip()
            found = components(sbom(name, "--package", package, "--std", libraries, *inside, *systems))
            for component in found.values():
                entry = f'name = "{component["name"]}"\nversion = "{component["version"]}"\n'
                words = f"{component['name']} {component['version']}" if entry in lock else component["name"]
                # The project's own packages are nobody else's.
                if "purl" in component:
                    with self.subTest(name, words=words):
                        self.assertRegex(notices, rf"(?i)\b{re.escape(words)}\b")

    def test_sources_that_happen_to_be_installed_change_nothing(self) -> None:
        """They would give std's crates hashes, and the same release would have other bytes on another machine."""
        with tempfile.TemporaryDirectory() as folder:
            rustc, sysroot = Path(folder) / "rustc", Path(folder) / "sysroot"
            installed = Path(subprocess.check_output(["rustc", "--print", "sysroot"], encoding="utf-8").strip())
            sources = sysroot / "lib/rustlib/src/rust/library"
            sources.mkdir(parents=True)
            (sysroot / "share").symlink_to(installed / "share")
            gimli = next(found for found in components(self.bills["qls_precheck"]).values() if found["name"] == "gimli")
            entry = f'name = "gimli"\nversion = "{gimli["version"]}"\nsource = "a registry"\nchecksum = "{"0" * 64}"\n'
            (sources / "Cargo.lock").write_text(f"[[package]]\n{entry}", encoding="utf-8")
            rustc.write_text(f'#!/bin/sh\n[ "$*" = "--print sysroot" ] && echo "{sysroot}" || exec rustc "$@"\n')
            rustc.chmod(0o755)
            text = sbom("qls_precheck", "--package", "qls-precheck", RUSTC=str(rustc))
            self.assertEqual(text, self.bills["qls_precheck"])

    def test_a_folder_without_std_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(subprocess.CalledProcessError):
            sbom("qls_precheck", "--package", "qls-precheck", "--std", folder)


if __name__ == "__main__":
    unittest.main()
