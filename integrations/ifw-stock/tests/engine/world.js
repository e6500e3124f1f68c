// A scripted framework: what the kit's script needs of it, no more. What the script does to it is in its members.

function signal() {
    var handlers = [];
    var emit = function() {
        var given = arguments;
        handlers.forEach(function(handler) { handler.apply(null, given); });
    };
    emit.connect = function(handler) { handlers.push(handler); };
    return emit;
}

function FakeComponent(about) {
    var c = this;
    c.name = about.name;
    c.displayName = about.title || about.name;
    c.treeName = about.treeName || about.name;
    c.dependencies = about.needs || [];
    c.installed = !!about.installed;
    c.values = {Default: about.byDefault || "true", Description: "about " + about.name, AutoDependOn: about.auto || "",
                ForcedInstallation: about.forced || "false", Version: about.fetched || "1.0.0"};
    c.selected = c.values.Default == "true";
    c.wanted = false;       // whatever the script did, as another script may have it
    c.value = function(key) { return c.values[key] || ""; };
    c.setValue = function(key, value) {
        if (about.breaks)
            throw new Error("a broken package");
        c.values[key] = world.replaced(value);
        if (key == "DisplayName")
            c.displayName = c.values[key];
    };
    c.isDefault = function() { return c.values.Default == "true"; };
    c.installationRequested = function() { return c.wanted || c.selected; };
    c.updateRequested = function() { return false; };
}

// about: packages, each with name, xml and what FakeComponent takes; repository: packages that come from one, and are in no
// list that the script can read; answer: what the program answers, as an object or as
// a function of the request; settings, arguments, files; window, maintenance, windows (the system); meanwhile, a function
// that is called with the name of each operation while that runs.
function World(about) {
    var w = this;
    w.about = about;
    w.components = about.packages.concat(about.repository || [], {name: "com.example.licenses", byDefault: "false"}).map(function(each) {
        return new FakeComponent(each);
    });
    w.values = about.arguments || {};
    w.canceled = false;
    w.said = [];
    w.operations = [];
    w.folders = {};         // that the script has made
    w.readOnly = {};        // files, and only where that matters: on Windows
    w.request = "";
    w.files = {":/metadata/Updates.xml": w.updates(), ":/qls/qls.ini": about.settings || "", ":/qls/qls-precheck": "program",
               ":/qls/qls-precheck.exe": "program"};
    Object.keys(about.files || {}).forEach(function(path) { w.files[path] = about.files[path]; });
    w.installer = {
        finishedCalculateComponentsToInstall: signal(), installationStarted: signal(), statusChanged: signal(),
        isInstaller: function() { return !about.maintenance; }, isUpdater: function() { return false; },
        isOfflineOnly: function() { return !about.online; }, isCommandLineInstance: function() { return !about.window; },
        value: function(key) { return w.values[key] || ""; },
        setValue: function(key, value) { w.values[key] = w.replaced(value); },
        components: function() { return w.components; },
        componentByName: function(name) { return w.componentByName(name); },
        selectComponent: function(name) { w.select(name, true); },
        deselectComponent: function(name) { w.select(name, false); },
        fileExists: function(path) { return w.files[path] !== undefined; },
        readFile: function(path) { return w.files[path] || ""; },
        setCanceled: function() { w.canceled = true; },
        status: 1, environmentVariable: function(name) { return {SystemRoot: "C:\\Windows"}[name] || ""; },
        execute: function(program, given) { return w.execute(program, given.map(w.replaced)); },
        performOperation: function(name, given) { return w.perform(name, given.map(w.replaced)); }
    };
}

World.prototype.component = function(name) {
    return this.components.filter(function(c) { return c.name == name; })[0] || null;
};

// As PackageManagerCore::parseNameAndVersion() does it: the version is behind the first colon, or without one behind the
// first hyphen, so that a name with a hyphen is found only with a colon after it.
World.prototype.componentByName = function(requirement) {
    var end = requirement.indexOf(":");
    if (end < 0)
        end = requirement.indexOf("-");
    var version = end < 0 ? "" : requirement.slice(end + 1), c = this.component(end < 0 ? requirement : requirement.slice(0, end));
    return c && (!version || /^[<>=]/.test(version) || version == c.values.Version) ? c : null;
};

World.prototype.select = function(name, selected) {
    var c = this.componentByName(name);
    if (c)
        c.selected = selected;
};

