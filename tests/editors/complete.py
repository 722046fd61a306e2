"""Asks the language servers of TOML editors for completions and hovers, as an editor does while somebody writes an entry.

Usage: complete.py FOLDER COMMAND...  The command starts a language server that talks on its standard streams. The folder is that of
a catalogue, in which the file that is edited is pretended to be; nothing is written.
"""

import json
import pathlib
import subprocess
import sys

# The cursor is at `|`. Each case: the kind of schema, the text, and words that the answer must contain.
COMPLETIONS = [
    ("errors", '[lost]\nid = "LIFT-9001"\n|\n', ["title", "severity", "retry", "replaced_by"]),
    ("errors", '[lost]\nseverity = "|"\n', ["critical", "warning"]),
    ("errors", '[lost]\nretry = { kind = "|" }\n', ["after_change", "idempotent"]),
    ("errors", '[lost.params]\nname = { | }\n', ["sensitivity", "example"]),
    ("manifest", "[catalog]\n|\n", ["default_locale", "drafts"]),
]
HOVERS = [
    ("errors", '[lost]\nsev|erity = "error"\n', "serious"),
    ("errors", '[lost]\nme|aning = "It is lost."\n', "means"),
    ("manifest", '[catalog]\nid_f|orm = "LIFT-0000"\n', "id"),
]


class Server:
    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0
        root = folder.as_uri()
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": False}},
                "hover": {"contentFormat": ["markdown", "plaintext"]},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        folders = [{"uri": root, "name": "catalog"}]
        self.ask("initialize", {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": capabilities})
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def read(self):
        length = None
        while (line := self.process.stdout.readline().strip()) or length is None:
            if not line and self.process.poll() is not None:
                raise SystemExit(f"the language server ended: {self.process.returncode}")
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def ask(self, method, parameters):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": parameters})
        while True:
            message = self.read()
            if "method" in message and "id" in message:
                # The server asks for its settings: it has the usual ones.
                items = (message.get("params") or {}).get("items")
                self.send({"id": message["id"], "result": [None] * len(items) if items else None})
            elif message.get("id") == self.number:
                return message.get("result")

    def at_cursor(self, method, uri, text):
        before, after = text.split("|")
        document = {"uri": uri, "languageId": "toml", "version": 1, "text": before + after}
        self.tell("textDocument/didOpen", {"textDocument": document})
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        # A server reads the schema after it has opened the file: an answer without it is asked again.
        answer = None
        for _ in range(20):
            answer = self.ask(method, place) or answer
            if answer:
                break
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return answer


def main():
    folder, command = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    server = Server(command, folder)
    failures = 0
    for number, (kind, text, *expected) in enumerate(COMPLETIONS + HOVERS):
        is_hover = number >= len(COMPLETIONS)
        # The place of the schema is counted from the edited file, as in every catalogue of this repository.
        schema = f"#:schema ../lift-errors-cli/schemas/{kind}.schema.json\n"
        uri = (folder / f"edited{number}.toml").as_uri()
        method = "textDocument/hover" if is_hover else "textDocument/completion"
        answer = server.at_cursor(method, uri, schema + text)
        shown = json.dumps(answer, ensure_ascii=False)
        if not is_hover:
            items = answer["items"] if isinstance(answer, dict) else answer or []
            shown = " ".join(item["label"] for item in items)
        words = expected if is_hover else expected[0]
        missing = [word for word in words if word not in shown]
        if missing:
            failures += 1
            print(f"{command[0]}: {text!r} lacks {missing}: {shown[:400]}", file=sys.stderr)
    server.process.kill()
    if failures:
        raise SystemExit(1)
    print(f"{len(COMPLETIONS)} completions and {len(HOVERS)} hovers are right")


main()
