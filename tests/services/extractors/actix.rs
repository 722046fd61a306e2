//! The service in actix-web.

use super::calls::BODY_LIMIT;
use super::order::{Filter, Login, Order, Summary};
use actix_web::web::{self, JsonConfig, Path};
use actix_web::{App, HttpServer, rt};
use lift_errors::actix_web::{ErrorMiddleware, Form, Json, Query, canonical_extractors, json_error};
use lift_errors::{Format, garde, lift, validator};
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::OnceLock;
use std::thread;

/// Where the service is; it is started when it is first asked for.
pub(super) fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let errors = ErrorMiddleware::default();
            let server = HttpServer::new(move || {
                App::new()
                    .configure(canonical_extractors)
                    .app_data(JsonConfig::default().limit(BODY_LIMIT).error_handler(json_error))
                    .route("/garde", web::post().to(of_garde))
                    .route("/validator", web::post().to(of_validator))
                    .route("/orders", web::get().to(orders))
                    .route("/orders/{number}", web::get().to(order))
                    .route("/shelves/{number}", web::get().to(async |number: Path<u64>| number.to_string()))
                    .route("/login", web::post().to(log_in))
                    .route("/form", web::get().to(async || Form([("name", "Ada & Co")])))
                    .route("/unserialisable", web::get().to(async || Json(BTreeMap::from([((1, 2), 3)]))))
                    .route("/unserialisable/form", web::get().to(async || Form([("lines", [1, 2])])))
                    .route("/own/json", web::post().to(async |_: web::Json<Vec<u32>>| "ok"))
                    .route("/own/query", web::get().to(async |_: web::Query<Filter>| "ok"))
                    .route("/own/form", web::post().to(async |_: web::Form<Login>| "ok"))
                    .wrap(errors.clone())
            });
            let server = server.workers(1).disable_signals().listen(listener).unwrap();
            rt::System::new().block_on(server.run()).unwrap();
        });
        address
    })
}

async fn of_garde(order: garde::Valid<Json<Order>>) -> Json<Summary> {
    Json(Summary::from(&*order.0))
}

/// actix-web's own extractor can be validated, too.
async fn of_validator(order: validator::Valid<web::Json<Order>>) -> Json<Summary> {
    Json(Summary::from(&*order.0))
}

async fn orders(Query(filter): Query<Filter>) -> String {
    filter.text()
}

async fn order(number: Path<u32>) -> String {
    format!("order {number}")
}

async fn log_in(Form(login): Form<Login>) -> String {
    login.name
}

#[test]
fn extractors_of_actix_answer_without_a_field() {
    use super::calls::{fields, form, json, send};
    use crate::http::Call;
    crate::frameworks::log::begin();
    let own_form = |body: &str| Call { path: "/own/form".into(), ..form(body) };
    for (call, code) in [
        (json("/own/json", r#"["x"]"#), lift::Code::ValidationFailed),
        (json("/own/json", &format!("[{}]", " ".repeat(BODY_LIMIT))), lift::Code::PayloadTooLarge),
        (Call { path: "/own/json".into(), ..form("a") }, lift::Code::UnsupportedMediaType),
        (Call::anonymous("GET", "/own/query?page=x"), lift::Code::ValidationFailed),
        (own_form("name=me&remember=x"), lift::Code::ValidationFailed),
        (Call { path: "/own/form".into(), ..json("", "{}") }, lift::Code::UnsupportedMediaType),
    ] {
        let reply = send(address(), &call.accept(Format::ProblemDetails));
        reply.response().assert_code(code);
        assert!(fields(&reply.json()).is_empty(), "a place that is not known is not named: {reply:?}");
    }
    for (value, cause) in [("x", "unreadable_value"), ("4294967296", "outside_limits"), ("", "empty_field")] {
        let call = Call::anonymous("GET", &format!("/own/query?page={value}"));
        let reply = send(address(), &call.accept(Format::ProblemDetails)).json();
        assert_eq!(reply["causes"][0]["id"], cause, "{reply}");
    }
    let syntax = send(address(), &json("/own/json", "[").accept(Format::ProblemDetails));
    syntax.response().assert_code(lift::Code::BadRequest);
}
