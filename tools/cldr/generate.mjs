// `npm run generate` writes the files of lift-errors-cldr that come from CLDR; `npm run check` only compares them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VERSION } from "./cldr.mjs";
import { extracts, licence } from "./extracts.mjs";
import { coreTables, tables } from "./tables.mjs";

const CRATE = join(dirname(fileURLToPath(import.meta.url)), "../../lift-errors-cldr");
const check = process.argv.includes("--check");

const within = (folder, files) => Object.entries(files).map(([name, text]) => [join(folder, name), text]);
const files = [
  ...within("src/generated", tables()),
  ...within("../lift-errors-core/src", coreTables()),
  ...within("tests/data", extracts()),
  ["LICENSE-UNICODE", licence()],
];

const stale = [];
for (const [name, text] of files) {
  const path = join(CRATE, name);
  if (check) {
    let committed;
    try {
      committed = readFileSync(path, "utf8");
    } catch {
      committed = undefined;
    }
    if (committed !== text) stale.push(name);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${String(Buffer.byteLength(text)).padStart(8)}  ${name}`);
}
if (stale.length) {
  console.error(`not what CLDR ${VERSION} gives: ${stale.join(", ")}\nrun \`npm run generate\` in tools/cldr`);
  process.exit(1);
}
