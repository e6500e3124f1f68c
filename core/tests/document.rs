//! Reading a JSON text that is too large to be walked each time: an index has to find what walking would.

#[path = "common/json_text.rs"]
mod json_text;

use std::collections::BTreeMap;
use std::sync::Barrier;

use json_text::{Json, json};
use proptest::collection::vec;
use proptest::test_runner::{Config, TestRunner};
use qls_precheck_core::{Document, OnceMap};

/// What stands at `pointer`, as JSON text.
fn at<'d>(document: &'d Document, pointer: &str) -> Option<&'d str> {
    document.find(pointer).map(|place| &document.text()[place])
}

#[test]
fn every_item_of_a_long_array_is_found() {
    // Small and large ones in turn, so that an index has to count between the places that it remembers.
    let items: Vec<String> = (0..3_000)
        .map(|n| match n % 7 {
            0 => format!("[{}]", "0 , ".repeat(n % 40) + "1"),
            1 => format!("\"{}\\\"]\"", "x".repeat(n % 90)),
            2 => "{}".into(),
            _ => n.to_string(),
        })
        .collect();
    for (open, separator, close) in [("[", ",", "]"), (" [ ", " ,\n\t", "\r\n] ")] {
        let document = Document::new(format!("{open}{}{close}", items.join(separator)));
        for (index, item) in items.iter().enumerate() {
            assert_eq!(at(&document, &format!("/{index}")), Some(&**item), "{index}");
        }
        assert_eq!(document.count(""), items.len());
        for index in ["3000", "03", "-", "", "x", "99999999999999999999"] {
            assert_eq!(at(&document, &format!("/{index}")), None, "{index}");
        }
    }
    assert_eq!(Document::new(format!("[{}]", " ".repeat(5_000))).count(""), 0);
    assert_eq!(at(&Document::new(format!("[{}]", " ".repeat(5_000))), "/0"), None);
}

