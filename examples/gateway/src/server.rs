//! Accepts connections, and ends those that would never end by themselves.

use crate::config::Config;
use crate::linger::Lingering;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// The pause after a connection that could not be accepted. The usual reason is that the process has too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves `app` until `stop` is ready, and then for at most the shutdown timeout.
pub(crate) async fn serve(listener: TcpListener, app: Router, config: &Config, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    // axum's own server waits for ever for a head that does not come, and when it stops, it waits for such a connection.
    http.timer(TokioTimer::new()).header_read_timeout(config.header_timeout);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "can't accept a connection");
                    sleep(PAUSE).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let mut stream = TimeoutStream::new(stream);
        // For a client that sends requests and reads no responses.
        stream.set_write_timeout(Some(config.request_timeout));
        let app = app.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let connection =
            connections.watch(http.serve_connection(TokioIo::new(Lingering::new(Box::pin(stream))), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if timeout(config.shutdown_timeout, connections.shutdown()).await.is_err() {
        tracing::warn!("requests were still open after the shutdown timeout");
    }
}
