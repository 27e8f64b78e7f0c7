// Whether the bills of materials in a folder name each package of the lock files, with its version. Ends with 1 and says which are missing.
import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
const named = new Set(["andi", "engines", "web"].flatMap((name) =>
  json(`${folder}/${name}.cdx.json`).components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`.toLowerCase())));

const locked = execSync("git ls-files '*packages.lock.json'", { encoding: "utf8" }).split("\n")
  .filter((file) => file && !/^(tests|bench)\//.test(file))
  .flatMap((file) => Object.values(json(file).dependencies).flatMap(Object.entries)
    .filter(([, { type }]) => type !== "Project")
    .map(([name, { resolved }]) => `${name}@${resolved}`));
const installed = ["engines", "Andi.Web"].flatMap((folder) => Object.entries(json(`${folder}/package-lock.json`).packages)
  .filter(([path]) => path.startsWith("node_modules/"))
  .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, "")}@${version}`));

const missing = [...new Set([...locked, ...installed].map((one) => one.toLowerCase()))].filter((one) => !named.has(one)).sort();
console.log(`Bill of materials: ${named.size} components; ${missing.length} packages of the lock files are missing.`);
for (const one of missing) {
  console.log(`MISSING: ${one}`);
}

process.exit(missing.length > 0 ? 1 : 0);
