"""The maintenance tool, with repositories: it never asks, and whatever is refused says why."""

from .lab import habit

ELSEWHERE = "new"  # the folder of the packages that a repository has later


def installed(lab, marked_tool):
    """An installation of a free package and of a tool, from a repository that may have more later."""
    lab.package("org.free")
    if marked_tool:
        lab.marked("org.tool")
    else:
        lab.package("org.tool")
    lab.online()
    lab.repository()
    lab.install(program=lab.installer())
    lab.runs.clear()


def offers(lab):
    """The repository has what is in the folder of new packages now."""
    lab.repository(packages=ELSEWHERE, update=True)


@habit("add, update and remove without marks",
       stock=("0: free, tool", "0: free, tool", "0: addon, free, tool", "0: addon, free, tool", "0: addon, free, tool",
              "0: free"))
def plain(lab):
    installed(lab, False)
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0")
    lab.package("org.addon", into=ELSEWHERE, Dependencies="org.tool", Default="false")
    offers(lab)
    lab.maintain("check-updates")
    lab.maintain("search")
    lab.maintain("install", "org.addon")
    lab.maintain("update")
    lab.maintain("list")
    lab.maintain("remove", "org.tool")


@habit("a forced update without marks",
       stock=("3: free, tool", "6: free, tool", "0: addon, free, tool"),
       says=("There is an important update available",))
def forced_plain(lab):
    installed(lab, False)
    lab.package("org.tool", into=ELSEWHERE, Version="2.0.0", ForcedUpdate="true")
    lab.package("org.addon", into=ELSEWHERE, Default="false")
    offers(lab)
    lab.maintain("install", "org.addon")
    lab.maintain("update")
    lab.maintain("install", "org.addon")


@habit("an add-on of an installed licensed tool", marked=True)
def addon(lab):
    installed(lab, True)
    lab.package("org.addon", into=ELSEWHERE, Dependencies="org.tool->=1.0", Default="false")
    offers(lab)
    lab.expect(lab.maintain("install", "org.addon"), 0, {"org.free", "org.tool", "org.addon"}, never=["left out"])


@habit("a free child of an installed licensed tool", marked=True)
def child(lab):
    installed(lab, True)
    lab.package("org.tool.child", into=ELSEWHERE, Default="false")
    offers(lab)
    lab.expect(lab.maintain("install", "org.tool.child"), 0, {"org.free", "org.tool", "org.tool.child"})


@habit("an add-on that needs a newer licensed tool", marked=True)
def newer_addon(lab):
    installed(lab, True)
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0")
    lab.package("org.addon", into=ELSEWHERE, Dependencies="org.tool->=2.0", Default="false")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    why = "org.addon cannot be installed: needs org.tool, whose license an installer checks"
    lab.expect(lab.maintain("install", "org.addon"), 3, {"org.free", "org.tool"}, [why])
    lab.expect(lab.maintain("install", "org.more"), 0, {"org.free", "org.tool", "org.more"}, ["org.addon is left out"])


@habit("an update of a free package that needs an installed licensed tool", marked=True)
def update(lab):
    installed(lab, True)
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0", Dependencies="org.tool")
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0")
    offers(lab)
    run = lab.maintain("update")
    lab.expect(run, 0, {"org.free", "org.tool"}, ["org.tool is left out: it needs a license for qtcreator 2.0.0"])
    if lab.plugin and (run.installed["org.free"], run.installed["org.tool"]) != ("2.0.0", "1.0.0"):
        lab.failures.append(f"{run.installed}")


@habit("an update of a licensed tool, named", marked=True)
def update_named(lab):
    installed(lab, True)
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0")
    offers(lab)
    why = "org.tool cannot be installed: it needs a license for qtcreator"
    lab.expect(lab.maintain("update", "org.tool"), 3, says=[why])
    lab.expect(lab.maintain("update"), 3, says=["org.tool is left out: it needs a license"])
    lab.expect(lab.maintain("check-updates"), says=["org.tool is left out: it needs a license"])


@habit("a new licensed tool, named beside a free package", marked=True)
def new_tool(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE)
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    run = lab.maintain("install", "org.more", "org.new")
    lab.expect(run, 3, {"org.free", "org.tool"}, ["org.new cannot be installed: it needs a license for qtcreator"])
    lab.expect(lab.maintain("install", "org.more"), 0, {"org.free", "org.tool", "org.more"}, ["org.new is left out"])
    lab.expect(lab.maintain("install", "org.new"), 3, says=["org.new cannot be installed: it needs a license"])
    lab.expect(lab.maintain("search"), 0, says=["org.new", "org.more"])


