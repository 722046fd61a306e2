//! Imports: what is wrong with a file, and where.

use super::calls::{call, import};
use super::process::Gateway;
use lift_errors::{Format, lift};
use serde_json::{Value, json};

#[test]
fn imports_say_what_is_wrong_and_where() {
    let gateway = Gateway::start(&[]);
    let head = "Product Code,Name,Quantity\n";
    let file = |rows: &str| format!("{head}{rows}").into_bytes();
    let at = |line: u64, column: u64| json!({"line": line, "column": column});
    let missing = |header: &str| json!({"missing_header": header});
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bad: [(Vec<u8>, &str, Value); 25] = [
        ((0..=255).cycle().take(2000).collect(), "not_csv", json!({})),
        (b"PK\x03\x04 a workbook".into(), "not_csv", json!({})),
        ([b"\xff\xfe".to_vec(), utf16(head)].concat(), "not_utf8", json!({})),
        (utf16(head), "not_csv", json!({})),
        (b"\x89PNG\r\n\x1a\n".into(), "not_utf8", at(1, 1)),
        ([&file("A,b,1\n"), b"C,caf\xe9,2\n".as_slice()].concat(), "not_utf8", at(3, 2)),
        (Vec::from("\u{feff}"), "wrong_headers", missing("Product Code")),
        (Vec::from("\n\n"), "wrong_headers", missing("Product Code")),
        (Vec::from("product code,name,quantity\nA,b,1\n"), "wrong_headers", missing("Product Code")),
        (Vec::from("Product Code,Name\nA,b\n"), "wrong_headers", missing("Quantity")),
        (Vec::from("Product Code,\"Name,Quantity\nA,b,1\n"), "wrong_headers", missing("Name")),
        (Vec::from("Product Code,Name,Name,Quantity\nA,b,c,1\n"), "wrong_headers", at(1, 3)),
        (vec![b','; 200_000], "wrong_headers", missing("Product Code")),
        (file(head), "malformed_row", at(2, 3)),
        (file(&"a,".repeat(100_000)), "malformed_row", at(2, 4)),
        (file("A,b\n"), "malformed_row", at(2, 3)),
        (file("A,\"b,1\nC,d,2\n"), "malformed_row", at(2, 3)),
        (file("A,b,\"1\nC,d,2\n"), "malformed_row", at(2, 3)),
        (file("A,b,1\n,d,2\n"), "malformed_row", at(3, 1)),
        (file("A,b,-1\n"), "malformed_row", at(2, 3)),
        (file("A,b,99999999999\n"), "malformed_row", at(2, 3)),
        (file("A,\"b\nb\",1\nC,d,x\n"), "malformed_row", at(4, 3)),
        (file("\n\nC,d,x\n"), "malformed_row", at(4, 3)),
        (
            file("A,b,1\nC,d,x\n")
                .iter()
                .flat_map(|b| if *b == b'\n' { vec![b'\r', b'\n'] } else { vec![*b] })
                .collect(),
            "malformed_row",
            at(3, 3),
        ),
        (Vec::from("\u{feff}Product Code,Name,Quantity\nA,b,x"), "malformed_row", at(2, 3)),
    ];
    for (file, cause, parameters) in bad {
        let reply = gateway.send(&import(&file).accept(Format::ProblemDetails));
        let shown = String::from_utf8_lossy(file.get(..80.min(file.len())).unwrap()).into_owned();
        assert_eq!(reply.status, 400, "{shown}: {reply:?}");
        reply.response().assert_code(lift::Code::ImportFailed);
        reply.assert_hides(&super::CANARIES);
        let json = reply.json();
        assert_eq!(json["causes"][0]["id"], cause, "{shown}: {json}");
        assert_eq!(json.get("params").unwrap_or(&json!({})), &parameters, "{shown}: {json}");
    }
    for good in ["A,b,1\nC,d,2", "A,\"b, \"\"c\"\"\nd\",1\n\nC,e,2\n", "\u{e9},\u{202e},1\r\nC,d,2\r\n"] {
        for start in ["", "\u{feff}"] {
            let reply = gateway.send(&import(format!("{start}{head}{good}")));
            assert_eq!((reply.status, reply.body.as_str()), (200, "{\"rows\":2}"), "{good}");
        }
    }
    // Imported stock can be ordered, once; a refused import changed nothing.
    let order = |number: &str, product: &str, quantity: u32| {
        let lines = json!([{"product": product, "quantity": quantity}]);
        gateway.send(&call("POST", "/orders").json(&json!({"number": number, "lines": lines}))).status
    };
    assert_eq!((order("1", "C", 2), order("2", "C", 1), order("3", "B", 1)), (201, 422, 422));
    gateway.assert_alive();
}