World.prototype.updates = function() {
    return "<Updates>" + this.about.packages.concat({name: "com.example.licenses"}).map(function(each) {
        return "<PackageUpdate><Name>" + each.name + "</Name><Default>" + (each.byDefault || "true") + "</Default>"
               + (each.version || "<Version>1.0.0</Version>") + "<ReleaseDate>2024-10-08</ReleaseDate>" + (each.xml || "")
               + "</PackageUpdate>";
    }).join("") + "</Updates>";
};

// As PackageManagerCoreData::replaceVariables() does it.
World.prototype.replaced = function(text) {
    return text.replace(/@([^@]*)@/g, function(all, name) { return world.values[name] || ""; });
};

World.prototype.execute = function(program, given) {
    var line = given.join(" ");
    if (line.indexOf("mktemp") >= 0) {
        this.makeFolder("/tmp/qls-precheck-1/answer");
        return ["/tmp/qls-precheck-1\n", 0];
    }
    if (line.indexOf("rm -rf") >= 0)
        this.below(given[2]).concat(given[2]).forEach(this.remove, this);
    if (program == "C:\\Windows/System32/attrib.exe" && given[0] == "-R")
        delete this.readOnly[given[1].split("\\").join("/")];
    if (given[0] == "--version" && this.about.noexec)
        return [];
    return ["", 0];
};

World.prototype.makeFolder = function(path) {
    this.folders[path] = this.folders[path.slice(0, path.lastIndexOf("/"))] = true;
};

World.prototype.remove = function(path) {
    delete this.folders[path];
    delete this.files[path];
};

World.prototype.below = function(path) {
    return Object.keys(this.folders).concat(Object.keys(this.files)).filter(function(each) { return each.indexOf(path + "/") == 0; });
};

// What the script has made and not removed.
World.prototype.left = function() {
    var w = this;
    return Object.keys(w.folders).concat(Object.keys(w.files).filter(function(path) { return /qls-precheck-\w+\//.test(path); }));
};

World.prototype.perform = function(name, given) {
    this.operations.push([name].concat(given));
    if (this.about.meanwhile)
        this.about.meanwhile(name);
    if (name == "Mkdir") {
        this.makeFolder(given[0]);
    } else if (name == "Copy") {
        this.files[given[1]] = this.files[given[0]];
        // As QFile::copy() does it with what is embedded.
        this.readOnly[given[1]] = this.about.windows;
    } else if (name == "Delete" || name == "Rmdir") {
        if (this.readOnly[given[0]] || this.below(given[0]).length)
            return false;
        this.remove(given[0]);
    } else if (name == "AppendFile") {
        this.files[given[0]] = this.request = given[1];
    } else if (name == "Execute") {
        var answer = this.about.answer;
        if (typeof answer == "function")
            answer = answer(JSON.parse(this.request).consumers);
        // The framework replaces variables here once more.
        this.ran = given.map(this.replaced);
        if (answer === undefined)
            return false;
        var output = this.ran.filter(function(each) { return each.indexOf("--output=") == 0; })[0].slice("--output=".length);
        if (!this.folders[output.slice(0, output.lastIndexOf("/"))])
            return false;
        this.files[output] = typeof answer == "string" ? answer : JSON.stringify(answer);
    }
    return true;
};

// Loads the script as the framework does.
World.prototype.begin = function() {
    var w = this;
    world = w;
    var names = ["installer", "component", "console", "systemInfo", "QInstaller", "QMessageBox", "QDesktopServices", "QFileDialog", "gui"];
    var script = new Function(names.join(","), "(function() {" + gate + "\nreturn new Component; })();");
    script(w.installer, w.component("com.example.licenses"), {log: function(text) { w.said.push(text); }},
           {kernelType: w.about.windows ? "winnt" : "linux"}, {Canceled: 4, ComponentSelection: 4}, {critical: function() {}},
           {TempLocation: 1, GenericCacheLocation: 2, storageLocation: function() { return w.about.windows ? "C:/Users/J@n/Temp" : "/tmp"; }}, {}, w.gui);
    return w;
};

// What a click on Install ends in.
World.prototype.install = function() {
    if (!this.canceled && !this.about.window)
        this.installer.finishedCalculateComponentsToInstall();
    if (!this.canceled)
        this.installer.installationStarted();
    return this.canceled ? [] : this.chosen();
};

World.prototype.chosen = function() {
    return this.components.filter(function(c) { return c.installationRequested(); }).map(function(c) { return c.name; }).sort();
};

World.prototype.says = function(text) {
    return this.said.some(function(line) { return line.indexOf(text) >= 0; });
};

var world, gate;
