"""A client in another language, as `lift_errors::guide::client` describes it: it finds the same contract in random answers as the
client in Rust.

The first argument is the folder that `lift-errors docs` wrote, the second the program `judge_received`.
"""

import json
import math
import pathlib
import random
import subprocess
import sys

ANSWERS = 20_000

KINDS = ["never", "after_change", "idempotent", "after"]
# google.rpc.Code: the number, the name, and the status of HTTP.
CODES = {
    "CANCELLED": (1, 499), "UNKNOWN": (2, 500), "INVALID_ARGUMENT": (3, 400), "DEADLINE_EXCEEDED": (4, 504),
    "NOT_FOUND": (5, 404), "ALREADY_EXISTS": (6, 409), "PERMISSION_DENIED": (7, 403), "RESOURCE_EXHAUSTED": (8, 429),
    "FAILED_PRECONDITION": (9, 400), "ABORTED": (10, 409), "OUT_OF_RANGE": (11, 400), "UNIMPLEMENTED": (12, 501),
    "INTERNAL": (13, 500), "UNAVAILABLE": (14, 503), "DATA_LOSS": (15, 500), "UNAUTHENTICATED": (16, 401),
}
NAMES = {number: name for name, (number, _) in CODES.items()}
FAILURES = ["UNAVAILABLE", "INTERNAL", "UNKNOWN", "CANCELLED", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "DATA_LOSS"]


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_error_of_grpc(candidate):
    """Whether an object of JSON is an error of gRPC."""
    details = candidate.get("details")
    if details is not None:
        return isinstance(details, list) and all(isinstance(detail, dict) for detail in details)
    return (
        set(candidate) <= {"code", "message", "error", "status", "errors"}
        and is_number(candidate.get("code", 0))
        and candidate.get("error", candidate.get("message")) == candidate.get("message")
        and ("errors" not in candidate or "status" in candidate)
    )


