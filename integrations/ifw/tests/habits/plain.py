"""Installers without a mark, at the command line: with the plug-in they end as they do without it."""

from .lab import habit

NULL = "function Component() { var other = installer.componentByName('org.nowhere'); other.setValue('Default', 'true'); }"
OPERATIONS = """function Component() {}
Component.prototype.createOperations = function() { component.createOperations(); var x = null; x.y(); }
"""
IS_DEFAULT = """function Component() {}
Component.prototype.isDefault = function() { var x = null; return x.y(); }
"""


def needs(name):
    return f"function Component() {{ component.addDependency('{name}'); }}"


@habit("default installation", stock=("0: a",))
def default(lab):
    lab.package("org.a")
    lab.package("org.b", Default="false")
    lab.install()


@habit("unresolved dependency", stock=("3: nothing",), says=("Cannot find missing dependency",))
def unresolved(lab):
    lab.package("org.a")
    lab.package("org.b", Dependencies="org.nowhere")
    lab.install()


@habit("unresolved dependency of a package that is not wanted",
       stock=("3: nothing",), says=("Cannot find missing dependency",))
def unresolved_elsewhere(lab):
    lab.package("org.a")
    lab.package("org.b", Dependencies="org.nowhere", Default="false")
    lab.install("org.a")


@habit("unresolved dependency that a script adds", stock=("3: nothing",), says=("Cannot find missing dependency",))
def unresolved_in_script(lab):
    lab.package("org.a")
    lab.package("org.b", script=needs("org.nowhere"))
    lab.install()


@habit("dependency on a version that is not there",
       stock=("3: nothing",), says=('Cannot find missing dependency "org.a->=2.0"',))
def wrong_version(lab):
    lab.package("org.a", Version="1.2.0")
    lab.package("org.b", Dependencies="org.a->=2.0")
    lab.install()


@habit("dependency on a version that is there", stock=("0: a, b",))
def right_version(lab):
    lab.package("org.a", Version="2.1.0", Default="false")
    lab.package("org.b", Dependencies="org.a->=2.0")
    lab.install()


@habit("script that mentions a package that is not there",
       stock=("3: nothing",), says=("Cannot call method 'setValue' of null",))
def script_null(lab):
    lab.package("org.a")
    lab.package("org.b", script=NULL)
    lab.install()


@habit("the same in a forced package", stock=("3: nothing",), says=("Cannot call method 'setValue' of null",))
def script_null_forced(lab):
    lab.package("org.a")
    lab.package("org.b", script=NULL, ForcedInstallation="true", Default=None)
    lab.install()


@habit("the same with AllowUnstableComponents = false",
       stock=("3: nothing",), says=("Cannot call method 'setValue' of null",))
def unstable_false(lab):
    lab.config(AllowUnstableComponents="false")
    lab.package("org.a")
    lab.package("org.b", script=NULL)
    lab.install()


@habit("the same with AllowUnstableComponents = true", stock=("0: a",))
def unstable_true(lab):
    lab.config(AllowUnstableComponents="true")
    lab.package("org.a")
    lab.package("org.b", script=NULL)
    lab.package("org.c", Dependencies="org.b")
    lab.install()


@habit("unresolved dependency with AllowUnstableComponents = true", stock=("0: a",))
def unresolved_unstable(lab):
    lab.config(AllowUnstableComponents="true")
    lab.package("org.a")
    lab.package("org.b", Dependencies="org.nowhere")
    lab.install("org.a", "org.b")


@habit("error in createOperations", stock=("1: nothing",), says=("Cannot call method 'y' of null",))
def operations_error(lab):
    lab.package("org.a")
    lab.package("org.b", script=OPERATIONS)
    lab.install()


@habit("error in isDefault", stock=("0: a",), says=("Cannot resolve isDefault in org.b",))
def default_error(lab):
    lab.package("org.a")
    lab.package("org.b", script=IS_DEFAULT, Default="script")
    lab.install()


@habit("error in a script that is loaded late", stock=("0: nothing",), says=("Cannot call method 'setValue' of null",))
def late_script_error(lab):
    lab.package("org.a")
    lab.package("org.b", script=NULL, late=True)
    lab.install()


@habit("a script that is loaded late", stock=("0: a, b",))
def late_script(lab):
    script = """function Component() {}
Component.prototype.createOperations = function() {
    component.createOperations();
    component.addOperation("Mkdir", "@TargetDir@/made by b");
}
"""
    lab.package("org.a")
    lab.package("org.b", script=script, late=True)
    if "made by b" not in lab.install().files:
        lab.failures.append("the script did not run")


