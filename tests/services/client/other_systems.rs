//! Bodies as other systems write them: title, detail, code, field errors, identifiers and advice are found where they are.

use super::read;
use lift_errors::{GrpcCode, RetryKind};
use std::time::Duration;

/// The expected findings in a body.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    title: Option<&'static str>,
    detail: Option<&'static str>,
    code: Option<&'static str>,
    /// The pointer, code and message of each field error.
    fields: &'static [(&'static str, &'static str, &'static str)],
    request_id: Option<&'static str>,
    wait: Option<u64>,
}

const NOTHING: Found = Found { title: None, detail: None, code: None, fields: &[], request_id: None, wait: None };

/// The system, the status, the body, and what is found.
const BODIES: &[(&str, u16, &str, Found)] = &[
    ("Express", 404, r#"{"error": "No such order"}"#, Found { detail: Some("No such order"), ..NOTHING }),
    (
        "OAuth, RFC 6749 §5.2",
        400,
        r#"{"error": "invalid_grant", "error_description": "The refresh token expired.", "error_uri": "https://a.example/e"}"#,
        Found { detail: Some("The refresh token expired."), code: Some("invalid_grant"), ..NOTHING },
    ),
    (
        "Google's APIs",
        403,
        r#"{"error": {"code": 403, "message": "Quota exceeded.", "status": "PERMISSION_DENIED", "errors": [{"message": "Quota exceeded.", "domain": "usageLimits", "reason": "quotaExceeded"}]}}"#,
        Found { detail: Some("Quota exceeded."), code: Some("PERMISSION_DENIED"), ..NOTHING },
    ),
    (
        "gRPC as JSON",
        429,
        r#"{"code": 8, "message": "busy", "details": [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "STOCK_LOCKED", "domain": "stock.example", "metadata": {"site": "Nairobi"}},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "6.5s"},
            {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "r-8"},
            {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": "lines[0].quantity", "description": "Too many", "reason": "OUT_OF_RANGE"}]},
            {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en", "message": "The stock is locked."}]}"#,
        Found {
            detail: Some("The stock is locked."),
            code: Some("stock_locked"),
            fields: &[("/lines/0/quantity", "out_of_range", "Too many")],
            request_id: Some("r-8"),
            wait: Some(7),
            ..NOTHING
        },
    ),
    (
        "gRPC as JSON, of several of a kind the first, and details of no field",
        409,
        r#"{"code": 10, "message": "busy", "details": [
            {"@type": "type.googleapis.com/google.rpc.DebugInfo", "detail": "at stock.rs:7"},
            {"@type": "type.googleapis.com/stock.Shelf", "message": "Shelf 7", "path": "north"},
            {"@type": "stock.v1/stock.ErrorInfo", "reason": "SHELF_FULL"},
            {"@type": "google.rpc.ErrorInfo", "reason": "STOCK_LOCKED", "domain": "stock.example"},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo"},
            {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "r-8"},
            {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "r-9"},
            {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{}, {"description": "Too many lines", "reason": "TOO_MANY"}]},
            {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": "name"}]},
            {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en", "message": "The stock is locked."},
            {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "fr", "message": "Le stock est bloqué."}]}"#,
        Found {
            detail: Some("The stock is locked."),
            code: Some("stock_locked"),
            fields: &[("", "too_many", "Too many lines")],
            request_id: Some("r-8"),
            wait: Some(7),
            ..NOTHING
        },
    ),
    (
        "gRPC as JSON, without fields",
        404,
        r#"{"error": {"code": 404, "message": "No such shelf", "status": "NOT_FOUND", "details": [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "NO_SHELF", "domain": "stock.example"},
            {"@type": "type.googleapis.com/google.rpc.DebugInfo", "detail": "at stock.rs:7"}]}}"#,
        Found { detail: Some("No such shelf"), code: Some("no_shelf"), ..NOTHING },
    ),
    (
        "JSON:API",
        422,
        r#"{"errors": [
            {"id": "e-1", "status": "422", "code": "blank", "title": "Invalid attribute", "detail": "Name is empty.", "source": {"pointer": "/data/attributes/name"}},
            {"status": "422", "detail": "Unknown site.", "source": {"parameter": "site"}}]}"#,
        Found {
            title: Some("Invalid attribute"),
            detail: Some("Name is empty."),
            code: Some("blank"),
            fields: &[("/data/attributes/name", "blank", "Name is empty."), ("/site", "", "Unknown site.")],
            ..NOTHING
        },
    ),
    (
        "GraphQL",
        200,
        r#"{"data": null, "errors": [{"message": "Not signed in", "path": ["viewer"], "extensions": {"code": "UNAUTHENTICATED", "requestId": "r-9"}}]}"#,
        Found {
            detail: Some("Not signed in"),
            code: Some("UNAUTHENTICATED"),
            fields: &[("/viewer", "", "Not signed in")],
            request_id: Some("r-9"),
            ..NOTHING
        },
    ),
    (
        "FastAPI",
        422,
        r#"{"detail": [{"type": "int_parsing", "loc": ["body", "lines", 0, "quantity"], "msg": "Input should be a valid integer", "input": "x"}]}"#,
        Found { fields: &[("/lines/0/quantity", "int_parsing", "Input should be a valid integer")], ..NOTHING },
    ),
    (
        "ASP.NET",
        400,
        r#"{"type": "https://tools.ietf.org/html/rfc9110#section-15.5.1", "title": "One or more validation errors occurred.", "status": 400, "errors": {"Name": ["The Name field is required."], "Lines[0].Quantity": ["Too small.", "Odd."]}, "traceId": "00-84c1fd"}"#,
        Found {
            title: Some("One or more validation errors occurred."),
            fields: &[
                ("/Name", "", "The Name field is required."),
                ("/Lines/0/Quantity", "", "Too small."),
                ("/Lines/0/Quantity", "", "Odd."),
            ],
            request_id: Some("00-84c1fd"),
            ..NOTHING
        },
    ),
    (
        "ASP.NET's JSON",
        400,
        r#"{"title": "One or more validation errors occurred.", "status": 400, "errors": {"$": ["No object."], "$.price": ["No number."], "$[0].lines[1].name": ["Too long."], "$['unit price'].x": ["Odd."], "$ref": ["No address."], "order": ["The order field is required."]}}"#,
        Found {
            title: Some("One or more validation errors occurred."),
            fields: &[
                ("", "", "No object."),
                ("/price", "", "No number."),
                ("/0/lines/1/name", "", "Too long."),
                ("/unit price/x", "", "Odd."),
                ("/$ref", "", "No address."),
                ("/order", "", "The order field is required."),
            ],
            ..NOTHING
        },
    ),
    (
        "Spring Boot",
        400,
        r#"{"timestamp": "2026-11-29T09:00:00Z", "status": 400, "error": "Bad Request", "message": "Validation failed for object='order'", "path": "/orders", "errors": [{"field": "quantity", "defaultMessage": "must be greater than 0", "code": "Positive", "rejectedValue": -1}]}"#,
        Found {
            title: Some("Bad Request"),
            detail: Some("Validation failed for object='order'"),
            fields: &[("/quantity", "Positive", "must be greater than 0")],
            ..NOTHING
        },
    ),
    (
        "Laravel",
        422,
        r#"{"message": "The email field is required.", "errors": {"email": ["The email field is required."]}}"#,
        Found {
            detail: Some("The email field is required."),
            fields: &[("/email", "", "The email field is required.")],
            ..NOTHING
        },
    ),
    (
        "Django REST framework",
        400,
        r#"{"name": ["This field may not be blank."], "lines.0.quantity": ["A valid integer is required."]}"#,
        Found {
            fields: &[
                ("/name", "", "This field may not be blank."),
                ("/lines/0/quantity", "", "A valid integer is required."),
            ],
            ..NOTHING
        },
    ),
    (
        "S3",
        404,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The key &lt;a&gt; &#x2014; does not exist.</Message><Key>a</Key><RequestId>4442587FB7D0A2F9</RequestId></Error>",
        Found {
            detail: Some("The key <a> — does not exist."),
            code: Some("NoSuchKey"),
            request_id: Some("4442587FB7D0A2F9"),
            ..NOTHING
        },
    ),
    (
        "AWS as JSON",
        400,
        r#"{"__type": "com.amazonaws.dynamodb#ThrottlingException", "Message": "Rate exceeded"}"#,
        Found { detail: Some("Rate exceeded"), code: Some("ThrottlingException"), ..NOTHING },
    ),
    (
        "Azure",
        400,
        r#"{"error": {"code": "BadArgument", "message": "Two values are wrong.", "target": "query", "details": [{"code": "NullValue", "target": "phone", "message": "Phone must not be null"}]}}"#,
        Found {
            detail: Some("Two values are wrong."),
            code: Some("BadArgument"),
            fields: &[("/phone", "NullValue", "Phone must not be null")],
            ..NOTHING
        },
    ),
    (
        "Kubernetes",
        429,
        r#"{"kind": "Status", "apiVersion": "v1", "message": "too many requests", "reason": "TooManyRequests", "details": {"retryAfterSeconds": 9, "causes": [{"reason": "FieldValueInvalid", "message": "must be a DNS label", "field": "metadata.name"}]}, "code": 429}"#,
        Found {
            detail: Some("too many requests"),
            code: Some("TooManyRequests"),
            fields: &[("/metadata/name", "FieldValueInvalid", "must be a DNS label")],
            wait: Some(9),
            ..NOTHING
        },
    ),
    (
        "a conflict in Azure",
        409,
        r#"{"error": {"code": "Conflict", "message": "busy"}}"#,
        Found { detail: Some("busy"), code: Some("Conflict"), ..NOTHING },
    ),
    (
        "a conflict in Kubernetes",
        409,
        r#"{"kind": "Status", "apiVersion": "v1", "message": "the object has been modified", "reason": "Conflict", "code": 409}"#,
        Found { detail: Some("the object has been modified"), code: Some("Conflict"), ..NOTHING },
    ),
    (
        "a word that is not a code",
        403,
        r#"{"error": "Forbidden", "reason": "Maintenance", "errorCode": "Something went wrong", "message": "No."}"#,
        Found { detail: Some("No."), title: Some("Forbidden"), ..NOTHING },
    ),
    (
        "Elasticsearch",
        404,
        r#"{"error": {"root_cause": [], "type": "index_not_found_exception", "reason": "no such index [orders]", "index": "orders"}, "status": 404}"#,
        Found { detail: Some("no such index [orders]"), code: Some("index_not_found_exception"), ..NOTHING },
    ),
    (
        "NestJS",
        400,
        r#"{"statusCode": 400, "message": ["name must be a string", "quantity must be positive"], "error": "Bad Request"}"#,
        Found {
            title: Some("Bad Request"),
            fields: &[("", "", "name must be a string"), ("", "", "quantity must be positive")],
            ..NOTHING
        },
    ),
    (
        "GitHub",
        422,
        r#"{"message": "Validation Failed", "errors": [{"resource": "Issue", "field": "title", "code": "missing_field"}], "documentation_url": "https://docs.example"}"#,
        Found { detail: Some("Validation Failed"), fields: &[("/title", "missing_field", "")], ..NOTHING },
    ),
    (
        "Stripe",
        402,
        r#"{"error": {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline", "message": "Your card was declined.", "param": "number"}}"#,
        Found { detail: Some("Your card was declined."), code: Some("card_declined"), ..NOTHING },
    ),
    (
        "Twilio",
        404,
        r#"{"code": 20404, "message": "The requested resource was not found", "more_info": "https://twilio.example/20404", "status": 404}"#,
        Found { detail: Some("The requested resource was not found"), code: Some("20404"), ..NOTHING },
    ),
    (
        "RFC 9457's example",
        422,
        r##"{"type": "https://example.net/validation-error", "title": "Your request is not valid.", "errors": [{"detail": "must be a positive integer", "pointer": "#/age"}]}"##,
        Found {
            title: Some("Your request is not valid."),
            fields: &[("/age", "", "must be a positive integer")],
            ..NOTHING
        },
    ),
    (
        "Salesforce",
        400,
        r#"[{"message": "No such column 'x'", "errorCode": "INVALID_FIELD"}]"#,
        Found { detail: Some("No such column 'x'"), code: Some("INVALID_FIELD"), ..NOTHING },
    ),
    (
        "a text",
        503,
        "  Down for maintenance until noon.\n",
        Found { detail: Some("Down for maintenance until noon."), ..NOTHING },
    ),
    (
        "Django's REST framework, of a view",
        400,
        r#"["The order is shipped already."]"#,
        Found { detail: Some("The order is shipped already."), ..NOTHING },
    ),
    ("several texts", 400, r#"["One.", "Two."]"#, Found { fields: &[("", "", "One."), ("", "", "Two.")], ..NOTHING }),
    (
        "Django's REST framework, nested",
        400,
        r#"{"name": ["Required."], "address": {"street": ["Blank."]}, "lines": {"0": {"quantity": ["Small.", "Odd."]}}}"#,
        Found {
            fields: &[
                ("/name", "", "Required."),
                ("/address/street", "", "Blank."),
                ("/lines/0/quantity", "", "Small."),
                ("/lines/0/quantity", "", "Odd."),
            ],
            ..NOTHING
        },
    ),
    (
        "Django's REST framework, several objects",
        400,
        r#"[{}, {"quantity": ["Small."]}]"#,
        Found { fields: &[("/1/quantity", "", "Small.")], ..NOTHING },
    ),
    (
        "Django's REST framework, several objects of which the first is wrong",
        400,
        r#"[{"quantity": ["Small."]}, {"price": ["Odd."]}]"#,
        Found { fields: &[("/0/quantity", "", "Small."), ("/1/price", "", "Odd.")], ..NOTHING },
    ),
    (
        "Phoenix",
        422,
        r#"{"errors": {"title": ["Blank."], "address": {"street": ["Odd."]}}}"#,
        Found { fields: &[("/title", "", "Blank."), ("/address/street", "", "Odd.")], ..NOTHING },
    ),
    (
        "FastAPI, of a handler",
        400,
        r#"{"detail": {"quantity": ["Small."]}}"#,
        Found { fields: &[("/quantity", "", "Small.")], ..NOTHING },
    ),
    (
        "Flask-RESTful",
        400,
        r#"{"message": {"name": ["Missing."]}}"#,
        Found { fields: &[("/name", "", "Missing.")], ..NOTHING },
    ),
    (
        "a list below two names",
        400,
        r#"{"error": {"errors": {"name": ["Blank."]}}}"#,
        Found { fields: &[("/name", "", "Blank.")], ..NOTHING },
    ),
    (
        "fields below one name",
        400,
        r#"{"error": {"email": ["Taken."]}}"#,
        Found { fields: &[("/email", "", "Taken.")], ..NOTHING },
    ),
    (
        "several objects with one name",
        400,
        r#"[{"error": {"name": ["Blank."]}}, {"error": {"email": ["Taken."]}}]"#,
        Found { fields: &[("/0/error/name", "", "Blank."), ("/1/error/email", "", "Taken.")], ..NOTHING },
    ),
    (
        "texts alone",
        400,
        r#"{"errorMessages": ["One.", "Two."]}"#,
        Found { fields: &[("", "", "One."), ("", "", "Two.")], ..NOTHING },
    ),
    ("a list of a blank text", 400, r#"[" "]"#, NOTHING),
    (
        "Django's REST framework, a form with a message",
        400,
        r#"{"email": ["Bad."], "message": ["Blank."]}"#,
        Found { fields: &[("/email", "", "Bad."), ("/message", "", "Blank.")], ..NOTHING },
    ),
    (
        "FastAPI, without a body",
        422,
        r#"{"detail": [{"type": "missing", "loc": ["body"], "msg": "Field required", "input": null}]}"#,
        Found { fields: &[("", "missing", "Field required")], ..NOTHING },
    ),
    ("lists of something else", 400, r#"{"a": [[1]], "b": {"c": 2}}"#, NOTHING),
    ("a JSON string", 500, r#""It broke.""#, Found { detail: Some("It broke."), ..NOTHING }),
    ("an empty JSON string", 400, "\"\"", NOTHING),
    ("a JSON string of spaces", 400, "\" \\n\"", NOTHING),
    (
        "Go's http.Error with %q",
        400,
        "\"PO-7\" is not a valid order\n",
        Found { detail: Some("\"PO-7\" is not a valid order"), ..NOTHING },
    ),
    (
        "Python's OSError",
        502,
        "[Errno 111] Connection refused",
        Found { detail: Some("[Errno 111] Connection refused"), ..NOTHING },
    ),
    ("a text with a number in brackets", 500, "[7] failed", Found { detail: Some("[7] failed"), ..NOTHING }),
    (
        "a text with a place in braces",
        400,
        "{id} must be a number",
        Found { detail: Some("{id} must be a number"), ..NOTHING },
    ),
    ("a JSON string that is cut off", 500, r#""It bro"#, NOTHING),
    ("an object that is cut off", 500, r#"{"detail": "It bro"#, NOTHING),
    ("a list that is cut off", 500, r#"[{"detail": "It bro"#, NOTHING),
    ("an empty object", 500, "{}", NOTHING),
    ("an empty list", 500, " [ ] ", NOTHING),
    ("HTML", 502, "<html><body><h1>502 Bad Gateway</h1></body></html>", NOTHING),
    ("bytes", 500, "\u{1}\u{2}", NOTHING),
];

#[test]
fn errors_of_other_systems_are_read() {
    for (system, status, body, expected) in BODIES {
        let received = read(*status, &[], body);
        let found = received.field_errors().iter();
        let found: Vec<_> = found.map(|error| (error.pointer(), error.code(), error.message().to_string())).collect();
        let expected_fields: Vec<_> =
            expected.fields.iter().map(|(pointer, code, message)| (*pointer, *code, message.to_string())).collect();
        assert_eq!(found, expected_fields, "{system}");
        assert_eq!(
            (received.title(), received.detail(), received.code(), received.request_id()),
            (expected.title, expected.detail, expected.code, expected.request_id),
            "{system}"
        );
        assert_eq!(received.retry().wait(), expected.wait.map(Duration::from_secs), "{system}");
        assert!(received.error().is_none() && received.entry().is_none(), "{system}");
    }
}

#[test]
fn the_status_of_http_counts_more_than_a_code_of_grpc() {
    for (status, body, kind, is_timeout) in [
        // gRPC has the same code for a full disk, so a 429 made of it says less than another.
        (429, r#"{"code": 8, "message": "slow down", "details": []}"#, RetryKind::Idempotent, false),
        (429, r#"{"code": 8, "message": "slow down"}"#, RetryKind::Idempotent, false),
        (504, r#"{"code": 4, "message": "too slow"}"#, RetryKind::Idempotent, true),
        (503, r#"{"code": 14, "message": "down", "details": []}"#, RetryKind::Idempotent, false),
        (504, r#"{"code": 4, "message": "too slow", "details": []}"#, RetryKind::Idempotent, true),
        // Cloudflare's.
        (522, "", RetryKind::Idempotent, false),
        (525, "", RetryKind::Never, false),
        (408, r#"{"code": 4, "message": "too slow", "details": []}"#, RetryKind::Idempotent, true),
        // Codes of other systems.
        (400, r#"{"code": 14, "message": "invalid", "details": []}"#, RetryKind::Never, false),
        (400, r#"{"code": 4, "message": "invalid", "details": []}"#, RetryKind::Never, false),
        (504, r#"{"code": 4, "message": "late", "details": ["no route"]}"#, RetryKind::Idempotent, false),
        (504, r#"{"code": 4, "message": "late", "route": "north"}"#, RetryKind::Idempotent, false),
        (408, r#"{"code": 4, "message": "invalid"}"#, RetryKind::Idempotent, false),
        (429, r#"{"code": 8, "message": {"plan": "free"}}"#, RetryKind::After, false),
        // A stream that fails midway began with a success.
        (200, r#"{"error": {"code": 14, "message": "down", "details": []}}"#, RetryKind::Idempotent, false),
        (200, r#"{"error": {"code": 4, "message": "too slow", "details": []}}"#, RetryKind::Never, true),
    ] {
        let received = read(status, &[], body);
        assert_eq!((received.retry().kind(), received.is_timeout()), (kind, is_timeout), "{status} {body}");
    }
    let other = read(400, &[], r#"{"code": 14, "message": "invalid", "details": ["name too long"]}"#);
    assert!(other.grpc_code().is_none());
    assert_eq!((other.detail(), &other.extensions()["code"]), (Some("invalid"), &14.into()));
    // What gRPC has no code for, and what may be another system's, is not lost.
    for (name, number, body) in [
        ("code", 422, r#"{"code": 422, "message": "x", "details": []}"#),
        ("code", 422, r#"{"code": 422, "message": "x"}"#),
        ("code", 3, r#"{"code": 3, "message": "x"}"#),
        ("status", 422, r#"{"status": 422, "message": "x"}"#),
        ("errorCode", 422, r#"{"errorCode": 422, "errorMessage": "x"}"#),
    ] {
        assert_eq!(read(400, &[], body).extensions().get(name), Some(&number.into()), "{body}");
    }
    let invalid = |body| (read(400, &[], body).grpc_code(), read(404, &[], body).grpc_code());
    assert_eq!(invalid(r#"{"code": 3, "message": "x"}"#), (Some(GrpcCode::InvalidArgument), None));
    let unknown = read(400, &[("grpc-status", "3")], r#"{"code": 5, "message": "x", "details": []}"#);
    assert_eq!(unknown.grpc_code(), Some(GrpcCode::InvalidArgument), "the head counts");
    for number in ["0", "17", "-1", "x", ""] {
        assert_eq!(read(400, &[("grpc-status", number)], "").grpc_code(), None, "{number}");
    }
}

#[test]
fn members_of_an_unexpected_type_are_kept() {
    let body = r#"{"title": 7, "detail": ["a"], "code": 404, "retry": "soon", "causes": "none", "params": [1], "errors": [{"odd": true}], "more": {"x": 1}}"#;
    let received = read(404, &[], body);
    let sent: serde_json::Value = serde_json::from_str(body).unwrap();
    for (name, value) in sent.as_object().unwrap() {
        // The one list of texts is read as messages.
        if name != "detail" {
            assert_eq!(received.extensions().get(name), Some(value), "{name}");
        }
    }
    assert_eq!(received.field_errors().iter().map(|error| error.message().to_string()).collect::<Vec<_>>(), ["a"]);
    // A list or an object that is read in part is kept whole.
    for errors in [
        r#"{"a": ["b", "c"], "d": 7}"#,
        r#"{"a": ["b", 7]}"#,
        r#"[{"field": "a", "message": "b", "params": {"most": null}}]"#,
    ] {
        let received = read(400, &[], format!(r#"{{"detail": "x", "errors": {errors}}}"#));
        let sent: serde_json::Value = serde_json::from_str(errors).unwrap();
        assert_eq!((received.field_errors().is_empty(), &received.extensions()["errors"]), (false, &sent));
    }
    let received = read(400, &[], r#"{"data": {}, "meta": {"links": {}}}"#);
    assert_eq!((received.field_errors().len(), received.extensions().len()), (0, 2));
    let received = read(400, &[], r#"{"detail": "x", "errors": [{"field": "a", "message": "b", "rejected": 1}]}"#);
    assert_eq!((received.field_errors().len(), received.extensions()["errors"][0]["rejected"].as_i64()), (1, Some(1)));
}

#[test]
fn half_a_surrogate_pair_and_a_raw_control_character_cost_one_character() {
    let received = read(
        400,
        &[],
        "{\"detail\": \"a\\ud83db \\ud83d\\ude00 \\\\ud83d\", \"more\": [\"\\udc00\"], \"title\": \"two\nlines\"}",
    );
    assert_eq!(received.detail(), Some("a\u{fffd}b 😀 \\ud83d"));
    assert_eq!((received.title(), &received.extensions()["more"][0]), (Some("two\nlines"), &"\u{fffd}".into()));
}

#[test]
fn a_response_without_words_is_named_by_its_status() {
    assert_eq!(read(200, &[], "").to_string(), "Error (HTTP 200)");
    assert_eq!(read(200, &[], "null").to_string(), "null (HTTP 200)");
    assert_eq!(read(404, &[], "").to_string(), "Not Found (HTTP 404)");
    assert_eq!(read(400, &[], r#"{"code": 20404}"#).to_string(), "Bad Request (20404, HTTP 400)");
}

#[test]
fn a_server_that_refuses_and_names_a_time_is_asked_again() {
    for (status, kind) in [
        (403, RetryKind::After),
        (404, RetryKind::After),
        (413, RetryKind::After),
        (429, RetryKind::After),
        (500, RetryKind::Idempotent),
        (503, RetryKind::Idempotent),
    ] {
        let retry = read(status, &[("Retry-After", "7")], "").retry();
        assert_eq!((retry.kind(), retry.wait()), (kind, Some(Duration::from_secs(7))), "{status}");
    }
    // A leap second is a time.
    let date = ("Date", "Sat, 31 Dec 2016 23:59:50 GMT");
    let received = read(503, &[date, ("Retry-After", "Sat, 31 Dec 2016 23:59:60 GMT")], "");
    assert_eq!(received.retry().wait(), Some(Duration::from_secs(10)));
}
