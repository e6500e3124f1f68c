"""Builds the shared library with cargo and puts it into the wheel, beside the module.

Why hatchling: the package is plain Python plus one file, and this hook is all that is needed. maturin and
setuptools-rust build extension modules of one Python's own interface; this library has a C interface, and the wheel
serves every Python 3.
"""

from __future__ import annotations

import ctypes
import json
import platform
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WORKSPACE = Path(__file__).resolve().parent.parent
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES"]


def version() -> str:
    """The version, which is written down once: in Cargo.toml."""
    manifest = WORKSPACE / "Cargo.toml"
    if not manifest.is_file():
        sys.exit(
            f"qls-precheck is built from a clone of its project: no {manifest}. Without one, install a wheel."
            " (pip before 21.3 copies the folder away from its clone: update pip.)"
        )
    line = next(line for line in manifest.read_text(encoding="utf-8").splitlines() if line.startswith("version = "))
    return line.split('"')[1]


def build() -> Path:
    """Builds the library and says where it is."""
    command = ["cargo", "build", "--release", "--locked", "--package", "qls-precheck"]
    try:
        output = subprocess.run(
            [*command, "--message-format=json-render-diagnostics"], cwd=WORKSPACE, stdout=subprocess.PIPE, check=True
        )
    except FileNotFoundError:
        sys.exit(
            "qls-precheck is built with Rust, and there is no cargo in PATH: see https://rustup.rs, or install a wheel."
        )
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(command)} ended with {error.returncode}")
    messages = [json.loads(line) for line in output.stdout.splitlines()]
    files = [
        Path(file)
        for message in messages
        if message["reason"] == "compiler-artifact" and message["target"]["name"] == "qls_precheck"
        for file in message["filenames"]
    ]
    library = next(file for file in files if file.suffix in (".so", ".dylib", ".dll"))
    # A 32-bit Python on a 64-bit system, say: better found out here.
    ctypes.CDLL(str(library))
    return library


def platform_tag() -> str:
    """The platform that was built on. What else it runs on is found out by auditwheel, which then says manylinux."""
    if sys.platform == "darwin":
        # Python's own tag may promise two architectures, and systems older than Rust builds for.
        return f"macosx_11_0_{platform.machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


class Hook(BuildHookInterface[Any]):
    """Runs once for a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable install has no library of its own: it takes the one that QLS_PRECHECK_LIBRARY names."""
        if self.target_name == "sdist":
            sys.exit(
                "qls-precheck has no source distribution: the Rust sources are outside of this folder. Use --wheel."
            )
        if version == "editable":
            return
        library = build()
        build_data["force_include"][str(library)] = f"qls_precheck/{library.name}"
        metadata = f"qls_precheck-{self.metadata.version}.dist-info/licenses"
        for licence in LICENCES:
            build_data["force_include"][str(WORKSPACE / licence)] = f"{metadata}/{licence}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
