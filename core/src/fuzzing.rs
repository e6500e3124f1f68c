//! Doors for the fuzz targets in `fuzz/`: each reads bytes from elsewhere and checks what must always hold.

use serde_json::Value;

use crate::protocol::reply as endpoint;
use crate::json::Pace;
use crate::json::pointer;
use crate::outcome::Components;
use crate::protocol::consumers::Consumers;
use crate::proxy::{self, Proxy};
use crate::server::Host;
use crate::token::account;
use crate::{Status, Verdict};

/// A list of consumers: what is accepted is sent whole, and with one id of each kind.
pub fn consumers(text: &str) {
    let Ok(Consumers { components, body }) = Consumers::parse(text.to_owned(), &Pace::new(&|| true)) else { return };
    for component in components.iter() {
        assert!(!component.component_id.is_empty() && !component.consumer_id.is_empty());
        assert_eq!(component.verdict, Verdict::Unknown);
    }
    // serde_json reads less than is passed on: numbers of any size, lone surrogates in unknown members.
    let (Ok(sent), Ok(mut given)) = (serde_json::from_str::<Value>(&body), serde_json::from_str::<Value>(text)) else {
        return;
    };
    if given.is_array() {
        given = serde_json::json!({ "consumers": given });
    }
    given["operation"] = "check".into();
    for consumer in given["consumers"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        consumer.retain(|key, value| key != "consumer_build_timestamp" || value != "");
    }
    assert_eq!(sent, given);
}

/// A reply to `check`: no verdict without a matching entry that says so.
pub fn check_reply(text: &str) {
    let mut components = Components::default();
    for (component_id, consumer_id) in [("1", "a"), ("2", "b"), ("2", "c"), ("1", "a")] {
        components.push(component_id, consumer_id);
    }
    let read = endpoint::read_check(text, &mut components, &Pace::new(&|| true));
    let allowed = components.iter().any(|component| component.verdict == Verdict::Allowed);
    assert!(!allowed || read.is_ok_and(|head| head.status == Some(true)));
    assert!(!allowed || (text.contains("true") && text.contains("data") || text.contains("\\u")));
    endpoint::read_refusal(text, &Pace::new(&|| true));
}

/// A reply to `list`: licences are objects, and stay as they are.
pub fn list_reply(text: &str) {
    let Ok((_, licenses)) = endpoint::read_list(text, &Pace::new(&|| true)) else { return };
    for license in licenses {
        assert!(text.contains(&*license) && license.starts_with('{') && license.ends_with('}'));
        pointer::count(&license);
    }
}

/// A JSON Pointer, a newline, and JSON: agrees with serde_json wherever serde_json can read it.
pub fn json_pointer(text: &str) {
    let Some((path, json)) = text.split_once('\n') else { return };
    let Ok(document) = serde_json::from_str::<Value>(json) else { return };
    let found =
        pointer::tokens(path).and_then(|mut tokens| tokens.try_fold(json, |json, token| pointer::step(json, &token)));
    // serde_json takes a pointer with a bad escape as it stands, which is no pointer.
    if pointer::tokens(path).is_some() {
        assert_eq!(
            found.map(|json| serde_json::from_str::<Value>(json).ok()),
            document.pointer(path).map(|value| Some(value.clone()))
        );
    }
    found.map(pointer::value_text);
}

/// A `qtaccount.ini`.
pub fn account_file(text: &str) {
    if let Some(value) = account::ini_value(text, "QtAccount", "jwt") {
        assert!(text.contains("[QtAccount]") || text.contains('['));
        assert!(value.len() <= text.len());
    }
}

/// A proxy's address, a newline, and a NO_PROXY list: passwords stay inside.
pub fn proxy_settings(text: &str) {
    let (address, list) = text.split_once('\n').unwrap_or((text, ""));
    if let Ok(proxy) = Proxy::parse(address) {
        assert!(proxy.port > 0);
        assert!(!format!("{proxy}{proxy:?}").contains('@'));
    }
    for host in [
        Host::Name("licences.example.com".into()),
        Host::Ip([10, 1, 2, 3].into()),
        Host::Ip([0xfd00, 0, 0, 0, 0, 0, 0, 1].into()),
    ] {
        proxy::is_exempt(list, &host, 443);
    }
    let mut client = crate::Client::new().expect("the default address is one");
    if let Err(error) = client.set_server(Some(address)) {
        assert_eq!(error.status(), Status::InvalidArgument);
    }
}