@habit("the framework's example systeminfo", stock=("0: free, root, root.x86_64",))
def systeminfo(lab):
    lab.package("org.free")
    lab.example("systeminfo")
    lab.install()


@habit("a named package that is not there",
       stock=("3: nothing",), says=("Cannot select org.nowhere. Component(s) not found.",))
def unknown_name(lab):
    lab.package("org.a")
    lab.install("org.a", "org.nowhere")


@habit("a named package that is virtual", stock=("0: b",))
def virtual_name(lab):
    lab.package("org.a", Virtual="true")
    lab.package("org.b")
    lab.install("org.b", "org.a")


@habit("a dependency that is virtual", stock=("0: a, b",))
def virtual_dependency(lab):
    lab.package("org.a", Virtual="true")
    lab.package("org.b", Dependencies="org.a")
    lab.install("org.b")


@habit("forced packages, and none of them", stock=("0: a, b", "0: nothing", "0: b"))
def forced(lab):
    lab.package("org.a", ForcedInstallation="true", Default=None)
    lab.package("org.b", Default="false")
    lab.install("org.b")
    lab.maintain("purge")
    lab.install("org.b", options=["--no-force-installations"])


@habit("no default installation", stock=("3: nothing",), says=("No components available for default installation.",))
def no_defaults(lab):
    lab.package("org.a")
    lab.install(options=["--no-default-installations"])


@habit("AutoDependOn", stock=("0: a, b", "0: nothing"))
def auto_depend(lab):
    lab.package("org.a", Default="false")
    lab.package("org.b", AutoDependOn="org.a", Default=None)
    lab.install("org.a")
    lab.maintain("remove", "org.a")


@habit("a circle of dependencies", stock=("3: nothing",), says=("Recursion detected",))
def circle(lab):
    lab.package("org.a", Dependencies="org.b")
    lab.package("org.b", Dependencies="org.a")
    lab.install()


@habit("a tree, and a child without its parent", stock=("0: a, a.one, b.child",))
def tree(lab):
    lab.package("org.a", Default=None)
    lab.package("org.a.one")
    lab.package("org.a.two", Default="false")
    lab.package("org.b.child")
    lab.install()


@habit("TreeName that moves children", stock=("0: a, a.child",))
def tree_name(lab):
    lab.package("org.a", raw="<TreeName moveChildren='true'>other.place</TreeName>")
    lab.package("org.a.child")
    lab.install()


@habit("TreeName that somebody else has", stock=("0: a",))
def tree_name_conflict(lab):
    lab.package("org.a")
    lab.package("org.b", TreeName="org.a")
    lab.install()


@habit("Checkable = false", stock=("3: nothing",), says=("Component is not checkable",))
def not_checkable(lab):
    lab.package("org.a", Checkable="false", Default=None)
    lab.package("org.a.b", Default="false")
    lab.install("org.a")


@habit("version from another package", stock=("0: a, b",))
def inherited_version(lab):
    lab.package("org.a", Version="3.0.0")
    lab.package("org.b", Version=None, raw="<Version inheritVersionFrom='org.a'>1.0.0</Version>")
    lab.install()


@habit("an operation that fails", stock=("3: nothing",), says=("Unexpected exit code: 1",))
def failing_operation(lab):
    script = """function Component() {}
Component.prototype.createOperations = function() {
    component.createOperations();
    component.addOperation("Execute", "/bin/false");
}
"""
    lab.package("org.a")
    lab.package("org.b", script=script)
    lab.install()


@habit("operations in package.xml", stock=("0: a", "0: nothing"))
def operations_in_xml(lab):
    operation = "<Operation name='Mkdir'><Argument>@TargetDir@/made</Argument></Operation>"
    lab.package("org.a", raw=f"<Operations>{operation}</Operations>")
    lab.install()
    lab.maintain("purge")


@habit("a script that cancels", stock=("3: nothing",), says=("Installation canceled.",))
def canceling_script(lab):
    lab.package("org.a", script="function Component() { installer.setCanceled(); }")
    lab.install()


@habit("a script that chooses by componentByName", stock=("0: a",))
def choosing_script(lab):
    script = """function Component() {
    if (installer.componentByName("org.b")) installer.componentByName("org.b").setValue("Default", "false");
}"""
    lab.package("org.a", script=script)
    lab.package("org.b")
    lab.install()


