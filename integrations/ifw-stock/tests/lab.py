"""Makes installers with the kit and a framework that is at hand, runs them, and keeps what came of it."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KIT = ROOT / "integrations/ifw-stock"
GATE = KIT / "packages/com.example.licenses/meta/gate.js"

# How servers and displays are started is the built-in check's.
sys.path.insert(0, str(ROOT / "integrations/ifw/tests"))
from habits import build as build  # noqa: E402

# Nobody answers at this address.
AWAY = "http://127.0.0.1:1"

# Longer than any run takes on a busy machine; a run that needs it is a run that hangs.
LONGEST_RUN = 60

# Goes through all pages and chooses on the way. What the license page says is printed, for the tests to read.
PAGES = """
function Controller() {
    installer.setMessageBoxAutomaticAnswer("cancelInstallation", QMessageBox.Yes);
    installer.setMessageBoxAutomaticAnswer("QlsNotCovered", QMessageBox.Ok);
    installer.setMessageBoxAutomaticAnswer("QlsRefused", QMessageBox.Ok);
    installer.installationFinished.connect(function() { gui.clickButton(buttons.NextButton, 300); });
    // Where the gate cancels, the framework stays on the page of the installation.
    installer.statusChanged.connect(function(status) {
        if (status == QInstaller.Canceled) gui.clickButton(buttons.CancelButton, 300);
    });
}
var next = function() { gui.clickButton(buttons.NextButton, 100); };
Controller.prototype.IntroductionPageCallback = next;
Controller.prototype.TargetDirectoryPageCallback = function() {
    gui.currentPageWidget().TargetDirectoryLineEdit.setText(installer.value("Target"));
    %s
    next();
}
Controller.prototype.DynamicQlsLicensesPageCallback = function() {
    var page = gui.pageWidgetByObjectName("DynamicQlsLicensesPage");
    var report = function() {
        print("page says: " + page.headline.text + " " + page.list.plainText.split("\\n").join(" / "));
    };
    report();
    if (!page.complete && installer.value("Again")) {
        page.again.click();
        report();
    }
    gui.clickButton(page.complete ? buttons.NextButton : buttons.CancelButton, 100);
}
Controller.prototype.ComponentSelectionPageCallback = function() {
    %s
    next();
}
Controller.prototype.ReadyForInstallationPageCallback = function() { gui.clickButton(buttons.CommitButton, 100); }
Controller.prototype.FinishedPageCallback = function() { gui.clickButton(buttons.FinishButton, 100); }
"""


def plain(content):
    """What QSettings has written, without its escapes: a text in UTF-16 has \\0 or \\xNN among its letters."""
    content = re.sub(rb"\\x([0-9a-f]{1,4})", lambda found: bytes([int(found[1], 16) & 0xFF]), content)
    return content.replace(rb"\0", b"").replace(b"\0", b"")


def cut(script, old, new=""):
    """The kit's script without a part of it, or with another one in its place."""
    if script.count(old) != 1:
        raise ValueError(f"the script has this {script.count(old)} times: {old}")
    return script.replace(old, new)


@dataclass
class Server:
    url: str
    token_file: Path


