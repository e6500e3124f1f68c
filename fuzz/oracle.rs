//! What the body of a reply says of a component. That is judged here without the library's code, by `serde_json::Value`.

use serde_json::Value;

/// Whether the entries of the reply allow the consumer of the component; None inside if none says anything of it, and
/// outside if `Value` cannot hold the reply. `is_only`: the component was asked for with this consumer alone.
pub(crate) fn said(body: &str, component_id: &str, consumer_id: &str, is_only: bool) -> Option<Option<bool>> {
    let value: Value = serde_json::from_str(&readable(body)).ok()?;
    let entries = value["data"].as_array().into_iter().flatten();
    let verdicts = entries.filter(|entry| entry["component_id"] == component_id).filter_map(|entry| {
        // An entry without a verdict says nothing (row 93).
        let verdict = entry.get("installtion_allowed").or(entry.get("installation_allowed"))? == true;
        let is_meant = match &entry["consumer_id"] {
            // Without a consumer it denies all, and allows the only one (row 194).
            Value::Null => is_only || !verdict,
            id => id == consumer_id,
        };
        is_meant.then_some(verdict)
    });
    Some(verdicts.reduce(|all, verdict| all && verdict))
}

/// JSON without what `Value` cannot hold, but the library passes over in members that it does not read: numbers of any
/// size become 0, halves of surrogate pairs the letter A.
pub(crate) fn readable(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut chars = json.char_indices().peekable();
    let mut in_string = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                let is_half = json[at..].get(2..4).is_some_and(|digits| {
                    json[at + 1..].starts_with('u') && matches!(u8::from_str_radix(digits, 16), Ok(0xd8..=0xdf))
                });
                let escape: String = json[at..].chars().take(if is_half { 6 } else { 2 }).collect();
                text.push_str(if is_half { "\\u0041" } else { &escape });
                while chars.next_if(|(next, _)| *next < at + escape.len()).is_some() {}
                continue;
            }
            '-' | '0'..='9' if !in_string => {
                while chars.next_if(|(_, next)| matches!(next, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).is_some() {}
                text.push('0');
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    text
}
