#!/usr/bin/env python3
"""Ask httplint about responses as they stood on the wire.

Each file of <folder> is one response, whole. What httplint calls bad, or a warning, is a finding. Ends with 1
where there is one, or no response.
"""

import sys
from pathlib import Path

from httplint.message import HttpResponseLinter
from httplint.note import levels
from httplint.status import STATUS_BAD_REQUEST, STATUS_URI_TOO_LONG, STATUS_VERSION_NOT_SUPPORTED

HARMLESS = {levels.GOOD, levels.INFO}

# These repeat what the status says about the request: 400, 414, 505.
ABOUT_THE_REQUEST = (STATUS_BAD_REQUEST, STATUS_URI_TOO_LONG, STATUS_VERSION_NOT_SUPPORTED)


def findings(response):
    """Yields what httplint has against a response."""
    head, _, body = response.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    version, code, phrase = status.split(b" ", 2)
    linter = HttpResponseLinter()
    linter.process_response_topline(version.removeprefix(b"HTTP/"), code, phrase)
    linter.process_headers([tuple(line.split(b":", 1)) for line in lines])
    linter.feed_content(body)
    linter.finish_content(True)
    for note in (note for note in linter.notes if not isinstance(note, ABOUT_THE_REQUEST)):
        for each in (note, *note.subnotes):
            if each.level not in HARMLESS:
                yield f"{each.level.value}: {each.summary}"


def main(folder):
    files = sorted(Path(folder).iterdir())
    found = 0
    for file in files:
        for finding in findings(file.read_bytes()):
            print(f"{file.name}: {finding}", file=sys.stderr)
            found += 1
    print(f"{len(files)} responses, {found} findings")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
