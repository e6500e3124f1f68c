#!/usr/bin/env python3
"""Checks the files of a release: check_release.py FOLDER

Each archive and each wheel has a valid bill of materials for what is in it; every file that a bill names is there, and
has the hash that the bill says; and every program and library is named by a bill. Those in a wheel are in an archive
too, byte for byte. Each link of a page leads to something in the same archive. The sums are right, and name every
file. Needs cyclonedx-python-lib.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

BILL = re.compile(r"/sboms?/[^/]+\.cdx\.json$")
# What is built: libraries, but not those that have the names in a DLL alone; and the programs.
BUILT = re.compile(r"(\.so(\.\d+)*|(?<!\.dll)(\.a|\.lib)|\.dll|(/bin|/scripts)/qls-[^/]*)$")
# Texts in what the linker may have added: where they are, so is that.
TRACES = {"libunwind": b"libunwind: ", "mingw-w64": b"Mingw-w64 runtime failure"}
# A block of commands or a word of code, in which nothing is a link.
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def contents(file: Path) -> Iterator[tuple[str, bytes]]:
    """The files in an archive."""
    if file.name.endswith(".tar.gz"):
        with tarfile.open(file) as tar:
            for member in tar:
                data = tar.extractfile(member) if member.isfile() else None
                if data is not None:
                    yield member.name, data.read()
    else:
        with zipfile.ZipFile(file) as packed:
            for name in packed.namelist():
                if not name.endswith("/"):
                    yield name, packed.read(name)


def built(packed: dict[str, bytes]) -> dict[str, bytes]:
    """The libraries and programs, by their names. A shell's completion is called as the program is."""
    return {Path(name).name: data for name, data in packed.items() if BUILT.search(name)}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def complaints(packed: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with one archive."""
    files = built(packed)
    named: set[str] = set()
    for name, data in packed.items():
        if not BILL.search(name):
            continue
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode())
        if error is not None:
            yield f"{name}: {error}"
        bill = json.loads(data)
        for component in bill.get("components", []):
            if any("unknown" in license.get("expression", "") for license in component.get("licenses", [])):
                yield f"{name}: nobody knows the license of {component['name']} {component['version']}"
        shipped = bill["metadata"]["component"]["components"]
        for part, trace in TRACES.items():
            inside = any(trace in files.get(listed["name"], b"") for listed in shipped)
            if inside != any(component["name"] == part for component in bill.get("components", [])):
                yield f"{name}: {part} is inside of the files, or listed, but not both"
        for listed in shipped:
            named.add(listed["name"])
            if listed["name"] not in files or sha256(files[listed["name"]]) != listed["hashes"][0]["content"]:
                yield f"{name}: {listed['name']} has another hash, or is missing"
    for name in sorted(set(files) - named):
        yield f"no bill of materials names {name}"


def dead_links(packed: dict[str, bytes]) -> Iterator[str]:
    """The links of its pages that lead nowhere."""
    there = {str(above) for name in packed for above in (PurePosixPath(name), *PurePosixPath(name).parents)}
    for name, data in packed.items():
        if name.endswith(".md"):
            for link in ("".join(found) for found in LINK.findall(CODE.sub("", data.decode()))):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), link.partition("#")[0]))
                if "://" not in link and not link.startswith(("#", "mailto:")) and path not in there:
                    yield f"{name} links to {link}, which is not there"


def main() -> None:
    folder = Path(sys.argv[1])
    wrong = []
    in_archives: set[str] = set()
    in_wheels: dict[str, str] = {}
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    for file in sorted(folder.iterdir()):
        if file.name == "SHA256SUMS":
            continue
        if sums.pop(file.name, None) != sha256(file.read_bytes()):
            wrong.append(f"SHA256SUMS is wrong about {file.name}")
        if file.name.endswith((".tar.gz", ".zip", ".whl")):
            packed = dict(contents(file))
            wrong += [f"{file.name}: {complaint}" for complaint in complaints(packed)]
            # The page in a source distribution is that of the registry, and links to the project.
            if file.name.startswith("qls-precheck-"):
                wrong += [f"{file.name}: {complaint}" for complaint in dead_links(packed)]
            if file.suffix == ".whl":
                in_wheels |= {sha256(data): f"{name} of {file.name}" for name, data in built(packed).items()}
            else:
                in_archives |= set(map(sha256, built(packed).values()))
    wrong += [f"{name} is missing" for name in sums]
    wrong += [f"{name} is in no archive" for hash, name in in_wheels.items() if hash not in in_archives]
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
