//! Sessions of people in a browser: login, expiry and logout by time.

use crate::access::{AccessError, Caller, key_holder, person};
use crate::secret::Digest;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use lift_errors::axum::Json;
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// An expired session is remembered for this time, so that its person gets the right error.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// The maximum number of remembered sessions of a person. A further login ends the one that was not used for the longest time.
const MOST_SESSIONS: usize = 10;

/// The cookie with a session's token. Browsers accept a cookie with this prefix only from the gateway itself and over HTTPS (or
/// from this computer), never from a page on a neighbouring domain.
const COOKIE: &str = "__Host-session";

/// All sessions, by the digest of their token: the tokens themselves are nowhere.
#[derive(Debug)]
pub(crate) struct Sessions {
    timeout: Duration,
    /// The origin of the web front end.
    origin: HeaderValue,
    open: Mutex<HashMap<Digest, Session>>,
}

#[derive(Debug)]
struct Session {
    caller: Caller,
    last_used: Instant,
}

/// The credentials of a person.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    user: String,
    password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

impl Sessions {
    /// Sessions that end after `timeout` without a request. Pages of `origin` may use them to change something.
    pub(crate) fn new(timeout: Duration, origin: HeaderValue) -> Self {
        Self { timeout, origin, open: Mutex::default() }
    }

    /// Identifies the sender of a request: the holder of an API key, or the person of a session.
    pub(crate) fn identify(&self, method: &Method, headers: &HeaderMap) -> Result<Caller, AccessError> {
        match headers.get(header::AUTHORIZATION) {
            Some(credentials) => key_holder(credentials).ok_or(AccessError::WrongCredentials),
            None => self.holder(method, headers),
        }
    }

    /// The person whose session the cookie of a request names.
    fn holder(&self, method: &Method, headers: &HeaderMap) -> Result<Caller, AccessError> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
        let mut tokens = cookies.filter_map(|(name, token)| (name == COOKIE).then_some(token));
        // With two tokens, one may be somebody else's.
        let (Some(token), None) = (tokens.next(), tokens.next()) else { return Err(AccessError::Unknown) };

        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let session = open.get_mut(&Digest::of(token)).ok_or(AccessError::Unknown)?;
        if session.last_used.elapsed() > self.timeout {
            return Err(AccessError::SessionExpired);
        }
        if !method.is_safe() && !self.is_known_origin(headers) {
            return Err(AccessError::OtherOrigin);
        }
        session.last_used = Instant::now();
        Ok(session.caller)
    }

    /// Whether the page that sends a request, if one does, is of the front end or the gateway's own. A browser adds the cookie to
    /// the form of a page on a neighbouring domain, too: `SameSite` lets it through.
    fn is_known_origin(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let authority =
            origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, rest)| rest.as_bytes());
        *origin == self.origin
            || authority.is_some() && authority == headers.get(header::HOST).map(HeaderValue::as_bytes)
    }

    /// Begins a session and returns its token.
    fn begin(&self, caller: Caller) -> String {
        let token = Uuid::new_v4().simple().to_string();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, session| session.last_used.elapsed() < self.timeout.max(REMEMBERED));
        let own = open.iter().filter(|(_, session)| session.caller.name == caller.name);
        let (count, oldest) = (own.clone().count(), own.min_by_key(|(_, session)| session.last_used));
        if let (MOST_SESSIONS.., Some((&oldest, _))) = (count, oldest) {
            open.remove(&oldest);
        }
        open.insert(Digest::of(&token), Session { caller, last_used: Instant::now() });
        token
    }
}

/// `POST /sessions`: logs a person in.
pub(crate) async fn log_in(
    State(sessions): State<Arc<Sessions>>,
    Json(credentials): Json<Credentials>,
) -> Result<impl IntoResponse, AccessError> {
    let caller = person(&credentials.user, &credentials.password).ok_or(AccessError::WrongCredentials)?;
    let cookie = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", sessions.begin(caller));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasting(seconds: u64) -> Sessions {
        Sessions::new(Duration::from_secs(seconds), HeaderValue::from_static("https://app.openboxes.cloud"))
    }

    fn with_cookie(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())])
    }

    fn begun(sessions: &Sessions) -> (String, HeaderMap) {
        let token = sessions.begin(person("omar", "red-forklift").unwrap());
        let headers = with_cookie(&format!("{COOKIE}={token}"));
        (token, headers)
    }

    #[tokio::test(start_paused = true)]
    async fn each_request_begins_the_time_of_a_session_anew() {
        let sessions = lasting(2);
        let (_, headers) = begun(&sessions);
        for _ in 0..6 {
            tokio::time::advance(Duration::from_millis(1_500)).await;
            assert_eq!(sessions.identify(&Method::GET, &headers).unwrap().name, "omar");
        }
        tokio::time::advance(Duration::from_millis(2_001)).await;
        assert!(matches!(sessions.identify(&Method::GET, &headers), Err(AccessError::SessionExpired)));
        // After a day nobody remembers it.
        tokio::time::advance(REMEMBERED).await;
        begun(&sessions);
        assert!(matches!(sessions.identify(&Method::GET, &headers), Err(AccessError::Unknown)));
    }

    #[tokio::test(start_paused = true)]
    async fn logins_do_not_fill_the_memory() {
        let sessions = lasting(600);
        let (_, first) = begun(&sessions);
        for _ in 0..1_000 {
            tokio::time::advance(Duration::from_millis(1)).await;
            begun(&sessions);
        }
        assert_eq!(sessions.open.lock().unwrap().len(), MOST_SESSIONS);
        assert!(matches!(sessions.identify(&Method::GET, &first), Err(AccessError::Unknown)));
    }

    #[tokio::test]
    async fn nobody_s_token_is_shown() {
        let sessions = lasting(600);
        let (token, _) = begun(&sessions);
        assert!(!format!("{sessions:?}").contains(&token));
        let credentials = Credentials { user: "omar".into(), password: "red-forklift".into() };
        assert!(!format!("{credentials:?}").contains("red-forklift"));
    }
}
