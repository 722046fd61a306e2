//! A server of actix-web on a port of its own, with what its operator sees: the log and the metrics.

use crate::http::{Call, Reply, raw};
use actix_web::dev::{Server as ActixServer, ServerHandle};
use actix_web::rt::System;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use tracing::Dispatch;

/// A running server. It stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    watch: Watch,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// Watches a server's workers.
#[derive(Clone)]
pub(crate) struct Watch {
    log: Log,
    dispatch: Dispatch,
    recorder: &'static DebuggingRecorder,
    snapshotter: Snapshotter,
}

impl Watch {
    fn new() -> Self {
        // With a log for all threads, no other thread's lack of one turns an event off.
        crate::frameworks::log::begin();
        let log = Log::default();
        let writer = log.clone();
        let collector = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone());
        let recorder = DebuggingRecorder::new();
        let snapshotter = recorder.snapshotter();
        Self { log, dispatch: collector.finish().into(), recorder: Box::leak(Box::new(recorder)), snapshotter }
    }

    /// Watches the thread that this is called on, to its end: a factory of an app calls it on the worker's.
    pub(crate) fn install(&self) {
        mem::forget(tracing::dispatcher::set_default(&self.dispatch));
        mem::forget(metrics::set_default_local_recorder(self.recorder));
    }
}

impl Server {
    /// Starts what `run` makes of a listener; it calls [`Watch::install`] in the app's factory.
    pub(crate) fn start(run: impl FnOnce(TcpListener, Watch) -> io::Result<ActixServer> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let watch = Watch::new();
        let (sender, receiver) = mpsc::channel();
        let watching = watch.clone();
        let thread = thread::spawn(move || {
            System::new().block_on(async {
                let server = run(listener, watching).unwrap();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = receiver.recv().expect("the server does not start");
        Self { address, watch, handle, thread: Some(thread) }
    }

    pub(crate) fn send(&self, call: &Call) -> Reply {
        let reply = raw(self.address, &call.bytes(), false);
        Reply::parse(&reply).unwrap_or_else(|| panic!("{call:?}: {}", String::from_utf8_lossy(&reply)))
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(&Call::anonymous("GET", path))
    }

    /// Our events since the last time that this was asked.
    pub(crate) fn events(&self) -> Vec<Value> {
        let bytes = mem::take(&mut *self.watch.log.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        let events = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        events.filter(|event| event["target"] == "lift_errors").collect()
    }

    /// The one event since the last time.
    #[track_caller]
    pub(crate) fn event(&self) -> Value {
        let mut events = self.events();
        assert_eq!(events.len(), 1, "{events:#?}");
        events.remove(0)
    }

    /// The counters, by name and labels; they begin again at zero.
    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        let metrics = self.watch.snapshotter.snapshot().into_vec();
        let counters = metrics.into_iter().filter_map(|(key, _, _, value)| {
            let DebugValue::Counter(count) = value else { return None };
            let labels: Vec<_> = key.key().labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            Some((format!("{}{{{}}}", key.key().name(), labels.join(",")), count))
        });
        counters.collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || thread::panicking(), "the server panicked");
        }
    }
}

/// The log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
