#!/usr/bin/env python3
"""Prove that nobody's work is lost between a catalogue and its translators.

`sequences.py COMMAND FOLDER [FIRST COUNT]` runs seeded random sequences: a writer changes, renames and removes texts, translators
export files, translate some texts with their tools, merge new templates and import, late and twice. After each import the
catalogue and the output are held against the promises of `Import.check`. Another seed is another sequence; a failing one prints its
number and leaves its catalogue and `log` in FOLDER. COMMAND is `lift-errors`.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from translate.storage.po import pofile

CATEGORIES = {"uk": ["one", "few", "many"], "fr": ["one", "many", "other"], "ja": ["other"]}
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
STEPS = 30


class Broken(Exception):
    """A promise that was not kept."""


def holds(condition, promise):
    if not condition:
        raise Broken(promise)


def forms(text, locale):
    """A text as its forms in a language."""
    categories = CATEGORIES[locale]
    return [text] * len(categories) if isinstance(text, str) else [text.get(it, text.get("other")) for it in categories]


def quoted(text):
    if isinstance(text, str):
        return json.dumps(text, ensure_ascii=False)
    return "{ " + ", ".join(f"{name} = {quoted(form)}" for name, form in text.items()) + " }"


class Catalogue:
    """A catalogue and its writer."""

    def __init__(self, command, root, seed):
        self.command, self.root, self.random = Path(command).resolve(), root.resolve(), random.Random(seed)
        self.words, self.log, self.likeness = 0, [], self.random.choice([0, 0, 0.15])
        shutil.rmtree(root, ignore_errors=True)
        (root / "catalog").mkdir(parents=True)
        self.locales = self.random.sample(list(CATEGORIES), 2)
        listed = [it for it in self.locales if self.random.random() < 0.7]
        (root / "catalog/catalog.toml").write_text(
            '[catalog]\nname = "depot"\nid_form = "DEP-0000"\ncode_prefix = "dep_"\nreference = "https://example.com/errors"\n'
            f'default_locale = "en"\nlocales = {json.dumps(["en", *listed])}\nfiles = ["errors.toml"]\n\n'
            f'[labels]\nfixes = "{self.word("s").title()}"\n'
        )
        self.entries = {}
        for _ in range(self.random.choice([1, 2, 3])):
            self.add()
        for locale in listed:
            for address in self.sources():
                if self.random.random() < 0.7:
                    self.translate_by_hand(locale, address)
        self.run("sync")

    def run(self, arguments):
        run = subprocess.run([self.command, *arguments.split()], cwd=self.root, capture_output=True, text=True, check=False)
        self.log.append(f"$ {arguments}\n{run.stdout}{run.stderr}exit code {run.returncode}\n")
        holds(run.returncode in (0, 1), f"`{arguments}` ends well")
        return run

    def word(self, kind):
        """A word that no other text has. It begins with its kind: `s` of the source, `t` of a tool, `h` of a hand."""
        self.words += 1
        number, word = self.words, kind
        while number:
            word += "aeiou"[number % 5] + "bcdfghklmnp"[number // 5 % 11]
            number //= 55
        return word

    def text(self, kind, names=()):
        if kind == "s" and not names and self.random.random() < self.likeness:
            return f"Gleich {self.random.choice('abc')}."
        words = [self.word(kind).title(), *(f"{{{name}}}" for name in names)]
        if self.random.random() < 0.1:
            words += [self.word(kind) for _ in range(14)]
        if self.random.random() < 0.15:
            words.append('"Zitat" \\ Pfad')
        return " ".join(words) + "."

    def detail(self, params):
        if "u32" in params.values() and self.random.random() < 0.6:
            return {form: self.text("s", params) for form in ("one", "other")}
        return self.text("s", params)

    def add(self):
        kinds = {"boxes": "u32", "shelf": "text"}
        params = {name: kind for name, kind in kinds.items() if self.random.random() < 0.6}
        fix = self.word("f")
        entry = {"title": self.text("s").rstrip("."), "detail": self.detail(params), "meaning": self.text("s"), "params": params}
        entry |= {"cause": {self.word("c"): self.text("s")}, "fix": {fix: self.text("s")}}
        entry["number"] = 1 + max((it["number"] for it in self.entries.values()), default=0)
        self.entries[f"dep_{self.word('e')}"] = entry
        self.write()

    def write(self):
        lines = []
        for code, entry in self.entries.items():
            lines += [f"[{code}]", f'id = "DEP-{entry["number"]:04}"', f"status = {452 + entry['number']}", 'since = "0.1.0"']
            lines += ['severity = "info"', 'retry = { kind = "after_change" }']
            lines += [f"{part} = {quoted(entry[part])}" for part in ("title", "detail", "meaning")]
            for name, kind in entry["params"].items():
                example = 7 if kind == "u32" else '"B-7"'
                lines += [f"[{code}.params.{name}]", f'type = "{kind}"', 'doc = "It."', 'sensitivity = "public"']
                lines.append(f"example = {example}")
            for part, more in (("cause", [f"fixes = {json.dumps(list(entry['fix']))}"]), ("fix", [])):
                for name, text in entry[part].items():
                    lines += [f"[[{code}.{part}]]", f'id = "{name}"', f"text = {quoted(text)}", *more]
        (self.root / "catalog/errors.toml").write_text("\n".join(lines) + "\n")

    def read(self, file):
        path = self.root / "catalog" / file
        return tomllib.loads(path.read_text()) if path.exists() else {}

    def sources(self):
        """The texts of the files by their addresses, as the command may have renamed or removed them."""
        texts = {f"labels.{name}": text for name, text in self.read("catalog.toml")["labels"].items()}
        before, self.entries = self.entries, {}
        for code, table in self.read("errors.toml").items():
            entry = {part: table[part] for part in ("title", "detail", "meaning")}
            texts |= {f"{code}.{part}": text for part, text in entry.items()}
            entry |= {part: {it["id"]: it["text"] for it in table.get(part, [])} for part in ("cause", "fix")}
            texts |= {f"{code}.{part}.{name}": text for part in ("cause", "fix") for name, text in entry[part].items()}
            entry["params"] = {name: it["type"] for name, it in table.get("params", {}).items()}
            entry["number"] = int(table["id"][4:])
            self.entries[code] = entry
        self.entries = self.entries or before
        return texts

    def names(self, address):
        """The parameters that a text names."""
        text = self.sources().get(address, "")
        return re.findall(r"\{(\w+)\}", text if isinstance(text, str) else text["other"])

    def change(self, address):
        names, (code, part, *name) = self.names(address), address.split(".")
        text = self.text("s", names)
        if code == "labels":
            path = self.root / "catalog/catalog.toml"
            path.write_text(re.sub(r"(?m)^fixes = .*", f'fixes = "{self.word("s").title()}"', path.read_text()))
            return
        if part == "detail":
            text = self.detail(self.entries[code]["params"])
        table, key = (self.entries[code][part], name[0]) if name else (self.entries[code], part)
        table[key] = text.rstrip(".") if part == "title" else text
        self.write()

    def translations(self, locale):
        texts = {f"labels.{name}": text for name, text in self.read(f"locales/{locale}/catalog.toml").get("labels", {}).items()}
        for code, entry in self.read(f"locales/{locale}/errors.toml").items():
            for part, text in entry.items():
                named = part in ("cause", "fix")
                texts |= {f"{code}.{part}.{name}": it for name, it in text.items()} if named else {f"{code}.{part}": text}
        return texts

    def translation(self, locale, address, kind):
        """A new translation, with the parameters of its text."""
        names, source = self.names(address), self.sources()[address]
        if isinstance(source, str) or locale == "ja":
            return self.text(kind, names)
        return {category: self.text(kind, names) for category in CATEGORIES[locale]}

    def translate_by_hand(self, locale, address):
        self.write_translations(locale, self.translations(locale) | {address: self.translation(locale, address, "h")})

    def write_translations(self, locale, texts):
        files = {"errors.toml": {}, "catalog.toml": {}}
        for address, text in texts.items():
            *tables, key = address.split(".")
            file = files["catalog.toml" if tables == ["labels"] else "errors.toml"]
            # A translator's remark is work, too.
            remark = f"  # {self.word('remark')}" if self.random.random() < 0.2 else ""
            file.setdefault(".".join(tables), []).append(f"{key} = {quoted(text)}{remark}")
        for file, tables in files.items():
            path = self.root / f"catalog/locales/{locale}" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"[{table}]\n" + "\n".join(lines) + "\n" for table, lines in tables.items()))

    def remarks(self):
        files = (self.root / "catalog/locales").rglob("*.toml")
        return {remark for file in files for remark in re.findall(r"# remark\w+", file.read_text())}

    def listed(self):
        return [it for it in self.locales if it in self.read("catalog.toml")["catalog"]["locales"]]

    def stale(self, locale):
        return set(re.findall(r"(?m)^stale (\S+)", self.run(f"coverage {locale}").stdout)) if locale in self.listed() else set()

    def reviewed(self, locale):
        records = self.read(f"locales/{locale}.state.toml")
        return {it for it, record in records.items() if isinstance(record, dict) and record.get("review") == "reviewed"}

    def files(self):
        return {path: path.read_bytes() for path in (self.root / "catalog").rglob("*") if path.is_file()}


@dataclass
class Handoff:
    """A file at a translator's, and what the translator did."""

    catalogue: Catalogue
    locale: str
    path: Path
    keeps_marks: bool
    sources: dict = field(default_factory=dict)
    exported: dict = field(default_factory=dict)
    was_reviewed: set = field(default_factory=set)
    edits: dict = field(default_factory=dict)
    unfinished: set = field(default_factory=set)
    approved: set = field(default_factory=set)

    def __post_init__(self):
        self.sources, self.exported = self.catalogue.sources(), self.catalogue.translations(self.locale)
        self.was_reviewed = self.catalogue.reviewed(self.locale)

    @property
    def format(self):
        return self.path.suffix[1:]

    def units(self):
        """The units of XLIFF by the address of their text, and the file."""
        tree, units = etree.parse(self.path), {}
        for unit in tree.iter(XLIFF + "trans-unit"):
            units.setdefault(unit.get("id").split("[")[0], []).append(unit)
        return units, tree

    def addresses(self):
        if self.format == "xliff":
            return list(self.units()[0])
        return [unit.getcontext() for unit in pofile.parsefile(str(self.path)).units if unit.getcontext() and not unit.isobsolete()]

    def work(self):
        """Translates some texts, new or again."""
        chance, catalogue = self.catalogue.random, self.catalogue
        known = [it for it in self.addresses() if it in catalogue.sources()]
        for address in chance.sample(known, min(len(known), chance.choice([1, 1, 2, 3, 5]))):
            if catalogue.sources()[address] != self.sources[address]:
                continue
            self.edits[address] = catalogue.translation(self.locale, address, "t")
            for marked, share in ((self.unfinished, 0.12), (self.approved, 0.3 if self.format == "xliff" else 0)):
                (marked.add if chance.random() < share else marked.discard)(address)
            self.approved -= self.unfinished
        catalogue.log.append(f"{self.path.name}: {self.edits}, unfinished {self.unfinished}, approved {self.approved}\n")
        (self.save_po if self.format == "po" else self.save_xliff)()

    def save_po(self):
        file = pofile.parsefile(str(self.path))
        for unit in file.units:
            if (address := unit.getcontext()) in self.edits and not unit.isobsolete():
                texts = forms(self.edits[address], self.locale)
                unit.target = texts if unit.hasplural() else texts[-1]
                unit.markfuzzy(address in self.unfinished)
        if not self.keeps_marks:
            for unit in file.units:
                unit.removenotes("translator")
        file.savefile(str(self.path))

    def save_xliff(self):
        units, tree = self.units()
        for address, parts in units.items():
            texts = forms(self.edits[address], self.locale) if address in self.edits else []
            for unit, text in zip(parts, texts if len(parts) > 1 else texts[-1:]):
                if (target := unit.find(XLIFF + "target")) is None:
                    target = etree.Element(XLIFF + "target")
                    unit.insert(1, target)
                target.text = text
                state = "final" if address in self.approved else "translated"
                target.set("state", "needs-translation" if address in self.unfinished else state)
            if not self.keeps_marks:
                for unit in parts:
                    unit.attrib.pop("extradata", None)
        tree.write(str(self.path), encoding="UTF-8", xml_declaration=True)

    def merge(self):
        """Takes a new template over, as gettext's own tools do, so that a changed text is fuzzy."""
        if self.format != "po":
            return
        catalogue = self.catalogue
        if catalogue.run("export po --out new.pot").returncode:
            return
        merged = ["msgmerge", "--quiet", "--no-fuzzy-matching", "--update", "--backup=none", str(self.path), "new.pot"]
        subprocess.run(merged, cwd=catalogue.root, check=True)
        sources = catalogue.sources()
        for address in set(self.edits) | set(self.exported):
            if sources.get(address) != self.sources.get(address):
                # An obsolete entry is in the file as a comment.
                self.edits.pop(address, None)
                self.exported.pop(address, None)
        self.sources = sources

    def with_present_names(self, names):
        """The same file, by the names that the command found."""
        of = lambda address: names.get(address, address)
        tables = [{of(it): text for it, text in table.items()} for table in (self.sources, self.exported, self.edits)]
        sets = [{of(it) for it in addresses} for addresses in (self.was_reviewed, self.unfinished, self.approved)]
        same = Handoff(self.catalogue, self.locale, self.path, self.keeps_marks)
        same.sources, same.exported, same.edits = tables
        same.was_reviewed, same.unfinished, same.approved = sets
        return same


