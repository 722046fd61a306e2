//! The same service in each framework, over real HTTP on a port of its own. Each promise that all frameworks keep has a
//! module. A test of one framework is beside its app.
//!
//! | route | answers with |
//! | --- | --- |
//! | `GET /samples/{name}` | the error of that name in `samples` |
//! | `GET /canary/{name}` | an error with a canary in its source and in a `secret` or an `operator`'s parameter |
//! | `GET /forged` | an error whose own `Display` has a line break |
//! | `GET /panic` | a panic with a canary |
//! | `GET /bare/{status}` | the status, and no body |
//! | `GET /text/{status}` | the status, and a canary as plain text |
//! | `GET /foreign/{status}` | the status, and JSON of somebody else's |
//! | `GET /session/{when}` | 404; a middleware inside of the layer knows the reader's language, `early` or `late` |
//! | `GET /ok` | 200 and `ok` |
//! | `POST /numbers/{number}?step=…` | the JSON that was sent, at most 1 KiB of it, once everything could be read |

mod actix;
mod axum;
mod canaries;
mod conformance;
mod failures;
mod hostile;
pub(crate) mod log;
mod numbers;
mod session;
mod statuses;

use crate::http::{Call, Reply, raw};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Texts in sources, secrets, panics and plain responses. They may appear only in the log.
const CANARIES: [&str; 5] = ["canary-source", "canary-secret", "canary-operator", "canary-panic", "canary-text"];

/// A running service.
#[derive(Clone, Copy, Debug)]
struct Service {
    framework: &'static str,
    address: SocketAddr,
}

impl Service {
    /// One service for each framework. They run until the tests are over.
    fn all() -> [Self; 2] {
        log::begin();
        [
            Self { framework: "axum", address: axum::address() },
            Self { framework: "actix-web", address: actix::address() },
        ]
    }

    fn send(&self, call: &Call) -> Reply {
        let reply = raw(self.address, &call.bytes(), false);
        // `.ci/headers` lets another program check every response.
        if let Some(folder) = std::env::var_os("LIFT_ERRORS_RESPONSES") {
            static NUMBER: AtomicUsize = AtomicUsize::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("{}{}-{number}", self.framework, call.path.replace('/', "."));
            std::fs::write(Path::new(&folder).join(name), &reply).unwrap();
        }
        Reply::parse(&reply)
            .unwrap_or_else(|| panic!("{}: {call:?}: {}", self.framework, String::from_utf8_lossy(&reply)))
    }

    fn get(&self, path: &str) -> Reply {
        self.send(&Call::anonymous("GET", path))
    }

    fn assert_alive(&self) {
        assert_eq!(self.get("/ok").body, "ok", "{} does not answer any more", self.framework);
    }
}