@contextlib.contextmanager
def standin(folder, *faults, tls=None):
    """The stand-in license server, with the demo's licenses."""
    command = [ROOT / "target/debug/qls-standin", "serve", "--licenses", ROOT / "standin/licenses/demo.json"]
    for fault in faults:
        command += ["--fault", fault]
    if tls:
        command += ["--tls-cert", tls[0], "--tls-key", tls[1]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            url, token = (process.stdout.readline().split(": ", 1)[1].strip() for _ in range(2))
            (folder / "token.txt").write_text(token + "\n")
            yield Server(url, folder / "token.txt")
        finally:
            process.terminate()


@dataclass
class Run:
    exit: object
    text: str
    installed: set

    def summary(self):
        return f"{self.exit}: {', '.join(sorted(self.installed)) or 'nothing'}"


class Lab:
    """One installer, and where it is run."""

    # The framework takes what stands between two such signs for the name of a variable.
    tmp = "temporary @ files @"

    def __init__(self, tools, program, folder, display):
        self.tools, self.program, self.folder, self.display = tools, program, folder, display
        self.target = folder / "target"
        self.gate = GATE.read_text()
        self.settings = {"allowRuntimeSettings": "true", "timeout": "20"}
        self.config = {"Name": "Tools", "Version": "1.0.0", "Title": "Tools", "TargetDir": str(self.target)}
        self.embedded = {}
        self.script_at_folder = ""  # runs on the page that comes before the kit's
        self.runs = 0
        shutil.copytree(KIT / "packages", folder / "kit")
        for name in ("home", self.tmp, "packages"):
            (folder / name).mkdir()

    # What an author writes.

    def package(self, name, script=None, raw="", **elements):
        """A package of one file, org.NAME. An element given as None is left out."""
        meta = self.folder / "packages" / f"org.{name}" / "meta"
        meta.mkdir(parents=True)
        values = {"DisplayName": name, "Version": "1.0.0", "ReleaseDate": "2024-10-08", "Default": "true", **elements}
        lines = [f"<{key}>{value}</{key}>" for key, value in values.items() if value is not None]
        if script:
            lines.append("<Script>script.qs</Script>")
            (meta / "script.qs").write_text(script)
        (meta / "package.xml").write_text(f"<?xml version='1.0'?><Package>{''.join(lines)}{raw}</Package>")
        content = meta.parent / "data" / name
        content.mkdir(parents=True)
        (content / "file.txt").write_text(f"{name} {values['Version']}\n")

    def covered(self, name, **more):
        self.package(name, raw="<QlsConsumerId>qtcreator</QlsConsumerId>", **more)

    def denied(self, name, **more):
        """Nobody has a license for this one."""
        self.package(name, raw="<QlsConsumerId>nobody_has_this</QlsConsumerId>", **more)

    def installer(self, mode="--offline-only"):
        """Makes the installer, once."""
        path = self.folder / "installer"
        if path.exists():
            return path
        (self.folder / "kit/com.example.licenses/meta/gate.js").write_text(self.gate)
        config = self.folder / "config.xml"
        lines = [f"<{key}>{value}</{key}>" for key, value in self.config.items()]
        config.write_text(f"<?xml version='1.0'?><Installer>{''.join(lines)}</Installer>")
        lines = [f"{key} = {value}\n" for key, value in self.settings.items()]
        (self.folder / "qls.ini").write_text("".join(lines))
        files = {"qls.ini": self.folder / "qls.ini", "qls-precheck": self.program, **self.embedded}
        lines = [f'<file alias="{alias}">{file}</file>' for alias, file in files.items() if file]
        resources = self.folder / "qls.qrc"
        resources.write_text(f'<RCC><qresource prefix="/qls">{"".join(lines)}</qresource></RCC>')
        self.tool("binarycreator", *([mode] if mode else []), "-t", self.tools / "installerbase", "-c", config, "-p", self.folder / "packages",
                  "-p", self.folder / "kit", "-r", resources, path)
        return path

    def version(self):
        """The framework's, as numbers."""
        printed = subprocess.run([self.tools / "installerbase", "--version"], env=self.environment(), capture_output=True,
                                 text=True, check=True).stdout
        return tuple(map(int, re.search(r"IFW Version: (\d+)\.(\d+)", printed).groups()))

    def tool(self, name, *arguments):
        command = [str(self.tools / name), *map(str, arguments)]
        environment = {**os.environ, "PATH": f"/usr/lib/qt6/libexec:/usr/lib/qt6/bin:{os.environ['PATH']}"}
        output = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder, env=environment)
        if output.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}\n{output.stdout}{output.stderr}")

    # What a user does.

    def install(self, *names, server, options=(), arguments=(), **more):
        """At the command line, in a new folder."""
        self._afresh()
        return self.run(self.installer(), "--root", self.target, "--confirm-command", *options, "install",
                        *[f"org.{name}" for name in names], *self.asking(server), *arguments, **more)

    def window(self, choice="", server=None, arguments=(), options=()):
        """In a window that a control script works, in a new folder. `choice` runs where components are chosen."""
        self._afresh()
        return self.run(*self.by_script(choice, server, arguments, options))

    def by_script(self, choice="", server=None, arguments=(), options=()):
        path = self.folder / "control.qs"
        path.write_text(PAGES % (self.script_at_folder, choice))
        return (self.installer(), "--verbose", *options, "--script", path, f"Target={self.target}", *self.asking(server), *arguments)

    def maintain(self, *arguments):
        return self.run(self.target / "maintenancetool", "--confirm-command", *arguments)

    def run(self, program, *arguments, environment=None, prefix=()):
        command = [str(part) for part in (*prefix, program, *arguments)]
        self.runs += 1
        log = self.folder / f"log-{self.runs}"
        with log.open("wb") as output:
            try:
                ended = subprocess.run(command, env=self.environment(environment), stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.STDOUT, cwd=self.folder, timeout=LONGEST_RUN, check=False).returncode
            except subprocess.TimeoutExpired:
                ended = "hangs"
        return Run(ended, log.read_text(errors="replace"), self.installed())

    def environment(self, more=None):
        folder = self.folder
        return {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder / self.tmp), "LANG": "C.UTF-8",
                "DISPLAY": self.display, **(more or {})}

    def asking(self, server):
        return (f"QlsServer={server.url}", f"QlsTokenFile={server.token_file}") if server else ()

    def installed(self):
        components = self.target / "components.xml"
        if not components.exists():
            return set()
        names = [package.findtext("Name") for package in ElementTree.parse(components).getroot().iter("Package")]
        # What is registered has to be there, and nothing else.
        files = {path.parent.name for path in self.target.glob("*/file.txt")}
        names = {name.removeprefix("org.") for name in names}
        return names | {f"{name} (not registered)" for name in files - names}

    def left(self):
        """What the kit has left in the user's folders, and secrets in the framework's files."""
        found = [str(path) for name in ("home", self.tmp) for path in (self.folder / name).rglob("qls-*")]
        for path in self.target.glob("maintenancetool.*"):
            if b"token.txt" in plain(path.read_bytes()):
                found.append(f"{path} names the token's file")
        return found

    def _afresh(self):
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.target)
