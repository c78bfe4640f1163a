// docs/real-types.md, as the script writes and reads it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "@hewn/plugin";
import { repository } from "./package-config.ts";
import type { Trial } from "./trial.ts";

export const documentFile = join(repository, "docs/real-types.md");

/** Reasons of a package that stand open on the page; the others are folded away. */
const openReasonsMax = 12;

const head = `# Types that nobody here wrote

\`npm run real-types\` writes this page. For each package below it names every interface and every alias of an object
type that the package exports, in one file of tagged types such as

\`\`\`ts
/** @wire */ export type Location = Immutable<foreign.Location>;
\`\`\`

and nothing in the package is edited. Hewn generates the codecs; tsc checks them under every strict flag; random
values of every accepted type go through both formats and must come back; and a value that was changed a little (a
property dropped, another kind, a literal that is none of the list, \`null\`, an element more) must be judged by \`is…\`
as tsc judges it. The values are made from the compiler's view of the types, not from Hewn's, and tsc sees them as
literals: it is the oracle.
`;

const differences = `## Where \`is…\` and tsc differ

Each is counted when it is met; anything else fails the script.

- **weak type**: tsc refuses an object for a type whose properties are all optional if it has none of them. That guards
  against mistakes in sources; as data the object is a value of the type, with properties that the type does not know.
- **no object**: tsc takes a text, a number or an array for an object type whose properties it happens to have; for one
  without properties that is any. To \`is…\` only objects are.
- **not finite beside text**: in JSON, NaN and the infinities are words, which a union such as \`string | number\` has
  for its text. Such a value is one to both and goes through MessagePack; in JSON its writer refuses it.

Both treat a property that is \`undefined\` as absent where it is optional: tsc is asked without
\`exactOptionalPropertyTypes\` here. Properties that a type does not know are no reason to refuse a value: a literal is
assigned through a constant, so that tsc does not look for them.
`;

export function documentOf(trials: readonly Trial[]): string {
  const sum = (of: (trial: Trial) => number): number => trials.reduce((total, trial) => total + of(trial), 0);
  const all = `${sum(({ accepted }) => accepted)} of ${sum(({ types }) => types)} types in ${trials.length} packages`;
  const values = sum(({ values: { accepted, refused } }) => accepted + refused);
  return [
    head,
    `## What is accepted\n\n${all} have codecs, and ${values} values were judged alike by \`is…\` and tsc.\n`,
    table(trials),
    "A type may break several rules. Seconds are processor time of the generator, parsing and binding included.\n",
    differences,
    "## What is refused, and why\n",
    ...trials.filter(({ refused, generic }) => refused.length + generic.length > 0).map(reasonsOf),
  ].join("\n");
}

function table(trials: readonly Trial[]): string {
  const rows = trials.map(({ package: name, version, license, types, accepted, refusedBy, seconds }) => {
    const rules = Object.entries(refusedBy).map(([code, count]) => `${titleOf(code)} ${count}`);
    return `| ${name} | ${version} | ${license} | ${types} | ${accepted} | ${rules.join(", ")} | ${seconds.toFixed(1)} |`;
  });
  return [
    "| package | version | licence | types | accepted | refused by rule | seconds |",
    "|---|---|---|---:|---:|---|---:|",
    ...rows,
    "",
  ].join("\n");
}

function titleOf(code: string): string {
  const entry = catalog.find((each) => each.code === code);
  return entry ? `[${entry.title}](diagnostics.md#${code.toLowerCase()}-${entry.title})` : code;
}

function reasonsOf({ package: name, reasons, generic, refused }: Trial): string {
  const lines = reasons.map(reasonText);
  const parts = [`### ${name}`, `${refused.length} refused:`, lines.slice(0, openReasonsMax).join("\n")];
  if (lines.length > openReasonsMax) parts.push(folded(lines.slice(openReasonsMax)));
  if (generic.length > 0) parts.push(`${generic.length} generic types without arguments were not tried.`);
  return `${parts.join("\n\n")}\n`;
}

function reasonText({ code, message, types }: Trial["reasons"][number]): string {
  const names = types.map((type) => `\`${type}\``).join(", ");
  return `- ${code} ${message.replaceAll("|", "\\|").replaceAll("<", "&lt;")}: ${names}`;
}

function folded(lines: readonly string[]): string {
  const summary = `and ${lines.length} more ${lines.length === 1 ? "declaration" : "declarations"}`;
  return `<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

/** How many types of each package the document says are accepted. */
export function recordedCounts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const text = existsSync(documentFile) ? readFileSync(documentFile, "utf8") : "";
  for (const [, name = "", accepted] of text.matchAll(/^\| (\S+) \| \S+ \| \S+ \| \d+ \| (\d+) \|/gm)) {
    counts.set(name, Number(accepted));
  }
  return counts;
}
