//! The connections of browsers.

use crate::serve::renewal::Renewal;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::TcpListener;
use tokio::task::JoinSet;

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
    http.keep_alive(false);
    let mut open = JoinSet::new();
    loop {
        let (stream, _) = tokio::select! {
            accepted = listener.accept() => accepted?,
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
