//! A gateway to a small warehouse that gives the errors of its own requests and of the servers behind it, each for a real reason.
//!
//! | module | contents |
//! | --- | --- |
//! | `app` | the routes and the state that they share |
//! | `respond` | the outer layers: request ids, canonical errors, CORS |
//! | `access`, `session` | callers and their permissions |
//! | `limit`, `maintenance` | layers that admit or refuse requests |
//! | `metrics` | the counters, for Prometheus |
//! | `body` | extractors for request bodies |
//! | `order`, `shipment`, `import`, `report` | the purpose of the gateway; `store` keeps the records |
//! | `upstream`, `carrier` | the client of the service behind the gateway, and a stand-in for that service |
//!
//! `cargo run -p gateway` prints `curl` lines to try. This file starts and stops it.

#![forbid(unsafe_code)]

mod access;
mod app;
mod body;
mod carrier;
mod config;
mod import;
mod limit;
mod maintenance;
mod metrics;
mod order;
mod report;
mod respond;
mod session;
mod shipment;
mod store;
mod upstream;

use crate::app::App;
use crate::config::Config;
use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let color = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(color).with_writer(io::stderr).init();

    let config = Config::from_env()?;
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

    let service = app::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
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

/// Returns when the gateway has to stop: on Ctrl-C, or on SIGTERM from a process manager.
async fn stopped() {
    let terminated = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
