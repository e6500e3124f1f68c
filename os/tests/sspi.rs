//! Signing in with SSPI to proxies that no network's Kerberos knows. `tests/negotiate.rs` of the root has others.
#![cfg(windows)]

use std::thread;

use qls_precheck_os::negotiate::{Context, NoMessage, Package};

/// The first message for the proxy, and why there is none.
fn first_message(host: &str, package: Package) -> Result<Vec<u8>, NoMessage> {
    let mut context = Context::new(host, package)?;
    assert!(!context.is_complete());
    // Calls go on with it on other threads.
    thread::spawn(move || context.step(&[])).join().expect("no panic")
}

#[test]
fn without_a_ticket_there_is_a_reason() {
    for host in ["proxy.example.com", "proxy", "a-name.with.many.labels.example.com", ""] {
        match first_message(host, Package::Kerberos) {
            Err(NoMessage::NoTicket(why) | NoMessage::Other(why)) => {
                eprintln!("{host}: {why}");
                assert!(!why.is_empty());
            }
            other => panic!("{host}: {other:?}"),
        }
    }
}

/// Whatever the system has besides Kerberos: a context can be dropped before its first message and after it.
#[test]
fn contexts_come_and_go() {
    for _ in 0..50 {
        drop(Context::new("proxy.example.com", Package::Negotiate));
        let message = first_message("proxy.example.com", Package::Negotiate);
        assert!(message.is_err() || message.is_ok_and(|message| !message.is_empty()));
    }
}
