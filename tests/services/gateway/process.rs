//! The gateway as a process: built, started on a free port, read from, stopped.

use super::calls::get;
use crate::http::{Call, Reply, raw};
use serde_json::json;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(super) struct Gateway {
    pub(super) process: Child,
    pub(super) address: SocketAddr,
    pub(super) welcome: String,
    log: Option<JoinHandle<String>>,
    whole_log: Option<String>,
}

/// The gateway's program.
pub(super) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| built("gateway"))
}

/// Builds an example with the profile and into the folder that this test was built with. Cargo does
/// not do it by itself: a test gets the binaries of its own package only.
pub(super) fn built(package: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile_folder = test.parent().and_then(Path::parent).unwrap();
    let profile = match profile_folder.file_name().and_then(|name| name.to_str()).unwrap() {
        "debug" => "dev",
        other => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", package, "--profile", profile, "--target-dir"])
        .arg(profile_folder.parent().unwrap())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    profile_folder.join(format!("{package}{}", std::env::consts::EXE_SUFFIX))
}

impl Gateway {
    pub(super) fn start(settings: &[(&str, &str)]) -> Self {
        let mut process = Command::new(binary())
            .env_remove("RUST_LOG")
            .env("PORT", "0")
            .env("UPSTREAM_TIMEOUT", "1")
            .env("NO_COLOR", "1")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = process.stderr.take().unwrap();
        let log = thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = ChildStderr::read_to_end(&mut log, &mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let mut welcome = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        // The tour ends with the line that meets the rate limit.
        while !welcome.contains("?[1-70]") {
            let length = lines.read_line(&mut welcome).unwrap();
            assert!(length > 0, "the gateway stopped: {:?}", log.join());
        }
        let address = welcome.lines().next().and_then(|line| line.strip_prefix("Listening on http://"));
        Self { address: address.unwrap().parse().unwrap(), process, welcome, log: Some(log), whole_log: None }
    }

    pub(super) fn send(&self, call: &Call) -> Reply {
        let reply = raw(self.address, &call.bytes(), false);
        Reply::parse(&reply).unwrap_or_else(|| panic!("{call:?}: {}", String::from_utf8_lossy(&reply)))
    }

    pub(super) fn log_in(&self, user: &str, password: &str) -> String {
        let credentials = json!({"user": user, "password": password});
        let reply = self.send(&Call::anonymous("POST", "/sessions").json(&credentials));
        assert_eq!(reply.status, 204);
        reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    pub(super) fn assert_alive(&self) {
        assert_eq!(self.send(&get("/orders/PO-2031")).status, 200, "the gateway does not answer any more");
    }

    /// What a gateway says that refuses to start with these settings.
    pub(super) fn refused(settings: &[(&str, &str)]) -> String {
        let output = Command::new(binary()).envs(settings.iter().copied()).output().unwrap();
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// Sends a signal and waits for the gateway to end, but not for ever.
    pub(super) fn signal(&mut self, signal: &str) -> Option<ExitStatus> {
        Command::new("kill").args([signal, &self.process.id().to_string()]).status().ok()?;
        // Its log ends with it.
        let log = self.log.take()?;
        let (ended, end) = mpsc::channel();
        thread::spawn(move || ended.send(log.join()));
        self.whole_log = Some(end.recv_timeout(Duration::from_secs(10)).ok()?.ok()?);
        self.process.wait().ok()
    }

    /// Ends the gateway by a signal; returns how it ended, and its log.
    pub(super) fn stop(mut self, signal: &str) -> (ExitStatus, String) {
        let status = self.signal(signal).expect("the gateway does not stop");
        (status, self.whole_log.take().unwrap())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // Stopped cleanly, it takes its files along; where there are no signals, it is killed.
        if !matches!(self.process.try_wait(), Ok(Some(_))) && (cfg!(not(unix)) || self.signal("-TERM").is_none()) {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }
}
