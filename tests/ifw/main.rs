//! The license check for Qt Installer Framework: what of it needs no framework, built with Qt 5 and Qt 6. The functions of
//! `integrations/ifw/tests` say what the gate must make of an answer; here is what answers, and how often it is asked.

mod gate;
mod kerberos;

use std::io::Write;
use std::path::Path;
use std::process::Command;

use gate::{Gate, HOST, body, host_and_port, proxy, standin, standin_of};
use support::pki::Ca;
use support::{RawServer, read_request, reply};

/// What needs no server.
fn alone(gate: &Gate) {
    support::run(&mut gate.command(&["closure"]));
    support::run(&mut gate.command(&["files"]));
    fault_308_no_look_up_of_the_systems_proxy(gate);
    support::run(&mut gate.command(&["scripts"]));
    support::run(&mut gate.command(&["settings"]));
}

/// The test counts how often the framework is asked for a proxy, which may take long.
fn fault_308_no_look_up_of_the_systems_proxy(gate: &Gate) {
    support::run(&mut gate.command(&["proxy"]));
}

/// What the license page shows of the stand-in's answers, and of other ones.
fn page(gate: &Gate) {
    let demo =
        std::fs::read_to_string(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
    // Somebody's text from right to left, in a license's name.
    let turned = demo.replace("Tools team, not renewed", "Tools team, not \\u202erenewed");
    assert_ne!(turned, demo);
    let standin = standin_of(&gate.file("turned.json", &turned));
    let codes = support::root().join("docs/status-codes.md");
    let token = gate.file("page-token", &standin.token());
    for (test, scale) in [("failures", "1"), ("page", "1"), ("looks", "1"), ("looks", "2")] {
        let mut command = gate.command(&[test]);
        command.env("QT_SCALE_FACTOR", scale);
        command.env("QLS_TEST_SERVER", standin.url()).env("QLS_TEST_TOKEN_FILE", &token);
        support::run(command.env("QLS_TEST_STATUS_CODES", &codes).env("QT_QPA_PLATFORM", "offscreen"));
    }
}

/// Every text of the sources is translated into every language, and nothing else is.
fn texts(lupdate: &Path) {
    let ifw = support::root().join("integrations/ifw");
    let read = |folder: &Path, end: &str| {
        let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        files.filter(|file| file.to_string_lossy().ends_with(end)).collect::<Vec<_>>()
    };
    let sources = [read(&ifw, ".cpp"), read(&ifw, ".h")].concat();
    let languages = read(&ifw.join("translations"), ".ts");
    assert!(languages.len() >= 12, "{languages:?}");
    let work = tempfile::tempdir().expect("a folder");
    for language in languages {
        let before = std::fs::read_to_string(&language).expect("texts");
        let copy = work.path().join(language.file_name().expect("a name"));
        std::fs::write(&copy, &before).expect("a copy");
        // What is English already needs no more than its plural forms.
        let forms = language.ends_with("qls_en.ts").then_some("-pluralonly");
        support::run(Command::new(lupdate).args(forms).args(&sources).arg("-ts").arg(&copy));
        let after = std::fs::read_to_string(&copy).expect("texts");
        let bad: Vec<_> = ["unfinished", "vanished", "obsolete"]
            .into_iter()
            .filter(|kind| after.contains(&format!("type=\"{kind}\"")))
            .collect();
        assert!(bad.is_empty(), "{}: {bad:?}", language.display());
        for element in ["translation", "numerusform"] {
            let empty = [format!("<{element}></{element}>"), format!("<{element}/>")];
            assert!(!empty.iter().any(|empty| before.contains(empty)), "{}: {element}", language.display());
        }
    }
}

fn verdicts(gate: &Gate) {
    assert_eq!(gate.asks_standin("allowed_once", &[]).len(), 1);
    assert_eq!(gate.asks_standin("the_log_says_how", &[]).len(), 1);
    assert_eq!(gate.asks_standin("denied_says_why", &[]).len(), 1);
    assert_eq!(gate.asks_standin("dependents", &[]).len(), 1);
    assert_eq!(gate.asks_standin("parents", &[]).len(), 1);
    assert_eq!(gate.asks_standin("packages::packages_that_come_later", &[]).len(), 1);
    assert_eq!(gate.asks_standin("packages::other_packages_under_a_name", &[]).len(), 4);
    assert_eq!(gate.asks_standin("nothing_marked", &[]).len(), 0);
    assert_eq!(gate.asks_standin("packages::eight_thousand", &[]).len(), 1);
    assert_eq!(gate.asks_standin("packages::inherited_version", &[]).len(), 1);

    let requests = gate.asks_standin("mixed", &[]);
    assert_eq!(requests.len(), 1);
    let ids: Vec<_> = body(&requests[0])["consumers"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|consumer| consumer["component_id"].as_str().expect("a string").to_owned())
        .collect();
    assert_eq!(ids, ["org.allowed", "org.denied", "org.old"]);
}

fn what_is_sent(gate: &Gate) {
    let requests = gate.asks_standin("says_what_the_package_says", &[]);
    assert_eq!(requests.len(), 1);
    assert_eq!(
        body(&requests[0]),
        serde_json::json!({
            "operation": "check",
            "user_id": "Jürgen",
            "consumers": [
                {
                    "consumer_id": "qtcreator",
                    "consumer_version": "1.0.0",
                    "consumer_build_timestamp": "2024-04-02",
                    "component_id": "org.bare"
                },
                {
                    "consumer_id": "qtframework",
                    "consumer_version": "6.8.0",
                    "consumer_installation_schema": "commercial",
                    "consumer_supported_features": "linux & qnx",
                    "consumer_build_timestamp": "2024-10-08",
                    "component_id": "org.full"
                }
            ]
        })
    );
}

fn no_verdict(gate: &Gate) {
    assert_eq!(gate.asks_standin("no_verdict_blocks", &[]).len(), 0);
    // Tried three times, as the library does.
    assert_eq!(gate.asks_standin("no_verdict_hides", &["status=503"]).len(), 3);
    assert_eq!(gate.asks_standin("again", &["1*status=400"]).len(), 2);
    // Perhaps before anything was sent.
    assert!(gate.asks_standin("cancelled", &["delay=30s"]).len() <= 1);

    let half = RawServer::replying(reply(
        200,
        r#"{"status": true, "message": "", "data": [
            {"component_id": "org.allowed", "consumer_id": "qtcreator", "installtion_allowed": true}
        ]}"#,
    ));
    gate.asks("packages::no_answer_about_one", &half.url(), "token", &[]);
    assert_eq!(half.requests().len(), 1);
}

