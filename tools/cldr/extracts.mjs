// Writes the test data: CLDR's own fields and values, neither renamed nor interpreted.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as cldr from "./cldr.mjs";

const require = createRequire(import.meta.url);
const verbatim = (path) => readFileSync(require.resolve(path), "utf8");

/** One line for each different value, with all locales that have it. */
function grouped(read) {
  const groups = new Map();
  for (const tag of cldr.AVAILABLE) {
    const value = JSON.stringify(read(tag));
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(tag);
  }
  const lines = [...groups].map(([value, tags]) => `{"locales":${JSON.stringify(tags)},"fields":${value}}`);
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** Likely subtags of the languages that are locales, and of unknown languages; the others are thousands of one kind. */
function likely() {
  const languages = new Set(cldr.LOCALES.map((tag) => tag.split("-")[0]));
  const lines = Object.entries(cldr.LIKELY)
    .filter(([from]) => languages.has(from.split("-")[0]))
    .map((pair) => pair.map((tag) => JSON.stringify(tag)).join(":"));
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** The language subtags that have another name. */
const aliases = () =>
  `{\n${cldr.LANGUAGE_ALIASES.map((pair) => pair.map((tag) => JSON.stringify(tag)).join(":")).join(",\n")}\n}\n`;

/** Path under `tests/data` → text. */
export const extracts = () => ({
  "availableLocales.json": verbatim("cldr-core/availableLocales.json"),
  "characterOrder.json": grouped(cldr.characterOrder),
  "defaultContent.json": verbatim("cldr-core/defaultContent.json"),
  "durations.json": grouped(cldr.duration),
  "languageAliases.json": aliases(),
  "likelySubtags.json": likely(),
  "numbers.json": grouped(cldr.number),
  "parentLocales.json": verbatim("cldr-core/supplemental/parentLocales.json"),
  "plurals.json": verbatim("cldr-core/supplemental/plurals.json"),
});

export const licence = () => verbatim("cldr-core/LICENSE");
