//! Variables, arguments that outweigh them, and the proxy's file.

mod common;

use common::{CLOSED, Place, consumers, program, run};
#[cfg(target_os = "linux")]
use qls_standin::{Licenses, Options, Tls};
#[cfg(target_os = "linux")]
use support::pki::{Ca, Identity};
use support::{RawServer, reply};

#[test]
fn variables_stand_for_options_and_arguments_outweigh_them() {
    let place = Place::new();
    let token = place.path("token");
    let mut by_variables = program(&["list", "-v"]);
    by_variables.env("QLS_PRECHECK_SERVER", place.standin.url()).env("QLS_PRECHECK_TOKEN_FILE", &token);
    let (_, errors) = run(by_variables.env("QLS_PRECHECK_JSON", "no"), "").with(0);
    let line = format!("--server {} (from QLS_PRECHECK_SERVER)", place.standin.url());
    assert!(errors.contains(&line), "{errors}");

    let mut outweighed = program(&["list"]);
    outweighed.args(place.asking()).env("QLS_PRECHECK_SERVER", CLOSED).env("QLS_PRECHECK_TOKEN_FILE", "missing");
    run(&mut outweighed, "").with(0);

    let mut proxy = program(&["list", "-v", "--proxy-file", &place.file("proxy", "http://proxy.example.com\n")]);
    run(proxy.args(place.asking()).env("QLS_PRECHECK_PROXY", "ftp://nonsense"), "").with(0);

    for (arguments, is_each_step) in [(&["list"][..], true), (&["list", "-v"], false)] {
        let mut verbose = program(arguments);
        let (_, errors) = run(verbose.args(place.asking()).env("QLS_PRECHECK_VERBOSE", "2"), "").with(0);
        assert!(errors.contains("connected to 127.0.0.1"), "{errors}");
        assert_eq!(errors.contains("sending the request"), is_each_step, "{errors}");
    }

    let mut json = program(&["list"]);
    let (output, _) = run(json.args(place.asking()).env("QLS_PRECHECK_JSON", "1"), "").with(0);
    assert!(output.starts_with('{'), "{output}");
}

#[test]
fn an_empty_variable_is_not_set() {
    let place = Place::new();
    let mut command = program(&["list"]);
    for name in ["SERVER", "PROXY", "TIMEOUT", "TRUST", "CA_FILE", "USER_ID", "JSON", "OUTPUT", "LOG_FILE", "VERBOSE"] {
        command.env(format!("QLS_PRECHECK_{name}"), "");
    }
    run(command.args(place.asking()), "").with(0);
}

#[test]
fn no_environment_ignores_them_all() {
    let place = Place::new();
    let mut command = program(&["list", "--no-environment"]);
    for (name, value) in [
        ("SERVER", CLOSED),
        ("TIMEOUT", "soon"),
        ("CA_FILE", "missing"),
        ("JSON", "1"),
        ("QUIET", "1"),
        ("VERBOSE", "2"),
        ("USER_ID", "me"),
    ] {
        command.env(format!("QLS_PRECHECK_{name}"), value);
    }
    let url = place.standin.url().to_owned();
    let token = place.path("token").display().to_string();
    let (output, errors) = run(command.args(["--server", &url, "--token-file", &token]), "").with(0);
    assert!(output.starts_with("LICENSE ") && errors.is_empty(), "{output}{errors}");
    let (_, errors) = run(program(&["list", "--no-environment", "more"]).env("QLS_PRECHECK_JSON", "1"), "").with(64);
    assert!(!errors.contains("QLS_PRECHECK_JSON"), "{errors}");
    let body = String::from_utf8(place.standin.requests().remove(0).body).expect("UTF-8");
    assert!(!body.contains("user_id"), "{body}");
}

#[test]
fn what_is_wrong_in_a_variable_is_looked_for_there() {
    for (name, value) in [("QLS_PRECHECK_TIMEOUT", "soon"), ("QLS_PRECHECK_SERVER", "ftp://example.com")] {
        let (_, errors) = run(program(&["list"]).env(name, value), "").with(64);
        assert!(errors.contains(&format!("which --no-environment ignores: {name}\n")), "{errors}");
    }
    let (_, errors) = run(program(&["list"]).env("QLS_PRECHECK_PROXY", "http://user:hunter2@proxy"), "").with(64);
    assert!(errors.contains("--proxy-file") && !errors.contains("hunter2"), "{errors}");
}

/// Where the system's certificates are what SSL_CERT_FILE says.
#[cfg(target_os = "linux")]
#[test]
fn certificates_of_the_system_and_of_a_file_are_trusted_as_the_arguments_say() {
    let ca = Ca::new("a CA for tests");
    let Identity { chain, key } = ca.identity(&["127.0.0.1"]);
    let licenses = Licenses::load(common::root().join("standin/licenses/demo.json")).expect("licenses");
    let options = Options { tls: Some(Tls { certificate: chain, key }), ..Options::new(licenses) };
    let place = Place::of(options);
    let ca = place.file("ca.pem", ca.pem());
    let asks = |system: &str, more: &[&str]| {
        let mut command = program(&["list"]);
        run(command.args(place.asking()).args(more).env("SSL_CERT_FILE", system), "")
    };
    let none = place.file("none.pem", "");
    asks(&none, &["--ca-file", &ca]).with(0);
    asks(&none, &["--ca-file", &ca, "--trust", "given-only"]).with(0);
    asks(&ca, &[]).with(0);
    let (_, errors) = asks(&none, &[]).with(3);
    assert!(errors.contains("[QLS_TLS_UNTRUSTED, "), "{errors}");
    let (_, errors) = asks(&ca, &["--trust", "given-only"]).with(3);
    assert!(errors.contains("no-trust-store"), "{errors}");
}

#[test]
fn a_proxys_password_comes_from_a_file_and_is_not_shown() {
    let proxy = RawServer::replying(reply(407, ""));
    let place = Place::new();
    let url = proxy.url().replace("//", "//user:hunter2-hunter2@");
    let file = place.file("proxy", format!("{url}\n"));
    let token = place.path("token").display().to_string();
    let away = ["list", "-vv", "--json", "--plain-http", "--server", "http://192.0.2.1", "--proxy-file", &file];
    let ended = run(program(&away).args(["--token-file", &token]), "");
    let (output, errors) = ended.with(3);
    assert!(errors.contains("proxy-auth-required"), "{errors}");
    assert!(proxy.requests()[0].head.contains("Proxy-Authorization: Basic dXNlcjpodW50ZXIyLWh1bnRlcjI="));
    for secret in ["hunter2", "dXNlcjpodW50ZXIyLWh1bnRlcjI="] {
        assert!(!output.contains(secret) && !errors.contains(secret), "{output}{errors}");
    }
    let wrong = place.file("wrong", "ftp://user:hunter2@proxy.example.com");
    let (_, errors) = place.ask(&["check", &consumers(), "--proxy-file", &wrong]).with(3);
    assert!(errors.contains("proxy-setting-invalid") && !errors.contains("hunter2"), "{errors}");
}