class Import:
    """An import of a file, and its promises."""

    def __init__(self, catalogue, file):
        self.catalogue, self.file, self.locale = catalogue, file, file.locale
        self.sources, self.before = catalogue.sources(), catalogue.translations(self.locale)
        self.stale, self.reviewed = catalogue.stale(self.locale), catalogue.reviewed(self.locale)
        self.had_faults = catalogue.run("check").returncode
        self.was_current = catalogue.run("sync --check").returncode == 0

    def forms(self, text):
        return None if text is None else forms(text, self.locale)

    def run(self):
        catalogue, locale = self.catalogue, self.locale
        others = {other: catalogue.translations(other) for other in CATEGORIES if other != locale}
        remarks, was_listed = catalogue.remarks(), locale in catalogue.listed()
        command = f"import {self.file.format} {self.file.path.name} --locale {locale}"
        run = catalogue.run(command)
        names = dict(re.findall(r"(?m)^renamed (\S+) as (\S+) \(line", run.stdout))
        holds(all(old not in self.sources and new in self.sources for old, new in names.items()), "a renamed text is one")
        self.check(self.file.with_present_names(names), {names.get(it, it) for it in self.file.addresses()}, run, was_listed)
        holds(others == {it: catalogue.translations(it) for it in others}, "other languages stay as they are")
        holds(self.sources == catalogue.sources(), "the texts themselves stay as they are")
        holds(remarks <= catalogue.remarks(), "comments stay")
        holds(self.had_faults or not catalogue.run("check").returncode, "an import makes no fault")
        files = catalogue.files()
        again = catalogue.run(command)
        holds(files == catalogue.files() and "wrote" not in again.stdout, "a second import changes nothing")
        holds(again.returncode == run.returncode, "a second import ends as the first")

    def check(self, file, addresses, run, was_listed):
        before, after = self.before, self.catalogue.translations(self.locale)
        output, reviewed = run.stdout + run.stderr, self.catalogue.reviewed(self.locale)
        holds(before.keys() <= after.keys(), "no translation vanishes")
        new = after.keys() - before.keys()
        changed = {it for it in before if self.forms(before[it]) != self.forms(after[it])}
        counts = re.search(r"`: (\d+) new, (\d+) changed", run.stdout)
        holds(counts and counts.groups() == (str(len(new)), str(len(changed))), "the counts are those of the files")
        holds(run.returncode == ("left out: " in run.stderr), "the exit code tells of what is left out")
        for address in new | changed:
            holds(address in addresses, f"{address} is in the file")
            was_exported = self.forms(before.get(address)) == self.forms(file.exported.get(address))
            is_told = f"replaced {address}\n" in run.stdout or "more: `git diff`" in run.stdout
            if address in file.edits:
                holds(address not in file.unfinished, f"{address} is finished")
                holds(self.forms(after[address]) == self.forms(file.edits[address]), f"{address} is what the file has")
            else:
                holds(address in new or not file.keeps_marks, f"{address}, which the file did not change, stays as it is")
                holds(self.forms(after[address]) == self.forms(file.exported.get(address)), f"{address} comes back")
            holds(address in new or was_exported or is_told, f"the output has both translations of {address}")
            holds(not (was_exported and is_told and file.keeps_marks), f"{address} had not changed since the export")
        for address, text in file.edits.items():
            is_imported = address in after and address in self.sources and self.forms(after[address]) == self.forms(text)
            told = rf"(?m)(left out: .*`{re.escape(address)}`|^(unfinished|kept) {re.escape(address)} )"
            is_nothing = address in file.unfinished and address not in self.sources
            holds(is_imported or is_nothing or re.search(told, output), f"the work on {address} is not lost in silence")
        self.check_records(file, new | changed, after, reviewed, was_listed)

    def check_records(self, file, imported, after, reviewed, was_listed):
        """An import makes nothing fresh or reviewed that nobody translated or read."""
        stale = self.catalogue.stale(self.locale)
        for address in self.sources.keys() & after.keys():
            if address in imported and address in file.edits:
                is_of_present = file.sources.get(address) == self.sources[address]
                holds((address in stale) != is_of_present, f"{address} is stale if its source has changed")
            elif address not in imported and was_listed and address not in file.approved:
                holds((address in stale) == (address in self.stale), f"{address} is as stale as it was")
        for address in reviewed - self.reviewed:
            was_read = address in file.approved or (address in file.was_reviewed and not file.keeps_marks)
            holds(was_read or (address in imported and address in file.was_reviewed), f"somebody has read {address}")
        lost = {it for it in self.reviewed - reviewed - imported if it in self.before and self.was_current}
        holds(not lost, f"the reviews of {lost} stay")