#[test]
fn every_member_of_a_large_object_is_found() {
    let mut members: Vec<String> = (0..2_000).map(|n| format!("\"key {n}\" : {{\"n\":{n}}}")).collect();
    // Keys in other spellings, keys that stand for no text, and keys that come once more with another value.
    members.insert(3, r#""\ud800":1"#.into());
    members.insert(700, r#""\u006bey 7~\/":"first""#.into());
    members.extend([r#""\u006bey 5":"again""#.into(), r#""":"empty""#.into(), r#""\udfff\u0000":2"#.into()]);
    let document = Document::new(format!("{{{}}}", members.join(" , ")));
    for n in (0..2_000).filter(|n| *n != 5) {
        assert_eq!(at(&document, &format!("/key {n}")), Some(&*format!("{{\"n\":{n}}}")), "{n}");
        assert_eq!(document.get(&format!("/key {n}/n")), Some(n.to_string()));
    }
    assert_eq!(document.get("/key 5").as_deref(), Some("again"), "of equal keys the last one counts");
    assert_eq!(document.get("/key 7~0~1").as_deref(), Some("first"));
    assert_eq!(document.get("/").as_deref(), Some("empty"));
    for pointer in ["/key 2000", "/key", "/0", "/\u{fffd}", "/key 1/", "/Key 1"] {
        assert_eq!(at(&document, pointer), None, "{pointer}");
    }
    assert_eq!(document.count(""), members.len());
    assert_eq!(document.count("/key 9"), 1);
}

#[test]
fn a_hundred_thousand_equal_keys_are_one() {
    let document = Document::new(format!("{{{}\"a\":2,\"b\":3}}", "\"a\":1,".repeat(100_000)));
    assert_eq!(at(&document, "/a"), Some("2"));
    assert_eq!(at(&document, "/b"), Some("3"));
    assert_eq!(document.count(""), 100_002);
}

/// What a value is read as: a string decoded, unless it holds U+0000 or half of a surrogate pair.
fn read_as(json: &str) -> String {
    let text = serde_json::from_str::<String>(json).ok().filter(|text| !text.contains('\0'));
    text.unwrap_or_else(|| json.to_owned())
}

#[test]
fn values_are_read_in_any_order_and_stay_where_they_are() {
    // Around the size up to which neighbors are copied together, and far above.
    let sizes = [0, 1, 30, 400, 900, 1_010, 1_030, 1_100, 5_000];
    let license = |n: usize| {
        let long = "\\u00e9x".repeat(sizes[n * 7 % sizes.len()] / 7);
        let escaped = ["\\n\\\"", "\\ud83d\\ude00", "\\u0000", "\\ud800", "é/\\/", ""][n % 6];
        format!(r#"{{ "id" :"{n}","a":{{"text":"{escaped}","long": "{long}" }}, "list":[{n},[ ],"{escaped}",{{}}]}}"#)
    };
    let document = Document::new(format!("[{}\n]", (0..300).map(license).collect::<Vec<_>>().join(" , ")));
    let ends = ["", "/id", "/a", "/a/text", "/a/long", "/list", "/list/0", "/list/1", "/list/2", "/list/3"];
    let pointers = (0..300).flat_map(|n| ends.map(|end| format!("/{n}{end}")));
    let mut pointers: Vec<String> = pointers.collect();
    for turn in 0..3 {
        let mut places = Vec::new();
        for pointer in &pointers {
            let value = document.value(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
            let json = at(&document, pointer).expect("the same place");
            assert_eq!(value.to_str(), Ok(&*read_as(json)), "{pointer} in turn {turn}");
            places.push(value.as_ptr());
        }
        let again: Vec<_> = pointers.iter().map(|pointer| document.value(pointer).expect("it").as_ptr()).collect();
        assert_eq!(places, again, "the same pointers every time");
        pointers.sort_by_key(|pointer| (pointer.len() * (turn + 3) % 11, pointer.clone()));
        pointers.reverse();
    }
}

/// Whether every place of `json` is found in `document` below `pointer`.
fn agrees(document: &Document, pointer: &str, json: &Json) {
    let value = document.value(pointer).and_then(|value| value.to_str().ok());
    assert_eq!(value.map(str::to_owned), at(document, pointer).map(read_as), "{pointer}");
    assert_eq!(at(document, pointer).map(Json::read).as_ref(), Some(json), "{pointer}");
    match json {
        Json::Scalar(_) => assert_eq!(document.count(pointer), 0, "{pointer}"),
        Json::Array(items) => {
            assert_eq!(document.count(pointer), items.len(), "{pointer}");
            items.iter().enumerate().for_each(|(index, item)| agrees(document, &format!("{pointer}/{index}"), item));
            assert_eq!(at(document, &format!("{pointer}/{}", items.len())), None);
        }
        Json::Object(members) => {
            assert_eq!(document.count(pointer), members.len(), "{pointer}");
            let text = |key: &String| serde_json::from_str::<String>(key).ok();
            let last: BTreeMap<_, _> = members.iter().filter_map(|(key, value)| Some((text(key)?, value))).collect();
            for (key, value) in last {
                agrees(document, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), value);
            }
            assert_eq!(at(document, &format!("{pointer}/no such key")), None);
        }
    }
}

#[test]
fn any_document_is_read_as_it_is_written() {
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    let values = vec(json(), 0..60);
    let spaces = vec(proptest::sample::select(&["", "", " ", "\n", "\t \r"][..]), 1..20);
    let run = TestRunner::new(config).run(&(values, spaces), |(values, spaces)| {
        let keys = (0..values.len()).map(|n| format!("\"k{}\\u00e9~/\"", n % 50));
        let object = Json::Object(keys.zip(values.clone()).collect());
        let whole = Json::Array(vec![Json::Array(values), object]);
        let mut text = String::new();
        whole.write(&mut text, &mut spaces.into_iter().cycle());
        let document = Document::new(text);
        agrees(&document, "", &whole);
        // Once more, now that there is an index.
        agrees(&document, "", &whole);
        Ok(())
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn many_threads_read_one_document() {
    let items: Vec<String> =
        (0..500).map(|n| format!("{{\"id\":\"{n}\",\"pad\":\"{}\"}}", "p".repeat(n * 3))).collect();
    let document = Document::new(format!("{{\"list\":[{}]}}", items.join(",")));
    let start = Barrier::new(8);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (document, start) = (&document, &start);
            scope.spawn(move || {
                start.wait();
                for n in (0..500).map(|n| (n * 7 + thread * 61) % 500) {
                    assert_eq!(document.get(&format!("/list/{n}/id")), Some(n.to_string()));
                }
                assert_eq!(document.count("/list"), 500);
            });
        }
    });
}

fn made(map: &OnceMap<String>, number: u64) -> &String {
    map.get_or_make(number, || Some(number.to_string())).expect("it can be made")
}

#[test]
fn values_of_a_map_are_made_once_and_stay_where_they_are() {
    let map = OnceMap::new();
    let numbers = || (0..2_000_u64).chain([u64::MAX, u64::MAX - 1, 1 << 63]).map(|n| n.wrapping_mul(2_654_435_761));
    let first: Vec<*const String> = numbers().map(|n| std::ptr::from_ref(made(&map, n))).collect();
    for (number, place) in numbers().zip(&first) {
        let again = map.get_or_make(number, || unreachable!("{number} was made")).expect("it was made");
        assert_eq!((again, std::ptr::from_ref(again)), (&number.to_string(), *place));
        assert_eq!(map.get(number), Some(again));
    }
    assert_eq!(map.get(12), None);
    let start = Barrier::new(8);
    let shared = OnceMap::new();
    let seen: Vec<Vec<usize>> = std::thread::scope(|scope| {
        let read = || {
            start.wait();
            (0..500).map(|n| std::ptr::from_ref(made(&shared, n)).addr()).collect()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(read)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(seen.iter().all(|places| *places == seen[0]), "each thread has the same values");
}
