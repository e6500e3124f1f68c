// Asks a Qt License Server which packages of this installer its user may have, and leaves out the others. It is the
// script of a hidden package, for Qt Installer Framework as people download it; the README says how it gets in.
//
// From the beginning all marked packages are closed, with what needs them and what is below them. An answer opens what it
// allows. Each "Guard" below closes a way past that; the README has what happens without it. All is in one file because the
// framework loads one script of a package, and that can load no other: the framework's engine has neither import nor include.

const SERVER = "https://qls.qt.io";
const EMBEDDED = ":/qls/";
const CHOICES = {onNoVerdict: ["block", "hide"], trust: ["system", "given-only"], allowRuntimeSettings: ["true", "false"]};
const KEYS = ["server", "ca", "userId", "proxy", "timeout"].concat(Object.keys(CHOICES));

const isWindows = systemInfo.kernelType == "winnt";
let inWindow;         // set later: binarycreator evaluates what stands outside of functions, and has no installer

// Without what every object has, such as "constructor": packages may be called that.
function map() {
    return Object.create(null);
}

let settings = {};
let packages = map();  // what Updates.xml says, by name: values of its elements
let marks = map();     // the consumers to ask about, by name of the package
let closed = map();    // why a package cannot be installed, by name
let originals = map(); // what a closed package was before, by name
let verdicts = map();
let state = "refused"; // then "unasked", "asking", "answered", or "failed" with a message
let message = "";
let folder = "";       // the program's, while it runs
let addsNothing = false; // a maintenance tool whose script failed

// ---- Texts

// The framework replaces @Name@ in nearly all that a script gives it.
function literal(text) {
    return String(text).replace(/@/g, "@QlsAt@");
}

function html(text) {
    return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function say(text) {
    console.log("License check: " + text);
}

// The packages by name. The framework's own look-up takes what is behind a hyphen for a version.
function byName() {
    const found = map();
    installer.components().forEach(function(c) { found[c.name] = c; });
    return found;
}

// The name as the framework finds it: with a colon, if there is a hyphen in it.
function checkable(name) {
    return name.indexOf("-") < 0 || name.indexOf(":") >= 0 ? name : name + ":";
}

// What a dependency names, without the version that it may ask for.
function nameIn(dependency) {
    return dependency.split(dependency.indexOf(":") < 0 ? "-" : ":")[0];
}

function titleOf(name, known) {
    return originals[name] ? originals[name].title : known[name] ? known[name].displayName : name;
}

// ---- Settings, and the packages' marks

function readSettings() {
    settings = {};
    installer.readFile(EMBEDDED + "qls.ini", "UTF-8").split(/\r?\n/).forEach(function(line, index) {
        line = line.trim();
        if (!line || line[0] == "#" || line[0] == ";")
            return;
        const pair = /^([A-Za-z]+)\s*=\s*(.+)$/.exec(line), where = "qls.ini, line " + (index + 1) + ": ";
        if (!pair)
            throw new Error(where + "expected \"key = value\"");
        const key = pair[1], value = pair[2];
        if (KEYS.indexOf(key) < 0)
            throw new Error(where + "there is no setting \"" + key + "\" in this kit");
        if (settings[key] !== undefined)
            throw new Error(where + key + " was set before");
        if (CHOICES[key] && CHOICES[key].indexOf(value) < 0)
            throw new Error(where + key + " has to be " + CHOICES[key].join(" or "));
        settings[key] = value;
    });
    const seconds = settings.timeout || "15";
    if (!/^[1-9]\d{0,3}$/.test(seconds) || Number(seconds) > 3600)
        throw new Error("qls.ini: timeout has to be a number of seconds from 1 to 3600");
    settings.timeout = seconds;
    // The framework's log has all arguments, and the system shows them to all its users.
    if (/@/.test(settings.proxy))
        throw new Error("qls.ini: proxy has to be an address without a password");
    if (settings.userId == "login")
        throw new Error("qls.ini: userId = login is not known in this kit");
    if (!settings.ca && installer.fileExists(EMBEDDED + "ca.pem"))
        settings.ca = EMBEDDED + "ca.pem";
}

// What the user may say: never a policy, nor a verdict.
function readArguments() {
    const token = installer.value("QlsTokenFile"), server = installer.value("QlsServer"), ca = installer.value("QlsCaFile");
    if (token.indexOf("eyJ") == 0)
        throw new Error("QlsTokenFile is the name of a file that holds the token, not the token itself. Other users of this "
                        + "machine may have seen the token now: sign in anew.");
    if (token == "-")
        throw new Error("QlsTokenFile is the name of a file; \"-\", the standard input, is none that an installer has");
    if ((server || ca) && settings.allowRuntimeSettings != "true")
        throw new Error("this installer does not accept the arguments QlsServer and QlsCaFile");
    // The account's token is meant for the server that the installer's author chose.
    if ((server || ca) && !token)
        throw new Error("the arguments QlsServer and QlsCaFile need QlsTokenFile beside them");
    return {token: token, server: server || settings.server || SERVER, ca: ca || settings.ca};
}

// Reads the list of packages that the framework makes. What it never writes is an error, so that no mark is overlooked.
function readPackages(xml) {
    const tags = /<\?[^>]*\?>|<!DOCTYPE[^>]*>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*"[^"]*")*)\s*(\/?)>|([^<]+)/g;
    const entities = {lt: "<", gt: ">", quot: "\"", apos: "'", amp: "&"};
    const open = [];
    let end = 0, found = map(), values = null, tag;
    while ((tag = tags.exec(xml)) && tag.index == end) {
        end = tags.lastIndex;
        const name = tag[2], element = open[2];
        if (tag[5] !== undefined) {
            if (values && open.length == 3)
                values[element] += tag[5].replace(/&(\w+);/g, function(all, entity) { return entities[entity] || all; });
        } else if (name && tag[1]) {
            if (open.pop() != name)
                break;
            if (open.length == 1 && values) {
                found[values.Name] = values;
                values = null;
            }
        } else if (name) {
            if (/^qls/i.test(name) && (open.length != 2 || !values))
                throw new Error("<" + name + "> has to be directly below <Package>");
            if (open.length == 1 && name == "PackageUpdate")
                values = map();
            if (open.length == 2 && values) {
                if (/^qls/i.test(name) && values[name] !== undefined)
                    throw new Error("package " + values.Name + ": <" + name + "> stands there twice");
                values[name] = "";
                const inherits = /inheritVersionFrom\s*=\s*"([^"]*)"/.exec(tag[3]);
                if (name == "Version" && inherits)
                    values.inherits = inherits[1];
            }
            if (!tag[4])
                open.push(name);
        }
    }
    // The list has this very package in it.
    if (end != xml.length || open.length || !found[component.name])
        throw new Error("the list of packages cannot be read");
    return found;
}

