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
ANSWERED = "Controller.prototype.QlsPrecheckAnsweredCallback = function() { %s }\n"
MARKUP = ("<p>", "<b>", "<span>", "&quot;")


def script(answer=None, selects=None, choice=""):
    """Goes through all pages. answer runs when a check is over; choice where components are chosen."""
    choice += f'gui.currentPageWidget().selectComponent("{selects}");' if selects else ""
    return f"function Controller() {{ {END} }}" + PAGES % choice + (ANSWERED % answer if answer else "")


def through(lab, control=None, server=True, environment=None):
    return lab.window(control or script(), f"Target={lab.target}", server=server, environment=environment)


def embedded(lab, control, *arguments):
    """The same with a script that is in the installer."""
    lab.config(ControlScript="control.qs")
    (lab.folder / "config" / "control.qs").write_text(control)
    return lab.run(lab.installer(), "--verbose", f"Target={lab.target}", *arguments)


def away(lab, policy=""):
    """Nobody answers at this address."""
    lab.ini(f"server = http://127.0.0.1:1\ntimeout = 2\n{policy}\n")
    lab.package("org.free")
    lab.marked("org.tool")


@habit("window: installation", window=True, stock=("0: a, b", "0: nothing"))
def plain(lab):
    lab.package("org.a")
    lab.package("org.b", Default="false", Dependencies="org.a")
    through(lab, script(selects="org.b"))
    lab.maintain_in_window(script(), "--start-uninstaller")


@habit("window: a script that quits on the first page", window=True, stock=("3: nothing",))
def quits(lab):
    lab.package("org.a")
    lab.window("""function Controller() {}
Controller.prototype.IntroductionPageCallback = function() { gui.clickButton(buttons.CancelButton, 100); }
""")


@habit("window: pages hidden by a script", window=True, stock=("0: a",))
def hidden_pages(lab):
    lab.package("org.a")
    lab.window(f"""function Controller() {{
    installer.setValue("TargetDir", "{lab.target}");
    {END}
    for (var page of [QInstaller.TargetDirectory, QInstaller.ComponentSelection])
        installer.setDefaultPageVisible(page, false);
}}""" + PAGES % "")


@habit("window: a page of a component", window=True, stock=("0: a",))
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


# Of the component page what stands below its title.
TOLD = 'print("page: " + gui.currentPageWidget().subTitle);'


@habit("window: the page where components are chosen says what is left out", marked=True, window=True)
def told(lab):
    lab.package("org.free")
    lab.denied("org.denied", DisplayName="Designer")
    lab.package("org.user", DisplayName="Reports", Dependencies="org.denied")
    mentions = 'installer.componentByName("org.denied").setValue("Default", "true");'
    lab.package("org.x", DisplayName="Templates", script=f"function Component() {{ {mentions} }}")
    default = f"function Component() {{}} Component.prototype.isDefault = function() {{ {mentions} }}"
    lab.package("org.y", DisplayName="Samples", script=default, Default="script")
    run = through(lab, script(choice=TOLD))
    lab.expect(run, 0, {"org.free"}, [
        "None of the components that need a license is covered by your licenses.",
        "org.user is left out: needs org.denied, which your license does not cover",
        "org.x is left out: its script fails, since it expects org.denied, which is left out",
        "org.y is not chosen by default: its script decides that, and mentions org.denied, which is left out",
    ], ["<br>"])


# What a script can read of the license page.
READ = """var page = gui.pageByObjectName("QlsPrecheckPage");
print("license page: " + page.state + ": " + page.notAllowed.join(",") + ": " + page.message.split("\\n").join(" / "));"""


