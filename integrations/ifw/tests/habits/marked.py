"""Installers with marks, at the command line: what differs is what the licenses say."""

from .lab import habit
from .plain import NULL

FREE = {"org.free", "org.more"}


def free(lab):
    lab.package("org.free")
    lab.package("org.more", Dependencies="org.free")


@habit("everything covered", marked=True)
def covered(lab):
    free(lab)
    lab.marked("org.tool")
    lab.package("org.addon", Dependencies="org.tool")
    lab.expect(lab.install(), 0, FREE | {"org.tool", "org.addon"}, never=["left out"])


@habit("defaults, with a denied package and one that needs it", marked=True)
def defaults(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.user", Dependencies="org.denied")
    run = lab.install()
    lab.expect(run, 0, FREE, ["org.denied is left out: your license does not cover nobody_has_this 1.0.0",
                              "org.user is left out: needs org.denied"])


@habit("a denied package named", marked=True)
def denied_named(lab):
    free(lab)
    lab.denied("org.denied")
    lab.expect(lab.install("org.free", "org.denied"), 1, (), ["org.denied cannot be installed: your license"])


@habit("a package named that needs a denied one", marked=True)
def dependent_named(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.user", Dependencies="org.denied")
    lab.expect(lab.install("org.user"), 1, (), ["org.user cannot be installed: needs org.denied"])


@habit("a covered package named beside a denied one", marked=True)
def covered_named(lab):
    lab.marked("org.tool")
    lab.denied("org.denied")
    lab.expect(lab.install("org.tool"), 0, {"org.tool"}, ["org.denied is left out"])


@habit("a forced package that is denied", marked=True)
def forced_denied(lab):
    free(lab)
    lab.denied("org.denied", ForcedInstallation="true", Default=None)
    lab.expect(lab.install(), 1, (), ["org.denied cannot be installed"])
    lab.expect(lab.install("org.free", options=["--no-force-installations"]), 0, FREE)


@habit("no server, block", marked=True)
def block(lab):
    free(lab)
    lab.marked("org.tool")
    lab.ini("server = http://127.0.0.1:1\ntimeout = 2\n")
    run = lab.install(server=False, environment={"QT_INSTALLER_JWT_TOKEN": lab.server.token})
    lab.expect(run, 1, (), ["Your licenses could not be checked: http://127.0.0.1:1"])


@habit("no server, hide", marked=True)
def hide(lab):
    free(lab)
    lab.marked("org.tool")
    lab.ini("server = http://127.0.0.1:1\ntimeout = 2\nonNoVerdict = hide\n")
    run = lab.install(server=False, environment={"QT_INSTALLER_JWT_TOKEN": lab.server.token})
    lab.expect(run, 0, FREE, ["org.tool is left out: the license for qtcreator 1.0.0"])


@habit("remove and purge, without a server", marked=True)
def remove(lab):
    free(lab)
    lab.marked("org.tool")
    lab.expect(lab.install(), 0, FREE | {"org.tool"})
    lab.expect(lab.maintain("list"), 0, says=["org.tool"])
    lab.expect(lab.maintain("remove", "org.tool"), 0, FREE)
    lab.expect(lab.maintain("purge"), 0, ())


@habit("an unresolved dependency beside a denied package", marked=True)
def unresolved(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", Dependencies="org.nowhere")
    lab.expect(lab.install(), 3, (), ['Cannot find missing dependency "org.nowhere" for "org.broken"'])


@habit("a script error beside a denied package", marked=True)
def script_error(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", script="function Component() { undefinedFunction(); }")
    lab.expect(lab.install(), 3, (), ["Exception while loading the component script"])


@habit("a script that expects a package that is nowhere, beside a denied package", marked=True)
def script_null(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", script=NULL)
    lab.expect(lab.install(), 3, (), ["Exception while loading the component script"], ["org.broken is left out"])


@habit("the same, with the name in a variable, and another one in a comment", marked=True)
def script_null_variable(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", script="""// Once it was "org.denied": installer.componentByName(old)
function Component() {
    var name = "org.nowhere";
    installer.componentByName(name).setValue("Default", "true");
}
""")
    lab.expect(lab.install(), 3, (), ["Exception while loading the component script"], ["org.broken is left out"])


@habit("an error about null that has nothing to do with packages, beside a denied package", marked=True)
def script_other_null(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", script="function Component() { var nothing = null; nothing.more(); }")
    lab.expect(lab.install(), 3, (), ["Exception while loading the component script"], ["org.broken is left out"])


@habit("a script error beside a denied package, AllowUnstableComponents = true", marked=True)
def script_error_unstable(lab):
    lab.config(AllowUnstableComponents="true")
    free(lab)
    lab.denied("org.denied")
    lab.package("org.broken", script="function Component() { undefinedFunction(); }")
    lab.expect(lab.install(), 0, FREE, ["org.denied is left out"])


@habit("AutoDependOn a denied package", marked=True)
def auto_depend(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.auto", AutoDependOn="org.denied", Default=None)
    lab.expect(lab.install(), 0, FREE, ["org.denied is left out"])


@habit("a denied package wanted automatically", marked=True)
def auto_denied(lab):
    free(lab)
    lab.denied("org.denied", AutoDependOn="org.free", Default=None)
    lab.expect(lab.install("org.free"), 0, FREE, ["org.denied is left out"])


@habit("the parent of free packages denied", marked=True)
def parent(lab):
    free(lab)
    lab.denied("org.suite")
    lab.package("org.suite.child")
    lab.expect(lab.install(), 0, FREE, ["org.suite.child is left out: belongs to org.suite"])


@habit("a version that is inherited", marked=True)
def inherited(lab):
    lab.package("org.base", Version="9.0.0")
    lab.marked("org.old", "squish_tester", Version="7.0.0")
    lab.marked("org.tool", "squish_tester", Version=None, raw="<Version inheritVersionFrom='org.base'>7.0.0</Version>")
    run = lab.install()
    lab.expect(run, 0, {"org.base", "org.old"}, ["org.tool is left out: your license does not cover squish_tester 9.0.0"])


@habit("a version that is inherited from nowhere", marked=True)
def inherited_from_nowhere(lab):
    lab.marked("org.tool", Version=None, raw="<Version inheritVersionFrom='org.nowhere'>7.0.0</Version>")
    lab.expect(lab.install(), 1, (), ["package org.tool: it inherits its version from org.nowhere"])


@habit("a mark below another element of Qls", marked=True)
def nested(lab):
    lab.package("org.tool", raw="<Qls><QlsConsumerId>qtcreator</QlsConsumerId></Qls>")
    lab.expect(lab.install(), 1, (), ["package org.tool: there is no element <Qls>"])


@habit("a mark among the operations", marked=True)
def nested_in_operations(lab):
    mark = "<QlsConsumerId>qtcreator</QlsConsumerId>"
    operation = f"<Operation name='Mkdir'><Argument>/x</Argument>{mark}</Operation>"
    lab.package("org.tool", raw=f"<Operations>{operation}</Operations>")
    lab.expect(lab.install(), 1, (), ["<QlsConsumerId> has to be directly below <Package>"])


@habit("search, without a server", marked=True)
def search(lab):
    free(lab)
    lab.marked("org.tool")
    program = lab.installer()
    run = lab.run(program, "search")
    lab.expect(run, 0, says=["org.tool", "org.free"], never=["could not be checked"])
    lab.expect(lab.run(program, "search", "--type", "package", "org.tool"), 0, says=["org.tool"])


@habit("qls.ini in UTF-16", marked=True)
def ini_utf16(lab):
    lab.marked("org.tool")
    lab.ini("timeout = 5\n", "utf-16")
    lab.expect(lab.install(server=False), 1, (), ["qls.ini cannot be read: it is UTF-16; save it as UTF-8"])


@habit("a token file in UTF-16, with and without a mark of its order", marked=True)
def token_utf16(lab):
    lab.marked("org.tool")
    program = lab.installer()
    for encoding in ("utf-16", "utf-16-le"):
        path = lab.folder / f"{encoding}.txt"
        path.write_bytes(lab.server.token.encode(encoding))
        run = lab.run(program, "--root", lab.target, "--confirm-command", "install", f"QlsServer={lab.server.url}",
                      f"QlsTokenFile={path}")
        lab.expect(run, 1, (), ["it is UTF-16; save it as UTF-8"])


@habit("a token in the environment with a line's end", marked=True)
def token_line_end(lab):
    lab.marked("org.tool")
    lab.ini(f"server = {lab.server.url}\n")
    for end in ("\n", "\r\n", " \n"):
        run = lab.install(server=False, environment={"QT_INSTALLER_JWT_TOKEN": lab.server.token + end})
        lab.expect(run, 0, {"org.tool"})
        lab.maintain("purge")


@habit("a local repository beside a denied package", marked=True)
def local_repository(lab):
    free(lab)
    lab.denied("org.denied")
    run = lab.install(options=["--create-local-repository"])
    lab.expect(run, 0, FREE, ["org.denied is left out"])
    if lab.plugin and any("org.denied" in path and path.endswith("1.0.0org.denied.7z") for path in run.files):
        lab.failures.append("the repository has the denied package")


@habit("a mistaken mark", marked=True)
def mistaken(lab):
    lab.package("org.tool", raw="<QlsConsumerID>qtcreator</QlsConsumerID>")
    lab.expect(lab.install(), 1, (), ["package org.tool: there is no element <QlsConsumerID>"])


@habit("TreeName below a denied package", marked=True)
def tree_name(lab):
    free(lab)
    lab.denied("org.denied")
    lab.package("org.guest", raw="<TreeName>org.denied.guest</TreeName>")
    lab.expect(lab.install(), 0, FREE | {"org.guest"}, ["org.denied is left out"])


@habit("a denied package replaces a free one", marked=True)
def replaces(lab):
    free(lab)
    lab.package("org.old")
    lab.denied("org.denied", Replaces="org.old")
    lab.expect(lab.install(), 0, FREE | {"org.old"}, ["org.denied is left out"])
