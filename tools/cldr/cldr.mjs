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

const matching = supplemental("languageMatching").languageMatching["written-new"];
export const MATCHES = matching.languageMatch;
/** Languages that CLDR matches with others and has no data for. Klingon is not spoken by customers; `bh` is another name. */
export const WITHOUT_DATA = [...new Set(MATCHES.map((match) => match._desired))]
  .filter((tag) => /^[a-z]{2,3}$/.test(tag) && !["bh", "tlh"].includes(tag))
  .filter((tag) => MATCHES.some((match) => match._desired === tag && match._distance >= 20))
  .filter((tag) => !AVAILABLE.includes(tag)).sort();
export const LOCALES = [...new Set([...AVAILABLE, ...DEFAULT_CONTENT, ...WITHOUT_DATA])].sort();

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

const containment = supplemental("territoryContainment").territoryContainment;
/** A region and all that it contains, groupings such as 419 among them. */
function within(region) {
  const groupings = Object.entries(containment).filter(([, { _grouping, _contains }]) =>
    _grouping && _contains.every((part) => containment[region]?._contains?.includes(part)));
  const parts = [...(containment[region]?._contains ?? []), ...groupings.map(([name]) => name.split("-")[0])];
  return [region, ...parts.flatMap((part) => (part === region ? [] : within(part)))];
}

/** The regions of a variable of the matching data, such as `$americas`. */
export function regions(variable) {
  const names = matching.matchVariables[variable]._value.split("+");
  return [...new Set(names.flatMap(within))].filter((name) => /^([A-Z]{2}|\d{3})$/.test(name)).sort();
}

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
