//! Whatever a call waits for, canceling ends it, and so does its deadline.

mod waits;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use qls_precheck_core::{Cause, Client, Outcome, Status};
use support::{RawServer, read_request, reply};
use waits::{ALLOWED, CONSUMERS, Silent, TOKEN, Wait, assert_harmless};

/// Longer than any test may take, so that something else must have ended what ends earlier.
const LONG: Duration = Duration::from_secs(60);
/// The goals are 200 and 100 ms; a busy machine needs more.
const SLACK: Duration = Duration::from_secs(2);
const DEADLINE: Duration = Duration::from_millis(1500);

fn assert_canceled(outcome: &Outcome, doing: &str) {
    assert_eq!((outcome.status(), outcome.cause()), (Status::Cancelled, Some(Cause::Cancelled)), "{outcome:?}");
    assert!(outcome.message().contains(doing), "{doing:?} is not in {:?}", outcome.message());
}

/// All later calls end as canceled at once, both checks and lists.
fn assert_stays_canceled(client: &Client) {
    let start = Instant::now();
    for outcome in [client.check(Some(TOKEN), CONSUMERS), client.list(Some(TOKEN), None)] {
        assert_canceled(&outcome, "");
    }
    assert!(start.elapsed() < SLACK, "{:?}", start.elapsed());
}

fn cancel_ends(wait: &Wait) {
    let (client, log) = wait.client(LONG);
    let (outcome, late) = wait.cancel(&client, &log, Duration::from_millis(200));
    assert_canceled(&outcome, &format!("canceled while {}", wait.doing));
    assert_harmless(&outcome, &client, &log.text());
    assert!(late < SLACK, "{late:?}");
    assert_stays_canceled(&client);
}

fn deadline_ends(wait: &Wait) {
    let (client, log) = wait.client(DEADLINE);
    let start = Instant::now();
    let outcome = wait.ask(&client);
    let took = start.elapsed();
    assert_eq!((outcome.status(), outcome.cause()), (Status::Timeout, Some(Cause::Deadline)), "{outcome:?}");
    let message = outcome.message();
    assert!(message.contains("no answer within 1500 ms"), "{message:?}");
    let is_told =
        message.contains(wait.doing) || wait.is_ureqs && message.contains("handling the request or the reply");
    assert!(is_told, "{:?} is not in {message:?}", wait.doing);
    assert_harmless(&outcome, &client, &log.text());
    assert!((DEADLINE..DEADLINE + SLACK).contains(&took), "{took:?}");
}

macro_rules! waits {
    ($($wait:ident: $cancel:ident, $deadline:ident;)*) => {$(
        #[test]
        fn $cancel() {
            cancel_ends(&Wait::$wait());
        }

        #[test]
        fn $deadline() {
            deadline_ends(&Wait::$wait());
        }
    )*};
}

waits! {
    connect: fault_107_cancel_in_connect, fault_028_deadline_in_connect;
    race: fault_107_cancel_in_a_race, fault_028_deadline_in_a_race;
    connect_to_proxy: fault_107_cancel_in_connect_to_the_proxy, fault_062_deadline_in_connect_to_the_proxy;
    connect_silent: fault_107_cancel_in_connect_method, fault_057_deadline_in_connect_method;
    connect_dripping: fault_107_cancel_in_dripping_connect_method, fault_104_deadline_in_dripping_connect_method;
    socks_silent: fault_107_cancel_in_socks, fault_063_deadline_in_socks;
    socks_dripping: fault_107_cancel_in_dripping_socks, fault_104_deadline_in_dripping_socks;
    handshake_silent: fault_107_cancel_in_handshake, fault_047_deadline_in_handshake;
    handshake_dripping: fault_107_cancel_in_dripping_handshake, fault_104_deadline_in_dripping_handshake;
    send: fault_107_cancel_in_send, fault_105_deadline_in_send;
    reply_silent: fault_107_cancel_in_wait, fault_104_deadline_in_wait;
    reply_silent_in_tls: fault_107_cancel_in_wait_in_tls, fault_104_deadline_in_wait_in_tls;
    head_dripping: fault_107_cancel_in_dripping_head, fault_104_deadline_in_dripping_head;
    body_silent: fault_107_cancel_in_body, fault_101_deadline_in_body;
    body_dripping: fault_107_cancel_in_dripping_body, fault_104_deadline_in_dripping_body;
    chunk_dripping: fault_107_cancel_in_dripping_chunk, fault_104_deadline_in_dripping_chunk;
}

