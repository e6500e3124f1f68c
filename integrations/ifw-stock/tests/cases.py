"""What is tried with the kit as it is: packages, what the user chooses, and what has to be installed then."""

from dataclasses import dataclass

from lab import AWAY, Server

ALL = "everything"

# What a script of another package does to get a closed one in.
REOPEN = """function Component() {
    installer.%s.connect(function() {
        var c = installer.componentByName("org.denied");
        c.setValue("Unstable", "false");
        c.setValue("Default", "true");
        c.enabled = true;
        installer.selectComponent("org.denied");
    });
}"""


@dataclass
class Case:
    """Both modes are run: at the command line `choose` is named, in a window it is selected."""

    title: str
    packages: object  # a function that takes the lab
    command_line: str  # exit code and what is installed
    window: str
    choose: tuple = ()
    options: tuple = ()
    arguments: tuple = ()
    server: str = "here"
    faults: tuple = ()
    says: tuple = ()


def everything(lab):
    """One package of each kind."""
    lab.package("free")
    lab.covered("tool")
    lab.denied("denied")
    lab.package("user", Dependencies="org.denied")
    lab.package("user2", Dependencies="org.user")


def covered(lab):
    lab.package("free")
    lab.covered("tool")
    lab.package("user", Dependencies="org.tool")
    lab.covered("more", Default="false")


def children(lab):
    lab.package("free")
    lab.denied("suite")
    lab.package("suite.samples")
    lab.package("suite.samples.more")
    lab.package("guest", TreeName="org.suite.guest")


def child(lab):
    lab.package("suite")
    lab.denied("suite.pro")
    lab.package("suite.samples")


def automatic(lab):
    lab.package("free")
    lab.denied("denied", Default=None, AutoDependOn="org.free")
    lab.denied("denied2", Default="false")
    lab.package("after", Default=None, AutoDependOn="org.denied2")


def automatic_covered(lab):
    lab.package("free")
    lab.covered("tool", Default=None, AutoDependOn="org.free")


def forced(lab):
    lab.package("free")
    lab.denied("denied", ForcedInstallation="true")


def forced_covered(lab):
    lab.package("free")
    lab.covered("tool", ForcedInstallation="true")


def hyphen(lab):
    """The framework takes what is behind a hyphen for a version, unless a colon follows."""
    lab.package("free")
    lab.denied("my-tool", Default="false")
    lab.covered("our-tool")
    lab.package("user", Dependencies="org.my-tool:")


def hyphen_forced(lab):
    lab.package("free")
    lab.denied("my-tool", ForcedInstallation="true")
    lab.covered("our-tool", ForcedInstallation="true")


def virtual(lab):
    lab.package("free")
    lab.denied("denied", Default=None, Virtual="true")
    lab.package("user", Dependencies="org.denied", Default="false")


def by_script(lab):
    lab.package("free")
    lab.covered("tool", Default="script", script="function Component() {} "
                                                 "Component.prototype.isDefault = function() { return true; }")
    lab.denied("denied", Default="script", script="function Component() {} "
                                                  "Component.prototype.isDefault = function() { return true; }")


def reopened(signal, name="denied"):
    def packages(lab):
        lab.package("free", script=(REOPEN % signal).replace("org.denied", f"org.{name}"))
        lab.denied(name.rstrip(":"), Default="false")

    return packages


def hide(packages):
    def hidden(lab):
        lab.settings["onNoVerdict"] = "hide"
        packages(lab)

    return hidden


def setting(key, value):
    def packages(lab):
        lab.settings[key] = value
        everything(lab)

    return packages


def mark(text):
    def packages(lab):
        lab.package("free")
        lab.package("tool", raw=text)

    return packages


def no_program(lab):
    lab.embedded["qls-precheck"] = None
    covered(lab)


def unstable_allowed(lab):
    lab.config["AllowUnstableComponents"] = "true"
    everything(lab)


def inherited(lab):
    """The license covers qtcreator of every version, and qtframework 6.7.0 as it was built on this day."""
    lab.package("base", Version="6.7.0")
    lab.package("old", raw="<QlsConsumerId>qtframework</QlsConsumerId><QlsBuildTimestamp>2024-04-02</QlsBuildTimestamp>"
                           "<Version inheritVersionFrom='org.base'>1.0</Version>", Version=None)
    lab.package("new", raw="<QlsConsumerId>qtframework</QlsConsumerId>", Version="6.7.0")


