//! Sessions of people in a browser: login, expiry and logout by time.

use crate::access::{AccessError, Caller, key_holder, person};
use crate::body::JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// An expired session is remembered for this time, so that its person gets the right error.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// All sessions, with the person and the time of the last request.
#[derive(Debug)]
pub(crate) struct Sessions {
    timeout: Duration,
    last_used: Mutex<HashMap<String, (Caller, Instant)>>,
}

/// The credentials of a person.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    user: String,
    password: String,
}

impl Sessions {
    /// Sessions that end after `timeout` without a request.
    pub(crate) fn new(timeout: Duration) -> Self {
        Self { timeout, last_used: Mutex::default() }
    }

    /// Identifies the sender of a request: the holder of an API key, or the person of a session.
    pub(crate) fn identify(&self, headers: &HeaderMap) -> Result<Caller, AccessError> {
        match headers.get(header::AUTHORIZATION) {
            Some(credentials) => key_holder(credentials).ok_or(AccessError::WrongCredentials),
            None => self.holder(headers),
        }
    }

    /// The person whose session the cookie of a request names.
    pub(crate) fn holder(&self, headers: &HeaderMap) -> Result<Caller, AccessError> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies = cookies.flat_map(|line| line.split(';'));
        let token = cookies.find_map(|cookie| cookie.trim().strip_prefix("session=")).ok_or(AccessError::Unknown)?;

        let mut sessions = self.last_used.lock().unwrap_or_else(PoisonError::into_inner);
        let (caller, last_used) = sessions.get_mut(token).ok_or(AccessError::Unknown)?;
        if last_used.elapsed() > self.timeout {
            return Err(AccessError::SessionExpired);
        }
        *last_used = Instant::now();
        Ok(*caller)
    }

    /// Begins a session and returns its token.
    fn begin(&self, caller: Caller) -> String {
        let token = Uuid::new_v4().simple().to_string();
        let mut sessions = self.last_used.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, last_used)| last_used.elapsed() < self.timeout.max(REMEMBERED));
        sessions.insert(token.clone(), (caller, Instant::now()));
        token
    }
}

/// `POST /sessions`: logs a person in.
pub(crate) async fn log_in(
    State(sessions): State<Arc<Sessions>>,
    JsonBody(credentials): JsonBody<Credentials>,
) -> Result<impl IntoResponse, AccessError> {
    let caller = person(&credentials.user, &credentials.password).ok_or(AccessError::WrongCredentials)?;
    let cookie = format!("session={}; Path=/; HttpOnly; SameSite=Strict", sessions.begin(caller));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}
