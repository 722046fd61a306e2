// Compares what `conventions.rs` printed with what ICU writes, by way of `Intl`.
import { readFileSync } from "node:fs";

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

// Languages whose data in CLDR 48.2, the tables' version, is not what ICU has in its version of CLDR 48.
const EXCEPTIONS = {
  // Other separators of thousands.
  number: ["fr-CH"],
  // Other separators between units (few of these languages have any), and Montenegro's words in another script.
  duration: ["ce", "haw", "mzn", "nds", "nqo", "oc", "sr-Cyrl-ME"],
};
const isException = (kind, tag) => (EXCEPTIONS[kind] ?? []).some((known) => tag === known || tag.startsWith(`${known}-`));

function duration(tag, seconds) {
  const parts = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length);
    seconds %= length;
    if (count > 0 || (unit === "second" && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "long" }).format(count));
    }
  }
  return new Intl.ListFormat(tag, { type: "unit", style: "narrow" }).format(parts);
}

const WRITE = {
  number: (tag, value) => new Intl.NumberFormat(tag).format(value),
  plural: (tag, value) => new Intl.PluralRules(tag).select(value),
  duration,
};

const counts = { number: 0, plural: 0, duration: 0 };
const unknown = new Set();
let wrong = 0;
for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const [kind, tag, value, found] = line.split("\t");
  if (kind === "version") {
    const [ours, icu] = [tag, process.versions.cldr].map((version) => version.split(".")[0]);
    if (ours !== icu) {
      console.error(`the tables are of CLDR ${tag}, but this Node has ICU with CLDR ${process.versions.cldr}: nothing is compared`);
      process.exit(0);
    }
    continue;
  }
  const resolved = new Intl.NumberFormat(tag).resolvedOptions().locale;
  if (resolved.split("-u-")[0] !== new Intl.Locale(tag).toString()) {
    unknown.add(tag);
    continue;
  }
  const expected = WRITE[kind](tag, Number(value));
  counts[kind] += 1;
  if (found !== expected && !isException(kind, tag)) {
    wrong += 1;
    if (wrong <= 20) console.error(`${kind} ${value} in ${tag}: ${JSON.stringify(found)}, and ICU writes ${JSON.stringify(expected)}`);
  }
}
console.log(`${counts.number} numbers, ${counts.plural} plurals, ${counts.duration} durations compared; ICU does not have ${unknown.size} of the locales`);
if (wrong > 0 || counts.duration < 1000) {
  console.error(`${wrong} differ`);
  process.exit(1);
}