fn tokens(gate: &Gate) {
    assert_eq!(gate.asks_standin("no_account", &[]).len(), 1);
    assert_eq!(gate.asks_standin("token_file", &[]).len(), 1);
    assert_eq!(gate.asks_standin("refused_token", &[]).len(), 1);
    assert_eq!(gate.asks_standin("token_of_the_environment", &[]).len(), 1);
}

fn fault_216_no_secret_in_what_the_gate_says(gate: &Gate) {
    const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJxVzdyWnBMMmNWeDlCIn0.Tn5Kd8Fh3Gm6Yw1Qa4Us7Je0Xo2Ci9Rv_Pl-Bz";
    let both = format!("{TOKEN} Vx8-pZ2wq-Lk9mT4r");
    let echoing = RawServer::replying(reply(400, format!(r#"{{"status":false,"code":"{both}","message":"{both}"}}"#)));
    gate.asks("secrets::in_what_a_gate_says", &echoing.url(), TOKEN, &[]);
    gate.asks("secrets::in_settings", &echoing.url(), TOKEN, &[]);
    assert!(!echoing.requests().is_empty());
}

fn fault_217_names_as_the_framework_takes_them(gate: &Gate) {
    assert_eq!(gate.asks_standin("packages::names_with_blanks", &[]).len(), 1);
}

fn proxies(gate: &Gate) {
    let ca = Ca::new("a CA for tests");
    let file = gate.file("ca.pem", &ca.pem());
    let standin = standin(&[], Some(ca.identity(&[HOST])));
    let url = format!("https://{HOST}");
    let ask = |function: &str, variable: &str| {
        let proxy = proxy(host_and_port(standin.url()));
        let before = standin.requests().len();
        let address = format!("http://user:pass@{}", proxy.address());
        gate.asks(function, &url, &standin.token(), &[("QLS_TEST_CA", &file), (variable, &address)]);
        (proxy.requests(), standin.requests().len() - before)
    };
    let (seen, asked) = ask("through_a_proxy", "QLS_TEST_PROXY");
    assert_eq!((seen.len(), asked), (1, 1));
    // user:pass
    assert!(seen[0].head.contains("dXNlcjpwYXNz"), "{}", seen[0].head);
    let (seen, asked) = ask("proxy_of_the_environment", "HTTPS_PROXY");
    assert_eq!((seen.len(), asked), (1, 1));
    let (seen, asked) = ask("without_a_proxy", "HTTPS_PROXY");
    assert_eq!((seen.len(), asked), (0, 0));
}

fn authorities(gate: &Gate) {
    let ca = Ca::new("a CA for tests");
    let (own, other) = (gate.file("own.pem", &ca.pem()), gate.file("other.pem", &Ca::new("another").pem()));
    let standin = standin(&[], Some(ca.identity(&["127.0.0.1"])));
    let environment = [("SSL_CERT_FILE", &*own), ("QLS_TEST_CA", &own), ("QLS_TEST_OTHER_CA", &other)];
    gate.asks("own_authority_only", standin.url(), &standin.token(), &environment);
    assert_eq!(standin.requests().len(), 2);
}

fn lists(gate: &Gate) {
    let requests = gate.asks_standin("list", &[]);
    let bodies: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!((&bodies[0]["operation"], &bodies[0]["user_id"]), (&"check".into(), &"user-7".into()));
    assert_eq!(bodies[1], serde_json::json!({"operation": "list", "user_id": "user-7"}));

    let silent = RawServer::serving(|stream, requests| {
        let Some(request) = read_request(&*stream) else { return };
        let answer = if String::from_utf8_lossy(&request.body).contains("\"check\"") {
            reply(
                200,
                r#"{"status": true, "message": "", "data": [
                    {"component_id": "org.allowed", "consumer_id": "qtcreator", "installtion_allowed": true}
                ]}"#,
            )
        } else {
            reply(400, r#"{"status": false, "code": "1234", "message": "Bad request"}"#)
        };
        requests.lock().expect("no test panicked here").push(request);
        let _ = stream.write_all(&answer);
    });
    gate.asks("list_without_an_answer", &silent.url(), "token", &[]);
    assert_eq!(silent.requests().len(), 2);
}

/// Every function of the test program was run by one of the above.
fn nothing_is_left_out(gate: &Gate, source: &Path) {
    let read = |file: &Path| std::fs::read_to_string(file).expect("this file");
    let driver = read(source) + &read(&source.with_file_name("kerberos.rs"));
    let mut found = 0;
    for (test, prefix) in [("asking", ""), ("packages", "packages::"), ("secrets", "secrets::")] {
        let output = support::run(&mut gate.command(&[test, "-functions"]));
        let functions = String::from_utf8_lossy(&output.stdout);
        for function in functions.lines().filter_map(|line| line.trim().strip_suffix("()")) {
            assert!(driver.contains(&format!("\"{prefix}{function}\"")), "{function} is never run");
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}

/// Where the library is loaded: it is missing, another one, or there is no place to load it from. Nothing is asked then.
fn no_library(gate: &Gate) {
    let genuine = std::fs::read(gate.library()).expect("the library");
    let standin = standin(&[], None);
    let refused = |words: &str, environment: &[(&str, &str)]| {
        let environment = [&[("QLS_TEST_WORDS", words)], environment].concat();
        gate.asks("no_library", standin.url(), &standin.token(), &environment);
    };
    std::fs::write(gate.library(), [&*genuine, b"more"].concat()).expect("a library");
    refused("is another file than the one that the installer was made with", &[]);
    std::fs::write(gate.library(), "").expect("a library");
    refused("is another file than the one that the installer was made with", &[]);
    std::fs::remove_file(gate.library()).expect("the library");
    refused(&format!("A part of this installer is missing: there is no {}", gate.library().display()), &[]);
    std::fs::write(gate.library(), genuine).expect("the library");
    let nowhere = ("XDG_CACHE_HOME", "/proc/nowhere");
    refused("There is no folder for temporary files.", &[("QLS_TEST_TMPDIR", "/proc/nowhere"), nowhere]);
    refused("There is no place for a temporary file: /proc: ", &[("QLS_TEST_TMPDIR", "/proc"), nowhere]);
    assert_eq!(standin.requests().len(), 0);
}

fn everything(gate: &Gate) {
    alone(gate);
    page(gate);
    verdicts(gate);
    what_is_sent(gate);
    no_verdict(gate);
    tokens(gate);
    fault_216_no_secret_in_what_the_gate_says(gate);
    fault_217_names_as_the_framework_takes_them(gate);
    proxies(gate);
    kerberos::everything(gate);
    authorities(gate);
    lists(gate);
    nothing_is_left_out(gate, &support::root().join("tests/ifw/main.rs"));
}

/// The first columns' backquoted words in the table under a heading that begins with `head`.
fn table(document: &str, head: &str) -> Vec<String> {
    let lines = document.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let cells = lines.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

#[test]
fn settings_elements_and_variables_are_documented() {
    let read =
        |name: &str| std::fs::read_to_string(support::root().join("integrations/ifw").join(name)).expect("a file");
    let readme = read("README.md");
    let quoted = |file: &str, before: &str| -> Vec<String> {
        read(file).split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let mut settings = table(&readme, "| key |");
    let mut known = quoted("gatesettings.cpp", "key == QLatin1String(\"");
    known.extend(quoted("gatesettings.cpp", "{QStringLiteral(\""));
    known.retain(|key| !key.starts_with("Qls")); // arguments
    let pri = read("qls_precheck_ifw.pri");
    let pairs: Vec<_> = pri.split_whitespace().filter_map(|word| word.split_once(":QLS_")).collect();
    let mut variables: Vec<String> = pairs.iter().map(|(key, _)| (*key).to_owned()).collect();
    for list in [&mut settings, &mut known, &mut variables] {
        list.sort();
    }
    assert_eq!(settings.len(), 11);
    assert_eq!((&known, &variables), (&settings, &settings));

    let documented = table(&readme, "| variable for qmake |");
    let others =
        ["QLS_PREFIX", "QLS_LINK", "QLS_LIBRARY_SHA256", "QLS_PRECHECK_LIBDIR", "QLS_LANGUAGES"].map(str::to_owned);
    for name in pairs.iter().map(|(_, name)| format!("QLS_{name}")).chain(others) {
        assert!(documented.contains(&name), "{name} is not in the README");
        assert!(pri.contains(&name), "{name} is not in the .pri file");
    }

    let mut elements = table(&readme, "| element |");
    let mut read_ones = quoted("packagelist.cpp", "{QStringLiteral(\"");
    read_ones.retain(|element| element.starts_with("Qls"));
    elements.sort();
    read_ones.sort();
    assert_eq!(elements, read_ones);
}

/// The page has the table that `integrations/ifw/tests/framework` printed: it has a row for each habit.
#[test]
fn habits_are_in_the_table() {
    let ifw = support::root().join("integrations/ifw");
    let page = std::fs::read_to_string(ifw.join("tried.md")).expect("the page");
    let mut found = 0;
    for file in std::fs::read_dir(ifw.join("tests/habits")).expect("the habits") {
        let file = file.expect("a file").path();
        if file.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let source = std::fs::read_to_string(file).expect("a file");
        for title in source.split("\n@habit(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("\n| {title} | ")), "{title} is not in the page's table");
            found += 1;
        }
    }
    assert_eq!(page.matches(" | same |\n").count() + page.matches(" | as the licenses say |\n").count(), found);
}

/// What judges those runs does not take a run that failed, or none at all, for one that went well.
#[test]
fn the_judges_of_habits() {
    let tests = support::root().join("integrations/ifw/tests");
    support::run(Command::new("python3").args(["-B", "-m", "unittest", "test_habits"]).current_dir(tests));
}

#[test]
#[ignore = "needs Qt 6, krb5kdc and squid"]
fn the_gate_with_qt_6() {
    everything(&Gate::build(&["qmake6", "/usr/lib/qt6/bin/qmake", "qmake"], "6.", "static"));
}

#[test]
#[ignore = "needs Qt 5, krb5kdc and squid"]
fn the_gate_with_qt_5() {
    everything(&Gate::build(&["qmake-qt5", "/usr/lib/qt5/bin/qmake", "qmake"], "5.", "shared"));
}

#[test]
#[ignore = "needs Qt 6"]
fn every_text_in_every_language() {
    texts(&gate::tool("lupdate"));
}

#[test]
#[ignore = "needs Qt 6"]
fn the_gate_that_loads_the_library() {
    let gate = Gate::build(&["qmake6", "/usr/lib/qt6/bin/qmake", "qmake"], "6.", "load");
    assert_eq!(gate.asks_standin("allowed_once", &[]).len(), 1);
    assert_eq!(gate.asks_standin("again", &["1*status=400"]).len(), 2);
    no_library(&gate);
    let names =
        std::fs::read_dir(gate.work.path().join("tmp")).expect("a folder").map(|entry| entry.expect("it").file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with("qls-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// There only where the environment variable `IFW_SOURCE_DIR` names the sources of a Qt Installer Framework. `QMAKE` may
/// name the qmake of the Qt that this framework wants; otherwise it is Qt 6's.
#[cfg(ifw_source_dir)]
#[test]
fn the_framework_s_part_compiles() {
    let framework = std::env::var("IFW_SOURCE_DIR").expect("IFW_SOURCE_DIR");
    let qmake = std::env::var("QMAKE").unwrap_or_else(|_| "qmake6".to_owned());
    let ours = support::root().join("integrations/ifw");
    let library = support::library().shared();
    for (link, alone) in [("static", None), ("shared", Some("linkedlibrary.cpp")), ("load", Some("gatelibrary.cpp"))] {
        let work = tempfile::tempdir().expect("a folder");
        let mut configure = Command::new(&qmake);
        configure.arg(format!("{framework}/src/libs/installer/installer.pro"));
        configure.args([
            &*format!("PRODUCTKEYCHECK_PRI_FILE={}/qls_precheck_ifw.pri", ours.display()),
            &format!("QLS_PRECHECK_LIBDIR={}", library.parent().expect("a folder").display()),
            &format!("QLS_LINK={link}"),
            "CONFIG+=libarchive",
        ]);
        support::run(configure.current_dir(work.path()));
        for source in std::fs::read_dir(&ours).expect("the integration's folder") {
            let source = source.expect("a file").path();
            let name = source.file_name().expect("a name").to_str().expect("a name in UTF-8");
            // What belongs to one way of linking is compiled with that one alone.
            if !name.ends_with(".cpp")
                || (alone != Some(name) && ["linkedlibrary.cpp", "gatelibrary.cpp"].contains(&name))
            {
                continue;
            }
            let object = name.replace(".cpp", ".o");
            let output = support::run(Command::new("make").arg(object).current_dir(work.path()));
            let printed = String::from_utf8_lossy(&output.stderr);
            assert!(!printed.contains("integrations/ifw/"), "{printed}");
        }
    }
}