@habit("a forced update of a licensed tool", marked=True)
def forced(lab):
    installed(lab, True)
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0", raw="<ForcedUpdate>true</ForcedUpdate>")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0")
    offers(lab)
    run = lab.maintain("install", "org.more")
    why = "org.tool is left out: it needs a license"
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, [why], ["important update"])
    run = lab.maintain("update")
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.tool is left out: it needs a license"])
    lab.expect(lab.maintain("install", "org.more"), 3, never=["checksum", "corrupt"])


@habit("a forced update of a licensed tool, in a list that cannot be changed", marked=True)
def forced_read_only(lab):
    installed(lab, True)
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0", raw="<ForcedUpdate>true</ForcedUpdate>")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    lab.maintain("search")  # now the list is in the cache
    [listed] = [path for path in (lab.folder / "home").rglob("Updates.xml") if "ForcedUpdate" in path.read_text()]
    read_only = f"mount --bind {listed.parent} {listed.parent}; mount -o remount,bind,ro {listed.parent}"
    program = lab.in_namespace(read_only, lab.target / "maintenancetool")
    why = "An update that is left out is forced by CASE/home"
    lab.expect(lab.maintain("install", "org.more", program=program), 3, {"org.free", "org.tool"}, [why])


@habit("a script of a new package that expects a licensed one", marked=True)
def script(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE, Default="false")
    text = 'function Component() { installer.componentByName("org.new").setValue("Default", "true"); }'
    lab.package("org.x", into=ELSEWHERE, script=text, Default="false")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    run = lab.maintain("install", "org.more")
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.x is left out: its script fails"])
    run = lab.maintain("install", "org.x")
    lab.expect(run, 3, {"org.free", "org.tool", "org.more"}, ["org.x cannot be installed: its script fails"])


@habit("remove and purge a licensed tool while its repository is gone", marked=True)
def repository_gone(lab):
    installed(lab, True)
    (lab.folder / "repository").rename(lab.folder / "gone")
    lab.expect(lab.maintain("remove", "org.tool"), 0, {"org.free"})
    lab.expect(lab.maintain("purge"), 0, ())


@habit("a wrong checksum in a repository", stock=("1: nothing",), says=("Checksum mismatch detected",))
def checksum(lab):
    lab.package("org.a", script="function Component() {}")
    lab.package("org.b", script="function Component() {}")
    lab.online()
    lab.repository(broken="org.b")
    lab.install(program=lab.installer("--online-only"))


@habit("a wrong checksum in a repository, beside a denied package", marked=True)
def checksum_marked(lab):
    lab.package("org.a", script="function Component() {}")
    lab.package("org.b", script="function Component() {}")
    lab.marked("org.later", script="function Component() {}")
    lab.online()
    lab.repository(broken="org.b")
    lab.expect(lab.install(program=lab.installer("--online-only")), 1, (), ["hecksum mismatch"])


@habit("an online installer without marks", stock=("0: a, b", "0: nothing"))
def online(lab):
    lab.package("org.a", script="function Component() {}")
    lab.package("org.b", Dependencies="org.a")
    lab.online()
    lab.repository()
    lab.install(program=lab.installer("--online-only"))
    lab.maintain("purge")


@habit("an online installer without its repository", stock=("0: nothing",), says=("Cannot retrieve remote tree",))
def no_repository(lab):
    lab.package("org.a")
    lab.online()
    lab.install(program=lab.installer("--online-only"))