function readMarks(found) {
    const members = {QlsConsumerId: "consumer_id", QlsConsumerVersion: "consumer_version",
                     QlsBuildTimestamp: "consumer_build_timestamp", QlsInstallationSchema: "consumer_installation_schema",
                     QlsSupportedFeatures: "consumer_supported_features"};
    const read = map();
    Object.keys(found).forEach(function(name) {
        const values = found[name], consumer = {component_id: name};
        const elements = Object.keys(values).filter(function(element) { return /^qls/i.test(element); });
        elements.forEach(function(element) {
            if (!members[element])
                throw new Error("package " + name + ": there is no element <" + element + ">");
            if (!values[element].trim())
                throw new Error("package " + name + ": <" + element + "> is empty");
            consumer[members[element]] = values[element].trim();
        });
        if (!elements.length)
            return;
        if (!consumer.consumer_id)
            throw new Error("package " + name + ": <QlsConsumerId> is missing");
        if (!consumer.consumer_version)
            consumer.consumer_version = versionOf(found, name);
        if (!consumer.consumer_build_timestamp && values.ReleaseDate)
            consumer.consumer_build_timestamp = values.ReleaseDate;
        read[name] = consumer;
    });
    return read;
}

function versionOf(found, name) {
    const seen = map();
    let from = name;
    while (found[from] && found[from].inherits && !seen[from]) {
        seen[from] = true;
        from = found[from].inherits;
    }
    if (!found[from] || !found[from].Version || seen[from])
        throw new Error("package " + name + ": it inherits its version from " + from + ", which does not say one; write "
                        + "<QlsConsumerVersion>");
    return found[from].Version;
}

// ---- Closing and opening

function inWords(consumer) {
    const built = consumer.consumer_build_timestamp;
    return consumer.consumer_id + " " + consumer.consumer_version + (built ? " (built " + built + ")" : "");
}

