// Reads Unicode CLDR's JSON packages: all data of a locale.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const VERSION = require("cldr-core/package.json").version;

/** One of CLDR's files, as it is. */
export const file = (path) => require(path);

const supplemental = (name) => file(`cldr-core/supplemental/${name}.json`).supplemental;
const main = (pack, tag, name) => file(`cldr-${pack}-full/main/${tag}/${name}.json`).main[tag];

/** Locales with data of their own. */
export const AVAILABLE = file("cldr-core/availableLocales.json").availableLocales.full;
/** Locales that CLDR has without a file: everything in them is their parent's (`en-US`, `pt-BR`). */
export const DEFAULT_CONTENT = file("cldr-core/defaultContent.json").defaultContent;
export const LOCALES = [...new Set([...AVAILABLE, ...DEFAULT_CONTENT])].sort();

const known = new Set(LOCALES);
const parents = supplemental("parentLocales").parentLocales.parentLocale;
const truncated = (tag) => (tag.includes("-") ? tag.slice(0, tag.lastIndexOf("-")) : "und");

/** Where CLDR looks for what a locale lacks; nothing for the root. */
export function parent(tag) {
  if (tag === "und") return undefined;
  const found = parents[tag] ?? truncated(tag);
  return known.has(found) ? found : parent(found);
}

export const PLURALS = supplemental("plurals")["plurals-type-cardinal"];
export const LIKELY = supplemental("likelySubtags").likelySubtags;

/** `[old, new]` for each language subtag that has another name: without the grandfathered tags, which have several subtags. */
export const LANGUAGE_ALIASES = Object.entries(supplemental("aliases").metadata.alias.languageAlias)
  .filter(([from]) => /^[a-z]{2,3}$/.test(from))
  .map(([from, { _replacement }]) => [from, _replacement.split(" ")[0]]);

const systems = supplemental("numberingSystems").numberingSystems;

/** CLDR's fields for writing a whole number. */
export function number(tag) {
  const { numbers } = main("numbers", tag, "numbers");
  const system = numbers.defaultNumberingSystem;
  const { decimal, group, minusSign } = numbers[`symbols-numberSystem-${system}`];
  return {
    defaultNumberingSystem: system,
    digits: systems[system]._digits,
    decimal,
    group,
    minusSign,
    standard: numbers[`decimalFormats-numberSystem-${system}`].standard,
    minimumGroupingDigits: numbers.minimumGroupingDigits,
  };
}

export const UNITS = ["day", "hour", "minute", "second"];
export const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** CLDR's long unit patterns by plural category, and its list patterns for units. */
export function duration(tag) {
  const { long } = main("units", tag, "units").units;
  const fields = {};
  for (const unit of UNITS) {
    const name = `duration-${unit}`;
    fields[name] = {};
    for (const category of CATEGORIES) {
      const pattern = long[name][`unitPattern-count-${category}`];
      if (pattern !== undefined) fields[name][`unitPattern-count-${category}`] = pattern;
    }
  }
  // Of CLDR's three lists of units, this one reads as "1 hour 5 minutes" in English; the others have commas.
  const list = "listPattern-type-unit-narrow";
  fields[list] = main("misc", tag, "listPatterns").listPatterns[list];
  return fields;
}

export const characterOrder = (tag) => main("misc", tag, "layout").layout.orientation.characterOrder;