@habit("a local repository, created while installing", stock=("0: a",))
def local_repository(lab):
    lab.package("org.a")
    lab.package("org.b", Default="false")
    lab.install(options=["--create-local-repository"])


@habit("search, with and without a name", stock=("0: nothing", "0: nothing"), says=('<package name="org.a"',))
def search(lab):
    lab.package("org.a")
    lab.package("org.b", Virtual="true")
    program = lab.installer()
    lab.run(program, "search")
    lab.run(program, "search", "org.a", "--type", "package")


@habit("no command line", stock=("1: nothing",), says=("Command line interface support disabled",))
def no_command_line(lab):
    lab.config(DisableCommandLineInterface="true")
    lab.package("org.a")
    lab.install()


@habit("a folder that is not empty",
       stock=("1: nothing",), says=("You have selected an existing, non-empty directory",))
def not_empty(lab):
    lab.target.mkdir()
    (lab.target / "mine.txt").write_text("mine")
    lab.package("org.a")
    lab.install()


@habit("a license agreement, accepted and not", stock=("1: nothing", "0: a"), says=("You must accept the terms",))
def agreement(lab):
    raw = "<Licenses><License name='Ours' file='license.txt'/></Licenses>"
    lab.package("org.a", raw=raw)
    (lab.folder / "packages/org.a/meta/license.txt").write_text("You may.\n")
    program = lab.installer()
    lab.run(program, "--root", lab.target, "--confirm-command", "install")
    lab.install(program=program)


@habit("a package that replaces another one", stock=("0: new",))
def replaces(lab):
    lab.package("org.old")
    lab.package("org.new", Replaces="org.old")
    lab.install()


@habit("a virtual dependency goes with the last that needs it", stock=("0: a, b, c", "0: a, c", "0: a"))
def virtual_removed(lab):
    lab.package("org.a", Virtual="true")
    lab.package("org.b", Dependencies="org.a")
    lab.package("org.c", Dependencies="org.a")
    lab.install()
    lab.maintain("remove", "org.b")
    lab.maintain("remove", "org.c")


@habit("remove a forced package", stock=("0: a, b", "0: a, b"))
def remove_forced(lab):
    lab.package("org.a", ForcedInstallation="true", Default=None)
    lab.package("org.b")
    lab.install()
    lab.maintain("remove", "org.a")


@habit("remove a package that is not there", stock=("0: a", "0: a"))
def remove_unknown(lab):
    lab.package("org.a")
    lab.install()
    lab.maintain("remove", "org.nowhere")


@habit("a long chain of dependencies, and three hundred packages", stock=("0: 51 packages",))
def many(lab):
    for number in range(300):
        lab.package(f"org.n{number}", Dependencies=f"org.n{number + 1}" if number < 50 else None, Default="false")
    lab.install("org.n0")


@habit("names in two languages, and a description with markup", stock=("0: a", "0: a"))
def translated(lab):
    description = "<Description>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; more</Description>"
    lab.package("org.a", raw=f"<DisplayName xml:lang='de'>Werkzeug</DisplayName>{description}")
    lab.install()
    lab.maintain("list")


@habit("arguments that scripts read", stock=("0: a, b",))
def own_arguments(lab):
    script = '''function Component() {
    if (installer.value("Extra") === "yes") installer.componentByName("org.b").setValue("Default", "true");
}'''
    lab.package("org.a", script=script)
    lab.package("org.b", Default="false")
    program = lab.installer()
    lab.run(program, "--root", lab.target, "--confirm-command", "install", "Extra=yes")


@habit("a script that adds AutoDependOn, and one that sets Default", stock=("0: a, b",))
def changing_script(lab):
    lab.package("org.a", script='function Component() { component.addAutoDependOn("org.b"); }', Default="false")
    lab.package("org.b", script='function Component() { component.setValue("Default", "true"); }', Default="false")
    lab.install()


@habit("a script that takes a package away after it was chosen", stock=("0: a, b",))
def deselecting_script(lab):
    lab.package("org.a", script='function Component() { installer.deselectComponent("org.b"); }')
    lab.package("org.b")
    lab.install()


@habit("no answer to what is asked", stock=("1: nothing",), says=("User input is required",))
def rejecting(lab):
    lab.package("org.a")
    program = lab.installer()
    lab.run(program, "--root", lab.target, "install")
