//! The stand-in's stage in a real browser: a rehearsal by keyboard, and pages of others that try to get at it.

// Debian's Chromium.
#![cfg(target_os = "linux")]

mod browser;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

use browser::{Browser, DOWN, ENTER};
use qls_standin::{Licenses, Options, Standin};
use serde_json::{Value, json};
use support::RawServer;
use tempfile::TempDir;

/// A stand-in with a stage, and the program that asks it.
struct Rehearsal {
    standin: Standin,
    folder: TempDir,
    program: PathBuf,
}

impl Rehearsal {
    fn start() -> Self {
        let licenses = Licenses::load(support::root().join("standin/licenses/demo.json")).expect("the demo's licenses");
        let standin = Standin::start(Options { stage: true, ..Options::new(licenses) }).expect("a stand-in");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("token"), standin.token()).expect("a token file");
        Self { standin, folder, program: support::precheck_program() }
    }

    /// The page's address, which ends with a slash.
    fn stage(&self) -> &str {
        self.standin.stage_url().expect("a stage")
    }

    /// Opens the page in a browser.
    fn open(&self) -> Browser {
        let browser = Browser::start();
        browser.go(self.stage());
        browser.wait("document.getElementById('connection').textContent === 'Live'");
        browser
    }

    /// The stage's own address, without its secret.
    fn stage_address(&self) -> &str {
        self.stage().strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("a host")
    }

    /// Asks for the components of the examples.
    fn ask(&self) -> Output {
        self.ask_for(&fs::read_to_string(support::root().join("examples-c/consumers.json")).expect("the example"))
    }

    fn ask_for(&self, consumers: &str) -> Output {
        let file = self.folder.path().join("consumers.json");
        fs::write(&file, consumers).expect("a file");
        let mut check = Command::new(&self.program);
        check.args(["check", "--no-environment", "--server", self.standin.url(), "--token-file"]);
        check.arg(self.folder.path().join("token")).arg(file).output().expect("the program runs")
    }
}

