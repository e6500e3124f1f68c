// What the kit's script does, in the scripted framework of world.js. The last test counts what ran.

var passed = 0;

function test(title, run) {
    try {
        run();
    } catch (error) {
        throw new Error(title + ": " + error.message + (world ? "\n  it says: " + world.said.join("\n  ") : ""));
    }
    passed += 1;
}

function same(found, expected) {
    if (JSON.stringify(found) != JSON.stringify(expected))
        throw new Error("found " + JSON.stringify(found) + " instead of " + JSON.stringify(expected));
}

function answering(verdicts) {
    return function(consumers) {
        return {status: "QLS_OK", message: "", components: consumers.map(function(consumer) {
            return {component_id: consumer.component_id, consumer_id: consumer.consumer_id,
                    verdict: verdicts[consumer.component_id] || "denied"};
        })};
    };
}

var MARK = "<QlsConsumerId>qtcreator</QlsConsumerId>";
var free = {name: "org.free"}, tool = {name: "org.tool", xml: MARK};

function begun(about) {
    return new World(about).begin();
}

function installs(about, expected) {
    var w = begun(about);
    same(w.install(), expected);
    same(w.left(), []);
    return w;
}

test("what is allowed is installed", function() {
    var w = installs({packages: [free, tool], answer: answering({"org.tool": "allowed"})}, ["org.free", "org.tool"]);
    same(w.component("org.tool").values.Default, "true");
    same(w.component("org.tool").values.Description, "about org.tool");
});

test("a clear yes, or no", function() {
    var nothing = [undefined, "", "{", "null", {}, {status: "QLS_OK"}, {status: "QLS_TIMEOUT", message: "late", components: []}];
    nothing.forEach(function(answer) {
        installs({packages: [free, tool], answer: answer}, []);
        installs({packages: [free, tool], answer: answer, settings: "onNoVerdict = hide"}, ["org.free"]);
    });
    var entry = function(verdict) { return {component_id: "org.tool", consumer_id: "qtcreator", verdict: verdict}; };
    [[], [entry("denied")], [entry("unknown")], [entry(true)], [entry("allowed"), entry("denied")], [entry("denied"), entry("allowed")]]
        .forEach(function(entries) {
            installs({packages: [free, tool], answer: {status: "QLS_OK", components: entries}}, ["org.free"]);
        });
});

test("what needs or is below something denied", function() {
    var packages = [free, tool, {name: "org.a", needs: ["org.tool->=1.0"]}, {name: "org.b", needs: ["org.a"]},
                    {name: "org.tool.child"}, {name: "org.guest", treeName: "org.tool.guest"}, {name: "org.toolbox"},
                    {name: "org.c", needs: ["org.guest"]}, {name: "org.d", needs: ["org.nowhere"]}, {name: "constructor"}];
    var w = installs({packages: packages, answer: answering({})}, ["constructor", "org.d", "org.free", "org.toolbox"]);
    same(w.says("org.b is left out: needs org.a, which is left out"), true);
    same(w.says("org.tool.child is left out: belongs to org.tool, which is left out"), true);
});

test("nothing pulls a denied package in", function() {
    var w = begun({packages: [free, {name: "org.tool", xml: MARK, auto: "org.free", byDefault: "script"}], answer: answering({})});
    same([w.component("org.tool").values.AutoDependOn, w.component("org.tool").values.Default], ["", "false"]);
});

test("an allowed package gets back what it had", function() {
    var w = begun({packages: [free, {name: "org.tool", xml: MARK, auto: "org.free", byDefault: "script", title: "A@B@C"}],
                   answer: answering({"org.tool": "allowed"})});
    var c = w.component("org.tool");
    same([c.values.AutoDependOn, c.values.Default, c.displayName], ["org.free", "script", "A@B@C"]);
});

test("many packages", function() {
    var packages = [tool];
    for (var i = 0; i < 1000; ++i)
        packages.push({name: "org.p" + i, needs: [i ? "org.p" + (i - 1) : "org.tool"], xml: i % 2 ? MARK : ""});
    installs({packages: packages, answer: answering({})}, []);
});

test("what another script chooses ends everything", function() {
    [false, true].forEach(function(window) {
        var w = new World({packages: [free, tool], answer: answering({}), window: window, settings: "onNoVerdict = hide"});
        if (window)
            w.installer.addWizardPage = function() {};
        w.gui = fakeGui();
        w.begin();
        w.component("org.tool").wanted = true;
        same(w.install(), []);
        same(w.says("org.tool cannot be installed"), true);
    });
});

