"""Makes installers as authors do, runs them, and keeps what came of it.

A habit is a function that takes a Lab and does the same with each of the two builds of the framework: `lab.package`,
`lab.config` and so on write what an author writes, `lab.install` and its like run a program. Without a mark both builds
have to give the same, and the habit says what the stock one has to give, so that two runs that went wrong in the same way
prove nothing. With marks the habit says with `lab.expect` what the licenses make of it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

# Longer than any run takes on a busy machine; a run that needs it is a run that hangs.
LONGEST_RUN = 60
CANNOT_END = "hangs"

HABITS = []


@dataclass
class Habit:
    title: str
    marked: bool
    window: bool
    stock: tuple
    says: tuple
    run: object

    def wrong_in_stock(self, runs):
        """What the stock framework did not do that an installer without a mark is there to try."""
        ends = tuple(run.summary() for run in runs)
        if ends != self.stock:
            yield f"the stock framework: {ends} instead of {self.stock}"
        for text in self.says:
            if not any(run.says(text) for run in runs):
                yield f"the stock framework does not say: {text}"


def habit(title, marked=False, window=False, stock=(), says=()):
    """Registers a function as a habit of installer authors or of their users.

    Without a mark, `stock` has what Run.summary() has to be for each run with the stock framework, and `says` what such a
    run has to say, where it ends early.
    """
    if marked == bool(stock):
        raise ValueError(f"{title}: without a mark, and only then, the stock framework's ends are known")

    def register(function):
        HABITS.append(Habit(title, marked, window, stock, says, function))
        return function

    return register


@dataclass
class Run:
    """What one run of a program gave."""

    exit: object
    messages: list
    installed: dict = field(default_factory=dict)  # version by package, as components.xml has it
    files: dict = field(default_factory=dict)  # a hash by path, of what the packages brought

    def says(self, text):
        return any(text in line for line in self.messages)

    def summary(self):
        names = sorted(name.removeprefix("org.") for name in self.installed)
        listed = ", ".join(names) if len(names) < 10 else f"{len(names)} packages"
        return f"{self.exit}: {listed or 'nothing'}"


class Lab:
    def __init__(self, build, folder, server, display):
        self.build = build  # of class build.Build
        self.plugin = build.plugin
        self.folder = folder
        self.server = server
        self.target = folder / "target"
        self.display = display
        self.runs = []
        self.failures = []
        self._config = {"Name": "Tools", "Version": "1.0.0", "TargetDir": str(self.target)}
        self._ini = None
        for name in ("packages", "home", "tmp", "config"):
            (folder / name).mkdir(parents=True)

    # What an author writes.

    def package(self, name, script=None, late=False, into="packages", raw="", **elements):
        """A package of one file. An element given as None is left out; what `raw` says is added as it is."""
        meta = self.folder / into / name / "meta"
        meta.mkdir(parents=True, exist_ok=True)
        values = {"DisplayName": name, "Version": "1.0.0", "ReleaseDate": "2024-10-08", "Default": "true"}
        values.update(elements)
        if values.get("Virtual"):
            values["Default"] = None
        lines = [f"<{key}>{value}</{key}>" for key, value in values.items() if value is not None]
        if script is not None:
            lines.append(f"<Script postLoad='{'true' if late else 'false'}'>script.qs</Script>")
            (meta / "script.qs").write_text(script)
        (meta / "package.xml").write_text(f"<?xml version='1.0'?><Package>{''.join(lines)}{raw}</Package>")
        content = self.folder / into / name / "data" / name
        content.mkdir(parents=True, exist_ok=True)
        (content / "file.txt").write_text(f"{name} {values['Version']}\n")

    def marked(self, name, consumer="qtcreator", **more):
        self.package(name, raw=f"<QlsConsumerId>{consumer}</QlsConsumerId>" + more.pop("raw", ""), **more)

    def denied(self, name, **more):
        """Nobody has a license for this one."""
        self.marked(name, consumer="nobody_has_this", **more)

    def example(self, name, denied=None):
        """The packages of one of the framework's own examples, one of which nobody has a license for."""
        for package in (self.build.sources / "examples" / name / "packages").iterdir():
            shutil.copytree(package, self.folder / "packages" / package.name)
            description = self.folder / "packages" / package.name / "meta/package.xml"
            if package.name == denied:
                mark = "<QlsConsumerId>nobody_has_this</QlsConsumerId></Package>"
                description.write_text(description.read_text().replace("</Package>", mark))

    def config(self, **elements):
        self._config.update(elements)

    def ini(self, text, encoding="utf-8"):
        self._ini = text.encode(encoding)

    def repository(self, packages="packages", update=False, broken=None):
        """Makes a repository, or adds to it. `broken` names a package whose description is not what its checksum says."""
        path = self.folder / "repository"
        arguments = ["--update"] if update else ["--component-metadata"]
        self._tool("repogen", *arguments, "-p", self.folder / packages, path)
        if broken:
            updates = path / "Updates.xml"
            text = updates.read_text()
            begin = text.index("<SHA1>", text.index(f"<Name>{broken}</Name>"))
            updates.write_text(f"{text[:begin]}<SHA1>{'0' * 40}{text[begin + 46:]}")
        return path

    def compressed(self, packages):
        """A repository in one archive."""
        path = self.folder / "compressed"
        self._tool("repogen", "-p", self.folder / packages, path)
        self._tool("archivegen", path.with_suffix(".7z"), *path.iterdir())
        return path.with_suffix(".7z")

    # What a user does. Each returns a Run.

    def installer(self, mode="--offline-only"):
        config = self.folder / "config" / "config.xml"
        lines = [f"<{key}>{value}</{key}>" for key, value in self._config.items() if value is not None]
        config.write_text(f"<?xml version='1.0'?><Installer>{''.join(lines)}</Installer>")
        arguments = ["-c", config, "-t", self.build.installerbase]
        arguments += ["-p", self.folder / "packages"]
        if mode:
            arguments.append(mode)
        ini = self._ini if self._ini is not None else b"allowRuntimeSettings = true\ntimeout = 5\n"
        (self.folder / "qls.ini").write_bytes(ini)
        resources = self.folder / "qls.qrc"
        resources.write_text('<RCC><qresource prefix="/qls"><file>qls.ini</file></qresource></RCC>')
        self._tool("binarycreator", *arguments, "-r", resources, self.folder / "installer")
        return self.folder / "installer"

    def install(self, *names, options=(), server=True, program=None, environment=None):
        program = program or self.installer()
        arguments = ["--root", self.target, "--confirm-command", "--accept-licenses", "--default-answer", *options]
        asking = self.asking() if server else ()
        return self.run(program, *arguments, "install", *names, *asking, environment=environment)

    def maintain(self, command, *names, options=(), program=None):
        answers = ("--confirm-command", "--accept-licenses", "--default-answer")
        return self.run(program or self.target / "maintenancetool", *answers, *options, command, *names)

    def online(self, path=None):
        """The installer gets its packages from this repository, and its maintenance tool too."""
        url = f"<Repository><Url>file://{path or self.folder / 'repository'}</Url></Repository>"
        self.config(RemoteRepositories=url)

    def window(self, script, *arguments, program=None, server=True, environment=None):
        """Runs an installer in a window, with a control script."""
        path = self.folder / "control.qs"
        path.write_text(script)
        asking = self.asking() if server else ()
        return self.run(program or self.installer(), "--verbose", "--script", path, *arguments, *asking, environment=environment)

    def maintain_in_window(self, script, *arguments):
        return self.window(script, *arguments, program=self.target / "maintenancetool", server=False)

    def run(self, program, *arguments, environment=None, seconds=LONGEST_RUN):
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "QT_HASH_SEED": "0",
            "LANG": "C.UTF-8",
            "DISPLAY": self.display or "",
        }
        variables.update(environment or {})
        command = [str(part) for part in (program, *arguments)]
        log = self.folder / f"log-{len(self.runs) + 1}"
        with log.open("wb") as output:
            try:
                result = subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, stdout=output, cwd=self.folder,
                                        stderr=subprocess.STDOUT, timeout=seconds, check=False).returncode
            except subprocess.TimeoutExpired:
                result = CANNOT_END
        # What the stock framework makes of marks is its own affair.
        if self.plugin and (result == CANNOT_END or result < 0):
            self.failures.append(f"run {len(self.runs) + 1} {'cannot end' if result == CANNOT_END else 'crashes'}")
        run = Run(result, self._messages(log.read_text(errors="replace")), *self._state())
        self.runs.append(run)
        return run

    def in_namespace(self, commands, program):
        """The program, after these commands in a namespace of its own where it is root."""
        starter = self.folder / "in a namespace"
        starter.write_text(f"#!/bin/sh\nexec unshare --user --map-root-user --mount sh -euc "
                           f"'{commands}; exec \"$0\" \"$@\"' {program} \"$@\"\n")
        starter.chmod(0o755)
        return starter

    # What has to come of it.

    def expect(self, run, exit=None, installed=None, says=(), never=()):
        """What the build with the plug-in has to give; the stock one may give anything else."""
        if not self.plugin:
            return
        if exit is not None and run.exit != exit:
            self.failures.append(f"exit {run.exit} instead of {exit}")
        if installed is not None and set(run.installed) != set(installed):
            self.failures.append(f"installed {sorted(run.installed)} instead of {sorted(installed)}")
        self.failures += [f"does not say: {text}" for text in says if not run.says(text)]
        self.failures += [f"says: {text}" for text in never if run.says(text)]

    def asking(self):
        """The arguments with which the plug-in asks the stand-in; to the stock framework they mean nothing."""
        return (f"QlsServer={self.server.url}", f"QlsTokenFile={self.server.token_file}")

    def _tool(self, name, *arguments):
        command = [str(self.build.tools / name), *map(str, arguments)]
        output = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)
        if output.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}\n{output.stdout}{output.stderr}")

    def _messages(self, text):
        text = text.replace(str(self.folder), "CASE").replace(str(self.build.installerbase.parent), "BUILD")
        text = re.sub(r"(?m)^\[\d+\] ", "", text)
        text = re.sub(r"\d+(\.\d+)? (bytes|KB|MB|GB|TB)", "SIZE", text)
        text = re.sub(r"CASE/tmp/[\w./-]+", "CASE/tmp/NAME", text)
        text = re.sub(r"\b[0-9a-f]{40}\b", "CHECKSUM", text)
        text = re.sub(r"Updates.xml\?\d+", "Updates.xml", text)
        # Archives are unpacked by several threads, and packages are kept in the order of their addresses.
        return sorted(line for line in text.splitlines() if line.strip() and not line.startswith("Language:"))

    def _state(self):
        installed, files = {}, {}
        components = self.target / "components.xml"
        if components.exists():
            for package in ElementTree.parse(components).getroot().iter("Package"):
                installed[package.findtext("Name")] = package.findtext("Version")
        for path in sorted(self.target.rglob("*")):
            relative = str(path.relative_to(self.target))
            # These are the framework's own: they have times, paths and the program in them.
            if relative.startswith(("maintenancetool", "InstallationLog", "components.xml", "network.xml", "installer.dat")):
                continue
            # What is packed anew has the time in it.
            whole = path.is_file() and not relative.startswith("repository")
            files[relative] = hashlib.sha256(path.read_bytes()).hexdigest() if whole else ""
        return installed, files

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)
