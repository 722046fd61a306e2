//! Requests and replies over plain TCP.

use lift_errors::Format;
use lift_errors::testing::Response;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    pub(crate) fn anonymous(method: &'static str, path: &str) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().into()));
        self
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.with("Authorization", format!("Bearer {key}"))
    }

    pub(crate) fn accept(self, format: Format) -> Self {
        self.with("Accept", format.media_type())
    }

    pub(crate) fn body(self, media_type: &str, body: &[u8]) -> Self {
        Self { body: body.into(), ..self.with("Content-Type", media_type) }
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
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
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// A whole response in UTF-8 whose headers are ASCII without control characters.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
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

    /// The value of a header; one that is there twice counts as absent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        assert!(values.next().is_none(), "{name} is there twice: {self:?}");
        Some(value)
    }

    pub(crate) fn number(&self, name: &str) -> u64 {
        let value = self.header(name).unwrap_or_else(|| panic!("{name} is missing: {self:?}"));
        value.parse().unwrap_or_else(|_| panic!("{name} is not a number: {self:?}"))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn response(&self) -> Response {
        Response::new(self.status, &self.body).with_headers(self.headers.iter().map(|(n, v)| (n, v)))
    }

    /// The members of a list in a header, which may be on several lines (RFC 9110 §5.3).
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        lines.flat_map(|(_, line)| line.split(',').map(str::trim)).collect()
    }

    #[track_caller]
    pub(crate) fn assert_hides(&self, canaries: &[&str]) {
        canaries.iter().fold(self.response(), |response, canary| response.assert_hides(canary));
    }

    /// Headers by name, without those that no two answers share.
    pub(crate) fn lasting_headers(&self) -> BTreeMap<&str, &str> {
        let passing = ["date", "x-ratelimit-remaining", "x-ratelimit-reset"];
        let lasting = self.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
        lasting.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// Sends bytes and returns all that comes back until the server closes the connection.
pub(crate) fn raw(address: SocketAddr, request: &[u8], cut_off: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // The server may have answered and closed before it read all of a request that is too large.
    let sent = stream.write_all(request);
    if cut_off {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut reply = Vec::new();
    match stream.read_to_end(&mut reply) {
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
            panic!("no answer within 10 seconds; sent: {sent:?}, got: {}", String::from_utf8_lossy(&reply))
        }
        _ => reply,
    }
}
