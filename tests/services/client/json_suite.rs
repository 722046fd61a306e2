//! JSON at its edges (RFC 8259), as other parsers are tested with: what every parser accepts is read as it is, what none may accept
//! costs only itself, and where parsers differ nothing breaks.

use super::read;
use serde_json::{Value, json};

/// Valid values, and what they are.
fn valid() -> Vec<(&'static str, Value)> {
    vec![
        ("0", json!(0)),
        ("-0", json!(-0.0)),
        ("-1", json!(-1)),
        ("0.10", json!(0.1)),
        ("1e2", json!(100.0)),
        ("1E+2", json!(100.0)),
        ("1e-2", json!(0.01)),
        ("123.456e78", json!(123.456e78)),
        ("9007199254740993", json!(9_007_199_254_740_993_u64)),
        ("18446744073709551615", json!(u64::MAX)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("5e-324", json!(5e-324)),
        ("true", json!(true)),
        ("false", json!(false)),
        ("null", json!(null)),
        (r#""""#, json!("")),
        (r#""a""#, json!("a")),
        (r#""\"\\\/\b\f\n\r\t""#, json!("\"\\/\u{8}\u{c}\n\r\t")),
        (r#""\u0000""#, json!("\0")),
        (r#""\u0061\u30af\u30EA\u30b9""#, json!("aクリス")),
        (r#""\ud801\udc37""#, json!("\u{10437}")),
        (r#""\uD834\uDD1E\u0041""#, json!("\u{1d11e}A")),
        (r#""\uFFFF""#, json!("\u{ffff}")),
        (r#""\\u0000""#, json!("\\u0000")),
        (r#""\u0022""#, json!("\"")),
        ("\"\u{7f}\"", json!("\u{7f}")),
        ("\"\u{2028}\u{2029}\"", json!("\u{2028}\u{2029}")),
        ("\"\u{fffe}\u{10ffff}\"", json!("\u{fffe}\u{10ffff}")),
        ("\"/* */ // #\"", json!("/* */ // #")),
        ("[]", json!([])),
        ("[ ]", json!([])),
        ("[1,null,\"\",{}]", json!([1, null, "", {}])),
        ("[[[[[]]]]]", json!([[[[[]]]]])),
        ("{}", json!({})),
        ("{\"\":0}", json!({"": 0})),
        ("{\"a\\u0000b\":1}", json!({"a\0b": 1})),
        ("{\"a\":1,\"a\":2}", json!({"a": 2})),
        (" \t\r\n1 \t\r\n", json!(1)),
        ("{ \"a\" : [ 1 , 2 ] }", json!({"a": [1, 2]})),
    ]
}

/// What is not JSON.
const INVALID: [&str; 72] = [
    "",
    " ",
    ",",
    ":",
    "[",
    "{",
    "]",
    "}",
    "\"",
    "\"\\",
    "'a'",
    "a",
    "nul",
    "tru",
    "True",
    "TRUE",
    "undefined",
    "NaN",
    "nan",
    "Infinity",
    "-Infinity",
    "+1",
    "++1",
    "- 1",
    "-",
    "--1",
    "01",
    "-01",
    "012",
    "1.",
    ".1",
    "-.1",
    "1.e1",
    "1e",
    "1e+",
    "1eE2",
    "1e1.5",
    "0x1",
    "0x",
    "1_000",
    "1 000",
    "1,000",
    "\u{ff11}",
    "1a",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[1",
    "[\"a\"",
    "[1}",
    "{1:1}",
    "{a:1}",
    "{'a':1}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\"::1}",
    "{[1]:1}",
    "{null:1}",
    "{\"a\":1]",
    "\"\\x41\"",
    "\"\\u12\"",
    "\"\\u123g\"",
    "\"\\a\"",
    "\"\\'\"",
    "/* */1",
    "#1",
];

/// What some parsers accept and others do not.
const UNDECIDED: [&str; 14] = [
    "1e400",
    "-1e400",
    "1e-400",
    "123456789012345678901234567890",
    "-123456789012345678901234567890",
    "0.4e00669999999999999999999999999999999999999999999969999999006",
    r#""\ud800""#,
    r#""\udfaa""#,
    r#""\ud800\ud800""#,
    r#""\udd1e\ud834""#,
    r#""\ud800\u0041""#,
    r#""\uD800abc""#,
    "\"\u{0}\"",
    "\"line\nbreak\ttab\"",
];

fn around(value: &str) -> String {
    format!(r#"{{"detail":"None.","odd":{value},"title":"Gone"}}"#)
}

#[test]
fn valid_json_is_read_as_it_is() {
    for (json, value) in valid() {
        let received = read(410, &[], around(json));
        assert_eq!(received.extensions().get("odd"), Some(&value), "{json}");
        assert_eq!((received.detail(), received.title()), (Some("None."), Some("Gone")), "{json}");
        // As the whole body, only an object says something.
        let alone = read(410, &[], json);
        assert_eq!((alone.body(), alone.code()), (json.as_bytes(), None));
    }
}

#[test]
fn invalid_json_costs_nothing_that_came_before() {
    for json in INVALID {
        assert!(serde_json::from_str::<Value>(json).is_err(), "{json} is JSON");
        let body = around(json);
        let received = read(410, &[], &body);
        assert_eq!(received.detail(), Some("None."), "{json}");
        assert_ne!(received.extensions().get("odd"), Some(&json!(json)), "{json}");
        assert_eq!(received.body(), body.as_bytes());
        let alone = read(410, &[], json);
        assert_eq!((alone.body(), alone.code()), (json.as_bytes(), None), "{json}");
        // Members that are whole are kept.
        let kept: Vec<_> = alone.extensions().iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert!(kept.iter().all(|member| member == "a=1"), "{json}: {kept:?}");
    }
}

#[test]
fn json_on_which_parsers_disagree_breaks_nothing() {
    for json in UNDECIDED {
        let received = read(410, &[], around(json));
        assert_eq!((received.detail(), received.title()), (Some("None."), Some("Gone")), "{json}");
    }
    let whole = around("1");
    let utf16 =
        |bom: &[u8], to: fn(u16) -> [u8; 2]| [bom, &whole.encode_utf16().flat_map(to).collect::<Vec<u8>>()].concat();
    for body in [
        format!("\u{feff}{whole}").into_bytes(),
        utf16(b"\xff\xfe", u16::to_le_bytes),
        utf16(b"\xfe\xff", u16::to_be_bytes),
        whole.replace("None.", "N\u{e9}").chars().map(|character| character as u8).collect(),
        [whole.as_bytes(), b"\0\0\0"].concat(),
        [whole.as_bytes(), whole.as_bytes()].concat(),
        [b"\x1e".as_slice(), whole.as_bytes(), b"\n"].concat(),
    ] {
        let received = read(410, &[], &body);
        assert_eq!((received.status().unwrap().as_u16(), received.body()), (410, body.as_slice()));
    }
    // A byte order mark is allowed to be ignored (RFC 8259 §8.1).
    assert_eq!(read(410, &[], format!("\u{feff}{whole}")).title(), Some("Gone"));
}
