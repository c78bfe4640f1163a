// Gate: functions of at most 70 lines and files of at most 500. Tests may have long functions, because a `describe`
// is one; generated files are as long as their types need.
import ts from "typescript";
import type { Gate, Violation } from "./gate.ts";
import type { Project } from "./project.ts";
import { isGenerated, isSource, isTest, lineOf, syntaxTree, walk } from "./source-file.ts";

export const functionLinesMax = 70;
export const fileLinesMax = 500;

export const lengthsGate: Gate = {
  name: "lengths",
  about: `functions of at most ${functionLinesMax} lines, files of at most ${fileLinesMax}`,
  run: tooLong,
};

export function tooLong(project: Project): readonly Violation[] {
  return project.files
    .filter((file) => isSource(file) && !isGenerated(project, file))
    .flatMap((file) => [...longFile(project, file), ...(isTest(file) ? [] : longFunctions(project, file))]);
}

function longFile(project: Project, file: string): readonly Violation[] {
  const lines = project.read(file).trimEnd().split("\n").length;
  if (lines <= fileLinesMax) return [];
  return [
    { file, line: fileLinesMax + 1, message: `the file has ${lines} lines, more than ${fileLinesMax}` },
  ];
}

function longFunctions(project: Project, file: string): readonly Violation[] {
  const tree = syntaxTree(project, file);
  const violations: Violation[] = [];
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return;
    const line = lineOf(tree, node);
    const lines = tree.getLineAndCharacterOfPosition(node.end).line + 2 - line;
    if (lines <= functionLinesMax) return;
    const name = node.name?.getText(tree) ?? "this function";
    violations.push({ file, line, message: `${name} has ${lines} lines, more than ${functionLinesMax}` });
  });
  return violations;
}
