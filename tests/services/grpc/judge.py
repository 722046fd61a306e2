"""Calls the service of tests/services/grpc/server.rs with grpcio and holds what it decodes against what the errors are.

    judge.py ADDRESS SERVICE CASES.json
"""

import json
import sys

import grpc
from google.protobuf import wrappers_pb2
from google.rpc import error_details_pb2
from grpc_status import rpc_status

LIMIT = 8192
# As grpcio counts them (RFC 9113, 6.5.2), and with what a server adds: `:status`, `content-type`, `date`.
ADDED = 42 + 60 + 65
DETAILS = {
    "ErrorInfo": error_details_pb2.ErrorInfo,
    "RetryInfo": error_details_pb2.RetryInfo,
    "BadRequest": error_details_pb2.BadRequest,
    "LocalizedMessage": error_details_pb2.LocalizedMessage,
    "Help": error_details_pb2.Help,
}


def call(method, request, language="en"):
    """The error that a method answers with: a unary one, or the end of a stream."""
    metadata = (("accept-language", language), ("x-request-id", "judge"))
    try:
        answer = method(wrappers_pb2.StringValue(value=request), metadata=metadata, timeout=20)
        for _ in answer if hasattr(answer, "__iter__") else ():
            pass
    except grpc.RpcError as error:
        return error
    raise AssertionError(f"{request}: no error")


def size(error):
    """What the headers take that the error came in."""
    message = sum(1 if chr(byte).isalnum() and byte < 128 else 3 for byte in (error.details() or "").encode())
    total = ADDED + len("grpc-status") + 2 + 32 + len("grpc-message") + message + 32
    for name, value in error.trailing_metadata():
        length = (len(value) + 2) // 3 * 4 if isinstance(value, bytes) else len(value)
        total += len(name) + length + 32
    return total


def details(error):
    """The details by kind; `from_call` itself compares code and message with those of the headers."""
    status = rpc_status.from_call(error)
    found = {}
    for packed in status.details:
        kind = packed.type_url.removeprefix("type.googleapis.com/google.rpc.")
        assert kind not in found, f"two of {kind}"
        found[kind] = DETAILS[kind]()
        assert packed.Unpack(found[kind])
    return status, found


def decoded(error):
    """What a case has, from an error."""
    status, found = details(error)
    info, retry = found["ErrorInfo"], found.get("RetryInfo")
    return {
        "code": status.code,
        "message": error.details(),
        "domain": info.domain,
        "reason": info.reason,
        "metadata": dict(info.metadata),
        "retry": retry.retry_delay.ToTimedelta().total_seconds() if retry else None,
        "localized": [found["LocalizedMessage"].locale, found["LocalizedMessage"].message],
        "fields": [
            [field.field, field.reason, field.description]
            for field in found.get("BadRequest", error_details_pb2.BadRequest()).field_violations
        ],
        "links": [link.url for link in found["Help"].links],
    }


def judge(unary, stream, cases):
    for case in cases:
        request, language = case.pop("request"), case.pop("language")
        error = call(unary, request, language)
        assert decoded(error) == case, f"{request} in {language}:\n{decoded(error)}\n{case}"
        metadata = dict(error.trailing_metadata())
        assert (metadata["lift-error"], metadata["x-request-id"]) == (case["metadata"]["lift-error"], "judge")
        assert size(error) < LIMIT, f"{request}: {size(error)} bytes"
        if language == "en":
            error = call(stream, request)
            assert decoded(error) == case, f"{request}, midway: {decoded(error)}"
    for what in ("ascii", "percent", "wide", "control", "fields", "messages", "one", "all"):
        for method in (unary, stream):
            error = call(method, f"long/{what}", "uk")
            assert size(error) <= LIMIT, f"{what}: {size(error)} bytes"
            assert details(error)[1]["ErrorInfo"].domain == "lift", what
    error = call(unary, "panic")
    assert details(error)[1]["ErrorInfo"].reason == "INTERNAL_SERVER_ERROR"
    assert "canary" not in f"{error}"
    print(f"{len(cases)} answers are what the errors are; the service is {unary(wrappers_pb2.StringValue(value='well')).value}")


def main():
    address, service, file = sys.argv[1:]
    with open(file, encoding="utf-8") as opened:
        cases = json.load(opened)
    # What many implementations have for a limit; grpcio's own is twice as much by default.
    options = (("grpc.max_metadata_size", LIMIT), ("grpc.absolute_max_metadata_size", LIMIT))
    with grpc.insecure_channel(address, options=options) as channel:
        serialised = {
            "request_serializer": wrappers_pb2.StringValue.SerializeToString,
            "response_deserializer": wrappers_pb2.StringValue.FromString,
        }
        judge(
            channel.unary_unary(f"/{service}/Answer", **serialised),
            channel.unary_stream(f"/{service}/Stream", **serialised),
            cases,
        )


main()