def export(catalogue, files):
    name = f"file{catalogue.word('e')}.{catalogue.random.choice(['po', 'xliff'])}"
    locale = catalogue.random.choice(catalogue.locales)
    if not catalogue.run(f"export {name.rpartition('.')[2]} {locale} --out {name}").returncode:
        files.append(Handoff(catalogue, locale, catalogue.root / name, catalogue.random.random() < 0.8))


def rename(catalogue, _files):
    entries, choose = catalogue.entries, catalogue.random.choice
    code = choose(list(entries))
    parts = [f"{code}.{part}.{name}" for part in ("cause", "fix", "params") for name in entries[code][part]]
    catalogue.run(f"rename {choose([code, *parts])} {choose(['dep_', ''])}{catalogue.word('n')}")


def remove(catalogue, _files):
    if len(catalogue.entries) > 1:
        catalogue.run(f"remove {catalogue.random.choice(list(catalogue.entries))}")


def lose(catalogue, _files):
    """A translation that somebody deletes."""
    for locale in catalogue.listed()[:1]:
        texts = list(catalogue.translations(locale).items())
        catalogue.random.shuffle(texts)
        catalogue.write_translations(locale, dict(texts[1:]))


def record(catalogue, _files):
    for locale in catalogue.listed():
        for address in sorted(catalogue.stale(locale))[:1]:
            catalogue.run(f"accept {locale} {address}")
        catalogue.run(f"review {locale} {catalogue.random.choice([*catalogue.sources(), '--all'])}")


