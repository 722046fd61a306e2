//! The connections of browsers.

use crate::serve::renewal::Renewal;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::TcpListener;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The longest time for the head of a request. A browser opens connections in advance, and may never use them.
const HEAD: Duration = Duration::from_secs(10);

/// The most connections at a time. Further ones wait at the socket, so that the program never has too many files open.
const MOST: usize = 200;

/// The wait after a connection that could not be accepted, such as one that its browser has closed already.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers requests until the program begins afresh or the socket fails, with the reason of the latter.
pub(super) async fn answer(socket: &TcpListener, routes: &Router, renewal: &Renewal) -> io::Error {
    loop {
        if let Err(error) = answer_until_due(socket, routes, renewal).await {
            return error;
        }
        // A system that can't begin afresh goes on answering.
        let _ = renewal.begin();
    }
}

/// Answers requests until a fresh start is due, and then those that have come.
///
/// A server that is asked to stop closes connections of which it has read nothing, although a request may have come. With one
/// request for each connection, all of them end by themselves.
async fn answer_until_due(socket: &TcpListener, routes: &Router, renewal: &Renewal) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(socket.try_clone()?)?;
    let mut http = http1::Builder::new();
    http.keep_alive(false).timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut open = JoinSet::new();
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept(), if open.len() < MOST => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    sleep(PAUSE).await;
                    continue;
                }
            },
            Some(_) = open.join_next() => continue,
            () = renewal.due() => break,
        };
        // A browser that goes away early has no reader for an error.
        open.spawn(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone())));
    }
    // Later connections wait at the socket, which the next program gets.
    drop(listener);
    while open.join_next().await.is_some() {}
    Ok(())
}
