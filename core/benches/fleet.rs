//! Many installers at once behind one address: does everybody get an answer, how soon, and at what cost to the server?
//!
//! `cargo bench -p qls-precheck-core --bench fleet` needs no network: it asks a stand-in with the real server's limit.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Barrier, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_core::Client;
use qls_standin::{Licenses, Options, Standin};

const CLIENTS: usize = 500;
/// Requests per second and address.
const LIMIT: u32 = 100;
const CONSUMERS: &str = r#"[{"component_id": "tools.creator", "consumer_id": "qtcreator"}]"#;

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../standin/licenses/demo.json");
    let licenses = Licenses::load(path).expect("the demo's licenses");
    let standin = Standin::start(Options { rate_limit: LIMIT, ..Options::new(licenses) }).expect("a stand-in");

    let (answers, failures) = run(&standin);
    let requests = standin.requests().len();
    println!("a limit of {LIMIT} requests per second; times in seconds after the common start");
    println!(
        "{:>8} {:>9} {:>6} {:>7} {:>6}   {:>20}",
        "clients", "answered", "first", "median", "last", "requests per verdict"
    );
    let at = |index: usize| answers.get(index).map_or("-".into(), |time| format!("{:.2}", time.as_secs_f64()));
    println!(
        "{CLIENTS:>8} {:>9} {:>6} {:>7} {:>6}   {:>20.2}",
        answers.len(),
        at(0),
        at(answers.len() / 2),
        at(answers.len().saturating_sub(1)),
        requests as f64 / answers.len() as f64
    );
    if failures.is_empty() {
        return ExitCode::SUCCESS;
    }
    for (why, number) in failures {
        eprintln!("{number} gave up: {why}");
    }
    ExitCode::FAILURE
}

/// When verdicts came, in order; and how many clients got none, by what they said.
fn run(standin: &Standin) -> (Vec<Duration>, BTreeMap<String, usize>) {
    let (token, ready, start) = (&standin.token(), &Barrier::new(CLIENTS), &OnceLock::new());
    let done: Vec<Result<Duration, String>> = thread::scope(|scope| {
        let ask = move || {
            let mut client = Client::new();
            client.set_server(Some(standin.url())).expect("a server");
            ready.wait();
            let start: Instant = *start.get_or_init(Instant::now);
            let outcome = client.check(Some(token), CONSUMERS);
            let time = start.elapsed();
            if outcome.is_allowed("tools.creator") { Ok(time) } else { Err(outcome.message().to_owned()) }
        };
        let threads: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let (mut answers, mut failures) = (Vec::new(), BTreeMap::new());
    for done in done {
        match done {
            Ok(time) => answers.push(time),
            Err(why) => *failures.entry(why).or_default() += 1,
        }
    }
    answers.sort();
    (answers, failures)
}
