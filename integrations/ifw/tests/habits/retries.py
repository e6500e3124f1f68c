"""Windows whose user asks again: when the server is back, when there are other licenses, through another proxy."""

import contextlib
import socket
import subprocess
import threading
import urllib.request

from . import build
from .lab import habit
from .windows import READ, embedded, script, through


@contextlib.contextmanager
def when(lab, text, act):
    """Does something as soon as the run in this context has said this."""
    log = lab.folder / f"log-{len(lab.runs) + 1}"
    over = threading.Event()

    def watch():
        while not over.wait(0.1):
            if log.exists() and text in log.read_text(errors="replace"):
                act()
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@habit("window: the server comes back", marked=True, window=True)
def comes_back(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.denied("org.denied")
    answer = READ + """
if (page.state === "no-answer") gui.clickButton("CheckAgainButton", 300); else gui.clickButton(buttons.NextButton, 100);"""
    with contextlib.ExitStack() as stack:
        # As long as nobody listens at it, the address refuses connections, and nobody else gets it.
        place = stack.enter_context(socket.socket())
        place.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{place.getsockname()[1]}"

        def start():
            place.close()
            stack.enter_context(build.server(lab.folder, "--listen", address))

        with when(lab, "license page: no-answer", start):
            arguments = (f"QlsServer=http://{address}", f"QlsTokenFile={lab.server.token_file}")
            run = embedded(lab, script(answer), *arguments)
    lab.expect(run, 0, {"org.free", "org.tool"}, [
        "license page: no-answer: org.denied,org.tool: The license server could not be reached.",
        "license page: answered: org.denied: 1 of 2 components are covered by your licenses."])


# From the page where components are chosen back to the license page, once, and there until everything is covered.
GOES_BACK = """;
["IntroductionPageCallback", "TargetDirectoryPageCallback"].forEach(function(name) {
    var onward = Controller.prototype[name];
    Controller.prototype[name] = function() {
        if (this.back) gui.clickButton(buttons.BackButton, 300); else onward.call(this);
    };
});
Controller.prototype.QlsPrecheckPageCallback = function() {
    if (!this.back) return;
    this.back = false;
    print("back on the license page");
    gui.clickButton("CheckAgainButton", 500);
}
"""


@habit("window: what was not covered is covered later", marked=True, window=True)
def covered_later(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    choice = """print("offered: " + (installer.componentByName("org.tool") !== null));
    if (!this.returns && gui.pageByObjectName("QlsPrecheckPage")) {
        this.returns = this.back = true;
        gui.clickButton(buttons.BackButton, 300);
        return;
    }"""
    answer = READ + """
if (this.returns && page.notAllowed.length) gui.clickButton("CheckAgainButton", 300);
else gui.clickButton(buttons.NextButton, 100);"""
    with build.server(lab.folder, "--stage") as server:
        def scene(name):
            request = urllib.request.Request(f"{server.stage}scenes/{name}", method="POST",
                                             headers={"Origin": server.stage.rsplit("/", 2)[0]})
            urllib.request.urlopen(request).close()

        scene("new-colleague")
        with when(lab, "back on the license page", lambda: scene("as-started")):
            run = embedded(lab, script(answer, choice=choice) + GOES_BACK, f"QlsServer={server.url}",
                           f"QlsTokenFile={server.token_file}")
    lab.expect(run, 0, {"org.free", "org.tool"}, [
        "license page: answered: org.tool: None of the components", "offered: false",
        "license page: answered: : Your licenses cover all components that need one.", "offered: true"])


@habit("window: another proxy, in the framework's Settings dialog", marked=True, window=True)
def settings_dialog(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    answer = READ + """
this.answers = (this.answers || 0) + 1;
print("answer " + this.answers);
if (this.answers === 1) gui.clickButton(buttons.CustomButton1, 300); else gui.rejectWithoutPrompt();"""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        port = proxy.getsockname()[1]

        def choose():
            # The third of the radio buttons, which no key reaches at once; then its two fields, and Return is OK.
            for step in ("search --sync --onlyvisible --name ^Settings$ windowfocus mousemove --window %1 40 107 click 1",
                         "key Tab", "type 127.0.0.1", "key Tab", f"type {port}", "key Return"):
                subprocess.run(["xdotool", *step.split()], env={"DISPLAY": lab.display}, check=True, timeout=30)

        def refuse():
            with contextlib.suppress(OSError):
                while True:
                    client = proxy.accept()[0]
                    with client:
                        client.recv(4096)
                        client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=refuse, daemon=True).start()
        with when(lab, "answer 1", choose):
            run = embedded(lab, script(answer), "QlsServer=https://licenses.invalid", f"QlsTokenFile={lab.server.token_file}")
        proxy.shutdown(socket.SHUT_RDWR)
    lab.expect(run, 3, (), ["answer 2", "The proxy did not connect to the license server."], ["answer 3"])


@habit("window: nobody goes back while components are loaded", marked=True, window=True)
def no_way_back(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    told = 'print("back %s: " + gui.isButtonEnabled(buttons.BackButton));'
    loading = f"installer.startAllComponentsReset.connect(function() {{ {told % 'while loading'} }});"
    text = script(choice=told % "later").replace("Controller() {", f"Controller() {{ {loading}", 1)
    run = through(lab, text)
    lab.expect(run, 0, {"org.free", "org.tool"}, ["back while loading: false", "back later: true"])
