//! The requests, with the error that each should get.

use crate::visit::Visitor;
use lift_errors::lift::Code;
use reqwest::{Method, RequestBuilder, header};
use serde_json::json;
use std::error::Error;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::sleep;

const DEDICATED_KEY: &str = "dedicated-93ac44";
const SHARED_KEY: &str = "shared-5a7c01";
const OPERATOR_KEY: &str = "operator-c50e9b";

/// More bytes than the gateway accepts.
const TOO_LONG: usize = 256 * 1024 + 1;

/// The number of products that the gateway keeps.
const MOST_PRODUCTS: usize = 10_000;

/// Gets each error that the gateway has a reason for once.
pub(crate) async fn walk(visitor: &mut Visitor, session_timeout: Option<Duration>) -> Result<(), Box<dyn Error>> {
    visitor.tell(&format!("Calling {}, which `cargo run -p gateway` starts.\n\n", visitor.gateway()))?;
    mistakes_of_a_script(visitor).await?;
    mistakes_of_a_person(visitor, session_timeout).await?;
    troubles_of_the_server(visitor).await?;
    refusals_that_pass(visitor).await?;

    // This port was free a moment ago, so nobody listens there.
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?.local_addr()?;
    let nowhere = visitor.client().get(format!("http://{free}/"));
    visitor.expect(Code::ConnectionFailed, nowhere).await
}

async fn mistakes_of_a_script(visitor: &mut Visitor) -> Result<(), Box<dyn Error>> {
    let anonymous = visitor.request(Method::GET, "/orders/PO-2031");
    let approval = visitor.request(Method::POST, "/orders/PO-2031/approval").bearer_auth(SHARED_KEY);
    let call = |method, path| visitor.request(method, path).bearer_auth(DEDICATED_KEY);
    let order = |body| call(Method::POST, "/orders").json(&body);
    let import =
        |file| call(Method::POST, "/imports/stock").header(header::CONTENT_TYPE, "text/csv").body::<Vec<u8>>(file);
    let pins: String = (0..=MOST_PRODUCTS).map(|n| format!("P-{n},Pin,1\n")).collect();
    let visits: [(Code, RequestBuilder); 12] = [
        (Code::Unauthorized, anonymous),
        (Code::Forbidden, approval),
        (Code::BadRequest, call(Method::POST, "/orders").header(header::CONTENT_TYPE, "application/json").body("{")),
        (Code::NotFound, call(Method::GET, "/orders/PO-404")),
        (Code::MethodNotAllowed, call(Method::PUT, "/shipments/SH-2")),
        (Code::Conflict, order(json!({"number": "PO-2031", "lines": [{"product": "GLOVES-M", "quantity": 1}]}))),
        (Code::PayloadTooLarge, import(vec![b'a'; TOO_LONG])),
        (Code::UnsupportedMediaType, call(Method::POST, "/orders").body("number=PO-2032")),
        (Code::ValidationFailed, order(json!({"number": "", "lines": [{"product": "", "quantity": 0}]}))),
        (
            Code::UnprocessableContent,
            order(json!({"number": "PO-2032", "lines": [{"product": "GLOVES-M", "quantity": 500}]})),
        ),
        (Code::InsufficientStorage, import(format!("Product Code,Name,Quantity\n{pins}").into())),
        (Code::ImportFailed, import(b"Product Code,Name,Quantity\nMASK-1,Mask,200\nGOWN-L,Gown,many\n".into())),
    ];
    for (code, request) in visits {
        visitor.expect(code, request).await?;
    }
    Ok(())
}

async fn mistakes_of_a_person(visitor: &mut Visitor, session_timeout: Option<Duration>) -> Result<(), Box<dyn Error>> {
    let credentials = json!({"user": "maya", "password": "blue-pallet"});
    let session = visitor.prepare(visitor.request(Method::POST, "/sessions").json(&credentials)).await?;
    let cookie = session.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let report = |visitor: &Visitor| visitor.request(Method::GET, "/reports/2025").header(header::COOKIE, &cookie);
    visitor.expect(Code::PermissionDenied, report(visitor)).await?;
    let Some(timeout) = session_timeout else {
        return visitor.tell("session_expired is met where both programs are started with SESSION_TIMEOUT=2\n\n");
    };
    sleep(timeout + Duration::from_secs(1)).await;
    visitor.expect(Code::SessionExpired, report(visitor)).await
}

/// Their contracts ask for a minute or two, which is too long to wait here.
async fn troubles_of_the_server(visitor: &mut Visitor) -> Result<(), Box<dyn Error>> {
    for (code, path) in [
        (Code::InternalServerError, "/reports/2026"),
        (Code::BadGateway, "/shipments/SH-2/tracking"),
        (Code::GatewayTimeout, "/shipments/SH-3/tracking"),
    ] {
        let request = visitor.request(Method::GET, path).bearer_auth(DEDICATED_KEY);
        visitor.expect(code, request).await?;
    }
    Ok(())
}

/// Both errors end soon and contain the delay: the visitor waits and gets its order.
async fn refusals_that_pass(visitor: &mut Visitor) -> Result<(), Box<dyn Error>> {
    let order = |visitor: &Visitor, key| visitor.request(Method::GET, "/orders/PO-2031").bearer_auth(key);
    visitor.use_up(|visitor| order(visitor, SHARED_KEY)).await;
    visitor.expect(Code::TooManyRequests, order(visitor, SHARED_KEY)).await?;

    let plan = visitor.request(Method::PUT, "/maintenance").bearer_auth(OPERATOR_KEY).json(&json!({"seconds": 3}));
    visitor.prepare(plan).await?;
    visitor.expect(Code::ServiceUnavailable, order(visitor, DEDICATED_KEY)).await
}
