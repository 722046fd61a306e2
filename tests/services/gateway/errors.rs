//! Every canonical error that a server can raise, each through a real condition.

use super::calls::{call, get, import};
use super::case::Case;
use super::process::Gateway;
use super::{DEDICATED_KEY, ERRORS, OPERATOR_KEY, REQUEST_ID, SHARED_KEY};
use crate::http::Call;
use lift_errors::lift;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn every_error_of_a_server_is_met() {
    use lift::Code;
    let gateway = Gateway::start(&[]);
    let at = &gateway;

    // The warehouse gets a past, and a person logs in.
    assert_eq!(at.send(&call("DELETE", "/shipments/SH-1")).status, 204);
    assert_eq!(at.send(&call("POST", "/orders/PO-2031/approval")).status, 200);
    let order = |number: &str, product: &str, quantity: i64| {
        call("POST", "/orders").json(&json!({"number": number, "lines": [{"product": product, "quantity": quantity}]}))
    };
    assert_eq!(at.send(&order("PO-1", "GLOVES-M", 1)).status, 201);
    let maya = at.log_in("maya", "blue-pallet");

    // A session that nobody uses, maintenance, and an allowance that is used up.
    let idle = Gateway::start(&[("SESSION_TIMEOUT", "0")]);
    let expired = idle.log_in("omar", "red-forklift");
    let closed = Gateway::start(&[]);
    let maintenance = Call::anonymous("PUT", "/maintenance").json(&json!({"minutes": 2}));
    assert_eq!(closed.send(&maintenance.clone().key(OPERATOR_KEY)).status, 204);
    let busy = Gateway::start(&[]);

    let anonymous = |path: &str| Call::anonymous("GET", path);
    let wrong_password = Call::anonymous("POST", "/sessions").json(&json!({"user": "maya", "password": "guess"}));
    let unknown_session = anonymous("/orders/PO-2031").with("Cookie", "a=b; __Host-session=0000");
    let basic = anonymous("/orders/PO-2031").with("Authorization", "Basic bWF5YTpndWVzcw==");
    let manager = json!({"required_role": "Manager"});
    let too_large = vec![b'a'; 256 * 1024 + 1];
    let rows: String = (0..10_000).map(|n| format!("P-{n},Pin,1\n")).collect();
    let too_many = format!("Product Code,Name,Quantity\n{rows}");
    let many_faults = json!({"number": "", "lines": [{"product": "", "quantity": 0}, {"quantity": 1_000_000}]});
    let wrong_type = json!({"number": "PO-9", "lines": [{"product": "GLOVES-M", "quantity": "many"}]});
    let short = json!({"number": "PO-9", "lines": [{"product": "NAILS", "quantity": 1}, {"product": "GLOVES-M", "quantity": 500}]});
    let cases = [
        Case::new(at, anonymous("/orders/PO-2031"), Code::Unauthorized),
        Case::new(at, unknown_session, Code::Unauthorized),
        Case::new(at, anonymous("/orders/PO-2031").key("guess"), Code::Unauthorized).cause("wrong_credentials"),
        Case::new(at, basic, Code::Unauthorized).cause("wrong_credentials"),
        Case::new(at, wrong_password, Code::Unauthorized).cause("wrong_credentials"),
        Case::new(&idle, anonymous("/orders/PO-2031").with("Cookie", &expired), Code::SessionExpired)
            .cause("session_timed_out"),
        Case::new(at, anonymous("/reports/2025").key(SHARED_KEY), Code::Forbidden)
            .cause("role_lacks_permission")
            .parameters(manager.clone()),
        Case::new(at, maintenance.key(DEDICATED_KEY), Code::Forbidden)
            .parameters(json!({"required_role": "Admin"}))
            .cause("role_lacks_permission"),
        Case::new(at, get("/orders/PO-7000"), Code::Forbidden).cause("other_organization"),
        Case::new(at, anonymous("/reports/2025").with("Cookie", &maya), Code::PermissionDenied)
            .cause("role_lacks_permission")
            .parameters(manager),
        Case::new(at, get("/nowhere"), Code::NotFound),
        Case::new(at, get("/orders/PO-404"), Code::NotFound)
            .parameters(json!({"resource": "PO-404", "resource_kind": "order"})),
        Case::new(at, get("/shipments/SH-404"), Code::NotFound)
            .parameters(json!({"resource": "SH-404", "resource_kind": "shipment"})),
        Case::new(at, get("/reports/1999"), Code::NotFound)
            .parameters(json!({"resource": "1999", "resource_kind": "report"})),
        Case::new(at, get("/shipments/SH-1"), Code::NotFound)
            .cause("record_deleted")
            .parameters(json!({"resource": "SH-1", "resource_kind": "shipment"})),
        Case::new(at, call("PUT", "/shipments/SH-2"), Code::MethodNotAllowed)
            .parameters(json!({"method": "PUT", "allow": "GET, HEAD, DELETE"})),
        Case::new(at, get("/orders"), Code::MethodNotAllowed).parameters(json!({"method": "GET", "allow": "POST"})),
        Case::new(at, order("PO-1", "GLOVES-M", 1), Code::Conflict)
            .cause("already_exists")
            .parameters(json!({"resource": "PO-1", "resource_kind": "order"})),
        Case::new(at, call("POST", "/orders/PO-2031/approval"), Code::Conflict).cause("step_ruled_out"),
        Case::new(at, import(&too_large), Code::PayloadTooLarge).parameters(json!({"limit_bytes": 262_144})),
        Case::new(at, call("POST", "/orders").body("application/json", &too_large), Code::PayloadTooLarge),
        Case::new(at, call("POST", "/orders").body("text/plain", b"{}"), Code::UnsupportedMediaType)
            .cause("wrong_content_type")
            .parameters(json!({"expected": "application/json"})),
        Case::new(at, call("POST", "/imports/stock").body("text/plain", b"a"), Code::UnsupportedMediaType)
            .cause("wrong_content_type")
            .parameters(json!({"expected": "text/csv"})),
        Case::new(at, order("PO-9", "GLOVES-M", 500), Code::UnprocessableContent)
            .cause("not_enough_stock")
            .fields(&["lines[0].quantity"]),
        Case::new(at, call("POST", "/orders").json(&short), Code::UnprocessableContent)
            .cause("unknown_reference")
            .fields(&["lines[0].product", "lines[1].quantity"]),
        Case::new(at, call("POST", "/orders").json(&many_faults), Code::ValidationFailed).fields(&[
            "number",
            "lines[0].product",
            "lines[0].quantity",
            "lines[1].product",
            "lines[1].quantity",
        ]),
        Case::new(at, call("POST", "/orders").json(&wrong_type), Code::ValidationFailed)
            .cause("unreadable_value")
            .fields(&["lines[0].quantity"]),
        Case::new(at, call("POST", "/orders").body("application/json", b"{"), Code::BadRequest).cause("malformed_body"),
        Case::new(at, get("/reports/soon"), Code::ValidationFailed).cause("unreadable_value").fields(&["year"]),
        Case::new(at, get(&format!("/orders/{}", "9".repeat(21))), Code::ValidationFailed).fields(&["number"]),
        Case::new(at, import(&too_many), Code::InsufficientStorage).cause("quota_used_up"),
        Case::new(at, import("Product Code,Name,Quantity\nA,b,1\nC,d,x\n"), Code::ImportFailed)
            .cause("malformed_row")
            .parameters(json!({"line": 3, "column": 3})),
        Case::new(&busy, anonymous("/orders/PO-2031").key(SHARED_KEY), Code::TooManyRequests)
            .parameters(json!({"limit": 60, "window": 60, "retry_after": 1})),
        Case::new(at, get("/reports/2026"), Code::InternalServerError).cause("failed_query"),
        Case::new(at, get("/shipments/SH-2/tracking"), Code::BadGateway),
        Case::new(at, get("/shipments/SH-4/tracking"), Code::BadGateway).cause("network_problem"),
        Case::new(at, get("/shipments/SH-5/tracking"), Code::BadGateway),
        Case::new(at, get("/shipments/SH-6/tracking"), Code::BadGateway).cause("network_problem"),
        Case::new(at, get("/shipments/SH-8/tracking"), Code::BadGateway).cause("network_problem"),
        Case::new(&closed, get("/orders/PO-2031"), Code::ServiceUnavailable).cause("planned_maintenance"),
        Case::new(at, get("/shipments/SH-3/tracking"), Code::GatewayTimeout).parameters(json!({"limit": 1})),
        Case::new(at, get("/shipments/SH-9/tracking"), Code::GatewayTimeout).parameters(json!({"limit": 1})),
    ];
    cases.iter().for_each(Case::check);

    let met: BTreeSet<&str> = cases.iter().map(|case| case.code.as_str()).collect();
    assert_eq!(met, ERRORS.map(Code::as_str).into());

    // The log has the values that callers must not see, so the canaries above are alive.
    #[cfg(unix)]
    {
        let (status, log) = gateway.stop("-TERM");
        assert!(status.success(), "{status}");
        for source in ["os error", "EOF while parsing", "lift-gateway", "http status", "invalid type", REQUEST_ID] {
            assert!(log.contains(source), "`{source}` is not in the log\n{log}");
        }
        let failed = log.lines().find(|line| line.contains("internal_server_error")).unwrap();
        for part in [
            "ERROR",
            "catalog=\"lift\"",
            "LIFT-0500",
            "status=500",
            "failed_query",
            "sources=",
            REQUEST_ID,
            "/reports/{year}",
        ] {
            assert!(failed.contains(part), "`{part}` is not in {failed}");
        }
        assert!(!log.contains("panicked"), "{log}");
        // A place in the library tells a service's author nothing.
        assert!(log.contains("place=examples/gateway/") && !log.contains("place=lift-errors"), "{log}");
    }
}
