"""Free packages whose scripts do not expect that a package is left out, as most public scripts do not."""

from .lab import habit

MENTIONS = 'installer.componentByName("org.denied").setValue("Default", "true");'
CONSTRUCTOR = f"function Component() {{ {MENTIONS} }}"
GUARDED = f'function Component() {{ if (installer.componentByName("org.denied")) {MENTIONS} }}'
OPERATIONS = f"""function Component() {{}}
Component.prototype.createOperations = function() {{ component.createOperations(); {MENTIONS} }}
"""
IS_DEFAULT = """function Component() {}
Component.prototype.isDefault = function() { return installer.componentByName("org.denied").installed; }
"""
BEGIN = f"""function Component() {{}}
Component.prototype.beginInstallation = function() {{ {MENTIONS} }}
"""
ADDS = 'function Component() { component.addDependency("org.denied"); }'
PUT_TOGETHER = 'function Component() { installer.componentByName("org." + "denied").setValue("Default", "true"); }'
CALCULATED = """function Component() {
    ["free", "denied"].forEach(function(name) { installer.componentByName("org." + name).setValue("Default", "true"); });
}
"""
PASSED_ON = """function use(name) { installer.componentByName(name).setValue("Default", "true"); }
function Component() { use(["org", "denied"].join(".")); }
"""


def product(lab, script, late=False, **elements):
    lab.package("org.free")
    lab.denied("org.denied")
    lab.package("org.x", script=script, late=late, **elements)


@habit("a guarded script", marked=True)
def guarded(lab):
    product(lab, GUARDED)
    lab.expect(lab.install(), 0, {"org.free", "org.x"}, never=["org.x is left out"])


@habit("a script that expects a denied package in its constructor", marked=True)
def constructor(lab):
    product(lab, CONSTRUCTOR)
    lab.package("org.y", Dependencies="org.x")
    run = lab.install()
    lab.expect(run, 0, {"org.free"}, ["org.x is left out: its script fails, since it expects org.denied",
                                      "org.y is left out: needs org.x, whose script fails"])


@habit("the same, named", marked=True)
def constructor_named(lab):
    product(lab, CONSTRUCTOR)
    lab.expect(lab.install("org.free", "org.x"), 3, (), ["org.x cannot be installed: its script fails"])


@habit("the same, forced", marked=True)
def constructor_forced(lab):
    product(lab, CONSTRUCTOR, ForcedInstallation="true", Default=None)
    lab.expect(lab.install(), 3, (), ["org.x cannot be installed: its script fails"])


@habit("the same, another package named", marked=True)
def constructor_other(lab):
    product(lab, CONSTRUCTOR)
    lab.expect(lab.install("org.free"), 0, {"org.free"}, ["org.x is left out: its script fails"])


@habit("the same, wanted automatically", marked=True)
def constructor_auto(lab):
    product(lab, CONSTRUCTOR, AutoDependOn="org.free", Default=None)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails"])


@habit("the same, with a name put together", marked=True)
def put_together(lab):
    product(lab, PUT_TOGETHER)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails, probably since"])


@habit("the same, in a loop", marked=True)
def calculated(lab):
    product(lab, CALCULATED)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails, probably since"])


@habit("the same, in a function that is given the name", marked=True)
def passed_on(lab):
    product(lab, PASSED_ON)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails, probably since"])


@habit("the framework's example systeminfo, with a denied package", marked=True)
def systeminfo(lab):
    lab.package("org.free")
    lab.example("systeminfo", denied="root.i386")
    run = lab.install()
    lab.expect(run, 0, {"org.free"}, ["root.i386 is left out: your license does not cover",
                                      "root is left out: its script fails, since it expects root.i386",
                                      "root.x86_64 is left out: belongs to root, whose script fails"])


@habit("a script that expects a denied package in createOperations", marked=True)
def operations(lab):
    product(lab, OPERATIONS)
    lab.package("org.y", Dependencies="org.x")
    run = lab.install()
    lab.expect(run, 0, {"org.free"}, ["org.x is left out: its script fails, since it expects org.denied",
                                      "org.y is left out: needs org.x"], ["clear", "cache directory"])


@habit("the same, named", marked=True)
def operations_named(lab):
    product(lab, OPERATIONS)
    lab.expect(lab.install("org.free", "org.x"), 3, (), ["org.x cannot be installed: its script fails"])


@habit("the same, forced", marked=True)
def operations_forced(lab):
    product(lab, OPERATIONS, ForcedInstallation="true", Default=None)
    lab.expect(lab.install(), 3, (), ["org.x cannot be installed: its script fails"])


@habit("a script that expects a denied package in beginInstallation", marked=True)
def begin(lab):
    product(lab, BEGIN)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails"])


@habit("a script that expects a denied package in isDefault", marked=True)
def is_default(lab):
    product(lab, IS_DEFAULT, Default="script")
    run = lab.install()
    why = "org.x is not chosen by default: its script decides that, and mentions org.denied, which is left out"
    lab.expect(run, 0, {"org.free"}, [why])
    lab.maintain("purge")
    lab.expect(lab.install("org.x"), 0, {"org.free", "org.x"}, never=["org.x is not chosen"])


@habit("the same, forced", marked=True)
def is_default_forced(lab):
    product(lab, IS_DEFAULT, Default="script", ForcedInstallation="true")
    lab.expect(lab.install(), 0, {"org.free", "org.x"}, never=["org.x is not chosen"])


@habit("a script with an error of its own that mentions a denied package", marked=True)
def own_error(lab):
    product(lab, 'function Component() { if (!installer.componentByName("org.denied")) throw new Error("no tool"); }')
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails, and mentions org.denied"])


@habit("a script that adds a dependency on a denied package", marked=True)
def adds(lab):
    product(lab, ADDS)
    lab.package("org.y", Dependencies="org.x")
    run = lab.install()
    lab.expect(run, 0, {"org.free"}, ["org.x is left out: needs org.denied, which your license does not cover",
                                      "org.y is left out: needs org.denied"])


@habit("the same, named", marked=True)
def adds_named(lab):
    product(lab, ADDS)
    lab.expect(lab.install("org.x"), 3, (), ["org.x cannot be installed: needs org.denied"])


@habit("a script that is loaded late expects a denied package", marked=True)
def late(lab):
    product(lab, CONSTRUCTOR, late=True)
    lab.expect(lab.install(), 0, {"org.free"}, ["org.x is left out: its script fails, since it expects org.denied"])
    lab.maintain("purge")
    lab.expect(lab.install("org.x"), 3, (), ["org.x cannot be installed: its script fails"])


@habit("a script that adds a dependency for another package", marked=True)
def adds_elsewhere(lab):
    product(lab, 'function Component() { installer.componentByName("org.free").addDependency("org.denied"); }')
    lab.package("org.more")
    lab.expect(lab.install(), 0, {"org.more", "org.x"}, ["org.free is left out: needs org.denied"])


@habit("a script that wants a denied package selected", marked=True)
def selects(lab):
    product(lab, 'function Component() { installer.selectComponent("org.denied"); }')
    lab.expect(lab.install(), 0, {"org.free", "org.x"})