// The framework takes what is behind a hyphen for a version.
test("a hyphen in a name", function() {
    var hyphen = {name: "org.my-tool", xml: MARK, forced: "true"};
    var packages = [free, hyphen, {name: "org.user", needs: ["org.my-tool:1.0.0"]}];
    var w = begun({packages: packages, answer: answering({})});
    same(w.chosen(), ["org.free"]);
    w.component("org.my-tool").wanted = true;
    same([w.install(), w.canceled], [[], true]);
    installs({packages: packages, answer: answering({"org.my-tool": "allowed"})}, ["org.free", "org.my-tool", "org.user"]);
    // A window begins with everything closed, and opens what is allowed.
    w = inWindow({packages: packages, answer: answering({"org.my-tool": "allowed"})});
    same(w.chosen(), ["org.free"]);
    w.gui.frame.entered();
    same(w.install(), ["org.free", "org.my-tool", "org.user"]);
    var kept = {name: "org.my-tool", xml: MARK, installed: true, byDefault: "false"}, addon = {name: "org.addon", needs: ["org.my-tool:"]};
    var list = new World({packages: [kept, addon]}).updates();
    w = begun({packages: [kept, addon], maintenance: true, arguments: {TargetDir: "/opt"}, files: {"/opt/repository/Updates.xml": list}});
    same(w.chosen(), ["org.addon"]);
});

test("a closed package that is not found any more ends everything", function() {
    var w = begun({packages: [free, tool], answer: answering({})});
    w.components.splice(1, 1);
    same([w.install(), w.canceled], [[], true]);
});

function fakeGui() {
    var page = {headline: {}, list: {}, progress: {}, again: {clicked: signal()}, token: {clicked: signal()}};
    var frame = {entered: signal()};
    return {page: page, frame: frame, pageWidgetByObjectName: function() { return page; },
            pageByObjectName: function() { return frame; }};
}

function inWindow(about) {
    about.window = true;
    var w = new World(about);
    w.gui = fakeGui();
    w.installer.addWizardPage = function() {};
    return w.begin();
}

test("a page that is never entered opens nothing", function() {
    var w = inWindow({packages: [free, tool], answer: answering({"org.tool": "allowed"})});
    same([w.component("org.tool").values.Unstable, w.install()], ["true", []]);
    w = inWindow({packages: [free, tool], answer: answering({"org.tool": "allowed"}), settings: "onNoVerdict = hide"});
    same(w.install(), ["org.free"]);
});

test("the page asks, and again, and what it shows is escaped", function() {
    var about = {packages: [free, tool], answer: {status: "QLS_REJECTED", message: "<b>@TargetDir@ & no</b>", components: []}};
    var w = inWindow(about), page = w.gui.page;
    w.gui.frame.entered();
    same(page.complete, false);
    same(page.headline.text.indexOf("&lt;b&gt;@TargetDir@ &amp; no&lt;/b&gt;") > 0, true);
    about.answer = answering({});
    page.again.clicked();
    same([page.complete, w.component("org.tool").values.Unstable], [true, "true"]);
    about.answer = answering({"org.tool": "allowed"});
    page.again.clicked();
    same([page.complete, w.component("org.tool").values.Unstable, w.install()], [true, "false", ["org.free", "org.tool"]]);
});

test("the page blames the licenses only where they do not cover something", function() {
    var says = function(about) {
        var w = inWindow(about);
        w.gui.frame.entered();
        return w.gui.page.headline.text;
    };
    var yes = answering({"org.tool": "allowed"}), unknown = answering({"org.tool": "unknown"}), fetched = [{name: "org.fetched"}];
    same(says({packages: [free, tool], answer: yes}), "Your licenses cover all packages that need one.");
    same(says({packages: [free, tool], answer: yes, repository: fetched}),
         "Your licenses cover all packages that need one. Some cannot be selected all the same: the list says why.");
    [[], fetched].forEach(function(repository) {
        same(says({packages: [free, tool], answer: answering({}), repository: repository}),
             "Your licenses do not cover some packages. They cannot be selected.");
        same(says({packages: [free, tool], answer: unknown, repository: repository}),
             "The license server does not say whether your licenses cover some packages. They cannot be selected.");
    });
});

test("what is sent", function() {
    var xml = "<QlsConsumerId>a&amp;b</QlsConsumerId><QlsConsumerVersion>2</QlsConsumerVersion><QlsBuildTimestamp>2025-01-01</QlsBuildTimestamp>"
              + "<QlsInstallationSchema>commercial</QlsInstallationSchema><QlsSupportedFeatures>J\u00fcrgen@x@</QlsSupportedFeatures>";
    var w = begun({packages: [{name: "org.full", xml: xml}, free, tool], answer: answering({})});
    same(/^[\x20-\x7e]*$/.test(w.request), true);
    same(JSON.parse(w.request), {consumers: [
        {component_id: "org.full", consumer_id: "a&b", consumer_version: "2", consumer_build_timestamp: "2025-01-01",
         consumer_installation_schema: "commercial", consumer_supported_features: "J\u00fcrgen@x@"},
        {component_id: "org.tool", consumer_id: "qtcreator", consumer_version: "1.0.0", consumer_build_timestamp: "2024-10-08"}]});
});

