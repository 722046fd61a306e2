//! A client of the service, with tonic's own limits: once as a client sees an answer, once as it came.

use super::server::{NAME, Server};
use http::HeaderMap;
use http_body_util::BodyExt as _;
use prost::Message as _;
use std::fmt::Write as _;
use std::future::Future;
use std::time::Duration;
use tonic::body::Body;
use tonic::client::Grpc;
use tonic::metadata::{Ascii, MetadataKey};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};
use tonic_prost::ProstCodec;
use tower::ServiceExt as _;

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) trailers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The status in the headers.
    pub(super) fn grpc(&self) -> Status {
        Status::from_header_map(&self.headers).unwrap_or_else(|| panic!("no grpc-status: {self:?}"))
    }

    /// All bytes, with what is in base64 as it was before.
    pub(super) fn text(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.body).into_owned();
        for (name, value) in self.headers.iter().chain(&self.trailers) {
            writeln!(text, "{name}: {}", String::from_utf8_lossy(value.as_bytes())).unwrap();
        }
        for status in [&self.headers, &self.trailers].into_iter().filter_map(Status::from_header_map) {
            writeln!(text, "{}\n{}", status.message(), String::from_utf8_lossy(status.details())).unwrap();
        }
        text
    }

    /// The size of the headers, as HTTP/2 counts it (RFC 9113 §6.5.2).
    pub(super) fn size(&self) -> usize {
        let size =
            |headers: &HeaderMap| headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum();
        let sizes: [usize; 2] = [size(&self.headers), size(&self.trailers)];
        sizes[0].max(sizes[1]) + ":status".len() + 3 + 32
    }
}

/// Waits for an answer; a client that hangs is a failure.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), future).await.expect("no answer") })
}

impl Server {
    async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    /// Calls a method; of a stream all messages, and what it ended with.
    pub(super) fn call(&self, method: &str, text: &str, metadata: &[(&str, &str)]) -> (Vec<String>, Option<Status>) {
        wait(async {
            let mut request = Request::new(tokio_stream::once(text.to_owned()));
            for (name, value) in metadata {
                let name: MetadataKey<Ascii> = name.parse().unwrap();
                request.metadata_mut().insert(name, value.parse().unwrap());
            }
            let mut client = Grpc::new(self.channel().await);
            client.ready().await.unwrap();
            let path = format!("/{NAME}/{method}").parse().unwrap();
            let codec = ProstCodec::<String, String>::default();
            let mut answer = match client.streaming(request, path, codec).await {
                Ok(answer) => answer.into_inner(),
                Err(status) => return (Vec::new(), Some(status)),
            };
            let mut messages = Vec::new();
            loop {
                match answer.message().await {
                    Ok(Some(message)) => messages.push(message),
                    Ok(None) => return (messages, None),
                    Err(status) => return (messages, Some(status)),
                }
            }
        })
    }

    /// The status that answers a request.
    pub(super) fn status(&self, text: &str, metadata: &[(&str, &str)]) -> Status {
        let (messages, status) = self.call("Answer", text, metadata);
        assert!(messages.is_empty(), "{messages:?}");
        status.unwrap()
    }

    /// The answer to a request, as it came; of another service by the method's whole path.
    pub(super) fn raw(&self, method: &str, text: &str, headers: &[(&str, &str)]) -> Reply {
        let message = text.to_owned().encode_to_vec();
        let mut frame = vec![0];
        frame.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
        frame.extend(message);
        self.post(method, frame, headers)
    }

    /// The answer to a request with a body of any kind.
    pub(super) fn post(&self, method: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        let path = if method.starts_with('/') { method.to_owned() } else { format!("/{NAME}/{method}") };
        let mut request = http::Request::post(format!("http://{}{path}", self.address)).header("te", "trailers");
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/grpc");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::new(http_body_util::Full::from(body))).unwrap();
        wait(async {
            let (head, body) = self.channel().await.oneshot(request).await.unwrap().into_parts();
            let body = body.collect().await.unwrap();
            let trailers = body.trailers().cloned().unwrap_or_default();
            let body = body.to_bytes().to_vec();
            Reply { status: head.status.as_u16(), headers: head.headers, trailers, body }
        })
    }
}
