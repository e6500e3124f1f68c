"""Builds the shared library and the program qls-precheck with cargo, and puts them into the wheel.

The library lies beside the module, the program where commands are installed.

Why hatchling: the package is plain Python plus two files, and this hook is all that it needs. maturin and
setuptools-rust build extension modules for Python's own interface. This library has a C interface, so one wheel serves
every Python 3.
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
LICENSES = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES", "cli/THIRD-PARTY-NOTICES"]


def version() -> str:
    """The version, as Cargo.toml has it."""
    manifest = WORKSPACE / "Cargo.toml"
    if not manifest.is_file():
        sys.exit(
            f"qls-precheck is built from a clone of its project: no {manifest}. Without one, install a wheel."
            " (pip before 21.3 copies the folder away from its clone: update pip.)"
        )
    line = next(line for line in manifest.read_text(encoding="utf-8").splitlines() if line.startswith("version = "))
    return line.split('"')[1]


def build(package: str, target: str) -> list[Path]:
    """Builds a cargo package, and returns the files of one of its targets."""
    command = ["cargo", "build", "--release", "--locked", "--package", package]
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
    return [
        Path(file)
        for message in messages
        if message["reason"] == "compiler-artifact" and message["target"]["name"] == target
        for file in message["filenames"]
    ]


def library() -> Path:
    """Builds the shared library."""
    files = build("qls-precheck", "qls_precheck")
    library = next(file for file in files if file.suffix in (".so", ".dylib", ".dll"))
    # Fails here if this Python cannot load it, such as a 32-bit Python on a 64-bit system.
    ctypes.CDLL(str(library))
    return library


def program() -> Path:
    """Builds the program."""
    return next(file for file in build("qls-precheck-cli", "qls-precheck") if file.suffix in ("", ".exe"))


def platform_tag() -> str:
    """The platform of this machine. auditwheel finds out what else it runs on, and renames the wheel to manylinux."""
    if sys.platform == "darwin":
        # Python's own tag may promise two architectures, and systems older than Rust builds for.
        return f"macosx_11_0_{platform.machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


class Hook(BuildHookInterface[Any]):
    """Hatchling runs this once for a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds library and program to the wheel. An editable install gets none: set QLS_PRECHECK_LIBRARY there."""
        if self.target_name == "sdist":
            sys.exit(
                "qls-precheck has no source distribution: the Rust sources are outside of this folder. Use --wheel."
            )
        if version == "editable":
            return
        module, command = library(), program()
        build_data["force_include"][str(module)] = f"qls_precheck/{module.name}"
        build_data["shared_scripts"][str(command)] = command.name
        metadata = f"qls_precheck-{self.metadata.version}.dist-info/licenses"
        for license in LICENSES:
            build_data["force_include"][str(WORKSPACE / license)] = f"{metadata}/{license}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
