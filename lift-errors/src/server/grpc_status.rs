//! The headers of a gRPC status in an HTTP response.

use http::response::Parts;

pub(crate) fn remove_headers(parts: &mut Parts) {
    for name in ["grpc-status", "grpc-message", "grpc-status-details-bin"] {
        parts.headers.remove(name);
    }
}
