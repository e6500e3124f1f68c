"""Builds the framework with and without the plug-in, and starts what the runs need."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PRI = ROOT / "integrations/ifw/qls_precheck_ifw.pri"


class Build:
    """One build of the framework."""

    def __init__(self, sources, folder, tools, plugin):
        self.plugin = plugin
        self.sources = sources
        self.installerbase = folder / "bin/installerbase"
        self.tools = tools


def build(sources, work, jobs):
    """Builds the framework without and with the plug-in. Both use the stock build's tools."""
    stock = build_one(sources, work, "stock", jobs)
    return [stock, build_one(sources, work, "plugin", jobs, [f"PRODUCTKEYCHECK_PRI_FILE={PRI}"], stock.tools)]


def build_one(sources, work, name, jobs, variables=(), tools=None):
    """Builds the framework in a folder below `work`, where an earlier build may be. `variables` are given to qmake."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    qmake = shutil.which("qmake6") or "/usr/lib/qt6/bin/qmake"
    _quietly([qmake, "-r", "CONFIG+=create_prl", *variables, sources / "installerfw.pro"], folder, "qmake.log")
    _quietly(["make", f"-j{jobs}"], folder, "make.log")
    return Build(sources, folder, tools or folder / "bin", bool(variables))


def cargo(*arguments):
    subprocess.run(["cargo", *arguments], cwd=ROOT, check=True)


def _quietly(command, folder, log):
    with (folder / log).open("wb") as output:
        result = subprocess.run(list(map(str, command)), cwd=folder, stdout=output, stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} failed; see {folder / log}")


@contextlib.contextmanager
def work_folder(path, prefix):
    """The folder that was named, which stays, or else a new one, which does not."""
    if path:
        path.mkdir(parents=True, exist_ok=True)
        yield path.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix=prefix) as folder:
            yield Path(folder).resolve()


@contextlib.contextmanager
def _running(command, **more):
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, **more) as process:
        try:
            yield process
        finally:
            process.terminate()


@dataclass
class Server:
    url: str
    token: str
    token_file: Path
    stage: str | None = None


@contextlib.contextmanager
def server(folder, *arguments):
    """The stand-in license server, with the demo's licenses, and with a stage where the arguments say so."""
    command = [ROOT / "target/debug/qls-standin", "serve", "--licenses", ROOT / "standin/licenses/demo.json", *arguments]
    with _running(command, stdout=subprocess.PIPE, text=True) as process:
        lines = 3 if "--stage" in arguments else 2
        url, token, *stage = (process.stdout.readline().split(": ", 1)[1].strip() for _ in range(lines))
        token_file = folder / "token.txt"
        token_file.write_text(token + "\n")
        yield Server(url, token, token_file, *stage)


@contextlib.contextmanager
def display():
    """The name of an X server for the runs in windows."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    with os.fdopen(read) as number, _running(command, pass_fds=[write], stdout=subprocess.DEVNULL):
        os.close(write)
        yield f":{number.readline().strip()}"
