//! Whom the stage lets in.

use crate::{client::*, stage::Staged};

#[test]
fn it_is_on_loopback_wherever_the_server_listens() {
    let staged = Staged::start(qls_standin::Options { listen: "0.0.0.0:0".parse().unwrap(), ..options(NO_LICENSES) });
    assert!(staged.authority.starts_with("127.0.0.1:"), "{}", staged.authority);
    assert_ne!(staged.authority.split(':').nth(1), Some(staged.standin.addr().port().to_string().as_str()));
    assert!(start(NO_LICENSES).stage_url().is_none());
}

#[test]
fn nothing_is_given_under_another_name() {
    let staged = Staged::demo();
    let Staged { authority, path, .. } = &staged;
    let port = authority.split(':').nth(1).unwrap();
    let hosts = [
        format!("Host: localhost:{port}\r\n"),
        format!("Host: rebound.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: {authority}.\r\n"),
        format!("Host: {authority}\r\nHost: {authority}\r\n"),
        format!("Host: {authority}\r\nHost: rebound.example:{port}\r\n"),
    ];
    for host in &hosts {
        for what in ["", "page.js", "state", "events", "nonesuch"] {
            let reply = staged.send("GET", &format!("{path}{what}"), host, "");
            // The HTTP library itself may refuse two of them.
            assert!(matches!(reply.status, 400 | 403), "{host:?} {what}: {}", reply.status);
            assert!(!reply.body.contains(path.as_str()), "{}", reply.body);
        }
        let headers = format!("{host}Origin: http://{authority}\r\n");
        assert!(matches!(staged.send("POST", &format!("{path}scenes/login-page"), &headers, "").status, 400 | 403));
    }
    assert_eq!(staged.state()["scene"], "as-started");
}

#[test]
fn changes_need_the_page_s_own_origin() {
    let staged = Staged::demo();
    let Staged { authority, path, .. } = &staged;
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: http://127.0.0.1:1\r\n",
        &format!("Origin: https://{authority}\r\n"),
        &format!("Origin: http://{authority}.evil.example\r\n"),
        &format!("Origin: http://{authority}\r\nOrigin: http://{authority}\r\n"),
    ] {
        for (method, what) in [
            ("POST", "scenes/login-page"),
            ("POST", "switches"),
            ("POST", "clear"),
            ("PUT", "switches"),
            ("OPTIONS", "switches"),
        ] {
            let headers = format!("Host: {authority}\r\n{origin}");
            let reply = staged.send(method, &format!("{path}{what}"), &headers, r#"{"faults":["html"]}"#);
            assert_eq!(reply.status, 403, "{method} {what} {origin:?}");
            assert_eq!(reply.header("access-control-allow-origin"), None);
        }
    }
    for what in ["scenes/login-page", "switches", "clear"] {
        assert_eq!(staged.send("GET", &format!("{path}{what}"), &staged.own(), "").status, 405, "{what}");
    }
    let state = staged.state();
    assert_eq!(
        (&state["scene"], state["switches"]["faults"].as_array().map(Vec::len)),
        (&"as-started".into(), Some(0))
    );
}

#[test]
fn nothing_is_given_without_the_secret() {
    let staged = Staged::demo();
    let other = Staged::demo();
    assert_ne!(staged.path, other.path);
    for path in
        ["/", "/state", "/page.js", &other.path, &format!("{}state", other.path), staged.path.trim_end_matches('/')]
    {
        let reply = staged.send("GET", path, &staged.own(), "");
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains(&staged.path), "{}", reply.body);
    }
    let play = format!("{}scenes/login-page", other.path);
    assert_eq!(staged.send("POST", &play, &staged.own(), "").status, 404);
    assert_eq!(staged.state()["scene"], "as-started");
}

#[test]
fn every_answer_forbids_what_the_page_does_not_need() {
    let staged = Staged::demo();
    let page = staged.path.as_str();
    for (path, headers, status) in [
        (page, staged.own(), 200),
        (&format!("{page}page.js"), staged.own(), 200),
        (&format!("{page}state"), staged.own(), 200),
        ("/", staged.own(), 404),
        (page, String::new(), 403),
    ] {
        let reply = staged.send("GET", path, &headers, "");
        assert_eq!(reply.status, status);
        let policy = reply.header("content-security-policy").unwrap();
        let directives: Vec<&str> = policy.split("; ").collect();
        for directive in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'"] {
            assert!(directives.contains(&directive), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}");
        }
    }
}