#[test]
fn fault_107_cancel_in_backoff() {
    cancel_ends(&Wait::backoff());
}

/// A call waits for the whole body of an error until its deadline, and uses then what has arrived.
#[test]
fn fault_107_cancel_in_dripping_refusal() {
    cancel_ends(&Wait::refusal_dripping());
}

#[test]
fn fault_107_cancel_in_dripping_server_error() {
    cancel_ends(&Wait::server_error_dripping());
}

/// The status and the beginning of the body say more than that time ran out.
#[test]
fn fault_083_deadline_in_dripping_refusal() {
    let wait = Wait::refusal_dripping();
    let (client, log) = wait.client(DEADLINE);
    let start = Instant::now();
    let outcome = wait.ask(&client);
    assert_eq!((outcome.status(), outcome.http_status()), (Status::Unauthorized, 401), "{outcome:?}");
    assert_harmless(&outcome, &client, &log.text());
    assert!(start.elapsed() < DEADLINE + SLACK, "{:?}", start.elapsed());
}

/// No pause is begun that the deadline would cut short, so what the server said last is the outcome.
#[test]
fn fault_084_no_backoff_beyond_the_deadline() {
    let wait = Wait::backoff();
    let (client, log) = wait.client(DEADLINE);
    let start = Instant::now();
    let outcome = wait.ask(&client);
    assert_eq!((outcome.status(), outcome.cause()), (Status::RateLimited, Some(Cause::RateLimited)), "{outcome:?}");
    assert_harmless(&outcome, &client, &log.text());
    assert!(start.elapsed() < DEADLINE + SLACK, "{:?}", start.elapsed());
}

/// A server that is busy for good, and does not say for how long: asked again in ever new pauses.
#[test]
fn fault_084_deadline_among_backoffs() {
    let wait = Wait::backoffs();
    let (client, log) = wait.client(DEADLINE);
    let start = Instant::now();
    let outcome = wait.ask(&client);
    let took = start.elapsed();
    let ended = (outcome.status(), outcome.cause());
    let ends = [(Status::Timeout, Some(Cause::Deadline)), (Status::RateLimited, Some(Cause::RateLimited))];
    assert!(ends.contains(&ended), "{outcome:?}");
    assert_harmless(&outcome, &client, &log.text());
    assert!(took < DEADLINE + SLACK, "{took:?}");
    let asked = wait.requests();
    assert!((2..=30).contains(&asked), "{asked} requests in {took:?}: {outcome:?} {}", log.text());
}

#[test]
fn fault_107_cancel_before() {
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = Client::new();
    client.set_server(Some(&server.url())).expect("a server");
    client.cancel();
    let outcome = client.check(Some(TOKEN), CONSUMERS);
    assert_canceled(&outcome, "");
    assert_harmless(&outcome, &client, "");
    assert_stays_canceled(&client);
    client.set_retries(1);
    assert_stays_canceled(&client);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn fault_107_cancel_after() {
    let server = RawServer::replying(reply(200, ALLOWED));
    let mut client = Client::new();
    client.set_server(Some(&server.url())).expect("a server");
    let finished = client.check(Some(TOKEN), CONSUMERS);
    assert!(finished.is_allowed("9876"), "{finished:?}");
    client.cancel();
    assert!(finished.is_allowed("9876"), "{finished:?}");
    assert_stays_canceled(&client);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn fault_107_cancel_twice() {
    let silent = Silent::new();
    let mut client = Client::new();
    client.set_server(Some(&format!("http://{}", silent.address))).expect("a server");
    client.set_timeout(LONG).expect("a timeout");
    let start = Instant::now();
    let outcome = thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(200));
                client.cancel();
                client.cancel();
            });
        }
        client.check(Some(TOKEN), CONSUMERS)
    });
    assert_canceled(&outcome, "canceled while ");
    assert_harmless(&outcome, &client, "");
    assert!(start.elapsed() < SLACK, "{:?}", start.elapsed());
    client.cancel();
    assert_stays_canceled(&client);
}

