"""What single mechanisms let through, and what the kit would without one of its guards: the script is changed for that."""

from dataclasses import dataclass

from cases import ALL, Case, everything, in_command_line, in_window, reopened, unstable_allowed
from lab import cut
from special import install_with_repository, with_repository

# The kit's last two guards are one function, called before the framework asks for anything and before it installs.
LAST = ("function stopBeforeInstallation() {\n", "function stopBeforeInstallation() {\n    return;\n")
BEGINNING = ("        if (!inWindow)\n            stopBeforeInstallation();", "        if (false)\n            stopBeforeInstallation();")
STARTED = ("        stopBeforeInstallation();\n        forgetArguments();", "        forgetArguments();")

# Everything that close() does beside taking a package out of the choice.
MEANS = """    // At the command line one that is named has to be noticed: see stopBeforeInstallation().
    if (!inWindow && !isBelowOpen)
        return;
    c.setValue("Unstable", "false");                      // or the framework adds a sentence of its own to the description
    c.setValue("DisplayName", literal(originals[c.name].title + " (left out)"));
    c.setValue("Description", literal(html(why)));
    c.setValue("Unstable", "true");                       // Guard: gray, and "Select All" passes it by
"""
CANCELS = "    installer.setCanceled();\n}\n\n// What the framework would keep"
THROWS = "    throw new Error(\"stop\");\n}\n\n// What the framework would keep"

VIRTUAL = ("--show-virtual-components",)


@dataclass
class Mechanism:
    """How packages that are not allowed are kept out, by this alone."""

    title: str
    cuts: tuple
    # In a window: defaults, everything chosen. At the command line: defaults, a denied package named, the same beside a
    # free one, one named that needs it, a denied one named with --show-virtual-components.
    ends: tuple
    packages: object = everything


# Nothing is closed before there is an answer, so that a mechanism need not be undone.
LATE = ("    apply();                                              // Guard", "    // Guard")


def alone(means):
    return ((MEANS, means), LAST, LATE)


MECHANISMS = [
    Mechanism("deselect", alone(""), ("0: free, tool", "0: denied, free, tool, user, user2", "0: free, tool", "0: denied, free, tool", "0: denied, free, tool", "0: denied, free, tool, user", "0: denied, free, tool")),
    Mechanism("`Virtual`", alone('    c.setValue("Virtual", "true");\n'), ("0: free, tool", "0: free, tool", "0: free, tool", "3: nothing", "0: free, tool", "3: nothing", "0: denied, free, tool")),
    Mechanism("`enabled = false`", alone("    c.enabled = false;\n"), ("0: free, tool",) * 7),
    Mechanism("`Checkable = false`", alone('    c.setValue("Checkable", "false");\n'), ("0: free, tool", "0: denied, free, tool, user, user2", "0: free, tool", "3: nothing", "0: free, tool", "3: nothing", "3: nothing")),
    Mechanism("`Unstable` and the reason as `Description`", alone(
        '    c.setValue("Description", why);\n    c.setValue("Unstable", "true");\n'), ("0: free, tool", "0: free, tool", "0: free, tool", "3: nothing", "0: free, tool", "3: nothing", "3: nothing")),
    Mechanism("deselect, and an error thrown in signal handlers", ((MEANS, ""), (CANCELS, THROWS)), ("0: free, tool", "0: denied, free, tool, user, user2", "0: free, tool", "0: denied, free, tool", "0: denied, free, tool", "0: denied, free, tool, user", "0: denied, free, tool")),
    Mechanism("an error in the kit's constructor, with AllowUnstableComponents", (
        ("    inWindow = !installer.isCommandLineInstance();\n", "    throw new Error(\"stop\");\n"),), ("0: denied, free, tool, user, user2",) * 7, unstable_allowed),
    Mechanism("deselect, and `setCanceled()` at `finishedCalculateComponentsToInstall`", (
        (MEANS, ""), STARTED, ("        if (!inWindow)\n            stop", "            stop")), ("3: nothing", "3: nothing", "0: free, tool", "3: nothing", "3: nothing", "3: nothing", "3: nothing")),
    Mechanism("deselect, and `setCanceled()` at `installationStarted`", ((MEANS, ""), BEGINNING), ("0: free, tool", "3: nothing", "0: free, tool", "3: nothing", "3: nothing", "3: nothing", "3: nothing")),
]


def changed(script, cuts):
    for each in cuts:
        script = cut(script, *each)
    return script


def ends_of(mechanism, lab, server):
    """What is installed in each of the runs."""
    lab.gate = changed(lab.gate, mechanism.cuts)
    mechanism.packages(lab)
    runs = [(in_window, (), ()), (in_window, ALL, ()), (in_command_line, (), ()), (in_command_line, ("denied",), ()),
            (in_command_line, ("tool", "denied"), ()), (in_command_line, ("user",), ()), (in_command_line, ("denied",), VIRTUAL)]
    for mode, choose, options in runs:
        yield mode(Case("", None, "", "", choose=choose, options=options), lab, server).summary()


