#!/usr/bin/env python3
"""Prints the bill of materials (CycloneDX 1.6, JSON) of something that is made of this workspace's packages.

sbom.py NAME --package PACKAGE... [--target TARGET...] [--std FOLDER...] [--inside NAME=VERSION...] [FILE...]

It lists what is linked into the FILEs: the packages' normal dependencies for the targets, without build dependencies
and without macros, which only the compiler runs; Rust's standard library with the crates in it, as they lie in FOLDER,
where they were linked from; and what --inside names, since only whoever linked knows that. What a static library leaves
to the linker of the program is in it too. Start-up files of a few hundred bytes are not.

Nothing of the machine is in it, and the same contents give the same bytes: the serial number is a hash of the rest, and
the time is SOURCE_DATE_EPOCH, or the commit's.

A crate has the hash that Cargo.lock has. The crates of std have theirs where --std says that std was built here, and so
from sources, whose Cargo.lock has them; and none where it came with rustc, which does not tell it: whether somebody has
installed the sources besides changes nothing.

Why no cargo plug-in: those know neither std nor what the linker adds, and write paths and the time.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

WORKSPACE = Path(__file__).resolve().parent.parent
CRATES = "https://crates.io/crates/"

# What linkers add. Where two versions are distinguished, the license is that of the parts that end up in a program.
RUNTIMES: dict[str, dict[str, str]] = {
    "musl": {"license": "MIT", "url": "https://musl.libc.org", "cpe": "cpe:2.3:a:musl-libc:musl"},
    "mingw-w64": {"license": "ZPL-2.1", "url": "https://www.mingw-w64.org", "cpe": "cpe:2.3:a:mingw-w64:mingw-w64"},
    "libgcc": {
        "license": "GPL-3.0-or-later WITH GCC-exception-3.1",
        "url": "https://gcc.gnu.org",
        "cpe": "cpe:2.3:a:gnu:gcc",
    },
    "libunwind": {
        "license": "Apache-2.0 WITH LLVM-exception",
        "url": "https://github.com/llvm/llvm-project",
        "cpe": "cpe:2.3:a:llvm:libunwind",
    },
    "zig": {"license": "MIT", "url": "https://ziglang.org", "cpe": "cpe:2.3:a:ziglang:zig"},
}
# They come with std's libraries, for tests and macros, and are in no program.
NOT_LINKED = {"getopts", "rustc-literal-escaper"}
# Rust's own, which have std's version.
PARTS_OF_STD = re.compile(
    r"(core|alloc|std|test|unwind|sysroot|windows_link|(compiler|profiler)_builtins|"
    r"panic_(abort|unwind)|proc_macro|std_detect|rustc_std_workspace_\w+)$"
)

Component = dict[str, Any]


def output(*command: str, folder: Path = WORKSPACE) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def rustc(*arguments: str) -> str:
    return output(os.environ.get("RUSTC", "rustc"), *arguments).strip()


def checksums(lock: Path) -> dict[tuple[str, str], str]:
    """The SHA-256 of each crate of a registry, by name and version."""
    entry = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(\w+)"')
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return {(name, version): checksum for name, version, checksum in entry.findall(text)}


def crate(name: str, version: str, license: str, checksum: str | None) -> Component:
    """A crate of crates.io."""
    component: Component = {
        "type": "library",
        "bom-ref": f"pkg:cargo/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:cargo/{name}@{version}",
        "licenses": [{"expression": license.replace("/", " OR ")}],
        "externalReferences": [{"type": "distribution", "url": f"{CRATES}{name}/{version}"}],
    }
    if checksum is not None:
        component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return component


class Bill:
    """The components found so far, and what each depends on."""

    def __init__(self) -> None:
        self.components: dict[str, Component] = {}
        self.edges: dict[str, set[str]] = {}

    def add(self, component: Component) -> str:
        reference: str = component["bom-ref"]
        self.components[reference] = component
        self.edges.setdefault(reference, set())
        return reference

    def add_packages(self, package: str, target: str) -> str:
        """Adds a package of the workspace with its dependencies, and returns its reference."""
        known = checksums(WORKSPACE / "Cargo.lock")
        # Debian's cargo, for other systems, would want another compiler than that of the build.
        command = [os.environ.get("CARGO", "cargo"), "tree", "--locked", "--package", package, "--target", target]
        tree = output(*command, "--edges=normal,no-proc-macro", "--prefix=depth", "--format=|{p}|{l}|")
        above: list[str] = []
        for line in tree.splitlines():
            depth, described, license, _ = line.split("|")
            name, version = described.split(" ")[:2]
            version = version[1:]
            if (name, version) in known:
                reference = self.add(crate(name, version, license, known[name, version]))
            else:
                # Not published: no registry has it, and another's of the same name would be something else.
                reference = self.add(
                    {
                        "type": "library",
                        "bom-ref": f"{name}@{version}",
                        "name": name,
                        "version": version,
                        "licenses": [{"expression": license}],
                    }
                )
            del above[int(depth) :]
            if above:
                self.edges[above[-1]].add(reference)
            above.append(reference)
        return above[0]

    def add_std(self, folder: Path, *, from_sources: bool) -> str:
        """Adds Rust's standard library, and the crates in it that do not come with Rust's own sources."""
        release = dict(line.split(": ", 1) for line in rustc("-vV").splitlines()[1:])
        version = release["release"]
        std = self.add(
            {
                "type": "library",
                "bom-ref": f"pkg:github/rust-lang/rust@{version}",
                "name": "std",
                "version": version,
                "description": "Rust's standard library, with core, alloc, compiler_builtins and panic_unwind",
                "purl": f"pkg:github/rust-lang/rust@{version}",
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
                "externalReferences": [
                    {"type": "vcs", "url": f"https://github.com/rust-lang/rust/tree/{release['commit-hash']}"}
                ],
            }
        )
        sysroot = Path(rustc("--print", "sysroot"))
        sources = sysroot / "lib/rustlib/src/rust/library" if from_sources else None
        known = checksums(sources / "Cargo.lock") if sources else {}
        names = {name.replace("-", "_") for name, _ in known}
        files = sorted(folder.glob("lib*.rmeta"))
        if not any(file.name.startswith("libstd-") for file in files):
            sys.exit(f"sbom.py: {folder} does not have the libraries of Rust's std")
        for file in files:
            crate_name = file.name[len("lib") :].rpartition("-")[0]
            # What was built beside std is none of its crates.
            if PARTS_OF_STD.match(crate_name) or (names and crate_name not in names):
                continue
            # They tell their names and versions in the paths of their sources.
            pattern = rb"(%b)-(\d+\.\d+\.\d+(?:\+[\w.]+)?)/" % crate_name.replace("_", "[-_]").encode()
            match = re.search(pattern, file.read_bytes())
            if match is None:
                sys.exit(f"sbom.py: {file} does not tell its version")
            name, version = match[1].decode(), match[2].decode()
            # Nor is another version.
            if name in NOT_LINKED or (known and (name, version) not in known):
                continue
            license = license_in_std(name, version, sysroot, sources)
            self.edges[std].add(self.add(crate(name, version, license, known.get((name, version)))))
        return std

    def add_runtime(self, name: str, version: str) -> str:
        runtime = RUNTIMES[name]
        return self.add(
            {
                "type": "library",
                "bom-ref": f"pkg:generic/{name}@{version}",
                "name": name,
                "version": version,
                "cpe": f"{runtime['cpe']}:{version}:*:*:*:*:*:*:*",
                "purl": f"pkg:generic/{name}@{version}",
                "licenses": [{"expression": runtime["license"]}],
                "externalReferences": [{"type": "website", "url": runtime["url"]}],
            }
        )


def license_in_std(name: str, version: str, sysroot: Path, sources: Path | None) -> str:
    """The license of a crate of std: from the sources that std was built from, else from what rustc brings along."""
    if sources is not None:
        manifest = sources / f"vendor/{name}-{version}/Cargo.toml"
        text = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
        found = re.search(r'^license = "(.*)"$', text, re.MULTILINE)
        if found:
            return found[1]
    # The first page leaves out what only backtraces need; the second has some of that in the compiler's version alone.
    for page, versions in (("COPYRIGHT-library.html", re.escape(version)), ("COPYRIGHT.html", r"\d[\w.+-]*")):
        file = sysroot / "share/doc/rust" / page
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        entries = re.findall(rf" {name}-{versions}</h3>(.*?)(?:<h3>|\Z)", text, re.DOTALL)
        found = re.search(r"License:(?:<[^>]*>|\s)*([^<\n]+)", entries[-1]) if entries else None
        if found:
            return html.unescape(found[1]).strip()
    return "LicenseRef-unknown"


def sha256(file: Path) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}]


def epoch() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    # A source distribution has no commit. Its files have the time that it was given.
    clone = (WORKSPACE / ".git").exists()
    return int(output("git", "log", "-1", "--format=%ct") if clone else (WORKSPACE / "Cargo.lock").stat().st_mtime)


def bill(arguments: argparse.Namespace) -> dict[str, Any]:
    manifest = (WORKSPACE / "Cargo.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "(.*)"$', manifest, re.MULTILINE)[:1]
    contents = Bill()
    roots = {contents.add_packages(package, target) for package in arguments.package for target in arguments.target}
    came_with_rustc = [Path(rustc("--print", "target-libdir", "--target", name)) for name in arguments.target]
    linked = [
        *(contents.add_std(folder, from_sources=bool(arguments.std)) for folder in arguments.std or came_with_rustc),
        *(contents.add_runtime(*inside.split("=")) for inside in arguments.inside),
    ]
    subject: Component = {
        "type": "library" if "qls-precheck" in arguments.package else "application",
        "bom-ref": arguments.name,
        "name": arguments.name,
        "version": version,
        "licenses": [{"expression": "MIT OR Apache-2.0"}],
    }
    subject["components"] = [
        {"type": "file", "bom-ref": f"file:{file.name}", "name": file.name, "hashes": sha256(file)}
        for file in sorted(arguments.file, key=lambda file: file.name)
    ]
    contents.edges[arguments.name] = roots | set(linked)
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(epoch(), datetime.timezone.utc).isoformat(),
            "component": subject,
            "properties": [{"name": "cdx:rustc:sbom:target:triple", "value": name} for name in arguments.target],
        },
        "components": [contents.components[reference] for reference in sorted(contents.components)],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(contents.edges[reference])} for reference in sorted(contents.edges)
        ],
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    document["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, digest).urn
    return document


def main() -> None:
    parser = argparse.ArgumentParser(description="Prints a bill of materials in CycloneDX's JSON.")
    parser.add_argument("name", help="what the files are")
    parser.add_argument("--package", action="append", required=True, help="a package of this workspace in it")
    parser.add_argument("--target", action="append", help="what it was built for; by default this machine")
    parser.add_argument("--std", type=Path, action="append", help="a folder of Rust's standard library that was linked")
    parser.add_argument("--inside", action="append", default=[], metavar="NAME=VERSION", help=" or ".join(RUNTIMES))
    parser.add_argument("file", nargs="*", type=Path, help="what is shipped")
    arguments = parser.parse_intermixed_args()
    arguments.target = arguments.target or [dict(re.findall(r"(\w+): (.*)", rustc("-vV")))["host"]]
    json.dump(bill(arguments), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