/// One cancel ends all calls that use the client.
#[test]
fn fault_107_cancel_ends_every_call_of_the_client() {
    let silent = Silent::new();
    let mut client = Client::new();
    client.set_server(Some(&format!("http://{}", silent.address))).expect("a server");
    client.set_timeout(LONG).expect("a timeout");
    let start = Instant::now();
    thread::scope(|scope| {
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(|| client.check(Some(TOKEN), CONSUMERS))).collect();
        thread::sleep(Duration::from_millis(300));
        client.cancel();
        for call in calls {
            assert_canceled(&call.join().expect("no panic"), "canceled while ");
        }
    });
    assert!(start.elapsed() < SLACK * 2, "{:?}", start.elapsed());
}

/// Canceling at every moment of a call that works: it is canceled, or it is finished and then whole.
#[test]
fn fault_109_cancel_races_the_answer() {
    // The reply comes in two parts, so that the cancel can fall between them.
    let server = RawServer::serving(|stream, _| {
        use std::io::Write;
        while read_request(&*stream).is_some() {
            let whole = reply(200, ALLOWED);
            let (one, other) = whole.split_at(whole.len() / 2);
            if stream.write_all(one).and_then(|()| stream.write_all(other)).is_err() {
                return;
            }
        }
    });
    let (mut canceled, mut finished) = (0, 0);
    // The pauses grow until calls finish before they are over, however slow the machine.
    for round in 0_u32.. {
        assert!(round < 20_000, "{canceled} canceled, {finished} finished");
        if round >= 600 && canceled > 0 && finished > 0 {
            break;
        }
        let mut client = Client::new();
        client.set_server(Some(&server.url())).expect("a server");
        client.set_timeout(LONG).expect("a timeout");
        let go = AtomicBool::new(false);
        let outcome = thread::scope(|scope| {
            scope.spawn(|| {
                while !go.load(Ordering::Acquire) {
                    std::hint::spin_loop();
                }
                let pause = Duration::from_micros(u64::from(round % 60) * u64::from(10 + round / 10));
                let start = Instant::now();
                while start.elapsed() < pause {
                    thread::yield_now();
                }
                client.cancel();
            });
            go.store(true, Ordering::Release);
            client.check(Some(TOKEN), CONSUMERS)
        });
        if outcome.status() == Status::Ok {
            finished += 1;
            assert!(outcome.is_allowed("9876"), "{outcome:?}");
            assert_eq!(
                (outcome.http_status(), outcome.message()),
                (200, "Checked consumers available for installation"),
                "{outcome:?}"
            );
        } else {
            canceled += 1;
            assert_canceled(&outcome, "");
            assert_harmless(&outcome, &client, "");
        }
        assert_stays_canceled(&client);
    }
}

/// Through the C interface: from a signal handler, racing with the answer there, and from the log callback.
#[test]
#[cfg(unix)]
fn fault_107_cancel_from_a_signal_handler_and_from_the_log_callback() {
    let silent = Silent::new();
    let server = RawServer::replying(reply(200, ALLOWED));
    let work = tempfile::tempdir().expect("a folder");
    std::fs::write(work.path().join("token"), TOKEN).expect("a token file");
    let mut program =
        std::process::Command::new(support::c_program("tests/c/cancel.c", work.path(), support::Linkage::Shared));
    program.arg(format!("http://{}", silent.address)).arg(work.path().join("token")).arg(server.url());
    support::run(&mut program);
}