def by_hand(catalogue, _files):
    for locale in catalogue.listed()[:1]:
        catalogue.translate_by_hand(locale, catalogue.random.choice(list(catalogue.sources())))


def with_file(act):
    """What is done with one of the last files, not always the newest."""
    return lambda catalogue, files: files and act(catalogue, catalogue.random.choice(files[-4:]))


ACTS = [
    (4, export),
    (6, with_file(lambda _, file: file.work())),
    (1, with_file(lambda _, file: file.merge())),
    (6, with_file(lambda catalogue, file: Import(catalogue, file).run())),
    (3, lambda catalogue, _: catalogue.change(catalogue.random.choice(list(catalogue.sources())))),
    (2, lambda catalogue, _: catalogue.run("sync")),
    (3, by_hand),
    (2, record),
    (2, rename),
    (1, remove),
    (1, lose),
    (1, lambda catalogue, _: catalogue.add()),
]


def main(command, folder, first=0, number=40):
    broken = 0
    for seed in range(int(first), int(first) + int(number)):
        root = Path(folder) / str(seed)
        catalogue, files = Catalogue(command, root, seed), []
        try:
            for _ in range(STEPS):
                catalogue.sources()
                weights, acts = zip(*ACTS)
                catalogue.random.choices(acts, weights)[0](catalogue, files)
        except Broken as promise:
            broken += 1
            (root / "log").write_text("\n".join(catalogue.log))
            print(f"sequence {seed}: it does not hold that {promise}; see {root}/log")
        else:
            shutil.rmtree(root)
    print(f"{number} sequences of exports, translations and imports, {broken} with a broken promise")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
