// Reads the answer of `dotnet list package --vulnerable` or `npm audit`, says what it found, and ends with 0 (nothing), 1 (something) or 3 (it is no answer).
import { readFileSync } from "node:fs";

const [kind, file, folder = "."] = process.argv.slice(2);
let answer;
try {
  answer = JSON.parse(readFileSync(file, "utf8"));
} catch {
  process.exit(3);
}

const found = kind === "nuget" ? ofNuget(answer) : ofNpm(answer);
if (found === undefined) {
  process.exit(3);
}

for (const line of [...new Set(found)]) {
  console.log(`VULNERABLE: ${line}`);
}

process.exit(found.length > 0 ? 1 : 0);

function ofNuget({ projects }) {
  return projects?.flatMap(({ frameworks = [] }) => frameworks)
    .flatMap(({ topLevelPackages = [], transitivePackages = [] }) => [...topLevelPackages, ...transitivePackages])
    .flatMap(({ id, resolvedVersion, vulnerabilities = [] }) =>
      vulnerabilities.map(({ severity, advisoryurl }) => `${id} ${resolvedVersion}: ${severity}, ${advisoryurl}`));
}

// Without an endpoint for audits, npm answers with a message and no vulnerabilities, which is not the same as none.
function ofNpm({ vulnerabilities }) {
  return vulnerabilities && Object.values(vulnerabilities)
    .filter(({ severity }) => severity === "high" || severity === "critical")
    .map(({ name, range, severity }) => `${name} ${range} (${folder}): ${severity}`);
}
