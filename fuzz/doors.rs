//! What the fuzz targets in `fuzz/` run. Each function reads text that comes from elsewhere, and asserts what has to
//! hold for any text.

#[path = "oracle.rs"]
mod oracle;

use serde_json::Value;

use crate::json::pointer;
use crate::outcome::{Components, Document};
use crate::protocol::consumers::Consumers;
use crate::protocol::reply;
use crate::proxy::{Proxy, Source, no_proxy};
use crate::server::Host;
use crate::token::ini;
use crate::{Status, Verdict};

/// Reads a list of consumers. What is accepted has both ids for each consumer, and is sent without loss.
pub fn consumers(text: &str) {
    let Ok(Consumers { components, body }) = Consumers::parse(text) else { return };
    for component in components.iter() {
        assert!(!component.component_id.is_empty() && !component.consumer_id.is_empty());
        assert_eq!(component.verdict, Verdict::Unknown);
    }
    // Some of what is passed on is more than serde_json can read, such as numbers of any size, or half a surrogate pair
    // in unknown members. Then there is nothing to compare.
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

/// Reads a reply to `check`. Each component has the verdict that the entries say, as another reader understands them.
pub fn check_reply(text: &str) {
    let mut components = Components::default();
    for (component_id, consumer_id) in [("1", "a"), ("2", "b"), ("2", "c"), ("1", "a")] {
        components.push(component_id, consumer_id);
    }
    if let Ok((head, verdicts)) = reply::read_check(text, &components) {
        assert_eq!(verdicts.len(), components.len());
        for (component, verdict) in components.iter().zip(verdicts).filter(|_| head.status == Some(true)) {
            let is_only = component.component_id == "1";
            let expected = match oracle::said(text, component.component_id, component.consumer_id, is_only) {
                Some(Some(true)) => Verdict::Allowed,
                Some(Some(false)) => Verdict::Denied,
                Some(None) => Verdict::Unknown,
                // It nests deeper in what is not read.
                None => continue,
            };
            assert_eq!(verdict, expected, "{component:?}");
        }
    }
    reply::read_lenient_head(text);
}

/// Reads a reply to `list`. Each license is an object, exactly as the reply has it.
pub fn list_reply(text: &str) {
    let Ok((_, place)) = reply::read_list(text) else { return };
    let licenses = Document::new(format!("[{}]", &text[place]));
    for index in 0..licenses.count("") {
        let license = &licenses.text()[licenses.find(&format!("/{index}")).expect("as many as were counted")];
        assert!(text.contains(license) && license.starts_with('{') && license.ends_with('}'));
    }
}

/// Looks a JSON Pointer up in JSON; a newline separates the two. The result is serde_json's, if serde_json can read the
/// JSON.
pub fn json_pointer(text: &str) {
    let Some((path, json)) = text.split_once('\n') else { return };
    let Ok(value) = serde_json::from_str::<Value>(json) else { return };
    let document = Document::new(json.to_owned());
    // The second time the document may use the index that it made the first time.
    for _ in 0..2 {
        let found = document.find(path).map(|place| serde_json::from_str::<Value>(&json[place]).ok());
        // A pointer with a bad escape is an error for us, while serde_json takes the escape literally.
        let expected = pointer::steps(path).and_then(|_| value.pointer(path));
        assert_eq!(found, expected.map(|value| Some(value.clone())));
        document.get(path);
        document.count(path);
    }
}

/// Reads a `qtaccount.ini`. A token comes only from a file with a section.
pub fn account_file(file: &[u8]) {
    if let Some(value) = ini::value(file, "QtAccount", "jwt") {
        assert!(file.contains(&b'['));
        // A byte that is not UTF-8 becomes a replacement character, which has three.
        assert!(value.len() <= 3 * file.len());
    }
}

/// Reads a proxy's address and a NO_PROXY list; a newline separates the two. Printing the proxy shows no password.
pub fn proxy_settings(text: &str) {
    let (address, list) = text.split_once('\n').unwrap_or((text, ""));
    if let Ok(proxy) = Proxy::parse(address, Source::Program) {
        assert!(proxy.port > 0);
        assert!(!format!("{proxy}{proxy:?}").contains('@'));
    }
    for host in [
        Host::Name("licenses.example.com".into()),
        Host::Ip([10, 1, 2, 3].into()),
        Host::Ip([0xfd00, 0, 0, 0, 0, 0, 0, 1].into()),
    ] {
        no_proxy::exempting(list, &host, 443);
    }
    let mut client = crate::Client::new();
    if let Err(error) = client.set_server(Some(address)) {
        assert_eq!(error.status(), Status::InvalidArgument);
    }
}
