"""Builds the framework with and without the plug-in, and starts what the runs need."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PRI = ROOT / "integrations/ifw/qls_precheck_ifw.pri"


class Build:
    """One build of the framework."""

    def __init__(self, folder, tools, plugin):
        self.plugin = plugin
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
    return Build(folder, tools or folder / "bin", bool(variables))


def cargo(*arguments):
    subprocess.run(["cargo", *arguments], cwd=ROOT, check=True)


def _quietly(command, folder, log):
    with (folder / log).open("wb") as output:
        result = subprocess.run(list(map(str, command)), cwd=folder, stdout=output, stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} failed; see {folder / log}")


class Server:
    """The stand-in license server, with the demo's licenses."""

    def __init__(self, folder):
        program = ROOT / "target/debug/qls-standin"
        licenses = ROOT / "standin/licenses/demo.json"
        command = [program, "serve", "--licenses", licenses]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self._process.stdout.readline().split(": ", 1)[1].strip()
        token = self._process.stdout.readline().split(": ", 1)[1].strip()
        self.token = token
        self.token_file = folder / "token.txt"
        self.token_file.write_text(token + "\n")

    def stop(self):
        self._process.terminate()
        self._process.wait()


class Display:
    """An X server for the runs in windows."""

    def __init__(self):
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
        self._process = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = f":{number.readline().strip()}"

    def stop(self):
        self._process.terminate()
        self._process.wait()
