//! Requests and replies over plain TCP.

use super::{CANARIES, DEDICATED_KEY};
use lift_errors::Format;
use lift_errors::testing::Response;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

/// A call with the key of a manager.
pub(super) fn call(method: &'static str, path: &str) -> Call {
    Call::anonymous(method, path).key(DEDICATED_KEY)
}

pub(super) fn get(path: &str) -> Call {
    call("GET", path)
}

pub(super) fn import(file: impl AsRef<[u8]>) -> Call {
    call("POST", "/imports/stock").body("text/csv", file.as_ref())
}

impl Call {
    pub(super) fn anonymous(method: &'static str, path: &str) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().into()));
        self
    }

    pub(super) fn key(self, key: &str) -> Self {
        self.with("Authorization", format!("Bearer {key}"))
    }

    pub(super) fn accept(self, format: Format) -> Self {
        self.with("Accept", format.media_type())
    }

    pub(super) fn body(self, media_type: &str, body: &[u8]) -> Self {
        Self { body: body.into(), ..self.with("Content-Type", media_type) }
    }

    pub(super) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let Self { method, path, headers, body } = self;
        let mut bytes = format!("{method} {path} HTTP/1.1\r\nHost: lift\r\nConnection: close\r\n").into_bytes();
        if !body.is_empty() {
            bytes.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
        }
        for (name, value) in headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        bytes
    }
}

#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Reply {
    /// A whole response in UTF-8 whose headers are ASCII without control characters.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, body) = std::str::from_utf8(bytes).ok()?.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(": ")?;
            value.bytes().all(|byte| matches!(byte, b' '..=b'~')).then_some(())?;
            headers.push((name.to_owned(), value.to_owned()));
        }
        Some(Self { status, headers, body: body.into() })
    }

    /// The value of a header; one that is there twice is no header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        assert!(values.next().is_none(), "{name} is there twice: {self:?}");
        Some(value)
    }

    pub(super) fn number(&self, name: &str) -> u64 {
        let value = self.header(name).unwrap_or_else(|| panic!("{name} is missing: {self:?}"));
        value.parse().unwrap_or_else(|_| panic!("{name} is no number: {self:?}"))
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(super) fn response(&self) -> Response {
        Response::new(self.status, &self.body).with_headers(self.headers.iter().map(|(n, v)| (n, v)))
    }

    #[track_caller]
    pub(super) fn assert_hides_sources(&self) {
        CANARIES.into_iter().fold(self.response(), |response, canary| response.assert_hides(canary));
    }

    /// Headers by name, without those that no two answers share.
    pub(super) fn lasting_headers(&self) -> BTreeMap<&str, &str> {
        let passing = ["date", "x-ratelimit-remaining", "x-ratelimit-reset"];
        let lasting = self.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
        lasting.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
