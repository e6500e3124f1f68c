//! How long after a cancel, or past its deadline, a call returns, whatever it waits for.
//!
//! `cargo bench -p qls-precheck-core --bench latency` runs itself once more with a preloaded resolver that is slow
//! (`tests/c/getaddrinfo_shim.c`), so that no name is looked up for real, and with a Kerberos that is silent. The ticket for
//! which that is asked comes from a real one, so this needs `krb5-kdc` as some of the tests do.
#![cfg_attr(not(target_os = "linux"), allow(dead_code, unused_imports))]

#[path = "../tests/waits/mod.rs"]
mod waits;

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_core::Status;
use support::kerberos::{Realm, silent_kdc};
use waits::{TOKEN, Wait, assert_harmless};

const RUNS: u32 = 7;
const LONG: Duration = Duration::from_secs(60);
const DEADLINE: Duration = Duration::from_millis(500);
/// From cancel to return, and past the deadline.
const GOALS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_millis(100));
/// Longer than a run with a name takes.
const RESOLVER_MS: u64 = 1_500;
/// In a child: the resolver is the shim.
const MARK: &str = "LATENCY_WITH_SHIM";

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("the resolver that this measures with is for Linux");
    std::process::exit(2);
}

#[cfg(target_os = "linux")]
fn main() {
    if std::env::var_os(MARK).is_some() {
        return measure();
    }
    let folder = tempfile::tempdir().expect("a folder");
    let shim = support::shim(folder.path());
    let (realm, (kdc, _udp)) = (Realm::start(), silent_kdc());
    let tickets = realm.sign_in("1h").with_kdc(folder.path(), kdc.local_addr().expect("its address"));
    let status = Command::new(std::env::current_exe().expect("this program"))
        .env(MARK, "1")
        .env("LD_PRELOAD", shim)
        .envs(tickets.variables())
        .env("SHIM_ANSWER", "127.0.0.1")
        .env("SHIM_DELAY_MS", RESOLVER_MS.to_string())
        .status()
        .expect("this program once more");
    // No destructor runs after the next line.
    drop((tickets, realm, folder));
    // Neither is a panic a success, nor is a signal.
    std::process::exit(status.code().unwrap_or(1));
}

type Phase = (&'static str, fn() -> Wait, Name);

/// What a phase needs of the resolver.
#[derive(Clone, Copy, PartialEq)]
enum Name {
    None,
    /// Free places, so the look-ups of earlier runs have to be over.
    Free,
    /// No free place.
    Busy,
}

const PHASES: &[Phase] = &[
    ("looking the name up", Wait::resolve, Name::Free),
    ("waiting for a free look-up", Wait::resolve, Name::Busy),
    ("connecting", Wait::connect, Name::None),
    ("connecting to several addresses", Wait::race, Name::None),
    ("connecting to the proxy", Wait::connect_to_proxy, Name::None),
    ("CONNECT, silent", Wait::connect_silent, Name::None),
    ("CONNECT, dripping", Wait::connect_dripping, Name::None),
    ("a ticket for the proxy", Wait::ticket, Name::None),
    ("SOCKS5, silent", Wait::socks_silent, Name::None),
    ("SOCKS5, dripping", Wait::socks_dripping, Name::None),
    ("TLS handshake, silent", Wait::handshake_silent, Name::None),
    ("TLS handshake, dripping", Wait::handshake_dripping, Name::None),
    ("sending, peer does not read", Wait::send, Name::None),
    ("waiting for the reply", Wait::reply_silent, Name::None),
    ("waiting for the reply, TLS", Wait::reply_silent_in_tls, Name::None),
    ("head, dripping", Wait::head_dripping, Name::None),
    ("body, silent", Wait::body_silent, Name::None),
    ("body, dripping", Wait::body_dripping, Name::None),
    ("chunked body, dripping", Wait::chunk_dripping, Name::None),
    ("body of a refusal, dripping", Wait::refusal_dripping, Name::None),
    ("pauses between retries", Wait::backoffs, Name::None),
];

fn measure() {
    println!("{RUNS} runs each, in milliseconds");
    println!("{:30} {:>8} {:>8}   {:>8} {:>8}", "", "cancel", "", "past the", "deadline");
    println!("{:30} {:>8} {:>8}   {:>8} {:>8}", "waiting for", "median", "max", "median", "max");
    let mut worst = (Duration::ZERO, Duration::ZERO);
    for (name, make, names) in PHASES {
        let wait = make();
        let cancelled = times(*names, |run| cancel(&wait, run));
        let overshoot = times(*names, |_| deadline(&wait));
        worst = (worst.0.max(cancelled.1), worst.1.max(overshoot.1));
        println!(
            "{name:30} {:8.1} {:8.1}   {:8.1} {:8.1}",
            ms(cancelled.0),
            ms(cancelled.1),
            ms(overshoot.0),
            ms(overshoot.1)
        );
    }
    println!("{:30} {:>8} {:8.1}   {:>8} {:8.1}", "the worst", "", ms(worst.0), "", ms(worst.1));
    let (cancel, past) = (GOALS.0.as_millis(), GOALS.1.as_millis());
    println!("{:30} {:>8} {cancel:>8}   {:>8} {past:>8}", "the goal: at most", "", "");
    if worst.0 > GOALS.0 || worst.1 > GOALS.1 {
        eprintln!("a goal was missed");
        std::process::exit(1);
    }
}

/// The time from cancel to return; the moments of cancelling are spread over several slices of a wait.
fn cancel(wait: &Wait, run: u32) -> Duration {
    let (client, log) = wait.client(LONG);
    let (outcome, late) = wait.cancel(&client, &log, Duration::from_millis(200 + u64::from(run) * 7));
    assert_eq!(outcome.status(), Status::Cancelled, "{outcome:?}");
    assert!(outcome.message().contains(wait.doing), "{outcome:?}");
    assert_harmless(&outcome, &client, &log.text());
    late
}

/// The time past the deadline. A server that is busy to the end may be what is reported, or one that has refused and
/// did not finish saying why.
fn deadline(wait: &Wait) -> Duration {
    let (client, log) = wait.client(DEADLINE);
    let start = Instant::now();
    let outcome = wait.ask(&client);
    let took = start.elapsed();
    match outcome.status() {
        Status::Timeout => assert!(outcome.message().contains(wait.doing), "{outcome:?}"),
        Status::RateLimited | Status::Unauthorized => {}
        _ => panic!("{outcome:?}"),
    }
    assert_harmless(&outcome, &client, &log.text());
    took.saturating_sub(DEADLINE)
}

/// Median and maximum.
fn times(names: Name, measure: impl Fn(u32) -> Duration) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|run| {
            if names == Name::Busy {
                occupy();
            }
            let time = measure(run);
            if names != Name::None {
                thread::sleep(Duration::from_millis(RESOLVER_MS));
            }
            time
        })
        .collect();
    times.sort();
    (times[times.len() / 2], times[times.len() - 1])
}

/// Leaves four look-ups behind, as many as there may be.
fn occupy() {
    let wait = Wait::resolve();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| wait.client(Duration::from_millis(50)).0.check(Some(TOKEN), waits::CONSUMERS));
        }
    });
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
