// Gate: each diagnostic is shown by at least one compile-fail fixture, and each fixture shows a diagnostic there is.
import ts from "typescript";
import type { Gate, Violation } from "./gate.ts";
import type { Project } from "./project.ts";
import { lineOf, syntaxTree, walk } from "./source-file.ts";

export const catalogGate: Gate = {
  name: "catalog",
  about: "every diagnostic has a fixture in fixtures/reject, every fixture a diagnostic",
  run: catalogGaps,
};

const catalogFile = "plugin/src/diagnostic/catalog.ts";
/** What the catalog takes over from files beside it. */
const partFiles = ["plugin/src/diagnostic/actor-entries.ts"];
const codePattern = /^HEWN\d{4}$/;

export function catalogGaps(project: Project): readonly Violation[] {
  const codes = catalogCodes(project);
  const fixtures = new Map<string, string>();
  for (const file of project.files) {
    const match = /^fixtures\/reject\/(([^/-]+)-[^/]+)\//.exec(file);
    if (match) fixtures.set(match[1] ?? "", match[2] ?? "");
  }
  const shown = new Set(fixtures.values());
  const hidden = [...codes]
    .filter(([code]) => !shown.has(code))
    .map(([code, line]) => ({
      file: catalogFile,
      line,
      message: `${code} has no fixture fixtures/reject/${code}-<slug>/`,
    }));
  const unknown = [...fixtures]
    .filter(([, code]) => !codes.has(code))
    .map(([folder, code]) => ({
      file: `fixtures/reject/${folder}`,
      line: 1,
      message: `${code} is no code of ${catalogFile}`,
    }));
  return [...hidden, ...unknown];
}

/** The codes and the lines on which the catalog has them: its property names and values of the codes' form. */
function catalogCodes(project: Project): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (const file of [catalogFile, ...partFiles].filter((each) => project.files.includes(each))) {
    const tree = syntaxTree(project, file);
    walk(tree, (node) => {
      const text = ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : "";
      if (codePattern.test(text) && !codes.has(text)) codes.set(text, lineOf(tree, node));
    });
  }
  return codes;
}
