#!/usr/bin/env python3
"""Prove that translators' tools read and write the locale files unharmed.

Each file is loaded into translate-toolkit, the engine of Weblate, once as plain TOML and once as go-i18n
TOML; one text is changed and the file saved, then one plural form and the file saved again. Nothing else
may differ. The saved files stay in <output>/<mode>/<tag>/, where the compiler can read them.
"""

import argparse
import copy
import sys
import tomllib
from pathlib import Path

from translate.lang.data import cldr_plural_categories as CATEGORIES
from translate.misc.multistring import multistring
from translate.storage.toml import GoI18nTOMLFile, TOMLFile

MODES = {"plain": TOMLFile, "go-i18n": GoI18nTOMLFile}
MARKER = " ✓"
SELECTOR = "plural"  # the key of a plural table that names the number; no text


class Loss(Exception):
    """A file did not come back as it was."""


def leaves(value, path=()):
    """Yields each value that is no table, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, (*path, key))
    else:
        yield path, value


def at(data, path):
    for key in path:
        data = data[key]
    return data


def normalised(value):
    """A table with `other` alone is the same as its text, but not as a form of a plural table."""
    if not isinstance(value, dict) or (len(value) > 1 and forms(value)):
        return value
    value = {key: normalised(member) for key, member in value.items()}
    return value["other"] if list(value) == ["other"] and isinstance(value["other"], str) else value


def forms(table):
    """The plural categories of a table, in CLDR's order; none where it is no plural table."""
    return [name for name in CATEGORIES if name in table] if set(table) <= {*CATEGORIES, SELECTOR} else []


def targets(data):
    """The paths of the texts to change: a plain one, and a form of the largest plural table."""
    texts = [path for path, value in leaves(data) if isinstance(value, str) and len(path) > 1]
    in_table = {path: forms(at(data, path[:-1])) for path in texts}
    plain = next((path for path in texts if in_table[path] in ([], ["other"])), None)
    plural = max(
        (path for path in texts if in_table[path] and path[-1] != SELECTOR),
        key=lambda path: len(in_table[path]),
        default=None,
    )
    return [path for path in (plain, plural) if path]


def change(store, path, data):
    """Appends the marker to one text, as a translator would: in its unit, or in its form of a plural unit."""
    for unit in store.units:
        keys = tuple(key for _, key in unit.get_unitid().parts)
        if isinstance(unit.target, multistring) and keys == path[:-1]:
            strings = [str(string) for string in unit.target.strings]
            strings[forms(at(data, keys)).index(path[-1])] += MARKER
            unit.target = multistring(strings)
            return
        if keys == path or (keys == path[:-1] and path[-1] == "other"):
            unit.target = str(unit.target) + MARKER
            return
    raise Loss(f"the tool has no unit for `{'.'.join(path)}`")


def first_line(error):
    return " ".join(str(error).splitlines()[:1]).rstrip(":") or type(error).__name__


def pass_through(mode, tag, before, path, data):
    """The bytes of the file after the tool has changed the text at `path`, if any, and saved."""
    store = MODES[mode]()
    store.settargetlanguage(tag)  # Weblate does so too; without it, plural tables are English ones
    try:
        store.parse(before)
    except Exception as error:
        raise Loss(f"the tool cannot load the file: {first_line(error)}") from error
    if path:
        change(store, path, data)
    try:
        return bytes(store)
    except Exception as error:
        raise Loss(f"the tool cannot save the file: {first_line(error)}") from error


def compare(expected, actual, known_losses):
    """Raises at the first difference; returns how many forms went missing that are known to."""
    expected, actual = dict(leaves(normalised(expected))), dict(leaves(normalised(actual)))
    known = 0
    for path, value in expected.items():
        name = ".".join(path)
        if path not in actual:
            if path[-1] not in known_losses:
                raise Loss(f"`{name}` is lost")
            known += 1
        elif actual[path] != value:
            raise Loss(f"`{name}` is {actual[path]!r} and not {value!r}")
    for path in actual:
        if path not in expected:
            raise Loss(f"`{'.'.join(path)}` is new")
    return known


def same_layout(before, after, path):
    """Plain TOML keeps every line, comments too, but the one with the text."""
    before, after = before.decode().splitlines(), after.decode().splitlines()
    changed = sum(old != new for old, new in zip(before, after))
    if len(before) != len(after) or changed != (1 if path else 0):
        raise Loss("lines differ besides that of the changed text")


def round_trip(mode, tag, source, saved, known_losses):
    """Takes one file through all passes; returns how many texts were changed and how many forms went missing."""
    content = source.read_bytes()
    original = tomllib.loads(content.decode())
    expected = copy.deepcopy(original)
    paths = targets(original)
    known = 0
    saved.parent.mkdir(parents=True, exist_ok=True)
    for path in paths or [None]:
        before, content = content, pass_through(mode, tag, content, path, original)
        saved.write_bytes(content)
        if path:
            at(expected, path[:-1])[path[-1]] += MARKER
        try:
            actual = tomllib.loads(content.decode())
        except tomllib.TOMLDecodeError as error:
            raise Loss(f"the saved file is no TOML: {error}") from error
        known = compare(expected, actual, known_losses)
        if mode == "plain":
            same_layout(before, content, path)
    return len(paths), known


def known_loss(argument):
    tag, _, category = argument.partition(":")
    if not tag or category not in CATEGORIES:
        raise argparse.ArgumentTypeError(f"`{argument}` is not of the form TAG:CATEGORY")
    return tag, category


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("locales", type=Path, help="the folder with a folder for each locale")
    parser.add_argument("output", type=Path, help="where the saved files go")
    parser.add_argument(
        "--known-loss", type=known_loss, action="append", default=[], metavar="TAG:CATEGORY",
        help="a plural category of a locale that go-i18n mode is known to drop, e.g. uk:other",
    )
    arguments = parser.parse_args()
    tags = sorted(path for path in arguments.locales.glob("*") if path.is_dir())
    if not tags:
        print(f"{arguments.locales}: no locales", file=sys.stderr)
        return 1
    for mode in MODES:
        for folder in tags:
            tag = folder.name
            files = sorted(path for path in folder.rglob("*.toml") if not path.name.endswith(".state.toml"))
            known_losses = {known for of, known in arguments.known_loss if of == tag and mode == "go-i18n"}
            changed = dropped = 0
            for file in files:
                saved = arguments.output / mode / file.relative_to(arguments.locales)
                try:
                    texts, known = round_trip(mode, tag, file, saved, known_losses)
                except Loss as loss:
                    print(f"{mode}: {tag}: {file.relative_to(folder)}: {loss}", file=sys.stderr)
                    return 1
                changed, dropped = changed + texts, dropped + known
            note = f", forms dropped as known {dropped}" if dropped else ""
            print(f"{mode}: {tag}: files {len(files)}, texts changed {changed}, the rest the same{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