@habit("window: what a script can read of the license page", marked=True, window=True)
def read_page(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.denied("org.denied")
    run = through(lab, script(READ))
    lab.expect(run, 0, {"org.free", "org.tool"}, [
        "license page: answered: org.denied: 1 of 2 components are covered by your licenses."])


@habit("window: a script that chooses another token file", marked=True, window=True)
def other_token(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    good = lab.server.token_file
    answer = READ + f'if (page.state === "no-answer") page.setTokenFile("{good}");'
    run = lab.window(script(answer), f"Target={lab.target}", f"QlsServer={lab.server.url}", "QlsTokenFile=nowhere.txt",
                     server=False)
    lab.expect(run, 0, {"org.free", "org.tool"}, ["license page: no-answer: org.tool: The token file cannot be used."])


# The page stays, unless a setting takes it on: then there is no second answer.
STAYS = """Controller.prototype.QlsPrecheckPageCallback = function() {
    gui.pageByObjectName("QlsPrecheckPage").goesOn = false;
}
"""
TWICE = """this.answers = (this.answers || 0) + 1;
print("answer " + this.answers);
if (this.answers === 1) gui.clickButton("CheckAgainButton", 500); else gui.clickButton(buttons.NextButton, 100);"""
ONCE = 'this.answers = (this.answers || 0) + 1; print("answer " + this.answers);'


@habit("window: the license page with everything covered", marked=True, window=True)
def stays(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.expect(through(lab, STAYS + script(TWICE)), 0, {"org.free", "org.tool"}, ["answer 2"])


@habit("window: skipCovered, and everything is covered", marked=True, window=True)
def skips(lab):
    lab.ini("allowRuntimeSettings = true\nskipCovered = true\n")
    lab.package("org.free")
    lab.marked("org.tool")
    lab.expect(through(lab, STAYS + script(ONCE)), 0, {"org.free", "org.tool"}, ["answer 1"], ["answer 2"])


@habit("window: skipCovered, and something is not covered", marked=True, window=True)
def skips_not(lab):
    lab.ini("allowRuntimeSettings = true\nskipCovered = true\n")
    lab.package("org.free")
    lab.denied("org.denied")
    lab.expect(through(lab, STAYS + script(TWICE)), 0, {"org.free"}, ["answer 2"])


# What the framework does when its Settings dialog is left with other settings.
OTHER_NETWORK = "installer.coreNetworkSettingsChanged();"


def goes_back(text):
    """From the first page of the framework's, where other network settings were chosen, and once."""
    return text.replace("gui.clickButton(buttons.NextButton, 100);", f"""this.visits = (this.visits || 0) + 1;
    var back = this.visits === 1 && gui.pageByObjectName("QlsPrecheckPage");
    if (back) {OTHER_NETWORK}
    gui.clickButton(back ? buttons.BackButton : buttons.NextButton, 300);""", 1)


@habit("window: other network settings, on the license page", marked=True, window=True)
def other_network(lab):
    away(lab)
    answer = ONCE + f"if (this.answers === 1) {OTHER_NETWORK} else gui.rejectWithoutPrompt();"
    lab.expect(through(lab, script(answer), server=False), 3, (), ["answer 2"], ["answer 3"])


@habit("window: other network settings on another page, and back", marked=True, window=True)
def other_network_later(lab):
    away(lab, "onNoVerdict = hide")
    text = goes_back(script(ONCE + 'gui.clickButton("ContinueButton", 100);'))
    lab.expect(through(lab, text, server=False), 0, {"org.free"}, ["answer 2"], ["answer 3"])


@habit("window: back to the license page after an answer", marked=True, window=True)
def back_again(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    again = """Controller.prototype.QlsPrecheckPageCallback = function() {
    if (this.visits) gui.clickButton(buttons.NextButton, 300);
}
"""
    lab.expect(through(lab, goes_back(script(ONCE)) + again), 0, {"org.free", "org.tool"}, ["answer 1"], ["answer 2"])


@habit("window: in German", marked=True, window=True)
def german(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    run = through(lab, script(READ), environment={"LANG": "de_DE.UTF-8"})
    lab.expect(run, 0, {"org.free"}, ["license page: answered: org.denied: Ihre Lizenzen decken keine der Komponenten ab"])


@habit("window: a script that hides the license page", marked=True, window=True)
def hidden_page(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.denied("org.denied")
    text = script().replace("function Controller() {", "function Controller() { installer.setDefaultPageVisible(0x0f00, false);")
    lab.expect(through(lab, text), 0, {"org.free", "org.tool"}, ["org.denied is left out"])


@habit("window: a script that hides the license page, without a server", marked=True, window=True)
def hidden_page_away(lab):
    away(lab)
    text = script().replace("function Controller() {", "function Controller() { installer.setDefaultPageVisible(0x0f00, false);")
    lab.expect(through(lab, text, server=False), 3, (), ["Your licenses could not be checked"])


@habit("window: the page where components are chosen, with everything covered", marked=True, window=True)
def told_nothing(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    run = through(lab, script(choice=TOLD))
    lab.expect(run, 0, {"org.free", "org.tool"}, ["page: "], ["covered by your licenses", "is not chosen"])


@habit("window: no update can be installed", marked=True, window=True)
def no_updates(lab):
    lab.package("org.free")
    lab.marked("org.tool", DisplayName="Designer")
    lab.online()
    lab.repository()
    lab.install(program=lab.installer())
    lab.marked("org.tool", into="new", Version="2.0.0", DisplayName="Designer")
    lab.repository(packages="new", update=True)
    # The page is done with its text when the framework is back in its event loop. A script has no timer, but a button that
    # is clicked by animation is clicked a moment later.
    run = lab.maintain_in_window("""function Controller() {}
Controller.prototype.IntroductionPageCallback = function() {
    var later = gui.findChild(gui.pageWidgetByObjectName("LicenseAgreementPage"), "AcceptLicenseCheckBox");
    var label = gui.findChild(gui.currentPageWidget(), "ErrorLabel");
    later.clicked.connect(function() {
        print("page: " + label.text);
        gui.rejectWithoutPrompt();
    });
    installer.finishUpdaterComponentsReset.connect(function() { later.animateClick(); });
    gui.clickButton(buttons.NextButton, 100);
}
""", "--start-updater")
    why = "<br>Designer is not offered: it needs a license for qtcreator 2.0.0"
    lab.expect(run, 3, {"org.free", "org.tool"}, ["page: <b>There are no updates that can be installed.</b>", why])


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


@habit("window: the details of an installation show an error as it is", marked=True, window=True)
def details(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    lab.package("org.x", script="""function Component() {}
Component.prototype.createOperations = function() {
    component.createOperations();
    if (!installer.componentByName("org.denied")) throw new Error("no <b>tool</b> &amp; no help");
}""")
    print_details = """installer.installationFinished.connect(function() {
    print("details: " + gui.findChild(gui.currentPageWidget(), "DetailsBrowser").plainText.split("\\n").join("; "));
});"""
    run = through(lab, script(choice=print_details))
    lab.expect(run, 0, {"org.free"})
    lines = [line for line in run.messages if line.startswith("details: ")]
    if lab.plugin and not any("Error: no <b>tool</b> &amp; no help;" in line for line in lines):
        lab.failures.append(f"the details are {lines}")


@habit("window: an isDefault that fails later for reasons of its own", marked=True, window=True)
def default_later(lab):
    lab.package("org.free")
    lab.denied("org.denied")
    lab.package("org.x", Default="script", script="""function Component() {}
Component.prototype.isDefault = function() { return installer.componentByName("org.denied").installed; }
""")
    lab.package("org.y", Default="script", script="""function Component() {}
Component.prototype.isDefault = function() { return installer.value("Later") === "yes" ? nothing.here : false; }
""")
    # The message would be in the way of the script. It is answered in another way than by its identifier.
    later = """installer.autoAcceptMessageBoxes();
installer.setValue("Later", "yes");
installer.componentByName("org.y").isDefault();"""
    run = through(lab, script(choice=later))
    lab.expect(run, 0, {"org.free"}, ["isDefaultError : Cannot resolve isDefault in org.y"])
    answers = [line for line in run.messages if line.startswith('Automatic answer for "isDefaultError"')]
    if lab.plugin and len(answers) != 1:
        lab.failures.append(f"{len(answers)} automatic answers")


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


@habit("window: no server, and a script that rejects", marked=True, window=True)
def cancels(lab):
    away(lab)
    lab.expect(through(lab, script("gui.rejectWithoutPrompt();"), server=False), 3, (), ["Your licenses could not be checked"], MARKUP)


@habit("window: no server, and a script that always checks again", marked=True, window=True)
def retries(lab):
    away(lab)
    lab.expect(through(lab, script('gui.clickButton("CheckAgainButton");'), server=False), 3, (), ["Your licenses could not be checked"], MARKUP)


@habit("window: no server, hide, and a script without an answer", marked=True, window=True)
def hide(lab):
    away(lab, "onNoVerdict = hide")
    lab.expect(through(lab, server=False), 0, {"org.free"}, ["org.tool is left out"], MARKUP)


@habit("window: no server, hide, and a script that continues", marked=True, window=True)
def hide_ignore(lab):
    away(lab, "onNoVerdict = hide")
    lab.expect(through(lab, script('gui.clickButton("ContinueButton");'), server=False), 0, {"org.free"}, ["org.tool is left out"], MARKUP)


@habit("window: a mistaken setting, with a script", marked=True, window=True)
def mistaken(lab):
    lab.ini("timeout = soon\n")
    lab.package("org.free")
    lab.marked("org.tool")
    lab.expect(through(lab, server=False), 3, (), ["timeout has to be a number of seconds"], MARKUP)


@habit("window: a mistaken mark, hide, and a script that copies details", marked=True, window=True)
def details_of_a_refusal(lab):
    lab.ini("onNoVerdict = hide\n")
    lab.package("org.free")
    lab.marked("org.mistaken", consumer=" ")
    lab.denied("org.tool")
    control = script('gui.clickButton("CopyDetailsButton"); gui.clickButton(buttons.NextButton);')
    run = lab.window(control, f"Target={lab.target}", "QlsTokenFile=/nowhere/token", server=False)
    lab.expect(run, 3, (), ["org.mistaken"], MARKUP)


@habit("window: a silent one, with a script in the installer", marked=True, window=True)
def silent(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.denied("org.denied")
    # A window that nobody sees does not end the program.
    control = script().replace("Controller() {", "Controller() { gui.setSilent(true);", 1)
    control = control.replace("FinishedPageCallback = function() {", "FinishedPageCallback = function() { gui.setSilent(false);")
    run = embedded(lab, control, *lab.asking())
    lab.expect(run, 0, {"org.free", "org.tool"}, ["org.denied is left out"], MARKUP)


@habit("window: consent, then other network settings on another page, and back", marked=True, window=True)
def consent_stays(lab):
    away(lab, "onNoVerdict = hide\nconsent = true")
    text = goes_back(script(ONCE + 'gui.clickButton("ContinueButton", 100);')) + """
Controller.prototype.QlsPrecheckPageCallback = function() {
    if (gui.pageByObjectName("QlsPrecheckPage").state === "waiting") gui.clickButton("CheckAgainButton");
}
"""
    lab.expect(embedded(lab, text), 0, {"org.free"}, ["answer 2"], ["answer 3"])


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
