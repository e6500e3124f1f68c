"""python -m qls_precheck: starts the program qls-precheck, which a wheel installs beside this package."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

NAME = "qls-precheck.exe" if sys.platform == "win32" else "qls-precheck"


def program() -> Path | None:
    """The program that was installed with this package; None if there is none."""
    package = Path(__file__).resolve().parent
    # pip install --target: what pip notes of its places does not hold there.
    places = [package.parent / "bin" / NAME]
    for distribution in importlib.metadata.distributions(name="qls-precheck"):
        # Another copy of the package may be installed too, with a program of another version.
        if Path(str(distribution.locate_file(package.name))).resolve() == package:
            places += [Path(str(file.locate())) for file in distribution.files or () if file.name == NAME]
    return next((place for place in places if place.is_file()), None)


def end(message: str) -> NoReturn:
    """Ends with the code for wrong usage. Smaller ones would say something about licenses."""
    # Not by print(): what Python still has to write at its end would change the code, where it cannot.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            os.write(2, f"qls_precheck: {message}\n".encode(sys.stderr.encoding, "backslashreplace"))
    sys.exit(64)


def main() -> NoReturn:
    """Becomes the program, or, where a process cannot, ends as the program does."""
    path = program()
    if path is None:
        end(
            "the program qls-precheck, which is the command line, is not beside this package; install a wheel (editable"
            " and copied packages have none), or the program alone: cargo install --locked --path cli"
        )
    command = [str(path), *sys.argv[1:]]
    try:
        if sys.platform != "win32":
            os.execv(path, command)  # noqa: S606
        # Ctrl-C is the program's, which gets it too.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(subprocess.call(command))  # noqa: S603
    except OSError as error:
        end(f"{path} cannot be started: {error.strerror}")


if __name__ == "__main__":
    main()
