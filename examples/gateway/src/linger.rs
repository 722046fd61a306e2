//! Closes connections so that the last response arrives.
//!
//! A response to a request whose body is still on its way, such as a 413, is lost where the server closes the connection at once:
//! the operating system then resets it, because there are bytes that nobody read, and the client drops what it has received
//! (RFC 9112 §9.6). So this stream first closes its own direction, and then reads what still comes, for a while.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// The maximum time to wait for the client to close the connection.
const LONGEST: Duration = Duration::from_secs(5);
/// The maximum number of bytes that are read meanwhile.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A stream that lingers when it is closed.
pub(crate) struct Lingering<S> {
    stream: S,
    end: Option<Pin<Box<Sleep>>>,
    left: usize,
}

impl<S> Lingering<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, end: None, left: MOST_BYTES }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lingering<S> {
    fn poll_read(mut self: Pin<&mut Self>, task: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(task, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<S> {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(task, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(task, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.end.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(task))?;
        }
        let end = this.end.get_or_insert_with(|| Box::pin(sleep(LONGEST)));
        let mut bytes = [0; 16 * 1024];
        while this.left > 0 && end.as_mut().poll(task).is_pending() {
            let mut buffer = ReadBuf::new(&mut bytes);
            match ready!(Pin::new(&mut this.stream).poll_read(task, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => this.left = this.left.saturating_sub(buffer.filled().len()),
                // The client has closed the connection, too.
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}
