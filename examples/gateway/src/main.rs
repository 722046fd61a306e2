//! A gateway to a small warehouse that meets every canonical Lift error through a real condition.
//!
//! | module | contains |
//! | --- | --- |
//! | `app` | the routes and the state behind them |
//! | `respond` | the layers around it all: request ids, canonical errors, other origins |
//! | `access`, `session` | who is calling, and what they may do |
//! | `limit`, `maintenance` | whether a request is let in at all |
//! | `metrics` | what was counted |
//! | `body` | request bodies, read and bounded |
//! | `order`, `shipment`, `import`, `report` | what the gateway is for; `store` keeps its records |
//! | `upstream`, `carrier` | the service behind the gateway: its client, and a stand-in for it |
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
    // Whoever reads only the first line and closes the pipe wants the gateway all the same.
    let _ = welcome(listener.local_addr()?, &app.config);

    let service = app::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Prints where the gateway listens, and commands to try.
fn welcome(address: SocketAddr, config: &Config) -> io::Result<()> {
    let tour = include_str!("tour.txt")
        .replace("{address}", &address.to_string())
        .replace("{cookies}", &format!("/tmp/lift-cookies-{}", address.port()))
        .replace("{session}", &(config.session_timeout.as_secs() + 1).to_string());
    let mut out = io::stdout().lock();
    writeln!(out, "Listening on http://{address}\n\n{tour}")?;
    out.flush()
}

/// Returns once the gateway is told to stop: Ctrl-C, or SIGTERM from whoever manages it.
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
