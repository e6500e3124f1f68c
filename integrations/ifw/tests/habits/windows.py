"""Windows run by a control script, as authors test their installers and administrators roll them out."""

from .lab import habit

PAGES = """
Controller.prototype.IntroductionPageCallback = function() { gui.clickButton(buttons.NextButton, 100); }
Controller.prototype.TargetDirectoryPageCallback = function() {
    gui.currentPageWidget().TargetDirectoryLineEdit.setText(installer.value("Target"));
    gui.clickButton(buttons.NextButton, 100);
}
Controller.prototype.ComponentSelectionPageCallback = function() { %s gui.clickButton(buttons.NextButton, 100); }
Controller.prototype.ReadyForInstallationPageCallback = function() { gui.clickButton(buttons.CommitButton, 100); }
Controller.prototype.FinishedPageCallback = function() { gui.clickButton(buttons.FinishButton, 100); }
"""
# The button is the next page's as soon as the installation is over.
END = """for (var finished of [installer.installationFinished, installer.uninstallationFinished])
        finished.connect(function() { gui.clickButton(buttons.NextButton, 300); });"""
MARKUP = ("<p>", "<b>", "<span>", "&quot;")


def script(answer=None, selects=None):
    """Goes through all pages. answer is for the question about a failed check."""
    begin = f'installer.setMessageBoxAutomaticAnswer("QlsPrecheckFailed", QMessageBox.{answer});' if answer else ""
    choice = f'gui.currentPageWidget().selectComponent("{selects}");' if selects else ""
    return f"function Controller() {{ {begin} {END} }}" + PAGES % choice


def through(lab, control=None, server=True):
    return lab.window(control or script(), f"Target={lab.target}", server=server)


def away(lab, policy=""):
    """Nobody answers at this address."""
    lab.ini(f"server = http://127.0.0.1:1\ntimeout = 2\n{policy}\n")
    lab.package("org.free")
    lab.marked("org.tool")


@habit("window: installation", window=True)
def plain(lab):
    lab.package("org.a")
    lab.package("org.b", Default="false", Dependencies="org.a")
    through(lab, script(selects="org.b"))
    lab.maintain_in_window(script(), "--start-uninstaller")


@habit("window: a script that quits on the first page", window=True)
def quits(lab):
    lab.package("org.a")
    lab.window("""function Controller() {}
Controller.prototype.IntroductionPageCallback = function() { gui.clickButton(buttons.CancelButton, 100); }
""")


@habit("window: pages hidden by a script", window=True)
def hidden_pages(lab):
    lab.package("org.a")
    lab.window(f"""function Controller() {{
    installer.setValue("TargetDir", "{lab.target}");
    {END}
    for (var page of [QInstaller.TargetDirectory, QInstaller.ComponentSelection])
        installer.setDefaultPageVisible(page, false);
}}""" + PAGES % "")


@habit("window: a page of a component", window=True)
def own_page(lab):
    text = 'function Component() { installer.addWizardPage(component, "Page", QInstaller.ReadyForInstallation); }'
    lab.package("org.a", script=text)
    through(lab)


@habit("window: everything covered", marked=True, window=True)
def covered(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.expect(through(lab), 0, {"org.free", "org.tool"}, never=["left out", *MARKUP])


@habit("window: a denied package, and a script that expects it", marked=True, window=True)
def denied(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    text = 'function Component() { installer.componentByName("org.denied").setValue("Default", "true"); }'
    lab.package("org.x", script=text)
    lab.expect(through(lab), 0, {"org.free"}, ["org.denied is left out", "org.x is left out: its script fails"], MARKUP)


@habit("window: createOperations expects a denied package", marked=True, window=True)
def operations(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    lab.package("org.x", script="""function Component() {}
Component.prototype.createOperations = function() {
    component.createOperations();
    installer.componentByName("org.denied").setValue("Default", "true");
}""")
    lab.expect(through(lab), 0, {"org.free"}, ["org.x is left out: its script fails"], MARKUP)


@habit("window: a script that is loaded late expects a denied package", marked=True, window=True)
def late(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    text = 'function Component() { installer.componentByName("org.denied").setValue("Default", "true"); }'
    lab.package("org.x", script=text, late=True)
    lab.package("org.y", Dependencies="org.x")
    run = through(lab)
    lab.expect(run, 0, {"org.free"}, ["org.x is left out: its script fails", "org.y is left out: needs org.x"], MARKUP)


@habit("window: a forced package whose script expects a denied one", marked=True, window=True)
def forced(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    text = 'function Component() { installer.componentByName("org.denied").setValue("Default", "true"); }'
    lab.package("org.x", script=text, ForcedInstallation="true", Default=None)
    lab.expect(through(lab), 0, {"org.free"}, ["org.x is left out: its script fails"], MARKUP)


@habit("window: no server, and a script without an answer", marked=True, window=True)
def no_answer(lab):
    away(lab)
    lab.expect(through(lab, server=False), 3, (), ["Your licenses could not be checked"], MARKUP)


@habit("window: no server, and a script that answers Cancel", marked=True, window=True)
def cancels(lab):
    away(lab)
    lab.expect(through(lab, script("Cancel"), server=False), 3, (), ["Your licenses could not be checked"], MARKUP)


@habit("window: no server, and a script that answers Retry", marked=True, window=True)
def retries(lab):
    away(lab)
    lab.expect(through(lab, script("Retry"), server=False), 3, (), ["Your licenses could not be checked"], MARKUP)


@habit("window: no server, hide, and a script without an answer", marked=True, window=True)
def hide(lab):
    away(lab, "onNoVerdict = hide")
    lab.expect(through(lab, server=False), 0, {"org.free"}, ["org.tool is left out"], MARKUP)


@habit("window: no server, hide, and a script that answers Ignore", marked=True, window=True)
def hide_ignore(lab):
    away(lab, "onNoVerdict = hide")
    lab.expect(through(lab, script("Ignore"), server=False), 0, {"org.free"}, ["org.tool is left out"], MARKUP)


@habit("window: a mistaken setting, with a script", marked=True, window=True)
def mistaken(lab):
    lab.ini("timeout = soon\n")
    lab.package("org.free")
    lab.marked("org.tool")
    lab.expect(through(lab, server=False), 3, (), ["timeout has to be a number of seconds"], MARKUP)


@habit("window: a free package beside a forced update of a licensed tool", marked=True, window=True)
def forced_update(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.online()
    lab.repository()
    lab.install(program=lab.installer())
    lab.marked("org.tool", into="new", Version="2.0.0", raw="<ForcedUpdate>true</ForcedUpdate>")
    lab.package("org.more", into="new", Default="false")
    lab.repository(packages="new", update=True)
    run = lab.maintain_in_window(script(selects="org.more"), "--start-package-manager")
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.tool is left out: it needs a license"])
