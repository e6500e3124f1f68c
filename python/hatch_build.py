"""Builds the shared library and the program qls-precheck with cargo, and puts them into the wheel.

The library lies beside the module, the program where commands are installed, and the bill of materials of both where
PEP 770 has it. The source distribution has the Rust sources in its folder "rust".

.ci/release makes wheels for other systems too. It has built them already, and says so by variables:
QLS_PRECHECK_BUILT names the folder of both files, QLS_PRECHECK_PLATFORM is the wheel's tag, and QLS_PRECHECK_BILL has
the options of packaging/sbom.py for what was built.

Why hatchling: the package is plain Python plus two files, and this hook is all that it needs. maturin and
setuptools-rust build extension modules for Python's own interface. This library has a C interface, so one wheel serves
every Python 3.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
# In a source distribution the sources are inside of it.
INSIDE = HERE / "rust"
WORKSPACE = INSIDE if INSIDE.is_dir() else HERE.parent
# What cargo needs for both packages: all members of the workspace have to be there.
SOURCES = [
    *("Cargo.toml", "Cargo.lock", "build.rs", "version.*", "src", "core", "os", "cli", "standin", "tests/support"),
    "packaging/sbom.py",
]
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


def write_bill(to: Path, files: list[Path], options: list[str]) -> None:
    """Writes the bill of materials of a wheel with these files."""
    packages = ["--package=qls-precheck", "--package=qls-precheck-cli"]
    command = [sys.executable, str(WORKSPACE / "packaging/sbom.py"), "qls-precheck", *packages, *options]
    with to.open("wb") as output:
        subprocess.run([*command, *map(str, files)], cwd=WORKSPACE, stdout=output, check=True)


def sources() -> list[str]:
    """The files of the workspace that a source distribution needs, without what tests need alone."""
    if not (WORKSPACE / ".git").exists():
        sys.exit("qls-precheck: a source distribution is made from a clone; git knows which files are the project's")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SOURCES, *LICENSES],
        cwd=WORKSPACE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    members = ("core", "os", "cli", "standin")
    unneeded = tuple(f"{member}/{folder}/" for member in members for folder in ("tests", "screenshots"))
    return [name for name in listed.split("\0") if name and not name.startswith(unneeded)]


class Hook(BuildHookInterface[Any]):
    """Hatchling runs this once for a wheel, and once for a source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds library and program to the wheel. An editable install gets none: set QLS_PRECHECK_LIBRARY there."""
        if self.target_name == "sdist":
            # Made from another source distribution, it has them already.
            if not INSIDE.is_dir():
                for name in sources():
                    build_data["force_include"][str(WORKSPACE / name)] = f"rust/{name}"
            return
        if version == "editable":
            return
        built = os.environ.get("QLS_PRECHECK_BUILT")
        if built is None:
            module, command, tag = library(), program(), platform_tag()
        else:
            tag = os.environ["QLS_PRECHECK_PLATFORM"]
            names = (
                ("qls_precheck.dll", "qls-precheck.exe")
                if tag.startswith("win")
                else ("libqls_precheck.so", "qls-precheck")
            )
            module, command = (Path(built, name).resolve(strict=True) for name in names)
        build_data["force_include"][str(module)] = f"qls_precheck/{module.name}"
        build_data["shared_scripts"][str(command)] = command.name
        metadata = f"qls_precheck-{self.metadata.version}.dist-info"
        for license in LICENSES:
            build_data["force_include"][str(WORKSPACE / license)] = f"{metadata}/licenses/{license}"
        self.work = tempfile.TemporaryDirectory()
        bill = Path(self.work.name, "qls-precheck.cdx.json")
        try:
            write_bill(bill, [module, command], shlex.split(os.environ.get("QLS_PRECHECK_BILL", "")))
            build_data["force_include"][str(bill)] = f"{metadata}/sboms/{bill.name}"
        except subprocess.CalledProcessError:
            # A release has to have it. Whoever builds for one machine, with a Rust that is packed in another way, does
            # without it.
            if built is not None:
                raise
            self.app.display_warning("qls-precheck: this wheel has no bill of materials; above stands why")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{tag}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what the wheel has a copy of."""
        if hasattr(self, "work"):
            self.work.cleanup()
