// Gate: docs/limits.md names every limit of codecs, transport, actors and the pulse thread, and every code of their errors,
// and for each limit a test that there is; docs/semantics.md names one for each guarantee.
import { posix } from "node:path";
import ts from "typescript";
import type { Gate, Violation } from "./gate.ts";
import type { Project } from "./project.ts";
import { lineOf, syntaxTree, walk } from "./source-file.ts";

export const limitsGate: Gate = {
  name: "limits",
  about: "docs/limits.md names every limit and error code of the codecs, and tests that there are",
  run: limitGaps,
};

const document = "docs/limits.md";
/** Another one whose every row names the test that holds it. */
const guarantees = "docs/semantics.md";
const limitsFiles = [
  "runtime/src/codec/limits.ts",
  "runtime/src/transport/limits.ts",
  "runtime/src/actors/limits.ts",
  "runtime/src/cluster/limits.ts",
  "runtime/src/remote/limits.ts",
  "runtime/src/registry/limits.ts",
  "runtime/src/node/pulse/limits.ts",
];
const codesFiles = ["runtime/src/codec/decode-error.ts", "runtime/src/codec/encode-error.ts"];

/** `[file.test.ts](../path/file.test.ts) "words of a test"` */
const reference = /\[[^\]]+\]\(([^)\s]+\.test\.ts)\) "((?:[^"\\]|\\.)+)"/g;

export function limitGaps(project: Project): readonly Violation[] {
  if (!project.files.includes(document)) return [{ file: document, line: 1, message: "is not there" }];
  const text = project.read(document);
  return [
    ...limitsFiles.flatMap((file) => unnamed(project, text, file, exportedNames(project, file))),
    ...codesFiles.flatMap((file) => unnamed(project, text, file, codes(project, file))),
    ...untested(project, document),
    ...(project.files.includes(guarantees) ? untested(project, guarantees) : []),
  ];
}

type Lines = ReadonlyMap<string, number>;

function unnamed(project: Project, text: string, file: string, names: Lines): readonly Violation[] {
  if (!project.files.includes(file)) return [{ file, line: 1, message: "is not there" }];
  return [...names]
    .filter(([name]) => !text.includes(`\`${name}\``))
    .map(([name, line]) => ({ file, line, message: `${name} is not in ${document}` }));
}

function exportedNames(project: Project, file: string): Lines {
  const names = new Map<string, number>();
  if (!project.files.includes(file)) return names;
  const tree = syntaxTree(project, file);
  for (const statement of tree.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name)
      names.set(statement.name.text, lineOf(tree, statement));
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) names.set(name.text, lineOf(tree, statement));
  }
  return names;
}

/** The properties of the object that lists the codes. */
function codes(project: Project, file: string): Lines {
  const found = new Map<string, number>();
  if (!project.files.includes(file)) return found;
  const tree = syntaxTree(project, file);
  walk(tree, (node) => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && ts.isStringLiteral(node.initializer))
      found.set(node.name.text, lineOf(tree, node));
  });
  return found;
}

/** Rows of tables that name no test, and names of tests that no test has. */
function untested(project: Project, document: string): readonly Violation[] {
  return project
    .read(document)
    .split("\n")
    .flatMap((row, index, rows) => {
      const isHead = rows[index + 1]?.startsWith("|---") === true;
      if (!row.startsWith("|") || row.startsWith("|---") || isHead) return [];
      const at = { file: document, line: index + 1 };
      const references = [...row.matchAll(reference)];
      if (references.length === 0) return [{ ...at, message: "the row names no test" }];
      return references.flatMap(([, path = "", name = ""]) => {
        const file = posix.join(posix.dirname(document), path);
        const words = name.replaceAll('\\"', '"');
        const isThere = project.files.includes(file) && project.read(file).includes(words);
        return isThere ? [] : [{ ...at, message: `${file} has no test '${words}'` }];
      });
    });
}
