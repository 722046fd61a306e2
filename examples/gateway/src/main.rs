//! A gateway to a small warehouse that gives the errors of its own requests and of the servers behind it, each for a real reason.
//!
//! | module | contents |
//! | --- | --- |
//! | `app` | the routes and the state that they share |
//! | `respond` | the outer layers: request ids, canonical errors, CORS |
//! | `access`, `session`, `secret` | callers and their permissions |
//! | `limit`, `proxy`, `maintenance` | layers that admit or refuse requests |
//! | `server`, `linger` | the connections, with their timeouts and their end |
//! | `log`, `metrics` | the log, and the counters for Prometheus |
//! | `order`, `shipment`, `import`, `report` | the purpose of the gateway; `store` keeps the records |
//! | `upstream`, `carrier` | the client of the service behind the gateway, and a stand-in for that service |
//!
//! `cargo run -p gateway` prints `curl` lines to try. This file starts and stops it.

#![forbid(unsafe_code)]

mod access;
mod app;
mod carrier;
mod config;
mod import;
mod limit;
mod linger;
mod log;
mod maintenance;
mod metrics;
mod order;
mod proxy;
mod report;
mod respond;
mod secret;
mod server;
mod session;
mod shipment;
mod store;
mod upstream;

use crate::app::App;
use crate::config::Config;
use std::error::Error;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let refusals = log::start();
    tokio::spawn(refusals.clone().report_regularly());

    let config = Config::from_env()?;
    // Before the first request can come.
    let stopped = stopped()?;
    let address = (Ipv4Addr::LOCALHOST, config.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        format!(
            "can't listen on 127.0.0.1:{}: {error}; choose another port: `PORT=8081 cargo run -p gateway`",
            config.port
        )
    })?;
    let app = App::new(config).await?;
    // A reader that closes the pipe after the first line still wants the gateway.
    let _ = welcome(listener.local_addr()?, &app.config);

    server::serve(listener, app::router(&app), &app.config, stopped).await;
    refusals.report();
    tracing::info!("stopped");
    Ok(())
}

/// Prints the gateway's address and commands to try.
fn welcome(address: SocketAddr, config: &Config) -> io::Result<()> {
    let tour = include_str!("tour.txt")
        .replace("{address}", &address.to_string())
        .replace("{cookies}", &format!("/tmp/lift-cookies-{}", address.port()))
        .replace("{session}", &(config.session_timeout.as_secs() + 1).to_string());
    let mut out = io::stdout().lock();
    writeln!(out, "Listening on http://{address}\n\n{tour}")?;
    out.flush()
}

/// Waits until the gateway has to stop: for Ctrl-C, or for SIGTERM from a process manager. From the call on, before anything is
/// awaited, neither ends the process.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    let [mut interrupt, mut terminate] = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal to wait for, the gateway goes on.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