test("an inherited version", function() {
    var version = function(from) { return "<Version inheritVersionFrom=\"" + from + "\">1</Version>"; };
    var w = begun({packages: [{name: "org.base", version: "<Version>6.7.0</Version>"}, {name: "org.mid", version: version("org.base")},
                              {name: "org.x", xml: MARK, version: version("org.mid")}], answer: answering({})});
    same(JSON.parse(w.request).consumers[0].consumer_version, "6.7.0");
    ["org.nowhere", "org.x"].forEach(function(from) {
        installs({packages: [{name: "org.x", xml: MARK, version: version(from)}], answer: answering({"org.x": "allowed"})}, []);
    });
});

test("marks that cannot be used, and a list that cannot be read", function() {
    ["<QlsConsumer>x</QlsConsumer>", "<qlsConsumerId>x</qlsConsumerId>", "<QlsConsumerId/>", "<QlsConsumerId> </QlsConsumerId>", MARK + MARK,
     "<QlsConsumerVersion>1</QlsConsumerVersion>", "<Mine>" + MARK + "</Mine>", "<Broken>", "</Name>"].forEach(function(xml) {
        var w = installs({packages: [free, {name: "org.tool", xml: xml}], settings: "onNoVerdict = hide",
                          answer: answering({"org.tool": "allowed"})}, []);
        same([w.canceled, w.request], [true, ""]);
    });
    ["", "<Updates></Updates>", "<Updates>", "no list"].forEach(function(list) {
        installs({packages: [free, tool], settings: "onNoVerdict = hide", files: {":/metadata/Updates.xml": list},
                  answer: answering({"org.tool": "allowed"})}, []);
    });
});

test("settings that cannot be used", function() {
    ["x", "polici = hide", "timeout = 0", "timeout = 3601", "timeout = 1e3", "trust = none", "onNoVerdict = allow", "server =", "list = true",
     "timeout = 3\ntimeout = 3", "proxy = http://a:b@c", "userId = login", "constructor = 1", "onNoVerdict = toString"].forEach(function(line) {
        installs({packages: [free, tool], settings: line, answer: answering({"org.tool": "allowed"})}, []);
    });
});

test("how the program is run", function() {
    var w = begun({packages: [free, tool], answer: answering({}), arguments: {QlsTokenFile: "/home/a@b@c/token", Home: "x"},
                   settings: "# ours\r\nserver = https://s\r\nuserId = u@v@w\nproxy = none\ntrust = given-only\n",
                   files: {":/qls/ca.pem": "pem"}});
    var folder = "/tmp/qls-precheck-1";
    same(w.ran.slice(4), [folder, folder + "/qls-precheck", "check", folder + "/request.json", "--no-environment", "--json",
        "--output=" + folder + "/answer/answer.json", "--server=https://s", "--timeout=15", "--trust=given-only",
        "--token-file=/home/a@b@c/token", "--ca-file=" + folder + "/ca.pem", "--user-id=u@v@w", "--proxy=", "--quiet"]);
});

test("arguments of the user's", function() {
    var given = function(values, settings) {
        return {packages: [free, tool], answer: answering({"org.tool": "allowed"}), arguments: values, settings: settings || ""};
    };
    installs(given({QlsServer: "http://x", QlsTokenFile: "t"}), []);
    installs(given({QlsServer: "http://x"}, "allowRuntimeSettings = true"), []);
    installs(given({QlsTokenFile: "eyJhbGciOi"}), []);
    var w = installs(given({QlsServer: "http://x", QlsTokenFile: "t"}, "allowRuntimeSettings = true"), ["org.free", "org.tool"]);
    same(w.ran.indexOf("--server=http://x") > 0, true);
    same([w.values.QlsTokenFile, w.values.QlsServer], ["", ""]);
});

test("a program that cannot be run leaves nothing", function() {
    var w = installs({packages: [free, tool], noexec: true, answer: answering({"org.tool": "allowed"})}, []);
    same(w.says("cannot be run from"), true);
    same(w.request, "");
});

test("without marks nobody is asked", function() {
    var w = installs({packages: [free]}, ["org.free"]);
    same(w.request, "");
});

