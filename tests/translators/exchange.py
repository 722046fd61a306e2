#!/usr/bin/env python3
"""Prove that translators' tools read and write the exported PO and XLIFF files without a loss.

`exchange.py FOLDER` takes each `<tag>.po` and `<tag>.xliff` in FOLDER. msgfmt checks the PO file, and msgcat writes it anew.
msgmerge joins it with `template.pot`. translate-toolkit loads each file and saves it: nothing may differ. It then changes one
text and one plural form; the changed files are `FOLDER/changed/<tag>.po` and `.xliff`, which the command imports.
"""

import subprocess
import sys
from pathlib import Path

from translate.misc.multistring import multistring
from translate.storage.po import pofile
from translate.storage.xliff import Xliff1File, Xliff1Unit

MARKER = " ✓"


class Loss(Exception):
    """A file did not come back as it was."""


def strings(text):
    return [str(string) for string in text.strings] if isinstance(text, multistring) else [str(text)]


def content(store):
    """What a file says, unit by unit."""
    units = []
    for unit in store.units:
        if unit.isheader():
            continue
        context = unit.getcontext() or unit.getid()
        previous = unit.getalttrans() if hasattr(unit, "getalttrans") else []
        previous = [str(other.source) for other in previous] or [str(getattr(unit, "prev_source", ""))]
        state = (unit.isfuzzy(), unit.isapproved() if hasattr(unit, "isapproved") else None)
        # The mark of the exported translation.
        mark = unit.xmlelement.get("extradata") if isinstance(unit, Xliff1Unit) else unit.getnotes("translator")
        notes = (unit.getnotes("developer"), mark)
        units.append((context, strings(unit.source), strings(unit.target or ""), state, previous, notes))
    return units


def expect_same(name, before, after):
    for old, new in zip(before, after):
        if old != new:
            raise Loss(f"{name}: {old} came back as {new}")
    if len(before) != len(after):
        raise Loss(f"{name}: {len(before)} units came back as {len(after)}")


def marks(path):
    """The translations of a PO file with their marks."""
    units = pofile.parsefile(str(path)).units
    return [(unit.getcontext(), strings(unit.target), unit.getnotes("translator")) for unit in units if not unit.isheader()]


def msgfmt(path, template):
    run = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path], capture_output=True, text=True)
    if run.returncode:
        raise Loss(f"{path.name}: msgfmt refuses it:\n{run.stderr}")
    again = path.with_suffix(".msgcat.po")
    subprocess.run(["msgcat", "--output-file", again, path], check=True)
    expect_same(f"{path.name} through msgcat", content(pofile.parsefile(str(path))), content(pofile.parsefile(str(again))))
    # A newer template keeps the marks of the translations.
    merged = path.with_suffix(".msgmerge.po")
    subprocess.run(["msgmerge", "--quiet", "--output-file", merged, path, template], check=True)
    expect_same(f"{path.name} through msgmerge", marks(path), marks(merged))
    merged.unlink()
    # The command has to read the files of gettext's own tools, with wrapped lines.
    again.replace(path)


def is_stale(unit):
    """Whether the source has changed. An XLIFF unit is fuzzy for the tool until it is approved."""
    return bool(unit.getalttrans()) if isinstance(unit, Xliff1Unit) else unit.isfuzzy()


def change(store):
    """Changes a text, and the last form of a plural, of which nothing is stale."""
    done = set()
    for unit in store.units:
        forms = strings(unit.target or "")
        kind = "plural" if len(forms) > 1 or "[" in unit.getid()[-3:] else "plain"
        if kind in done or unit.isheader() or is_stale(unit) or not all(forms):
            continue
        forms[-1] += MARKER
        unit.target = multistring(forms) if len(forms) > 1 else forms[0]
        done.add(kind)
    return done


def main():
    folder = Path(sys.argv[1])
    changed = folder / "changed"
    changed.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.po")):
        msgfmt(path, folder / "template.pot")
    for path in sorted([*folder.glob("*.po"), *folder.glob("*.xliff")]):
        kind = pofile if path.suffix == ".po" else Xliff1File
        store = kind.parsefile(str(path))
        before = content(store)
        if len(before) < 100:
            raise Loss(f"{path.name}: only {len(before)} units were read")
        saved = changed / path.name
        store.savefile(str(saved))
        expect_same(path.name, before, content(kind.parsefile(str(saved))))
        done = change(store)
        store.savefile(str(saved))
        print(f"{path.name}: {len(before)} units, changed: {', '.join(sorted(done))}")


if __name__ == "__main__":
    try:
        main()
    except Loss as loss:
        sys.exit(f"error: {loss}")
