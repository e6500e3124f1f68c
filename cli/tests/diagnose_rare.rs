//! `diagnose` in situations of the fault matrix that few networks have: `docs/diagnosis.md` has their conclusions too.
#![cfg(target_os = "linux")]

mod common;
mod diagnosing;

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use common::Place;
use diagnosing::{HOST, Situation, secure, server};
use support::kerberos::{PROXY_NAME, Realm, Tickets};
use support::pki::{Ca, Identity};
use support::{RawServer, lab};

/// A proxy that wants the signed-in user, whoever that is.
fn wanting() -> RawServer {
    server("HTTP/1.1 407 Required\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n")
}

/// Asks through a proxy as somebody who has these tickets.
fn as_user<'s>(name: &'s str, tickets: &Tickets, proxy: &RawServer) -> Situation<'s> {
    let [(first, settings), (second, cache)] = tickets.variables();
    Situation::new(name, format!("https://{HOST}"))
        .through_named(PROXY_NAME, proxy.address())
        .variable(first, &settings)
        .variable(second, &cache)
}

#[test]
#[ignore = "needs krb5kdc"]
fn fault_300_tickets_that_do_not_help() {
    let (realm, proxy) = (Realm::start(), wanting());
    as_user("proxy that does not accept the user's ticket", &realm.sign_in("1h"), &proxy).ends(3, "tunnel");
    let expired = realm.sign_in("1s");
    sleep(Duration::from_secs(2));
    as_user("proxy that wants a Kerberos ticket, and the user's has expired", &expired, &proxy).ends(3, "tunnel");
}

#[test]
fn fault_300_an_address_of_numbers() {
    Situation::new("proxy that wants a Kerberos ticket, and is named by its number", format!("https://{HOST}"))
        .through_named("127.0.0.1", wanting().address())
        .ends(3, "tunnel");
}

/// In a network of its own, where a file can be covered.
#[test]
#[ignore = "needs unshare"]
fn fault_300_no_library() {
    if !lab::is_inside("fault_300_no_library", &[]) {
        return;
    }
    lab::cover_gssapi();
    Situation::new("proxy that wants a Kerberos ticket, and no library for that", format!("https://{HOST}"))
        .through_named(PROXY_NAME, wanting().address())
        .ends(3, "tunnel");
}

#[test]
fn fault_301_names() {
    Situation::new("a name that has no address", format!("https://{HOST}"))
        .variable("SHIM_ANSWER", "nodata")
        .ends(2, "name");
    Situation::new("the resolver cannot say where the proxy is", format!("https://{HOST}"))
        .through_named("proxy.example.com", server("").address())
        .variable("SHIM_ANSWER", "again")
        .variable("SHIM_DELAY_MS", "10")
        .ends(2, "name");
}

#[test]
fn fault_302_certificates() {
    let place = Place::new();
    let ca = Ca::new("Example Corp CA");
    let mut identity = ca.identity(&[HOST]);
    identity.chain.push_str(&Ca::new("Another CA").pem().repeat(200));
    let large = secure(&identity, None);
    Situation::named("more certificates than this library reads", "https", large.address())
        .with(&["--ca-file", &place.file("ca.pem", ca.pem())])
        .ends(3, "tls");

    // Python makes them, since no library does any more.
    let mut command = Command::new("python3");
    command.args(["-c", include_str!("../../core/tests/tls_faults/weak.py")]);
    support::run(command.arg(place.path("")).args(["1024", "2048"]));
    let read = |name: &str| fs::read_to_string(place.path(name)).expect("a file");
    let weak = secure(&Identity { chain: read("sha256.pem"), key: read("key.pem") }, None);
    Situation::new("certificate of a CA with a weak key", weak.url().replace("http://127.0.0.1", "https://localhost"))
        .with(&["--ca-file", &place.path("ca.pem").display().to_string()])
        .ends(3, "tls");
}

#[test]
fn fault_303_replies() {
    let late = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
    Situation::new("HTTP 408", server(late).url()).ends(2, "reply");
    let interim = RawServer::replying("HTTP/1.1 100 Continue\r\n\r\n");
    Situation::new("proxy that sends interim replies alone", format!("https://{HOST}"))
        .through("http", interim.address())
        .ends(2, "tunnel");
}
