// Gate: no unfinished words and no suppressions anywhere in text written by hand, links between documents lead
// somewhere, the architecture stays short enough to be read, and each decision has a number of its own.
import { posix } from "node:path";
import type { Gate, Violation } from "./gate.ts";
import type { Project } from "./project.ts";

export const documentsGate: Gate = {
  name: "documents",
  about:
    "no unfinished words or suppressions, links that lead somewhere, a short ARCHITECTURE.md, own numbers for decisions",
  run: (project) => [
    ...forbiddenWords(project),
    ...brokenLinks(project),
    ...longArchitecture(project),
    ...sharedNumbers(project),
  ],
};

/** The rule and its tests have to name what they forbid. */
const exempt = new Set(["scripts/check/documents.ts", "scripts/check/documents.test.ts"]);

const written = /(?:\.(?:[cm]?[jt]s|tsx|md|json|ya?ml)|^\.ci\/run)$/;
const foreign = /(?:^|\/)(?:package-lock\.json|node_modules|dist)(?:\/|$)|^fixtures\/.*\.json$/;

const words: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, instead: "do it, or open an issue" },
  { pattern: /\bfor now\b/i, instead: "say what holds and why" },
  { pattern: /\bstub(?:s|bed)?\b/i, instead: "finish it" },
  { pattern: /\bnot (?:yet )?implemented\b/i, instead: "implement it, or do not offer it" },
  {
    pattern: /@ts-ignore|@ts-nocheck|biome-ignore|eslint-disable|istanbul ignore/,
    instead: "mend the cause",
  },
];

export function forbiddenWords(project: Project): readonly Violation[] {
  return project.files
    .filter((file) => written.test(file) && !foreign.test(file) && !exempt.has(file))
    .flatMap((file) =>
      project
        .read(file)
        .split("\n")
        .flatMap((text, index) =>
          words.flatMap(({ pattern, instead }) => {
            const found = pattern.exec(text)?.[0];
            return found ? [{ file, line: index + 1, message: `says '${found}': ${instead}` }] : [];
          }),
        ),
    );
}

/** Relative links of Markdown files whose target is no file or folder of the project. */
export function brokenLinks(project: Project): readonly Violation[] {
  const known = new Set(project.files.flatMap((file) => [file, ...foldersAbove(file)]));
  return project.files
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      project
        .read(file)
        .split("\n")
        .flatMap((text, index) =>
          [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].flatMap(([, link = ""]) => {
            if (/^[a-z]+:/.test(link)) return [];
            const target = posix.join(posix.dirname(file), link).replace(/\/$/, "");
            return known.has(target)
              ? []
              : [{ file, line: index + 1, message: `links to '${link}', which is not there` }];
          }),
        ),
    );
}

function foldersAbove(file: string): readonly string[] {
  const parts = file.split("/").slice(0, -1);
  return [".", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

const architecture = "docs/ARCHITECTURE.md";
const architectureLinesMax = 200;

function longArchitecture(project: Project): readonly Violation[] {
  if (!project.files.includes(architecture)) return [];
  const lines = project.read(architecture).trimEnd().split("\n").length;
  if (lines <= architectureLinesMax) return [];
  const message = `has ${lines} lines, more than ${architectureLinesMax}`;
  return [{ file: architecture, line: architectureLinesMax + 1, message }];
}

/** Two decisions that were written at the same time took the same number. */
export function sharedNumbers(project: Project): readonly Violation[] {
  const taken = new Map<string, string>();
  return project.files.flatMap((file) => {
    const number = /^docs\/adr\/(\d+)-/.exec(file)?.[1];
    if (number === undefined) return [];
    const other = taken.get(number);
    taken.set(number, file);
    return other === undefined ? [] : [{ file, line: 1, message: `has the number of ${other}` }];
  });
}