function whyNot(name) {
    if (!installer.isInstaller())
        return "it needs a license for " + inWords(marks[name]) + ", which an installer checks, and a maintenance tool does not";
    if (verdicts[name] == "denied")
        return "your license does not cover " + inWords(marks[name]);
    return "the license for " + inWords(marks[name]) + " could not be checked";
}

// Guard: what comes from a repository, in whole or in a newer version. The framework uses repositories in installers of
// --offline-only too, and shows no script the marks of these packages.
function isForeign(c) {
    const values = packages[c.name];
    return !values || String(values.Version).trim() != c.value("Version").trim();
}

// In the maintenance tool what is installed stays, and counts as met.
function isSettled(c) {
    return !installer.isInstaller() && !installer.isUpdater() && c.installed;
}

// "a.b.c" gives "a" and "a.b".
function above(path) {
    const parts = path.split(".");
    return parts.slice(1).map(function(part, index) { return parts.slice(0, index + 1).join("."); });
}

// The names of packages by their place in the tree, where TreeName counts.
function placesInTree() {
    const places = map();
    installer.components().forEach(function(c) { places[c.treeName] = c.name; });
    return places;
}

// Guard: adds what cannot be had without something in `set`, to the end: what needs it, and what is below it, since choosing
// that takes what is above along.
function closure(set, places, known) {
    const all = installer.components().filter(function(c) { return !isSettled(c); }).map(function(c) {
        return {
            name: c.name,
            needs: c.dependencies.map(nameIn),
            parents: above(c.name).concat(above(c.treeName).map(function(path) { return places[path]; }))
        };
    });
    let grew = true;
    while (grew) {
        grew = false;
        all.forEach(function(each) {
            const isClosed = function(name) { return set[name] !== undefined; };
            const needed = each.needs.filter(isClosed)[0], parent = each.parents.filter(isClosed)[0];
            if (isClosed(each.name) || !(needed || parent))
                return;
            set[each.name] = (needed ? "needs " + titleOf(needed, known) : "belongs to " + titleOf(parent, known)) + ", which is left out";
            grew = true;
        });
    }
}

// `isBelowOpen`: choosing something that may be installed would choose this one too.
function close(c, why, isBelowOpen) {
    if (!originals[c.name])
        originals[c.name] = {title: c.displayName, text: c.value("Description"), auto: c.value("AutoDependOn"),
                             forced: c.value("ForcedInstallation"),
                             // There value() calls the script, and does not say so.
                             byDefault: (packages[c.name] || {}).Default == "script" ? "script" : c.value("Default")};
    closed[c.name] = why;
    installer.deselectComponent(checkable(c.name));
    c.setValue("Default", "false");
    c.setValue("AutoDependOn", "");                       // Guard: nothing pulls it in
    // At the command line one that is named has to be noticed: see stopBeforeInstallation().
    if (!inWindow && !isBelowOpen)
        return;
    c.setValue("Unstable", "false");                      // or the framework adds a sentence of its own to the description
    c.setValue("DisplayName", literal(originals[c.name].title + " (left out)"));
    c.setValue("Description", literal(html(why)));
    c.setValue("Unstable", "true");                       // Guard: gray, and "Select All" passes it by
}

function open(c) {
    const original = originals[c.name];
    delete closed[c.name];
    c.setValue("Unstable", "false");
    c.setValue("DisplayName", literal(original.title));
    c.setValue("Description", literal(original.text));
    c.setValue("AutoDependOn", literal(original.auto));
    c.setValue("Default", literal(original.byDefault));
    if (original.forced == "true") {
        // Up to 4.1 nothing else chooses what has no check box.
        c.setValue("ForcedInstallation", "false");
        c.setValue("ForcedInstallation", "true");
    }
    if (c.isDefault() || original.forced == "true")
        installer.selectComponent(checkable(c.name));
}

// Closes everything that no verdict allows, and opens the rest.
function apply() {
    const set = map(), places = placesInTree(), known = byName();
    Object.keys(marks).forEach(function(name) {
        const c = known[name];
        if (verdicts[name] != "allowed" && !(c && isSettled(c)))
            set[name] = whyNot(name);
    });
    installer.components().forEach(function(c) {
        if (isForeign(c) && !isSettled(c))
            set[c.name] = "it comes from a repository, and licenses are checked only for what the installer brings along";
    });
    closure(set, places, known);
    installer.components().forEach(function(c) {
        if (set[c.name] !== undefined)
            close(c, set[c.name], above(c.treeName).some(function(path) { return places[path] && !set[places[path]]; }));
        else if (closed[c.name] !== undefined)
            open(c);
    });
}

