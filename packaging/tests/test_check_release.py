"""What a release's files are checked for: each test breaks one thing of a small release that is right."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

CHECK = Path(__file__).resolve().parents[1] / "check_release.py"
LIBRARY = b"the library"


def bill(*files: tuple[str, bytes], **changes: object) -> bytes:
    """A bill of materials of files with these contents."""
    listed = [
        {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]}
        for name, data in files
    ]
    subject = {"type": "library", "name": "qls_precheck", "components": listed}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": subject}, **changes}
    return json.dumps(document).encode()


class Release(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.archive = {"a/lib/libqls_precheck.a": LIBRARY, "a/sbom/x.cdx.json": bill(("libqls_precheck.a", LIBRARY))}
        library = ("libqls_precheck.so", LIBRARY)
        self.wheel = {"q/libqls_precheck.so": LIBRARY, "q.dist-info/sboms/x.cdx.json": bill(library)}

    def write(self) -> None:
        with tarfile.open(self.folder / "qls-precheck-a.tar.gz", "w:gz") as tar:
            for name, data in self.archive.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        with zipfile.ZipFile(self.folder / "q.whl", "w") as wheel:
            for name, data in self.wheel.items():
                wheel.writestr(name, data)
        (self.folder / "SHA256SUMS").unlink(missing_ok=True)
        sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in self.folder.iterdir()]
        (self.folder / "SHA256SUMS").write_text("".join(sums))

    def complaints(self) -> list[str]:
        command = [sys.executable, str(CHECK), str(self.folder)]
        ended = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        self.assertEqual(ended.returncode, 1 if ended.stderr else 0)
        return ended.stderr.splitlines()

    def test_it_takes_what_is_right(self) -> None:
        self.write()
        self.assertEqual(self.complaints(), [])

    def test_a_file_without_a_bill(self) -> None:
        self.archive["a/bin/qls-standin"] = b"a program"
        self.write()
        self.assertEqual(self.complaints(), ["qls-precheck-a.tar.gz: no bill of materials names qls-standin"])

    def test_a_bill_of_another_file(self) -> None:
        self.archive["a/sbom/x.cdx.json"] = bill(("libqls_precheck.a", b"another"))
        self.write()
        expected = "qls-precheck-a.tar.gz: a/sbom/x.cdx.json: libqls_precheck.a has another hash, or is missing"
        self.assertEqual(self.complaints(), [expected])

    def test_a_bill_that_is_no_cyclonedx(self) -> None:
        self.archive["a/sbom/x.cdx.json"] = bill(("libqls_precheck.a", LIBRARY), serialNumber="none")
        self.write()
        self.assertIn("a/sbom/x.cdx.json: ", self.complaints()[0])

    def test_a_license_that_nobody_knows(self) -> None:
        component = {
            "type": "library",
            "name": "gimli",
            "version": "0.32.3",
            "licenses": [{"expression": "LicenseRef-unknown"}],
        }
        self.archive["a/sbom/x.cdx.json"] = bill(("libqls_precheck.a", LIBRARY), components=[component])
        self.write()
        expected = "qls-precheck-a.tar.gz: a/sbom/x.cdx.json: nobody knows the license of gimli 0.32.3"
        self.assertEqual(self.complaints(), [expected])

    def test_what_the_linker_added_is_listed_and_nothing_else(self) -> None:
        part = {"type": "library", "name": "libunwind", "version": "22.1.0"}
        name = "a/sbom/x.cdx.json"
        expected = f"qls-precheck-a.tar.gz: {name}: libunwind is inside of the files, or listed, but not both"
        self.archive[name] = bill(("libqls_precheck.a", LIBRARY), components=[part])
        self.write()
        self.assertEqual(self.complaints(), [expected])
        library = b"libunwind: unsupported"
        self.archive |= {"a/lib/libqls_precheck.a": library, name: bill(("libqls_precheck.a", library))}
        self.write()
        self.assertIn(expected, self.complaints())

    def test_what_the_linker_added_is_looked_for_in_the_program_and_not_in_its_completion(self) -> None:
        program = b"libunwind: unsupported"
        part = {"type": "library", "name": "libunwind", "version": "22.1.0"}
        self.archive |= {
            "a/bin/qls-precheck": program,
            "a/sbom/qls-precheck.cdx.json": bill(("qls-precheck", program), components=[part]),
            "a/share/bash-completion/completions/qls-precheck": b"complete -F _qls-precheck qls-precheck",
        }
        self.write()
        self.assertEqual(self.complaints(), [])

    def test_a_library_to_link_a_dll_by_has_names_alone(self) -> None:
        self.archive["a/lib/libqls_precheck.dll.a"] = b"names"
        self.archive["a/lib/qls_precheck.dll.lib"] = b"names"
        self.write()
        self.assertEqual(self.complaints(), [])

    def test_a_wheel_with_a_library_that_no_archive_has(self) -> None:
        self.wheel["q/libqls_precheck.so"] = b"another"
        self.wheel["q.dist-info/sboms/x.cdx.json"] = bill(("libqls_precheck.so", b"another"))
        self.write()
        self.assertEqual(self.complaints(), ["libqls_precheck.so of q.whl is in no archive"])

    def test_links_that_lead_nowhere(self) -> None:
        page = "[a](../lib#part) [b](b.md) ![c](../c.png) `[d](d.md)` [e](#part) [f](https://example.com/f.md)"
        self.archive["a/docs/page.md"] = page.encode()
        self.write()
        expected = "qls-precheck-a.tar.gz: a/docs/page.md links to {}, which is not there"
        self.assertEqual(self.complaints(), [expected.format("b.md"), expected.format("../c.png")])

    def test_sums_that_are_wrong_or_missing(self) -> None:
        self.write()
        (self.folder / "another").write_text("another")
        (self.folder / "q.whl").unlink()
        self.assertEqual(self.complaints(), ["SHA256SUMS is wrong about another", "q.whl is missing"])


if __name__ == "__main__":
    unittest.main()
