//! Sources, secrets, operators' parameters and panics are in the log and in no byte of an answer.

use super::server::Server;
use tonic::Code;

const CANARIES: [&str; 6] =
    ["canary-source", "canary-secret", "canary-operator", "canary-panic", "canary-text", "/var/lib/lift"];

#[test]
fn a_canary_is_in_the_log_and_in_no_byte() {
    let server = Server::shared();
    for (method, request, logged) in [
        ("Answer", "canary/secret", &["canary-source"][..]),
        ("Answer", "canary/operator", &["canary-source", "canary-operator"]),
        ("Answer", "panic", &["canary-panic at 7"]),
        ("Text/500", "", &["canary-text"]),
        ("Json/502", "", &[]),
    ] {
        let id = format!("canary-of-{method}-{request}").replace('/', ".");
        let reply = server.raw(method, request, &[("x-request-id", &id)]);
        assert!(reply.text().contains("LIFT-05") || reply.text().contains("ONB-"), "{reply:?}");
        let events = server.log.events(&format!("\"{id}\""));
        assert_eq!(events.len(), 1, "{id}: {events:?}");
        for canary in CANARIES {
            assert!(!reply.text().contains(canary), "{method} {request}: {canary} in {reply:?}");
            assert!(canary != "canary-secret" || !events[0].to_string().contains(canary), "{events:?}");
        }
        for canary in logged {
            assert!(events[0].to_string().contains(canary), "{canary} is not in {events:?}");
        }
    }
}

#[test]
fn a_stream_that_fails_midway_shows_none_either() {
    for request in ["canary/secret", "canary/operator"] {
        let reply = Server::shared().raw("Stream", request, &[]);
        assert!(reply.trailers.contains_key("grpc-status-details-bin"));
        assert!(CANARIES.iter().all(|canary| !reply.text().contains(canary)), "{reply:?}");
    }
}

#[test]
fn a_panic_is_one_generic_error_and_the_service_lives_on() {
    let server = Server::shared();
    for _ in 0..20 {
        let status = server.status("panic", &[]);
        assert_eq!(status.code(), Code::Internal);
        assert_eq!(status.message(), server.status("sample/internal_server_error", &[]).message());
    }
    assert_eq!(server.call("Answer", "alive", &[]).0, ["alive"]);
}