// ---- Asking

function run(program, args) {
    const result = installer.execute(literal(program), args.map(literal));
    return result.length && result[1] === 0 ? String(result[0]).trim() : null;
}

function shell(script, args) {
    return run("/bin/sh", ["-c", script].concat(args));
}

function operation(name, args) {
    return installer.performOperation(name, args.map(literal));
}

// A new folder for the program and its files, which nobody else may enter.
function newFolder(base) {
    if (!isWindows)
        return shell("umask 077; mkdir -p \"$0\" && folder=$(mktemp -d \"$0/qls-precheck-XXXXXXXX\") "
                     + "&& mkdir \"$folder/answer\" && echo \"$folder\"", [base]);
    // Windows keeps the temporary files of each user from the others.
    const path = base + "/qls-precheck-" + Math.random().toString(36).slice(2);
    return !installer.fileExists(path) && operation("Mkdir", [path + "/answer"]) ? path : null;
}

function removeFolder(path) {
    if (!isWindows) {
        shell("rm -rf \"$0\"", [path]);
        return;
    }
    ["qls-precheck.exe", "request.json", "ca.pem", "answer/answer.json"].forEach(function(file) {
        if (installer.fileExists(path + "/" + file))
            operation("Delete", [path + "/" + file]);
    });
    operation("Rmdir", [path + "/answer"]);
    operation("Rmdir", [path]);
}

