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
// a function of the request; settings, arguments, files; window, maintenance.
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
    w.folders = 0;
    w.request = "";
    w.files = {":/metadata/Updates.xml": w.updates(), ":/qls/qls.ini": about.settings || "", ":/qls/qls-precheck": "program"};
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
        this.folders += 1;
        return ["/tmp/qls-precheck-1\n", 0];
    }
    if (line.indexOf("rm -rf") >= 0 && given[2] == "/tmp/qls-precheck-1")
        this.folders -= 1;
    if (given[0] == "--version" && this.about.noexec)
        return [];
    return ["", 0];
};

World.prototype.perform = function(name, given) {
    this.operations.push([name].concat(given));
    if (name == "AppendFile") {
        this.request = given[1];
    } else if (name == "Execute") {
        var answer = this.about.answer;
        if (typeof answer == "function")
            answer = answer(JSON.parse(this.request).consumers);
        // The framework replaces variables here once more.
        this.ran = given.map(this.replaced);
        if (answer === undefined)
            return false;
        this.files["/tmp/qls-precheck-1/answer/answer.json"] = typeof answer == "string" ? answer : JSON.stringify(answer);
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
           {kernelType: "linux"}, {Canceled: 4, ComponentSelection: 4}, {critical: function() {}},
           {TempLocation: 1, GenericCacheLocation: 2, storageLocation: function() { return "/tmp"; }}, {}, w.gui);
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
