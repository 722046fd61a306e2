//! One error of sqlx or reqwest means several things: a function sorts it into the variants of an enum.

use lift_errors::LiftError;
use std::time::Duration;

#[derive(Debug, LiftError)]
#[lift(from = sqlx::Error, from_with = Self::of_database)]
#[lift(from = reqwest::Error, from_with = Self::of_carrier)]
enum ShipmentError {
    #[lift(code = not_found)]
    NoSuchShipment,
    #[lift(code = conflict)]
    NumberTaken { source: sqlx::Error },
    #[lift(code = service_unavailable, cause = pool_exhausted)]
    NoConnection { retry_after: Duration, source: sqlx::Error },
    #[lift(code = internal_server_error)]
    Database { source: sqlx::Error },
    #[lift(code = gateway_timeout)]
    CarrierTooSlow { upstream: &'static str, source: reqwest::Error },
    #[lift(code = bad_gateway, cause = network_problem)]
    CarrierUnreachable { upstream: &'static str, source: reqwest::Error },
    #[lift(code = bad_gateway)]
    CarrierFailed { upstream: &'static str, source: reqwest::Error },
}

impl ShipmentError {
    fn of_database(source: sqlx::Error) -> Self {
        match &source {
            sqlx::Error::RowNotFound => Self::NoSuchShipment,
            // A 503 with a delay promises that nothing was done: this service queries before it does anything else.
            // The pool also reports this while the database is down: it tries to connect until its time is up.
            sqlx::Error::PoolTimedOut => Self::NoConnection { retry_after: Duration::from_secs(5), source },
            sqlx::Error::Database(error) if error.is_unique_violation() => Self::NumberTaken { source },
            _ => Self::Database { source },
        }
    }

    fn of_carrier(source: reqwest::Error) -> Self {
        // The address may hold a token, which nobody should read in the log.
        let (upstream, source) = ("carrier", source.without_url());
        if source.is_timeout() {
            Self::CarrierTooSlow { upstream, source }
        } else if source.is_connect() {
            Self::CarrierUnreachable { upstream, source }
        } else {
            Self::CarrierFailed { upstream, source }
        }
    }
}

/// With both conversions in place, `?` is all that a function writes.
async fn carrier_status(url: &str) -> Result<String, ShipmentError> {
    Ok(reqwest::get(url).await?.error_for_status()?.text().await?)
}

#[tokio::main]
async fn main() {
    for error in [sqlx::Error::RowNotFound, sqlx::Error::PoolTimedOut, sqlx::Error::WorkerCrashed] {
        let error = ShipmentError::from(error);
        println!("{} {error}\n  log: {}", error.entry().id(), error.problem().sources());
    }
    // Nobody listens at port 1.
    if let Err(error) = carrier_status("http://127.0.0.1:1/").await {
        println!("{} {error}\n  log: {}", error.entry().id(), error.problem().sources());
    }
}