class Answer:
    """What an answer says."""

    def __init__(self, catalog, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        contracts = [part.strip() for name, value in headers if name == "Lift-Retry" for part in value.split(",")]
        kinds = {contract.split(";")[0] for contract in contracts}
        self.kind_in_header = kinds.pop() if len(kinds) == 1 else None
        waits = [contract.split(";after=")[1] for contract in contracts if ";after=" in contract]
        self.waits_in_header = [float(wait) for wait in waits] if self.kind_in_header else []
        try:
            document = json.loads(body)
        except ValueError:
            document = {}
        self.document = document if isinstance(document, dict) else {}
        objects = [self.document, *(value for value in self.document.values() if isinstance(value, dict))]
        self.errors_of_grpc = [candidate for candidate in objects if is_error_of_grpc(candidate)]
        self.details = [detail for error in self.errors_of_grpc for detail in error.get("details", [])]
        self.grpc = NAMES.get(int(self.headers.get("grpc-status", 0))) or self.grpc_in_body()

        contract = self.document.get("retry", {})
        said = [contract.get("kind"), *self.values("metadata", "lift-retry"), self.kind_in_header]
        self.kind = next((kind for kind in said if kind in KINDS), None)
        self.waits_in_body = [contract.get("after"), self.document.get("retryAfter")]
        self.waits_in_body += [int(detail["retryDelay"][:-1]) for detail in self.details if "retryDelay" in detail]
        self.waits_in_body = [wait for wait in self.waits_in_body if is_number(wait)]

        names_another = any("reason" in detail for detail in self.details)
        by_id = {entry["id"]: entry for entry in catalog.values()}
        if self.document.get("catalog") == "lift":
            self.entry = catalog.get(self.document["code"])
        elif "catalog" in self.document or names_another:
            self.entry = None
        else:
            self.entry = by_id.get(self.headers.get("lift-error"))

    def values(self, member, key):
        return [detail[member].get(key) for detail in self.details if member in detail]

    def grpc_in_body(self):
        for error in self.errors_of_grpc:
            number = error.get("code")
            name = NAMES.get(number) or error.get("status")
            if name in CODES and ("details" in error and number in NAMES or CODES[name][1] == self.status):
                return name
        return None

    def kind_of_status(self, says_wait):
        if self.status == 429:
            return "after"
        if self.status in (408, 502, 503, 504, *range(520, 525)):
            return "idempotent"
        if not says_wait:
            return "never"
        return "after" if self.status < 500 else "idempotent"

    def is_copy(self):
        """Whether a gateway has put the error of an upstream into its own response."""
        stated = [self.document.get("status"), self.document.get("errorCode")]
        # A number of gRPC is no status.
        stated += [error.get("code") for error in self.errors_of_grpc if is_number(error.get("code")) and error["code"] >= 100]
        if any(is_number(status) and status != self.status for status in stated):
            return True
        if self.grpc:
            return CODES[self.grpc][1] != self.status or bool(self.entry) and self.entry["grpc"] != self.grpc
        return bool(self.entry) and self.entry.get("status") not in (None, self.status)

    def contract(self):
        """The kind of retry, and the wait in seconds."""
        waits = self.waits_in_body + self.waits_in_header
        if "retry-after" in self.headers:
            waits.append(int(self.headers["retry-after"]))
        says_wait, own = bool(waits), self.entry and self.entry["retry"]
        kind = self.kind
        if kind is None and own:
            kind = own["kind"]
            if kind == "after" and not says_wait and self.entry["status"] != 429:
                kind = "idempotent"
        elif kind is None:
            kind = self.kind_of_status(says_wait)
        if own and "seconds" in own and not self.waits_in_body and self.kind in (None, own["kind"]):
            waits.append(own["seconds"])
        if kind == "after":
            is_weaker = self.grpc == "RESOURCE_EXHAUSTED" and self.kind is None and not says_wait
            if self.status != 429:
                says_no_kind = self.kind is None and (self.status >= 500 or self.grpc in FAILURES)
                is_weaker = is_weaker or says_no_kind or self.is_copy()
            kind = "idempotent" if is_weaker else kind
        wait = max((math.ceil(wait) for wait in waits), default=None)
        return {"kind": kind, "wait": wait if kind in ("after", "idempotent") else None}


def random_answer(rng, entries):
    """An answer of a service, of a proxy, of a gateway to gRPC, or of all of them."""
    maybe = lambda chance: rng.random() < chance
    status = rng.choice([400, 401, 403, 404, 408, 409, 413, 423, 425, 429, 429, 500, 501, 502, 503, 503, 504, 507, 520, 524])
    alike = [entry for entry in entries if entry.get("status") == status]
    entry = rng.choice(alike if alike and maybe(0.5) else entries)
    headers = []
    if maybe(0.5):
        headers.append(("Retry-After", str(rng.choice([0, 1, 5, 60, 100_000]))))
    if maybe(0.4):
        contract = lambda: rng.choice(KINDS) + (f";after={rng.choice([2, 4.5, 90])}" if maybe(0.3) else "")
        first = contract()
        headers.append(("Lift-Retry", f"{first}, {contract()}" if maybe(0.1) else first))
        if maybe(0.2):
            headers.append(("Lift-Retry", rng.choice([first, contract()])))
    if maybe(0.4):
        headers.append(("Lift-Error", entry["id"]))
    if maybe(0.2):
        headers.append(("grpc-status", str(rng.choice(list(NAMES)))))
    form = rng.choice(["problem", "envelope", "grpc", "grpc", "other", "page", "none"])
    body = {"catalog": "lift", "code": entry["code"]}
    stated = rng.choice([entry.get("status", status), status])
    if form == "problem":
        body["status"] = stated
        if maybe(0.6):
            body["retry"] = {"kind": rng.choice(KINDS)}
            if maybe(0.5):
                body["retry"]["after"] = rng.choice([0, 3, 12.5, 60])
    elif form == "envelope":
        body["errorCode"] = stated
        if maybe(0.5):
            body["retryAfter"] = rng.choice([0, 3, 60])
    elif form == "grpc":
        name = rng.choice(["RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "CANCELLED", rng.choice(list(CODES))])
        number, own_status = CODES[name]
        if maybe(0.4):
            status = own_status
        body = {
            "code": rng.choice([number, number, status, own_status, 19]),
            "message": "no",
            "status": rng.choice([name, name, "RESOURCE_EXHAUSTED"]),
            "error": rng.choice(["no", "none"]),
            "errors": [],
            "extra": 1,
            "details": [
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": rng.choice(["3s", "7s"])},
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "OF_ANOTHER_SYSTEM",
                    "domain": "example.com",
                    "metadata": {"lift-retry": rng.choice(KINDS)} if maybe(0.7) else {},
                },
                "a text",
            ],
        }
        chances = {"code": 0.8, "message": 0.8, "status": 0.5, "details": 0.6}
        body = {member: value for member, value in body.items() if maybe(chances.get(member, 0.1))}
        if "details" in body:
            body["details"] = [detail for detail in body["details"] if maybe(0.05 if detail == "a text" else 0.5)]
        if maybe(0.5):
            body = {"error": body}
    elif form == "other":
        body = {"catalog": "other", "code": "unknown", "status": rng.choice([status, 429, 503])}
    text = {"page": "<h1>Sorry</h1>", "none": ""}.get(form) if form in ("page", "none") else json.dumps(body)
    return status, headers, text


def main():
    site, program = sys.argv[1:]
    pages = json.loads(pathlib.Path(site, "errors.json").read_text(encoding="utf-8"))
    entries = [page for page in pages if page["kind"] == "entry"]
    catalog = {entry["code"]: entry for entry in entries}
    rng = random.Random(7)
    answers = [random_answer(rng, entries) for _ in range(ANSWERS)]
    lines = [json.dumps({"status": status, "headers": headers, "body": body}) for status, headers, body in answers]
    read = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(read) == ANSWERS
    others = 0
    for line, answer, in_rust in zip(lines, answers, read):
        contract = Answer(catalog, *answer).contract()
        if contract != json.loads(in_rust):
            others += 1
            if others <= 10:
                print(f"{line}\n  by the guide {contract}, in Rust {in_rust}")
    if others:
        sys.exit(f"{others} of {ANSWERS} contracts differ")
    kinds = {kind: sum(json.loads(line)["kind"] == kind for line in read) for kind in KINDS}
    assert min(kinds.values()) > ANSWERS / 100, kinds
    print(f"{ANSWERS} answers have the same contract by the guide and in Rust: {kinds}")


main()