test("packages of a repository that is used too", function() {
    var newer = {name: "org.newer", fetched: "2.0.0"}, covered = {name: "org.tool", xml: MARK, fetched: "2.0.0"};
    var fetched = [{name: "org.fetched", xml: MARK}, {name: "org.user", needs: ["org.fetched"]}];
    var answer = answering({"org.tool": "allowed"});
    var w = installs({packages: [free, newer, covered], repository: fetched, answer: answer}, ["org.free"]);
    same(w.says("org.fetched is left out: it comes from a repository"), true);
    // Without a mark in the installer nobody is asked, and these packages are closed nevertheless.
    w = installs({packages: [free, newer], repository: fetched}, ["org.free"]);
    same([w.request, w.says("org.newer is left out: it comes from a repository")], ["", true]);
    w = inWindow({packages: [free, newer], repository: fetched});
    same([w.component("org.newer").values.Unstable, w.install()], ["true", ["org.free"]]);
    w.component("org.newer").wanted = true;
    same(w.install(), []);
});

test("an online installer is refused", function() {
    installs({packages: [free, tool], online: true, answer: answering({"org.tool": "allowed"})}, []);
});

test("the maintenance tool asks nobody, adds nothing marked, and keeps what there is", function() {
    var packages = [free, tool, {name: "org.kept", xml: MARK, installed: true, byDefault: "false"}, {name: "org.addon", needs: ["org.kept"]}];
    var list = new World({packages: packages}).updates();
    var about = {packages: packages, maintenance: true, arguments: {TargetDir: "/opt"}, files: {"/opt/repository/Updates.xml": list}};
    var w = installs(about, ["org.addon", "org.free"]);
    same([w.request, w.canceled], ["", false]);
    about.repository = [{name: "org.fetched"}, {name: "org.other", installed: true, byDefault: "false"}];
    installs(about, ["org.addon", "org.free"]);
    about.files = {};
    w = installs(about, []);
    same(w.canceled, false);
});

test("a maintenance tool that fails adds nothing, and removes", function() {
    var removed = {name: "org.kept", installed: true, byDefault: "false"};
    var w = begun({packages: [{name: "org.free", breaks: true, byDefault: "false"}, {name: "org.later", byDefault: "false"}, removed],
                   maintenance: true});
    same([w.install(), w.canceled], [[], false]);
    w.component("org.later").wanted = true;
    same([w.install(), w.canceled], [[], true]);
});

test("a failure has its status and its cause", function() {
    [["tls", "QLS_TLS_UNTRUSTED, tls"], [null, "QLS_TLS_UNTRUSTED"]].forEach(function(each) {
        var w = installs({packages: [free, tool], answer: {status: "QLS_TLS_UNTRUSTED", cause: each[0], message: "No trust.", components: []}}, []);
        same(w.says("No trust. [" + each[1] + "]"), true);
    });
});

test("the token's file is no standard input, and the program has none", function() {
    var w = installs({packages: [free, tool], arguments: {QlsTokenFile: "-"}, answer: answering({"org.tool": "allowed"})}, []);
    same([w.request, w.says("QlsTokenFile")], ["", true]);
    w = begun({packages: [free, tool], answer: answering({})});
    same(w.ran[3].indexOf("\"$@\" < /dev/null;") > 0, true);
});

test("on Windows", function() {
    var about = function(more) {
        var each = {windows: true, packages: [free, tool], answer: answering({"org.tool": "allowed"}), files: {":/qls/ca.pem": "pem"}};
        Object.keys(more || {}).forEach(function(key) { each[key] = more[key]; });
        return each;
    };
    var w = installs(about(), ["org.free", "org.tool"]);
    // Without a shell, and the folder's name as it is.
    same([/^C:\/Users\/J@n\/Temp\/qls-precheck-\w+\/qls-precheck\.exe$/.test(w.ran[1]), w.ran[2]], [true, "check"]);
    installs(about({answer: answering({})}), ["org.free"]);
    w = installs(about({noexec: true}), []);
    same(w.says("cannot be run from"), true);
});

test("Cancel while files are copied, or the server is asked", function() {
    [false, true].forEach(function(windows) {
        ["Copy", "AppendFile", "Execute"].forEach(function(operation) {
            var w = new World({windows: windows, packages: [free, tool], answer: answering({"org.tool": "allowed"})});
            w.about.meanwhile = function(name) {
                if (name != operation)
                    return;
                w.installer.status = 4;
                w.installer.statusChanged(4);
                same(Object.keys(w.folders).length, name == "Execute" ? 1 : 2);
            };
            w.begin();
            same([w.ran !== undefined, w.chosen(), w.left()], [operation == "Execute", ["org.free"], []]);
        });
    });
});

host.print(passed + " tests of the script passed");