@dataclass
class Guard:
    """A guard of the kit, and a case in one mode: as it is, without the guard, and without the last ones too."""

    title: str
    tried: str
    mode: object
    case: Case
    cuts: tuple
    ends: tuple  # with it, without it, without it and the last ones

    def all_cuts(self):
        """What is cut for each of these."""
        return (), self.cuts, (*self.cuts, LAST)


def case(packages, choose=(), **more):
    return Case("", packages, "", "", choose=choose, **more)


def automatic(lab):
    lab.package("free")
    lab.denied("denied", Default=None, AutoDependOn="org.free")


def page_removed(policy):
    """Another script takes the page away, so that nobody is asked."""

    def packages(lab):
        lab.settings["onNoVerdict"] = policy
        lab.script_at_folder = 'installer.removeWizardPage(installer.componentByName("com.example.licenses"), "QlsLicensesPage");'
        everything(lab)

    return packages


def in_maintenance(case, lab, server):
    """What the maintenance tool gives, where the installer has made a local repository."""
    lab.install(server=server, options=("--create-local-repository",))
    return lab.maintain("install", "org.denied")


def with_repository_named(case, lab, server):
    return install_with_repository(lab, server)


def forgotten(case, lab, server):
    """What the maintenance tool's files have of the arguments is told beside what is installed."""
    run = lab.install(server=server)
    run.installed |= {"a secret" for _ in lab.left()}
    return run


def refused(lab):
    lab.settings["polici"] = "hide"
    unstable_allowed(lab)


GUARDS = [
    Guard("closed until there is a yes", "window: a script takes the page away, `hide`", in_window, case(page_removed("hide")),
          (LATE,), ("0: free", "0: denied, free, tool, user, user2", "0: denied, free, tool, user, user2")),
    Guard("what needs or is below something closed is closed", "command line: defaults", in_command_line, case(everything),
          (("    closure(set, places, known);\n", ""),), ("0: free, tool", "3: nothing", "0: denied, free, tool, user, user2")),
    Guard("the same", "window: defaults", in_window, case(everything), (("    closure(set, places, known);\n", ""),), ("0: free, tool", "3: nothing", "0: denied, free, tool, user, user2")),
    Guard("`Default` is false", "command line: defaults", in_command_line, case(everything), (
        ('    installer.deselectComponent(checkable(c.name));\n    c.setValue("Default", "false");\n', ""),), ("0: free, tool", "3: nothing", "0: denied, free, tool, user, user2")),
    Guard("`AutoDependOn` is empty", "command line: defaults", in_command_line, case(automatic), (
        ('    c.setValue("AutoDependOn", "");', "    "),), ("0: free", "3: nothing", "0: denied, free")),
    Guard("`Unstable` in windows", "window: Select All", in_window, case(everything, ALL), ((MEANS, ""),), ("0: free, tool", "3: nothing", "0: denied, free, tool, user, user2")),
    Guard("the end before the framework asks for anything", "command line: a denied package named", in_command_line,
          case(everything, ("denied",)), (BEGINNING,), ("3: nothing", "3: nothing", "0: denied, free, tool")),
    Guard("the end before anything is installed", "window: another script reopens a denied package", in_window,
          case(reopened("aboutCalculateComponentsToInstall")), (STARTED,), ("3: nothing", "0: denied, free", "0: denied, free")),
    Guard("the policy `block` holds without a page too", "window: a script takes the page away", in_window,
          case(page_removed("block")), (("        if (!mayGoOn())\n            wrong", "        if (false)\n            wrong"),), ("3: nothing", "0: free", "0: free")),
    Guard("an error in the kit's script cancels", "command line: a mistaken setting, with AllowUnstableComponents",
          in_command_line, case(refused), (("    } catch (error) {\n        state = \"refused\";\n",
                                            "    } catch (error) {\n        throw error;\n"),), ("3: nothing", "3: nothing", "0: denied, free, tool, user, user2")),
    Guard("the arguments are forgotten", "command line: defaults", forgotten, case(everything), (("        forgetArguments();\n", ""),),
          ("0: free, tool", "0: a secret, free, tool", "0: a secret, free, tool")),
    Guard("nothing comes out of a repository", "command line: a repository named, defaults", with_repository_named, case(with_repository), (
        ("    return !values || String(values.Version)", "    return false && String(values.Version)"),), ("0: free", "0: fetched, free, tool, user", "0: fetched, free, tool, user")),
    Guard("the maintenance tool adds nothing marked", "maintenance tool: a denied package of a local repository named",
          in_maintenance, case(everything), (("        beginMaintenance();\n        return;", "        return;"),),
          ("3: free, tool", "0: denied, free, tool", "0: denied, free, tool")),
]
