"""Reads back what strings.rs wrote, with parsers that nobody here wrote: every string has to come out of every format."""

import json
import re
import sys
import unicodedata

import html5lib
from markdown_it import MarkdownIt

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ESCAPED = re.compile(r"\\u\{[0-9a-f]+\}")
markdown = MarkdownIt("commonmark")


def words(text):
    """Text without white space and without what may be replaced in a sentence: controls and characters that turn words round."""
    kept = []
    for character in text:
        if character.isspace() or character == "\ufffd" or TURNING.match(character):
            continue
        if unicodedata.category(character) == "Cc":
            continue
        kept.append(character)
    return "".join(kept)


def elements(tree):
    return [element.tag for element in tree.iter() if isinstance(element.tag, str)]


def html_text(tree):
    return "".join(text for element in tree.iter() if element.tag not in ("{*}script", "{*}style") for text in [element.text or "", element.tail or ""])


def markdown_tokens(source):
    """The structure of a document, and its text."""
    structure, text = [], []
    for token in markdown.parse(source):
        structure.append(token.type)
        for child in token.children or []:
            if child.type in ("text", "code_inline"):
                text.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                text.append(" ")
            else:
                structure.append(child.type)
        if token.type in ("fence", "code_block", "html_block"):
            text.append(token.content)
    return [name for name in structure if name not in ("text", "softbreak", "hardbreak")], "".join(text)


def parse_html(page):
    return html5lib.HTMLParser(strict=True, tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False).parse(page)


plain = json.loads(sys.stdin.readline())
plain_elements = elements(parse_html(plain["html"]))
plain_structure, _ = markdown_tokens(plain["markdown"])
count = 0
faults = []
for line in sys.stdin:
    written = json.loads(line)
    string, count = written["string"], count + 1

    def check(holds, what):
        if not holds:
            faults.append(f"{what}: {string!r}")

    body = json.loads(written["json"])
    check(body["params"]["resource"] == string, "JSON, the parameter")
    check(body["errors"][0]["params"]["given"] == string, "JSON, the field error's parameter")
    check(words(string) in words(body["detail"]), "JSON, the sentence")
    check(words(string) in words(body["errors"][0]["message"]), "JSON, the message")
    check(words(string) in words(json.loads(written["envelope"])["errorMessage"]), "the envelope")
    try:
        tree = parse_html(written["html"])
        check(elements(tree) == plain_elements, "HTML, the elements")
        check(words(string) in words(html_text(tree)), "HTML, the text")
    except html5lib.html5parser.ParseError as error:
        faults.append(f"HTML, {error}: {string!r}")
    structure, text = markdown_tokens(written["markdown"])
    check(structure == plain_structure, "Markdown, the structure")
    check(words(string) in words(text), "Markdown, the text")
    # Plain text shows a control character as its escape.
    check(words(string) in words(ESCAPED.sub("", written["text"])), "plain text")

print(f"{count} strings came out of 5 formats")
if faults or count < 400:
    print("\n".join(faults[:40]), file=sys.stderr)
    sys.exit(f"{len(faults)} faults, {count} strings")
