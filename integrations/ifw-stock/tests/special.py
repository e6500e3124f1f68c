"""Runs that are ended from outside, and what comes after an installation."""

import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

from cases import covered, everything
from lab import LONGEST_RUN, PAGES, Server, standin

SPECIAL = []


@dataclass
class Special:
    title: str
    run: object  # takes the lab, and yields what is wrong


class NotRun(Exception):  # noqa: N818
    """This machine has not what the run needs."""


def special(title):
    def register(function):
        SPECIAL.append(Special(title, function))
        return function

    return register


def expect(run, summary, *says):
    if run.summary() != summary:
        yield f"{run.summary()} instead of {summary}"
    for text in says:
        if text not in run.text:
            yield f"does not say: {text}"


def wait_for(what, condition):
    end = time.monotonic() + LONGEST_RUN
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


def folders(lab):
    return list((lab.folder / lab.tmp).glob("qls-precheck-*"))


def at_command_line(lab, server):
    return lab.installer(), "--root", lab.target, "--confirm-command", "install", *lab.asking(server)


def through_window(lab, server):
    return lab.by_script(server=server)


def started(lab, command):
    """An installer that waits for the server, in a process group of its own."""
    command = [str(part) for part in command]
    process = subprocess.Popen(command, env=lab.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, cwd=lab.folder, start_new_session=True)
    # The program has made its folder, read the request, and asks.
    wait_for("the request", lambda: any((folder / "request.json").exists() for folder in folders(lab)))
    wait_for("the program", lambda: programs(lab))
    return process


def programs(lab):
    """The processes that run the program out of the lab's folder."""
    found = []
    for process in os.listdir("/proc"):
        if process.isdigit():
            try:
                executable = os.readlink(f"/proc/{process}/exe")
            except OSError:
                continue
            if executable.startswith(str(lab.folder / lab.tmp)) and "check" in arguments_of(process):
                found.append(int(process))
    return found


def arguments_of(process):
    try:
        with open(f"/proc/{process}/cmdline", "rb") as file:
            return file.read().decode(errors="replace").split("\0")
    except OSError:
        return []


@special("window: Cancel while the server is asked")
def canceled(lab):
    everything(lab)
    lab.settings["timeout"] = "3600"
    # The framework's scripts cannot wait for the program. On a busy machine the click may come before that runs: then it
    # comes later, once more.
    for delay in (3, 6, 12, 24):
        lab.script_at_folder = f"gui.clickButton(buttons.CancelButton, {delay * 1000});"
        with standin(lab.folder, "silence") as server:
            run = lab.window(server=server)
        if "answer.json" in run.text:
            break
    yield from expect(run, "3: nothing", "answer.json")
    wait_for("the program's end", lambda: not programs(lab))


@special("command line: Ctrl-C while the server is asked")
def interrupted(lab):
    everything(lab)
    lab.settings["timeout"] = "3600"
    with standin(lab.folder, "silence") as server:
        process = started(lab, at_command_line(lab, server))
        os.killpg(process.pid, signal.SIGINT)
        process.wait(LONGEST_RUN)
        wait_for("the program's end", lambda: not programs(lab))
        wait_for("the folder's end", lambda: not folders(lab))
    if lab.installed():
        yield "something is installed"


@special("command line: killed while the server is asked")
def killed(lab, mode=at_command_line):
    everything(lab)
    lab.settings["timeout"] = "5"
    with standin(lab.folder, "silence") as server:
        process = started(lab, mode(lab, server))
        process.kill()
        process.wait(LONGEST_RUN)
        wait_for("the program's end", lambda: not programs(lab))
        wait_for("the folder's end", lambda: not folders(lab))
    if lab.installed():
        yield "something is installed"


@special("window: killed while the server is asked")
def killed_in_window(lab):
    yield from killed(lab, through_window)


@special("a local repository: nothing marked comes out of it, and all can be removed without a server")
def maintenance(lab):
    everything(lab)
    lab.package("later", Default="false")
    with standin(lab.folder) as server:
        run = lab.install(server=server, options=("--create-local-repository",))
    yield from expect(run, "0: free, tool")
    yield from expect(lab.maintain("install", "org.denied"), "3: free, tool", "which an installer checks")
    yield from expect(lab.maintain("install", "org.user2"), "3: free, tool")
    yield from expect(lab.maintain("install", "org.later"), "0: free, later, tool")
    yield from expect(lab.maintain("remove", "org.tool"), "0: free, later")
    yield from expect(lab.maintain("install", "org.tool"), "3: free, later", "which an installer checks")
    yield from expect(lab.maintain("purge"), "0: nothing")


@special("the same, in windows")
def maintenance_window(lab):
    everything(lab)
    lab.package("later", Default="false")
    with standin(lab.folder) as server:
        run = lab.install(server=server, options=("--create-local-repository",))
    yield from expect(run, "0: free, tool")
    choice = 'gui.currentPageWidget().selectAll(); gui.currentPageWidget().selectComponent("org.denied");'
    path = lab.folder / "control.qs"
    path.write_text(PAGES % ("", choice))
    run = lab.run(lab.target / "maintenancetool", "--verbose", "--start-package-manager", "--script", path)
    yield from expect(run, "0: free, later, tool")


@special("a local repository that lost its list of packages adds nothing")
def lost_list(lab):
    everything(lab)
    lab.package("later", Default="false")
    with standin(lab.folder) as server:
        yield from expect(lab.install(server=server, options=("--create-local-repository",)), "0: free, tool")
    repository = (lab.target / "repository").rename(lab.folder / "elsewhere")
    for name in ("denied", "later"):
        run = lab.maintain("--add-temp-repository", f"file://{repository}", "install", f"org.{name}")
        yield from expect(run, "3: free, tool")


