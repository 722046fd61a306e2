//! The settings that the environment can change, with their defaults.

use crate::proxy::Proxies;
use axum::http::HeaderValue;
use lift_errors::lift;
use std::env;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The gateway's settings.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// `PORT`: where to listen; 0 takes a free port.
    pub(crate) port: u16,
    /// `SESSION_TIMEOUT`: a session ends after this time without a request, in seconds.
    pub(crate) session_timeout: Duration,
    /// `UPSTREAM_TIMEOUT`: the maximum time for a carrier to answer, in seconds.
    pub(crate) upstream_timeout: Duration,
    /// `REQUEST_TIMEOUT`: the maximum time for a whole request with its body, in seconds.
    pub(crate) request_timeout: Duration,
    /// `HEADER_TIMEOUT`: the maximum time for the head of a request, and for a connection without a request, in seconds.
    pub(crate) header_timeout: Duration,
    /// `SHUTDOWN_TIMEOUT`: the maximum time for open requests after the signal to stop, in seconds.
    pub(crate) shutdown_timeout: Duration,
    /// `TRUSTED_PROXIES`: the proxies whose `X-Forwarded-For` tells the address of the client, such as `10.0.0.0/8, ::1`.
    pub(crate) trusted_proxies: Proxies,
    /// `ORIGIN`: the origin of the web front end, whose pages may call the gateway.
    pub(crate) origin: HeaderValue,
}

impl Config {
    /// Reads the environment; a value that can't be read is an error, not a default.
    pub(crate) fn from_env() -> Result<Self, String> {
        let seconds = |name, default| variable(name, default).map(Duration::from_secs);
        Ok(Self {
            port: variable("PORT", 8080)?,
            session_timeout: seconds("SESSION_TIMEOUT", lift::SESSION_LIMIT.as_secs())?,
            upstream_timeout: seconds("UPSTREAM_TIMEOUT", 2)?,
            request_timeout: seconds("REQUEST_TIMEOUT", 30)?,
            header_timeout: seconds("HEADER_TIMEOUT", 10)?,
            shutdown_timeout: seconds("SHUTDOWN_TIMEOUT", 10)?,
            trusted_proxies: variable("TRUSTED_PROXIES", Proxies::default())?,
            origin: variable("ORIGIN", HeaderValue::from_static("https://app.openboxes.cloud"))?,
        })
    }
}

fn variable<T: FromStr<Err: fmt::Display>>(name: &str, default: T) -> Result<T, String> {
    match env::var(name) {
        Ok(text) => text.parse().map_err(|error| format!("{name} can't be {text:?}: {error}")),
        Err(env::VarError::NotPresent) => Ok(default),
        Err(error) => Err(format!("{name}: {error}")),
    }
}