@habit("marks in the repository of an online installer", marked=True)
def online_marked(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.online()
    lab.repository()
    program = lab.installer("--online-only")
    lab.expect(lab.install(program=program), 0, {"org.free"}, ["org.tool is left out"])


def make_offline(lab, *names):
    """Makes an offline installer from an online one. Returns it, and the run that made it."""
    lab.online()
    lab.repository()
    made = lab.folder / "made"
    run = lab.run(lab.installer("--online-only"), "--root", made, "--confirm-command", "--offline-installer-name", "offline",
                  "create-offline", *names, *lab.asking())
    return made / "offline", run


@habit("an offline installer made from an online one", stock=("0: nothing", "0: a"))
def create_offline(lab):
    lab.package("org.a")
    lab.package("org.b", Default="false")
    program, _ = make_offline(lab, "org.a")
    lab.install(program=program, server=False)


@habit("an offline installer made from an online one with a licensed package", marked=True)
def create_offline_marked(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    program, run = make_offline(lab, "org.free")
    lab.expect(run, 0, says=["org.tool is left out", "Created installer to"])
    lab.expect(lab.install(program=program, server=False), 0, {"org.free"}, never=["org.tool"])


@habit("the same, with the licensed package named", marked=True)
def create_offline_named(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    program, run = make_offline(lab, "org.free", "org.tool")
    lab.expect(run, 3, says=["org.tool cannot be installed"])
    if lab.plugin and program.exists():
        lab.failures.append("an offline installer was made")


@habit("an essential update without marks",
       stock=("3: free, tool", "6: free, tool", "0: free, more, tool"),
       says=("There is an important update available",))
def essential(lab):
    installed(lab, False)
    lab.package("org.tool", into=ELSEWHERE, Version="2.0.0", Essential="true")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    lab.maintain("install", "org.more")
    lab.maintain("update")
    lab.maintain("install", "org.more")


@habit("an essential update of a licensed tool", marked=True)
def essential_marked(lab):
    installed(lab, True)
    lab.marked("org.tool", into=ELSEWHERE, Version="2.0.0", Essential="true")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    run = lab.maintain("install", "org.more")
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.tool is left out: it needs a license"])
    lab.expect(lab.maintain("update"), 3, says=["org.tool is left out"])


@habit("a licensed package that replaces an installed free one", marked=True)
def replaces(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE, Replaces="org.free")
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    lab.expect(lab.maintain("install", "org.more"), 0, {"org.free", "org.tool", "org.more"}, ["org.new is left out"])
    lab.expect(lab.maintain("update"), installed={"org.free", "org.tool", "org.more"}, says=["org.new is left out"])


@habit("an update whose new dependency is licensed", marked=True)
def new_dependency(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE, Default="false")
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0", Dependencies="org.new")
    offers(lab)
    run = lab.maintain("update")
    lab.expect(run, 3, {"org.free", "org.tool"}, ["org.free is left out: needs org.new, whose license an installer checks"])


@habit("an update whose script adds a dependency on a licensed package", marked=True)
def new_script_dependency(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE, Default="false")
    script = 'function Component() { component.addDependency("org.new"); }'
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0", script=script)
    offers(lab)
    run = lab.maintain("update")
    lab.expect(run, 3, {"org.free", "org.tool"}, ["org.free is left out: needs org.new, whose license an installer checks"])
    if lab.plugin and run.installed["org.free"] != "1.0.0":
        lab.failures.append("updated")


@habit("an update whose script expects a licensed package", marked=True)
def update_script(lab):
    installed(lab, True)
    lab.marked("org.new", into=ELSEWHERE, Default="false")
    script = 'function Component() { installer.componentByName("org.new").setValue("Default", "true"); }'
    lab.package("org.free", into=ELSEWHERE, Version="2.0.0", script=script)
    lab.package("org.more", into=ELSEWHERE, Default="false")
    offers(lab)
    run = lab.maintain("update")
    lab.expect(run, 3, {"org.free", "org.tool"}, ["org.free is left out: its script fails, since it expects org.new"])
    run = lab.maintain("install", "org.more")
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.free is left out"])
    if lab.plugin and run.installed["org.free"] != "1.0.0":
        lab.failures.append("updated")


@habit("remove an add-on, and then its licensed tool", marked=True)
def remove_addon(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.package("org.addon", Dependencies="org.tool")
    lab.install()
    lab.expect(lab.maintain("remove", "org.addon"), 0, {"org.free", "org.tool"})
    lab.expect(lab.maintain("remove", "org.tool"), 0, {"org.free"})


@habit("a mistaken mark in a repository", marked=True)
def mistaken(lab):
    installed(lab, True)
    lab.package("org.new", into=ELSEWHERE, raw="<QlsConsumerID>x</QlsConsumerID>", Default="false")
    offers(lab)
    lab.expect(lab.maintain("install", "org.new"), 3, {"org.free", "org.tool"}, ["there is no element <QlsConsumerID>"])
    lab.expect(lab.maintain("remove", "org.tool"), 0, {"org.free"})
    lab.expect(lab.maintain("purge"), 0, ())


@habit("a licensed package named, from the repository of an online installer", marked=True)
def online_named(lab):
    lab.package("org.free")
    lab.marked("org.tool")
    lab.online()
    lab.repository()
    run = lab.install("org.free", "org.tool", program=lab.installer("--online-only"))
    lab.expect(run, 3, (), ["org.tool cannot be installed"])


@habit("a compressed repository without marks", stock=("0: free, more, tool",))
def compressed(lab):
    installed(lab, False)
    lab.package("org.more", into=ELSEWHERE, Default="false")
    lab.maintain("install", "org.more", options=["--install-compressed-repository", lab.compressed(ELSEWHERE)])


@habit("a compressed repository with a licensed package", marked=True)
def compressed_marked(lab):
    installed(lab, True)
    lab.package("org.more", into=ELSEWHERE, Default="false")
    lab.marked("org.new", into=ELSEWHERE, Default="false")
    run = lab.maintain("install", "org.more", options=["--install-compressed-repository", lab.compressed(ELSEWHERE)])
    lab.expect(run, 0, {"org.free", "org.tool", "org.more"}, ["org.new is left out"])