// Copies a file out of the installer, where all files are read-only and none is executable. Windows removes nothing that is
// read-only.
function copyOut(from, to) {
    if (!operation("Copy", [from, to]))
        return false;
    if (!isWindows)
        return shell("chmod 700 \"$0\"", [to]) !== null;
    // By its path, since another program of that name may lie beside the installer. Where it fails, the file is left behind.
    run(installer.environmentVariable("SystemRoot") + "/System32/attrib.exe", ["-R", to.replace(/\//g, "\\")]);
    return true;
}

// Copies the program to where it can be run. Some systems run nothing from the temporary files: then to the cache.
function unpack() {
    const program = isWindows ? "qls-precheck.exe" : "qls-precheck";
    const bases = [QDesktopServices.TempLocation, QDesktopServices.GenericCacheLocation].map(function(location) {
        return QDesktopServices.storageLocation(location);
    });
    if (!installer.fileExists(EMBEDDED + program))
        throw new Error("a part of this installer is missing: there is no " + EMBEDDED + program);
    for (let i = 0; i < bases.length; ++i) {
        const path = newFolder(bases[i]);
        if (!path)
            continue;
        if (copyOut(EMBEDDED + program, path + "/" + program) && run(path + "/" + program, ["--version"]) !== null) {
            folder = path;
            return path + "/" + program;
        }
        removeFolder(path);
    }
    throw new Error("the program that asks the license server cannot be run from " + bases.join(" or ")
                    + ". A virus scanner or the system's administrator may forbid it.");
}

// The program writes its answer to a file, since this operation gives no output. Only this operation lets the window live
// meanwhile. The framework replaces variables in its arguments twice.
function execute(program, args) {
    let command = [program].concat(args);
    if (!isWindows)
        // The installer may be killed: then nobody else removes the folder.
        command = ["/bin/sh", "-c", "trap : INT; \"$@\" < /dev/null; code=$?; "
                   + "if [ $code = 130 ] || ! kill -0 $PPID 2> /dev/null; then rm -rf \"$0\"; fi; exit $code", folder].concat(command);
    return operation("Execute", ["{0,1,2,3,64,70,130}"].concat(command).map(literal));
}

// ASCII alone, because the file is written in the system's encoding.
function asJson(value) {
    return JSON.stringify(value).replace(/[\u007f-\uffff@]/g, function(character) {
        return "\\u" + ("000" + character.charCodeAt(0).toString(16)).slice(-4);
    });
}

function askProgram() {
    const asked = readArguments(), program = unpack();
    const args = ["check", folder + "/request.json", "--no-environment", "--json", "--output=" + folder + "/answer/answer.json",
                  "--server=" + asked.server, "--timeout=" + settings.timeout, "--trust=" + (settings.trust || "system")];
    const consumers = Object.keys(marks).map(function(name) { return marks[name]; });
    if (!operation("AppendFile", [folder + "/request.json", asJson({consumers: consumers})]))
        throw new Error(folder + "/request.json cannot be written");
    if (asked.token)
        args.push("--token-file=" + asked.token);
    if (asked.ca && asked.ca.indexOf(":/") == 0) {
        // The program cannot read what is in the installer.
        if (!copyOut(asked.ca, folder + "/ca.pem"))
            throw new Error(asked.ca + " cannot be read");
        asked.ca = folder + "/ca.pem";
    }
    if (asked.ca)
        args.push("--ca-file=" + asked.ca);
    if (settings.userId)
        args.push("--user-id=" + settings.userId);
    if (settings.proxy)
        args.push("--proxy=" + (settings.proxy == "none" ? "" : settings.proxy));
    args.push("--quiet");
    // The window lives while files are copied, too.
    if (installer.status == QInstaller.Canceled)
        throw new Error("canceled");
    const ended = execute(program, args);
    const text = installer.readFile(folder + "/answer/answer.json", "UTF-8");
    if (!ended || !text)
        throw new Error("the program that asks the license server ended without an answer");
    const answer = JSON.parse(text);
    if (answer.status != "QLS_OK")
        // As the program itself says it: docs/support.md asks for both words.
        throw new Error(answer.message + " [" + answer.status + (answer.cause ? ", " + answer.cause : "") + "]");
    const read = map();
    answer.components.forEach(function(entry) {
        const before = read[entry.component_id];
        read[entry.component_id] = before === undefined || before == "allowed" ? entry.verdict : before;
    });
    return read;
}

// Everything but a clear yes is a no.
function ask() {
    verdicts = map();
    state = "asking";
    try {
        verdicts = askProgram();
        state = "answered";
        message = "";
    } catch (error) {
        state = "failed";
        message = error.message;
    } finally {
        if (folder)
            removeFolder(folder);
        folder = "";
    }
}

// The program ends when the folder for its answer is gone.
function stopAsking() {
    if (!folder)
        return;
    if (isWindows)
        operation("Rmdir", [folder + "/answer"]);
    else
        shell("rm -rf \"$0\"", [folder + "/answer"]);
}

// ---- Before anything is installed

function mayGoOn() {
    return state == "answered" || (state != "refused" && settings.onNoVerdict == "hide") || !installer.isInstaller()
           || (state == "unasked" && !Object.keys(marks).length);
}

// Guard: other scripts, or an argument that names packages, may have chosen what is closed.
function stopBeforeInstallation() {
    let wrong;
    try {
        const known = byName();
        wrong = Object.keys(addsNothing ? known : closed).filter(function(name) {
            const c = known[name];
            return !c || c.installationRequested() || c.updateRequested();
        }).map(function(name) { return name + " cannot be installed: " + (closed[name] || "its license cannot be checked"); });
        if (!mayGoOn())
            wrong.push("Your licenses could not be checked: " + (message || "nobody was asked"));
    } catch (error) {
        wrong = [String(error)];
    }
    if (!wrong.length)
        return;
    wrong.forEach(say);
    if (inWindow)
        QMessageBox.critical("QlsNotCovered", "Licenses", wrong.map(html).join("<br/>") + "<br/><br/>Nothing is installed.");
    installer.setCanceled();
}

// What the framework would keep in the maintenance tool's files.
function forgetArguments() {
    ["QlsTokenFile", "QlsServer", "QlsCaFile", "QlsFailed", "QlsAt"].forEach(function(name) { installer.setValue(name, ""); });
}

// ---- In a window

function listHtml() {
    const known = byName();
    const names = Object.keys(marks).concat(Object.keys(closed).filter(function(name) { return !marks[name]; })).sort();
    return "<table cellspacing='0' cellpadding='4' width='100%'>" + names.map(function(name) {
        const no = closed[name] !== undefined, sign = no ? "<font color='#b00020'>&#10007;</font>" : "<font color='#00701a'>&#10003;</font>";
        return "<tr><td width='20'>" + sign + "</td><td><b>" + html(titleOf(name, known)) + "</b><br/>"
               + html(no ? closed[name] : "covered by your license") + "</td></tr>";
    }).join("") + "</table>";
}

function headline() {
    if (state == "answered") {
        const without = Object.keys(marks).filter(function(name) { return verdicts[name] != "allowed"; });
        if (without.some(function(name) { return verdicts[name] == "denied"; }))
            return "Your licenses do not cover some packages. They cannot be selected.";
        if (without.length)
            return "The license server does not say whether your licenses cover some packages. They cannot be selected.";
        return "Your licenses cover all packages that need one."
               + (Object.keys(closed).length ? " Some cannot be selected all the same: the list says why." : "");
    }
    return "<font color='#b00020'>Your licenses could not be checked: " + html(message) + "</font>"
           + (mayGoOn() ? "<br/>You can go on without what needs a license." : "");
}

function askOnPage(page) {
    if (state == "asking")
        return;
    page.complete = false;
    page.again.enabled = page.token.enabled = false;
    page.progress.visible = true;
    page.headline.text = "Asking the license server which packages you may install...";
    page.list.html = "";
    ask();
    apply();
    // Makes the page where components are chosen take its defaults anew.
    component.setValue("Virtual", "false");
    component.setValue("Virtual", "true");
    page.progress.visible = false;
    page.again.enabled = page.token.enabled = true;
    page.headline.text = headline();
    page.list.html = listHtml();
    page.complete = mayGoOn();
}

function addPage() {
    installer.addWizardPage(component, "QlsLicensesPage", QInstaller.ComponentSelection);
    const page = gui.pageWidgetByObjectName("DynamicQlsLicensesPage");
    page.progress.visible = false;
    page.complete = false;
    gui.pageByObjectName("DynamicQlsLicensesPage").entered.connect(function() {
        if (state == "unasked")
            askOnPage(page);
    });
    page.again.clicked.connect(function() { askOnPage(page); });
    page.token.clicked.connect(function() {
        const file = QFileDialog.getOpenFileName("Token file", installer.value("HomeDir"), "", "QlsTokenFile");
        if (!file)
            return;
        installer.setValue("QlsTokenFile", literal(file));
        askOnPage(page);
    });
}

// ---- At the command line

function askAtCommandLine() {
    // After a failure the framework loads all scripts once more, in an engine that remembers nothing.
    if (installer.value("QlsFailed")) {
        state = "failed";
        message = installer.value("QlsFailed");
    } else {
        ask();
    }
    if (state == "failed") {
        installer.setValue("QlsFailed", literal(message));
        say("Your licenses could not be checked: " + message);
        if (!mayGoOn())
            installer.setCanceled();
    }
    apply();
}

// ---- All together

function begin() {
    if (installer.isInstaller() && !installer.isOfflineOnly())
        throw new Error("this kit is for installers that binarycreator makes with --offline-only");
    readSettings();
    packages = readPackages(installer.readFile(":/metadata/Updates.xml", "UTF-8"));
    marks = readMarks(packages);
    state = "unasked";
    apply();                                              // Guard: closed until there is a yes
    if (Object.keys(marks).length)
        beginAsking();
    if (!inWindow)
        Object.keys(closed).sort().forEach(function(name) { say(name + " is left out: " + closed[name]); });
}

function beginAsking() {
    installer.statusChanged.connect(function(status) {
        if (status == QInstaller.Canceled)
            stopAsking();
    });
    if (inWindow)
        addPage();
    else
        askAtCommandLine();
}

// What a maintenance tool could add comes from a local repository, whose list of packages may be gone: then it adds nothing.
function readLocalRepository() {
    try {
        packages = readPackages(installer.readFile(installer.value("TargetDir") + "/repository/Updates.xml", "UTF-8"));
        marks = readMarks(packages);
    } catch (error) {
        say(error.message);
        packages = map();
        marks = map();
    }
}

// Never asks, and keeps nobody from removing, whatever fails.
function beginMaintenance() {
    try {
        readLocalRepository();
        apply();
    } catch (error) {
        say(error.message);
        addsNothing = true;
    }
}

function Component() {
    inWindow = !installer.isCommandLineInstance();
    installer.setValue("QlsAt", "@");
    installer.finishedCalculateComponentsToInstall.connect(function() {
        if (!inWindow)
            stopBeforeInstallation();                     // before the framework asks for anything
    });
    installer.installationStarted.connect(function() {
        stopBeforeInstallation();
        forgetArguments();
    });
    if (!installer.isInstaller()) {
        beginMaintenance();
        return;
    }
    // Guard: the framework goes on after an error in a script, in some cases with everything.
    try {
        begin();
    } catch (error) {
        state = "refused";
        message = error.message;
        say(message);
        if (inWindow)
            QMessageBox.critical("QlsRefused", "Licenses", html(message) + "<br/><br/>Nothing is installed.");
        installer.setCanceled();
    }
}
