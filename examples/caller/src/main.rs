//! A client that gets the errors of the gateway, reads each back typed, and retries where the error allows it.
//!
//! ```text
//! cargo run -p gateway
//! cargo run -p caller -- http://127.0.0.1:8080
//! ```
//!
//! | module | contents |
//! | --- | --- |
//! | `tour` | the requests, with the error that each should get |
//! | `visit` | sends one request, prints its error, and retries where the error allows it |
//! | `story` | prints an error |
//!
//! `PATIENCE` is the maximum delay in seconds, 10 by default. Set `SESSION_TIMEOUT` to the gateway's value to see a session
//! expire.

#![forbid(unsafe_code)]

mod story;
mod tour;
mod visit;

use crate::visit::Visitor;
use lift_errors::client::RetryPolicy;
use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let gateway = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:8080".into());
    let patience = seconds("PATIENCE")?.unwrap_or(Duration::from_secs(10));
    let policy = RetryPolicy::default().with_attempts(2).with_max_delay(patience);
    let mut visitor = Visitor::new(gateway.trim_end_matches('/'), policy)?;
    tour::walk(&mut visitor, seconds("SESSION_TIMEOUT")?).await?;
    Ok(if visitor.met_what_it_expected() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A duration from the environment. A value that can't be read is an error, not a default.
fn seconds(name: &str) -> Result<Option<Duration>, String> {
    let Ok(text) = env::var(name) else { return Ok(None) };
    let seconds = text.parse().map_err(|_| format!("{name} is not a number of seconds: {text:?}"))?;
    Ok(Some(Duration::from_secs(seconds)))
}
