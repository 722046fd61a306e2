//! The same service in each framework, met over real HTTP on a port of its own. What must hold of all of them stands in
//! a room for each promise; what one framework has for itself is beside its app.
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
//! | `GET /ok` | 200 and `ok` |
//! | `POST /numbers/{number}?step=…` | the JSON that was sent, at most 1 KiB of it, once everything could be read |

mod actix;
mod axum;
mod canaries;
mod conformance;
mod failures;
mod hostile;
mod log;

use crate::http::{Call, Reply, raw};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is in sources, secrets, panics and plain texts, and so may be in the log alone.
const CANARIES: [&str; 5] = ["canary-source", "canary-secret", "canary-operator", "canary-panic", "canary-text"];

/// The most bytes of a body.
const BODY_LIMIT: usize = 1_024;

/// A running service.
#[derive(Clone, Copy, Debug)]
struct Service {
    framework: &'static str,
    address: SocketAddr,
}

impl Service {
    /// One of each framework; they run until the tests are over.
    fn all() -> [Self; 2] {
        log::begin();
        [
            Self { framework: "axum", address: axum::address() },
            Self { framework: "actix-web", address: actix::address() },
        ]
    }

    fn send(&self, call: &Call) -> Reply {
        let reply = raw(self.address, &call.bytes(), false);
        // `.ci/headers` has every response looked at by a judge from outside.
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

/// What `POST /numbers` reads of the query.
#[derive(Deserialize)]
struct Step {
    step: u32,
}