@special("temporary files from which nothing may be run: the cache is taken")
def noexec(lab):
    covered(lab)
    if subprocess.run(["unshare", "-Urm", "true"], check=False, capture_output=True).returncode != 0:
        raise NotRun("no user namespaces")
    with standin(lab.folder) as server:
        yield from expect(lab.install(server=server, prefix=in_namespace(lab.folder / lab.tmp)), "0: free, tool, user")


@special("nothing may be run from either")
def noexec_anywhere(lab):
    covered(lab)
    if subprocess.run(["unshare", "-Urm", "true"], check=False, capture_output=True).returncode != 0:
        raise NotRun("no user namespaces")
    with standin(lab.folder) as server:
        run = lab.install(server=server, prefix=in_namespace(lab.folder / lab.tmp, lab.folder / "home"))
    yield from expect(run, "3: nothing", "cannot be run from")


def in_namespace(*places):
    mounts = "; ".join(f"mount -t tmpfs -o noexec none '{place}'" for place in places)
    return ("unshare", "-Urm", "sh", "-euc", f"{mounts}; exec \"$0\" \"$@\"")


@special("an installer that has a repository too")
def hybrid(lab):
    covered(lab)
    empty = lab.folder / "empty"
    empty.mkdir()
    lab.tool("repogen", "-p", lab.folder / "kit", "--exclude", "com.example.licenses", empty / "repository")
    lab.config["RemoteRepositories"] = f"<Repository><Url>file://{empty}/repository</Url></Repository>"
    lab.installer(mode=None)
    with standin(lab.folder) as server:
        yield from expect(lab.install(server=server), "3: nothing", "--offline-only")


def with_repository(lab):
    """An offline installer, and a repository with a package that it has not, and with a newer version of one that it has."""
    lab.denied("fetched")
    lab.covered("tool", Version="2.0.0")
    packages = (lab.folder / "packages").rename(lab.folder / "fetched")
    (lab.folder / "packages").mkdir()
    lab.tool("repogen", "-p", packages, lab.folder / "repository")
    covered(lab)
    return "--add-temp-repository", f"file://{lab.folder}/repository"


def install_with_repository(lab, server):
    """Installs with the repository named. Installers of 4.1 that are made with --offline-only do not look into it."""
    if lab.version() < (4, 2):
        raise NotRun("this framework's offline installers use no repository")
    return lab.install(server=server, options=("--add-temp-repository", f"file://{lab.folder}/repository"))


@special("packages of a repository that the user names: none is installed")
def repository(lab):
    options = with_repository(lab)
    with standin(lab.folder) as server:
        yield from expect(install_with_repository(lab, server), "0: free", "org.fetched is left out: it comes from a repository",
                          "org.tool is left out: it comes from a repository")
        yield from expect(lab.install("fetched", server=server, options=options), "3: nothing")
        yield from expect(lab.window("gui.currentPageWidget().selectAll();", server=server, options=options), "0: free, more")


@special("the same, of an installer without marks that names the repository itself")
def repository_of_author(lab):
    with_repository(lab)
    for path in (lab.folder / "packages").iterdir():
        shutil.rmtree(path)
    lab.package("free")
    lab.config["RemoteRepositories"] = f"<Repository><Url>file://{lab.folder}/repository</Url></Repository>"
    yield from expect(lab.install(server=None), "0: free")
    yield from expect(lab.window("gui.currentPageWidget().selectAll();"), "0: free")


@special("the same, in the maintenance tool, which removes all")
def repository_in_maintenance(lab):
    options = with_repository(lab)
    with standin(lab.folder) as server:
        run = lab.install(server=server, options=("--create-local-repository",))
    yield from expect(run, "0: free, tool, user")
    yield from expect(lab.maintain(*options, "install", "org.fetched"), "3: free, tool, user", "it comes from a repository")
    yield from expect(lab.maintain(*options, "update"), "3: free, tool, user")
    if (lab.target / "tool/file.txt").read_text() != "tool 1.0.0\n":
        yield "the newer version is installed"
    yield from expect(lab.maintain(*options, "remove", "org.tool"), "0: free")
    yield from expect(lab.maintain("purge"), "0: nothing")


@special("a pipe in place of the token's file is read, and given up where nobody writes to it")
def pipe(lab):
    covered(lab)
    lab.settings["timeout"] = "5"
    path = lab.folder / "pipe"
    os.mkfifo(path)
    with standin(lab.folder) as server:
        piped = Server(server.url, path)
        yield from expect(lab.install(server=piped), "3: nothing", "pipe: no end came within 5 s")
        writer = threading.Thread(target=path.write_text, args=[server.token_file.read_text()], daemon=True)
        writer.start()
        yield from expect(lab.install(server=piped), "0: free, tool, user")


@special("a certificate that is embedded")
def certificate(lab):
    if not shutil.which("openssl"):
        raise NotRun("no openssl")
    covered(lab)
    key, pem = lab.folder / "key.pem", lab.folder / "ca.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", pem, "-days", "30",
                    "-subj", "/CN=a test", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    lab.embedded["ca.pem"] = pem
    lab.settings["trust"] = "given-only"
    with standin(lab.folder, tls=(pem, key)) as server:
        yield from expect(lab.install(server=server), "0: free, tool, user")
