//! The facts of the request that a page shows, and what follows from them.

use crate::catalog::retry::Retry;
use crate::render::page::utc_time::UtcTime;
use lift_errors_core::display::whole_seconds;
use lift_errors_core::vocabulary::RetryKind;

/// The longest host that a page shows: that of DNS (RFC 1035 §2.3.4), and a port.
const MAX_HOST_BYTES: usize = 253 + 6;

/// The facts of a request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RequestFacts<'a> {
    pub(super) is_get: bool,
    pub(super) host: &'a str,
    pub(super) path: &'a str,
    pub(super) time: Option<UtcTime>,
}

/// When the reader may send the request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TryAgain {
    /// It would not help, or is not safe.
    No,
    Now,
    /// After this number of seconds.
    After(u64),
}

impl<'a> RequestFacts<'a> {
    /// Sets the host if it is one. A `Host` header may contain any text.
    pub(super) fn set_host(&mut self, host: &'a str) {
        self.host = if is_host(host) { host } else { "" };
    }

    /// Whether anything is known of the address.
    pub(super) const fn has_address(&self) -> bool {
        !self.host.is_empty() || !self.path.is_empty()
    }

    /// When a request with this contract may be sent again. Any method may after a delay, because the request was not carried
    /// out; else only GET is known to be safe.
    pub(super) fn try_again(&self, retry: Retry) -> TryAgain {
        let is_possible = match retry.kind() {
            RetryKind::After => true,
            RetryKind::Idempotent => self.is_get,
            _ => false,
        };
        match retry.wait().map(whole_seconds) {
            _ if !is_possible => TryAgain::No,
            None | Some(0) => TryAgain::Now,
            Some(seconds) => TryAgain::After(seconds),
        }
    }
}

/// Whether a text is a host with or without a port (RFC 3986 §3.2.2), without percent encoding.
fn is_host(host: &str) -> bool {
    let is_in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let is_port = |port: &str| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            let is_address = address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
            return is_address
                && !address.is_empty()
                && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    host.len() <= MAX_HOST_BYTES && !name.is_empty() && name.bytes().all(is_in_name) && is_port(port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::time::Duration;

    #[test]
    fn only_a_host_is_shown() {
        let long = "a".repeat(300);
        for host in ["acme.openboxes.cloud", "localhost:3000", "127.0.0.1", "[::1]:8080", "[2001:db8::7]"] {
            assert!(is_host(host), "{host}");
        }
        for other in
            ["", ":80", "a b", "user@host", "<b>", "host/path", "a:b:1", "[::1", "[::1]x", "[]", "é.example", &long]
        {
            assert!(!is_host(other), "{other}");
        }
    }

    #[test]
    fn only_a_get_is_tried_again_unless_nothing_was_done() {
        let get = RequestFacts { is_get: true, ..RequestFacts::default() };
        let post = RequestFacts::default();
        let wait = Some(Duration::from_millis(11_200));
        let cases = [
            (get, RetryKind::Idempotent, None, TryAgain::Now),
            (get, RetryKind::Idempotent, wait, TryAgain::After(12)),
            (post, RetryKind::Idempotent, wait, TryAgain::No),
            (post, RetryKind::After, wait, TryAgain::After(12)),
            (get, RetryKind::After, Some(Duration::ZERO), TryAgain::Now),
            (get, RetryKind::Never, None, TryAgain::No),
            (get, RetryKind::AfterChange, None, TryAgain::No),
        ];
        for (facts, kind, wait, expected) in cases {
            assert_eq!(facts.try_again(Retry::new(kind, wait)), expected, "{kind:?} {wait:?}");
        }
    }
}
