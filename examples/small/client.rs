//! A client that reads errors back typed, and retries as the server allows.
//!
//! ```console
//! cargo run -p examples --example axum
//! cargo run -p examples --example client
//! ```
//!
//! Dependencies of your own copy: `lift-errors = { version = "0.1", features = ["reqwest"] }`, `reqwest`,
//! `reqwest-middleware` and `tokio`.

use lift_errors::client::{LiftErrorExt as _, ReceivedError, RetryMiddleware, RetryPolicy, noting_redirects};
use lift_errors::lift;
use reqwest::Response;
use reqwest::redirect::Policy;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use std::time::Duration;

async fn order(client: &ClientWithMiddleware, number: &str) -> Result<Option<Response>, ReceivedError> {
    let url = format!("http://127.0.0.1:3000/orders/{number}");
    match client.get(url).send().lift_error::<lift::Error>().await {
        Ok(response) => Ok(Some(response)),
        // An error that the program understands.
        Err(error) if matches!(error.error(), Some(lift::Error::NotFound { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), reqwest::Error> {
    // Every request has a deadline, and no retry waits for more than two seconds. One middleware serves one service. It does not
    // repeat a `POST` that a redirect made a `GET`.
    let redirects = noting_redirects(Policy::default());
    let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).redirect(redirects).build()?;
    let policy = RetryPolicy::default().with_max_delay(Duration::from_secs(2));
    let retries = RetryMiddleware::new(policy);
    let client = ClientBuilder::new(http).with(retries).build();

    for number in ["PO-1", "PO-7", "PO-2"] {
        match order(&client, number).await {
            // A body that breaks off is an error too, and not an order that does not exist.
            Ok(Some(order)) => println!("{number}: {}", order.text().await?),
            Ok(None) => println!("{number}: there is no such order"),
            Err(error) => {
                // Typed or not, everything that the service sent is there.
                println!("{number}: {error}");
                // The service chose these words: `{:?}`, and `Display` of a fix, give the terminal no orders.
                println!("  request  {:?}", error.request_id().unwrap_or("unknown"));
                println!("  retry    {:?}", error.retry());
                for fix in error.fixes() {
                    println!("  fix      {fix}");
                }
            }
        }
    }
    Ok(())
}
