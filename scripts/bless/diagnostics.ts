// docs/diagnostics.md, printed from the catalog: what each code means and what to write instead.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CatalogEntry, type Code, catalog, fill } from "../../plugin/src/diagnostic/catalog.ts";
import { sampleText } from "../../plugin/src/diagnostic/example.ts";
import { examples } from "../../plugin/src/diagnostic/examples.ts";
import { foreignFixes } from "../../plugin/src/diagnostic/foreign-fixes.ts";
import { judge } from "../../plugin/src/diagnostic/judged-sample.testing.ts";
import { type Reported, reported } from "../../plugin/src/diagnostic/reported.ts";
import { failures } from "../../plugin/src/tspc/failure.ts";

export const diagnosticsFile = join(import.meta.dirname, "../../docs/diagnostics.md");
const reportedFile = join(import.meta.dirname, "../../plugin/src/diagnostic/reported.ts");
const biome = join(import.meta.dirname, "../../node_modules/@biomejs/biome/bin/biome");

const sections: Readonly<Record<string, string>> = {
  "10": "Code and resources",
  "11": "Mutable types",
  "12": "Types that say too little or too much",
  "13": "Unions, containers and properties",
  "14": "Names, generics and tags",
  "15": "Configuration",
  "16": "Actors",
  "17": "Spawns and sends",
  "19": "Reports",
  "20": "Evolution",
};

/** A type of a package, as an example. */
const foreign = { package: "geo", declared: "Place.tags", use: "Place", name: "tags" };

const intro = `# Diagnostics

What the plugin says about a type that cannot cross a network. The compiler prints \`HEWN1001\` as \`TS901001\`; the
message begins with the path from the tagged type to the offending declaration, and ends with the fix. Message and fix
are those of the first example of each pair. The examples are compiled by the tests: the first earns the code and no
other, the second earns none. More of what each code is reported for is in
[fixtures/reject](../fixtures/reject). \`hewn explain HEWN1102\` (or \`hewn explain mutable-array\`) prints one entry in
a terminal.

What to do about a type of a package does not depend on the code:

- What its declaration file makes mutable (HEWN1101 to HEWN1106): ${escaped(fill(foreignFixes.mutable, foreign))}
- One of its properties: ${escaped(fill(foreignFixes.property, foreign))}
- Anything else in it: ${escaped(fill(foreignFixes.type, foreign))}

\`hewn fix\` mends what takes no decision. This page is printed from the plugin's catalog by \`npm run bless\`.
`;

/** @param reports what is reported for the examples */
export function diagnosticsPage(reports: Readonly<Record<Code, Reported>> = reported): string {
  const parts = [intro];
  let last = "";
  for (const entry of catalog) {
    const section = entry.code.slice("HEWN".length, "HEWN".length + 2);
    if (section !== last) parts.push(`## ${sections[section] ?? section}\n`);
    last = section;
    parts.push(wordsOf(entry, reports[entry.code]), exampleOf(entry.code));
  }
  parts.push("## What stops the plugin under tspc\n");
  for (const { code, says, example } of Object.values(failures))
    parts.push(`- ${code}: \`${fill(says, example)}\``);
  return `${parts.join("\n")}\n`;
}

function wordsOf({ code, title, rule, cases = [] }: CatalogEntry, { message, fix }: Reported): string {
  const heading = `### ${code} ${title}\n\n${escaped(rule)}\n\n- Message: \`${message}\`\n`;
  if (cases.length === 0) return `${heading}- Fix: ${escaped(fix)}\n`;
  const all = cases.map(({ when, fix: own }) => `  - ${escaped(when)}: ${escaped(own)}`);
  return `${heading}- Fix: ${escaped(fix)} By case:\n${all.join("\n")}\n`;
}

function exampleOf(code: Code): string {
  const { wrong, right } = examples[code];
  const block = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``;
  return `Refused:\n\n${block(sampleText(wrong))}\n\nAccepted:\n\n${block(sampleText(right))}\n`;
}

/** Text outside of code: what Markdown would take for HTML. */
function escaped(text: string): string {
  return text.replaceAll("<", "\\<");
}

/** @returns how many files were written */
export function blessDiagnostics(): number {
  const reports = Object.fromEntries(catalog.map(({ code }) => [code, reportOf(code)])) as Record<
    Code,
    Reported
  >;
  writeFileSync(reportedFile, reportedText(reports));
  execFileSync(process.execPath, [biome, "format", "--write", reportedFile], { stdio: "ignore" });
  writeFileSync(diagnosticsFile, diagnosticsPage(reports));
  return 2;
}

function reportOf(code: Code): Reported {
  const found = judge(examples[code].wrong).diagnostics.find((each) => each.code === code);
  if (!found) throw new Error(`the example of ${code} does not earn it`);
  return { message: found.message, fix: found.fix };
}

function reportedText(reports: Readonly<Record<Code, Reported>>): string {
  return `// What is reported for the refused example of each code, written by \`npm run bless diagnostics\`.
import type { Code } from "./catalog.ts";

export interface Reported {
  readonly message: string;
  readonly fix: string;
}

export const reported: Readonly<Record<Code, Reported>> = ${JSON.stringify(reports)};
`;
}
