//! The log of one server: a thread's own subscriber, so that servers don't see each other's.

use serde_json::Value;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps what this thread logs, as long as the guard lives.
    pub(super) fn keep(&self) -> DefaultGuard {
        // With one subscriber alone, tracing forgets an event that another thread, which has none, is the first to reach.
        crate::frameworks::log::begin();
        let subscriber =
            tracing_subscriber::fmt().json().with_writer(self.clone()).with_max_level(tracing::Level::INFO);
        tracing::subscriber::set_default(subscriber.finish())
    }

    /// The events of the layer in which a text is found.
    pub(super) fn events(&self, text: &str) -> Vec<Value> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = String::from_utf8(lines.clone()).unwrap();
        let events = lines.lines().filter(|line| line.contains(text)).map(|line| line.parse::<Value>().unwrap());
        events.filter(|event| event["target"] == "lift_errors").map(|mut event| event["fields"].take()).collect()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
