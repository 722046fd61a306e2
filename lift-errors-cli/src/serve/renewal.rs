//! A fresh start of the program, when too many earlier states of the catalogue are in memory. The runtime's handles live as long as
//! the program, so only its end gives their memory back. The program that follows has the same process and the same socket, and
//! browsers notice nothing but another revision: the server answers open requests before, and later ones wait at the socket.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use tokio::sync::Notify;

/// When to begin afresh, and what to hand on.
#[derive(Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix can begin afresh"))]
pub(super) struct Renewal {
    listener: TcpListener,
    /// The manifest's path: at the time of a fresh start there may be none to find.
    manifest: String,
    /// The most bytes that stay in memory.
    memory: usize,
    due: Notify,
}

impl Renewal {
    pub(super) fn new(listener: TcpListener, manifest: &str, memory: usize) -> Self {
        Self { listener, manifest: manifest.to_owned(), memory, due: Notify::new() }
    }

    /// Asks the server for a fresh start, if so many bytes are too many and the system can do it. Returns whether it asked.
    pub(super) fn ask_if_due(&self, kept: usize) -> bool {
        let is_due = cfg!(unix) && kept > self.memory;
        if is_due {
            self.due.notify_one();
        }
        is_due
    }

    /// Waits until a fresh start is due.
    pub(super) async fn due(&self) {
        self.due.notified().await;
    }

    /// Begins afresh.
    ///
    /// # Errors
    ///
    /// If the system can't. The program then goes on as it is.
    #[cfg(unix)]
    pub(super) fn begin(&self) -> io::Result<Infallible> {
        use crate::arguments::INHERITED;
        use std::os::fd::OwnedFd;
        use std::os::unix::process::CommandExt as _;
        use std::process::{Command, Stdio};
        let option = format!("--{INHERITED}");
        let given = std::env::args_os().skip(1).filter(|argument| *argument != *option);
        let mut arguments: Vec<_> = given.collect();
        if !arguments.iter().any(|argument| argument.to_string_lossy().starts_with("--manifest")) {
            arguments.push(format!("--manifest={}", self.manifest).into());
        }
        let socket = OwnedFd::from(self.listener.try_clone()?);
        let mut command = Command::new(std::env::current_exe()?);
        Err(command.args(arguments).arg(&option).stdin(Stdio::from(socket)).exec())
    }

    #[cfg(not(unix))]
    pub(super) fn begin(&self) -> io::Result<Infallible> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The socket of the program before, or a new one at a port of this computer.
///
/// # Errors
///
/// If the port is taken, or no earlier program handed its socket on.
pub(super) fn listener(port: u16, is_inherited: bool) -> io::Result<TcpListener> {
    let listener = if is_inherited { inherited()? } else { TcpListener::bind((Ipv4Addr::LOCALHOST, port))? };
    listener.set_nonblocking(true)?;
    Ok(listener)
}

#[cfg(unix)]
fn inherited() -> io::Result<TcpListener> {
    use std::os::fd::AsFd as _;
    let socket = TcpListener::from(io::stdin().as_fd().try_clone_to_owned()?);
    // Something else than a socket has no address.
    socket.local_addr().map(|_| socket)
}

#[cfg(not(unix))]
fn inherited() -> io::Result<TcpListener> {
    Err(io::ErrorKind::Unsupported.into())
}
