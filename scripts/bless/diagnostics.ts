// docs/diagnostics.md, printed from the catalog: what each code means and what to write instead.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Code, catalog } from "../../plugin/src/diagnostic/catalog.ts";
import { sampleText } from "../../plugin/src/diagnostic/example.ts";
import { examples } from "../../plugin/src/diagnostic/examples.ts";
import { foreignFixes } from "../../plugin/src/diagnostic/foreign-fixes.ts";
import { failures } from "../../plugin/src/tspc/failure.ts";

export const diagnosticsFile = join(import.meta.dirname, "../../docs/diagnostics.md");

const sections: Readonly<Record<string, string>> = {
  "10": "Code and resources",
  "11": "Mutable types",
  "12": "Types that say too little or too much",
  "13": "Unions, containers and properties",
  "14": "Names, generics and tags",
  "15": "Configuration",
  "19": "Reports",
  "20": "Evolution",
};

const intro = `# Diagnostics

What the plugin says about a type that cannot cross a network. The compiler prints \`HEWN1001\` as \`TS901001\`; the
message begins with the path from the tagged type to the offending declaration, and ends with the fix. Words in
braces stand for what the plugin found. The examples are compiled by the tests: the first of each pair earns the code
and no other, the second earns none. More of what each code is reported for is in
[fixtures/reject](../fixtures/reject). \`hewn explain HEWN1102\` (or \`hewn explain mutable-array\`) prints one entry in
a terminal. Where a declaration file makes a type mutable (HEWN1101 to HEWN1106), the fix is: \`${foreignFixes.mutable}\` For other declarations of a package it is: \`${foreignFixes.property}\` \`hewn fix\` mends
what takes no decision. This page is printed from the plugin's catalog by \`npm run bless\`.
`;

export function diagnosticsPage(): string {
  const parts = [intro];
  let last = "";
  for (const { code, title, rule, says, fix } of catalog) {
    const section = code.slice("HEWN".length, "HEWN".length + 2);
    if (section !== last) parts.push(`## ${sections[section] ?? section}\n`);
    last = section;
    parts.push(`### ${code} ${title}\n\n${rule}\n\n- Message: \`'path' ${says}\`\n- Fix: ${escaped(fix)}\n`);
    parts.push(exampleOf(code));
  }
  parts.push("## What stops the plugin under tspc\n");
  for (const { code, says } of Object.values(failures)) parts.push(`- ${code}: \`${says}\``);
  return `${parts.join("\n")}\n`;
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
  writeFileSync(diagnosticsFile, diagnosticsPage());
  return 1;
}