/// How the program's table shows that a component is allowed or denied.
fn verdicts(output: &Output) -> Vec<String> {
    let table = String::from_utf8_lossy(&output.stdout);
    table.lines().skip(1).map(|line| line.split_whitespace().last().unwrap_or_default().to_owned()).collect()
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn chromium_plays_scenes_by_keyboard() {
    let rehearsal = Rehearsal::start();
    let browser = rehearsal.open();
    let scene = |name: &str| {
        browser.tab_to(&format!("focus.dataset.scene === '{name}'"));
        browser.press(ENTER);
        browser.wait(&format!("document.querySelector('[data-scene={name}]').ariaPressed === 'true'"));
    };

    scene("new-colleague");
    let output = rehearsal.ask();
    assert_eq!((output.status.code(), verdicts(&output)), (Some(1), vec!["denied".to_owned(); 5]));
    browser.wait("document.querySelectorAll('#rows li').length === 1");
    browser.wait("document.querySelector('#rows li').innerText.includes('✗ 5 denied')");
    // Opened by keyboard, the row has the components with the reasons.
    browser.tab_to("focus.closest('#rows') && focus.tagName === 'SUMMARY'");
    browser.press(ENTER);
    browser.wait("document.querySelectorAll('#rows tbody tr').length === 5");
    let first =
        browser.run("return [...document.querySelectorAll('#rows tbody tr:first-child td')].map((d) => d.innerText)");
    assert_eq!(first[0], "qt.tools.qtcreator");
    assert_eq!((&first[2], &first[3]), (&json!("✗ denied"), &json!("license 10000001 is switched off")));

    scene("as-started");
    let output = rehearsal.ask();
    assert_eq!(
        (output.status.code(), verdicts(&output)),
        (Some(1), ["allowed", "denied", "denied", "allowed", "denied"].map(str::to_owned).to_vec())
    );
    browser.wait("document.querySelector('#rows li').innerText.includes('✓ 2 allowed')");

    scene("login-page");
    let output = rehearsal.ask();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    browser.wait("document.querySelector('#rows li').innerText.includes('html')");

    // A switch of its own: the arrow chooses the next answer, and nothing else has to be pressed.
    browser.tab_to("focus.name === 'answer'");
    browser.press(DOWN);
    browser.wait("document.querySelectorAll('[aria-pressed=true]').length === 0");
    let answer = browser.run("return document.querySelector('[name=answer]:checked').value");
    assert_eq!(answer, "redirect=https://login.example.com/");
    assert_eq!(rehearsal.ask().status.code(), Some(3));
    browser.wait("document.querySelector('#rows li').innerText.includes('302')");

    // What is kept survives a reload; the token was never there.
    browser.go(rehearsal.stage());
    browser.wait("document.querySelectorAll('#rows li').length === 4");
    browser.run("document.querySelectorAll('#rows details').forEach((row) => { row.open = true; })");
    browser.wait("document.querySelectorAll('#rows tbody tr').length === 20");
    let page = browser.run("return document.documentElement.innerHTML");
    let page = page.as_str().expect("a text");
    assert!(rehearsal.standin.token().split('.').all(|part| !page.contains(part)), "{page}");

    fits_all_widths(&browser);
}

/// Nobody has to scroll sideways, from a telephone's width on.
fn fits_all_widths(browser: &Browser) {
    for width in [400, 800, 1200, 1600] {
        browser.set_width(width);
        browser.wait(&format!("innerWidth === {width}"));
        let needed = browser.run("return document.documentElement.scrollWidth");
        assert!(needed.as_u64().is_some_and(|needed| needed <= u64::from(width)), "{width}: {needed}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn chromium_switches_licenses_and_lists_of_faults() {
    let rehearsal = Rehearsal::start();
    let browser = rehearsal.open();

    browser.tab_to("focus.closest('[data-license=\"0\"]') && focus.type === 'checkbox'");
    browser.press(" ");
    browser.wait("document.querySelectorAll('[aria-pressed=true]').length === 0");
    assert_eq!(verdicts(&rehearsal.ask()), ["denied", "denied", "denied", "allowed", "denied"]);

    let type_date = "const to = document.querySelectorAll('[data-license=\"2\"] [type=date]')[1];
        to.value = '2024-01-01'; to.dispatchEvent(new Event('change'));";
    browser.run(type_date);
    browser.wait("switches.licenses[2].valid_to === '2024-01-01'");
    assert_eq!(verdicts(&rehearsal.ask()), vec!["denied"; 5]);

    let set_list = |lines: &str| {
        let script = "document.querySelector('#list details').open = true;
            const lines = document.getElementById('lines');
            lines.value = LINES; lines.dispatchEvent(new Event('input')); document.querySelector('#list button').click()";
        browser.run(&script.replace("LINES", &json!(lines).to_string()));
    };
    // Every answer that the page offers is one that the stand-in knows.
    let answers = browser.run("return [...document.querySelectorAll('[name=answer]')].map((radio) => radio.value)");
    let answers = answers.as_array().expect("a list");
    assert!(answers.len() > 10, "{answers:?}");
    for answer in answers.iter().filter(|answer| *answer != "") {
        browser.run(&format!("document.querySelector('[name=answer][value={answer}]').click()"));
        browser.wait(&format!("switches.faults[0] === {answer} && document.getElementById('problem').hidden"));
    }
    // Of two changes in a row the second one stays, and so does what the first one changed besides.
    browser.run(
        "document.querySelector('[name=answer][value=html]').click(); document.querySelector('[name=answer]').click()",
    );
    browser.wait("switches.faults.length === 0");
    browser.run(
        "const boxes = document.querySelectorAll('[data-license] [type=checkbox]'); boxes[1].click(); boxes[2].click()",
    );
    browser.wait("switches.licenses.every((license) => !license.on)");
    browser.run("document.querySelectorAll('[data-license] [type=checkbox]')[2].click()");
    browser.wait("switches.licenses[2].on");

    // What was typed stays to be mended.
    set_list("delay=10ms\n1*status=500\n\nflood\n");
    browser.wait("document.getElementById('problem').textContent.includes('faults[2]: expected delay=TIME')");
    assert!(browser.run("return document.getElementById('lines').value").as_str().expect("a text").contains("flood"));
    set_list("delay=10ms\n1*status=500\n");
    browser.wait("document.getElementById('problem').hidden && switches.faults.length === 2");
    assert_eq!(rehearsal.ask().status.code(), Some(2));
    browser.wait("switches.faults.length === 1 && document.getElementById('lines').value === 'delay=10ms'");
    // The licenses stayed as they were.
    assert_eq!(verdicts(&rehearsal.ask()), vec!["denied"; 5]);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn chromium_shows_what_clients_send_as_text() {
    let rehearsal = Rehearsal::start();
    let browser = rehearsal.open();
    let html = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    let long = "x".repeat(300);
    let consumers = json!([
        {"component_id": html, "consumer_id": html, "consumer_version": html},
        {"component_id": long, "consumer_id": long, "consumer_version": long, "consumer_build_timestamp": long},
    ]);
    assert_eq!(rehearsal.ask_for(&consumers.to_string()).status.code(), Some(1));
    browser.wait("document.querySelectorAll('#rows li').length === 1");
    browser.run("document.querySelector('#rows details').open = true");
    browser.wait("document.querySelectorAll('#rows tbody tr').length === 2");
    let shown = browser.run("return document.querySelector('#rows tbody code').textContent");
    assert_eq!(shown, html);
    assert_eq!(browser.run("return document.querySelectorAll('#rows img, #rows script').length"), json!(0));
    assert_eq!(browser.run("return document.title"), "Stage – qls-standin");
    // And if the page ever forgot itself, the browser would not follow.
    let refused = browser.run("try { document.body.innerHTML = '<b>'; return '' } catch (e) { return e.name }");
    assert_eq!(refused, "TypeError");
    fits_all_widths(&browser);
}

/// A page of another origin on this machine, and its address.
fn page_of_a_stranger(html: String) -> (RawServer, String) {
    let server = RawServer::serving(move |stream, _| {
        if support::read_request(&*stream).is_some() {
            let length = html.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(&[head.as_bytes(), html.as_bytes()].concat());
        }
    });
    let address = format!("http://stranger.example:{}/", server.address().port());
    (server, address)
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn chromium_keeps_strangers_out() {
    let rehearsal = Rehearsal::start();
    // The worst case: a stranger who knows the secret.
    let stage = rehearsal.stage();
    let (_server, stranger) = page_of_a_stranger(format!(
        "<title>stranger</title>
         <form method=post action={stage}scenes/login-page></form>
         <form method=post action={stage}switches enctype=text/plain><input name='{{\"faults\":[\"html\"],\"x' value='\"}}'></form>"
    ));
    let browser = Browser::start();
    let untouched = || {
        browser.go(&format!("{stage}state"));
        let state = browser.run("return document.body.innerText");
        let state: Value = serde_json::from_str(state.as_str().expect("a text")).expect("the stage's JSON");
        assert_eq!((&state["scene"], &state["switches"]["faults"]), (&json!("as-started"), &json!([])));
    };

    // Forms.
    for form in 0..2 {
        browser.go(&stranger);
        browser.run(&format!("document.forms[{form}].submit()"));
        browser.wait("document.body.innerText.includes('Origin must be')");
        untouched();
    }

    // Requests: what can be sent is refused, what comes back cannot be read, not even as a script or a stream.
    browser.go(&stranger);
    let fetches = format!(
        "const attempt = (what, options) => fetch('{stage}' + what, options).then((reply) => reply.type, () => 'refused');
         const script = new Promise((end) => {{
             const element = document.createElement('script');
             element.onload = () => end('loaded');
             element.onerror = () => end('refused');
             element.src = '{stage}page.js';
             document.head.append(element);
         }});
         const events = new Promise((end) => {{
             const source = new EventSource('{stage}events');
             source.onopen = () => end('opened');
             source.onerror = () => end('refused');
         }});
         Promise.all([
             attempt('scenes/login-page', {{method: 'POST', mode: 'no-cors'}}),
             attempt('switches', {{method: 'POST', body: '{{\"faults\":[\"html\"]}}'}}),
             attempt('switches', {{method: 'POST', headers: {{'Content-Type': 'application/json'}}, body: '{{}}'}}),
             attempt('state', {{}}),
             attempt('state', {{mode: 'no-cors'}}),
             script, events,
             fetch('{stranger}').then((reply) => reply.type),
         ]).then(done)"
    );
    let results = browser.run_until_done(&fetches);
    // The first answer is sent, and seen by nobody; the last one shows that the attempts were real.
    let first = results[0].as_str().expect("a text").to_owned();
    assert!(["opaque", "refused"].contains(&first.as_str()), "{results}");
    assert_eq!(
        results.as_array().expect("eight")[1..],
        ["refused"; 6].map(Value::from).into_iter().chain([json!("basic")]).collect::<Vec<_>>()[..],
        "{results}"
    );
    untouched();

    // A frame. The stranger's own page can be framed, so that the stage's being empty means something.
    for (address, title) in [(stranger.as_str(), "stranger"), (stage, "")] {
        browser.go(&stranger);
        browser.run_until_done(&format!(
            "const frame = document.createElement('iframe');
             frame.onload = () => done();
             frame.src = '{address}';
             document.body.append(frame)"
        ));
        browser.enter_frame();
        let framed = browser.run("return [document.title, document.getElementById('scenes') === null]");
        assert_eq!(framed[1], true, "{address}");
        if !title.is_empty() {
            assert_eq!(framed[0], title);
        } else {
            assert_eq!(browser.run("return location.protocol"), "chrome-error:");
        }
    }

    // A name that is made to mean this machine: the page is of the stranger's origin, and so are its requests.
    let port = rehearsal.stage_address().rsplit(':').next().expect("a port");
    let rebound = stage.replacen(rehearsal.stage_address(), &format!("rebound.example:{port}"), 1);
    browser.go(&rebound);
    browser.wait("document.body.innerText.includes('Host must be')");
    let statuses = browser.run_until_done(
        "Promise.all(['state', 'events', 'scenes/login-page', 'switches'].map((what, place) =>
             fetch(what, place < 2 ? {} : {method: 'POST', body: '{\"faults\":[\"html\"]}'}).then((reply) => reply.status)
         )).then(done, (error) => done(String(error)))",
    );
    // Its requests do come here, under that name.
    assert_eq!(statuses, json!([403, 403, 403, 403]));
    untouched();
}