def markup(lab):
    lab.package("free")
    lab.denied("denied", DisplayName="A &lt;b&gt; &amp; B@Home", Description="with @TargetDir@ &lt;i&gt;in&lt;/i&gt; it")
    lab.covered("tool", DisplayName="Jürgen's @Tool@", Description="&lt;b&gt;bold&lt;/b&gt;")


DENIES = "your license does not cover nobody_has_this 1.0.0 (built 2024-10-08)"
UNCHECKED = "Your licenses could not be checked: "

CASES = [
    Case("everything covered", covered, "0: free, tool, user", "0: free, tool, user", says=["org.tool"]),
    Case("a covered package that is no default, chosen", covered, "0: free, more, tool, user", "0: free, more, tool, user",
         choose=("more",)),
    Case("defaults: covered, denied, what needs it, free", everything, "0: free, tool", "0: free, tool",
         says=[DENIES, "needs denied, which is left out", "needs user, which is left out"]),
    Case("a denied package chosen", everything, "3: nothing", "0: free, tool", choose=("denied",)),
    Case("a package chosen that needs one that needs a denied one", everything, "3: nothing", "0: free, tool", choose=("user2",)),
    Case("a covered package chosen beside a denied one", everything, "3: nothing", "0: free, tool", choose=("tool", "denied")),
    Case("a free package chosen", everything, "0: free, tool", "0: free, tool", choose=("free",)),
    Case("everything chosen (Select All)", everything, "3: nothing", "0: free, tool", choose=ALL),
    Case("children of a denied package, by name and by TreeName", children, "0: free", "0: free",
         says=["belongs to suite, which is left out"]),
    Case("children of a denied package, everything chosen", children, "3: nothing", "0: free", choose=ALL),
    Case("a denied child of a free package", child, "0: suite, suite.samples", "0: suite, suite.samples"),
    Case("a denied child of a free package, which is chosen", child, "0: suite, suite.samples", "0: suite, suite.samples",
         choose=("suite",)),
    Case("a denied child of a free package chosen", child, "3: nothing", "0: suite, suite.samples", choose=("suite.pro",)),
    Case("AutoDependOn: a denied package pulled in by a free one, a free one by a denied one", automatic, "0: free", "0: free"),
    Case("AutoDependOn: a covered package", automatic_covered, "0: free, tool", "0: free, tool"),
    Case("ForcedInstallation: a denied package", forced, "3: nothing", "0: free"),
    Case("ForcedInstallation: a denied package, --no-force-installations", forced, "0: free", "0: free",
         options=("--no-force-installations",)),
    Case("ForcedInstallation: a covered package", forced_covered, "0: free, tool", "0: free, tool"),
    Case("--no-default-installations, a covered package chosen", everything, "0: tool", "0: tool", choose=("tool",),
         options=("--no-default-installations",)),
    Case("a hyphen in a name: a covered package, a denied one, and one that needs it", hyphen, "0: free, our-tool", "0: free, our-tool"),
    Case("a hyphen in a name: a denied package chosen", hyphen, "3: nothing", "0: free, our-tool", choose=("my-tool:",)),
    Case("a hyphen in a name: ForcedInstallation", hyphen_forced, "3: nothing", "0: free, our-tool"),
    Case("a hyphen in a name: another script reopens a denied package before the calculation",
         reopened("aboutCalculateComponentsToInstall", "my-tool:"), "3: nothing", "3: nothing",
         says=["org.my-tool cannot be installed: " + DENIES]),
    Case("a virtual denied package, and one that needs it", virtual, "0: free", "0: free"),
    Case("a virtual denied package chosen, --show-virtual-components", virtual, "3: nothing", "0: free", choose=("denied",),
         options=("--show-virtual-components",)),
    Case("Default = script", by_script, "0: free, tool", "0: free, tool"),
    Case("another script reopens a denied package before the calculation", reopened("aboutCalculateComponentsToInstall"),
         "3: nothing", "3: nothing", says=["org.denied cannot be installed: " + DENIES]),
    Case("AllowUnstableComponents", unstable_allowed, "0: free, tool", "0: free, tool"),
    Case("AllowUnstableComponents, everything chosen", unstable_allowed, "3: nothing", "0: free, tool", choose=ALL),
    Case("a version that is inherited", inherited, "0: base, old", "0: base, old"),
    Case("markup and variables in names and descriptions", markup, "0: free, tool", "0: free, tool"),
    Case("server away, block", everything, "3: nothing", "3: nothing", server="away", says=[UNCHECKED, "Connection refused", "[QLS_CONNECT_FAILED, connection-refused]"]),
    Case("server away, block, a free package chosen", everything, "3: nothing", "3: nothing", server="away", choose=("free",)),
    Case("server away, hide", hide(everything), "0: free", "0: free", server="away",
         says=[UNCHECKED, "the license for qtcreator 1.0.0 (built 2024-10-08) could not be checked"]),
    Case("server away, hide, everything chosen", hide(everything), "3: nothing", "0: free", server="away", choose=ALL),
    Case("the server fails once; Check again in the window", everything, "3: nothing", "0: free, tool", faults=("1*status=400",),
         arguments=("Again=1",)),
    Case("the server refuses the token", everything, "3: nothing", "3: nothing", faults=("expired-token",),
         says=["does not accept the token"]),
    Case("no answer within the timeout", setting("timeout", "2"), "3: nothing", "3: nothing", faults=("silence",), says=[UNCHECKED]),
    Case("a login page instead of an answer", everything, "3: nothing", "3: nothing", faults=("html",)),
    Case("no marks: nobody is asked", lambda lab: lab.package("free"), "0: free", "0: free", server="away"),
    Case("a mistaken mark", mark("<QlsConsumer>qtcreator</QlsConsumer>"), "3: nothing", "3: nothing",
         says=["package org.tool: there is no element <QlsConsumer>"]),
    Case("an empty mark", mark("<QlsConsumerId> </QlsConsumerId>"), "3: nothing", "3: nothing", says=["<QlsConsumerId> is empty"]),
    Case("a mistaken setting", setting("polici", "hide"), "3: nothing", "3: nothing", says=['there is no setting "polici"']),
    Case("an argument that this installer does not accept", setting("allowRuntimeSettings", "false"), "3: nothing", "3: nothing",
         says=["does not accept the arguments QlsServer and QlsCaFile"]),
    Case("the program is missing", no_program, "3: nothing", "3: nothing", says=["a part of this installer is missing"]),
    Case("arguments that no user may give", everything, "0: free, tool", "0: free, tool",
         arguments=("QlsPolicy=hide", "onNoVerdict=hide", "QlsAt=x")),
    Case("a token instead of its file", everything, "3: nothing", "3: nothing", server="token", says=["not the token itself"]),
    Case("the standard input instead of the token's file", everything, "3: nothing", "3: nothing", server="input",
         says=["the standard input, is none that an installer has"]),
]


def server_of(case, here):
    return {"here": here, "away": Server(AWAY, here.token_file), "token": Server(here.url, "eyJhbGciOi"),
            "input": Server(here.url, "-")}[case.server]


def in_command_line(case, lab, server):
    names = case.choose
    if names == ALL:
        packages = (lab.folder / "packages").glob("org.*")
        names = [path.name.removeprefix("org.") for path in packages]
    return lab.install(*names, server=server, options=case.options, arguments=case.arguments)


def in_window(case, lab, server):
    page = "gui.currentPageWidget()"
    if case.choose == ALL:
        choice = f"{page}.selectAll();"
    else:
        choice = "".join(f'{page}.selectComponent("org.{name}");' for name in case.choose)
    return lab.window(choice, server=server, options=case.options, arguments=case.arguments)


def wrong(case, runs):
    """What is not as it has to be, in the runs at the command line and in a window."""
    for run, expected in zip(runs, (case.command_line, case.window)):
        if run.summary() != expected:
            yield f"{run.summary()} instead of {expected}"
        for text in case.says:
            if text not in run.text:
                yield f"does not say: {text}"
