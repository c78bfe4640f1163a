// Tags that stand where no codec can come of them, and files and projects in which none can.
import type ts from "typescript";
import { deepNames } from "../check/deep-nesting.ts";
import { explainMisplaced, explainSlip, type Place } from "../check/misplaced-tag.ts";
import { entryOf, fill, type Title } from "../diagnostic/catalog.ts";
import type { Diagnostic, Span } from "../diagnostic/diagnostic.ts";
import type { Obstacle } from "./codec-home.ts";
import { fileNameOf } from "./compiler.ts";
import { spanOf } from "./report.ts";
import type { MisplacedTag, TaggedNode } from "./tags.ts";

export function misplacedTags(
  compiler: typeof ts,
  file: ts.SourceFile,
  misplaced: readonly MisplacedTag[],
): readonly Diagnostic[] {
  return misplaced.map(({ start, length, before, slip }) => {
    const span: Span = { file: fileNameOf(file), start, length };
    const name = before && nameOf(compiler, before);
    const path = name ?? "@wire";
    const place = before ? placeOf(compiler, before) : "nothing";
    const { reason, remedy } = slip ? explainSlip(slip) : explainMisplaced(place);
    if (name !== undefined) return diagnosticAt("misplaced-tag", path, span, { reason, remedy });
    const { code } = entryOf("misplaced-tag");
    return { code, path, message: `'@wire' stands where ${reason}`, fix: remedy, span, related: [] };
  });
}

function diagnosticAt(
  title: Title,
  path: string,
  span: Span,
  values: Readonly<Record<string, string>>,
): Diagnostic {
  const { code, says, fix } = entryOf(title);
  return {
    code,
    path,
    message: `'${path}' ${fill(says, values)}`,
    fix: fill(fix, values),
    span,
    related: [],
  };
}

function placeOf(compiler: typeof ts, node: ts.Node): Place {
  if (compiler.isClassLike(node)) return "class";
  if (compiler.isFunctionLike(node)) return compiler.isTypeElement(node) ? "property" : "function";
  if (compiler.isVariableStatement(node)) return "variable";
  if (compiler.isPropertySignature(node) || compiler.isEnumMember(node)) return "property";
  return compiler.isModuleDeclaration(node) ? "namespace" : "other";
}

function nameOf(compiler: typeof ts, node: ts.Node): string | undefined {
  const named = compiler.isVariableStatement(node) ? node.declarationList.declarations[0] : node;
  const name = named && compiler.getNameOfDeclaration(named as ts.Declaration);
  return name && compiler.isIdentifier(name) ? name.text : undefined;
}

/** Why nothing of a file can have a codec, said once at the first name that is tagged. */
export function refusalOfFile(
  compiler: typeof ts,
  program: ts.Program,
  tagged: readonly ts.Identifier[],
  obstacle: Obstacle | undefined,
): Diagnostic | undefined {
  const [first] = tagged;
  if (!first) return undefined;
  const { strict, strictNullChecks } = program.getCompilerOptions();
  const byDefault = Number.parseInt(compiler.version, 10) >= 6;
  const name = first.text;
  if (!(strictNullChecks ?? strict ?? byDefault))
    return diagnosticAt("null-checks-off", name, spanOf(first), {});
  return obstacle && diagnosticAt(obstacle.title, name, spanOf(first), obstacle.values);
}

/** Said at the type at which the compiler ran out of stack, or at the first one of the file. */
export function refusalOfDeepNames(
  tagged: readonly TaggedNode[],
  latest: TaggedNode | undefined,
): readonly Diagnostic[] {
  const at = tagged.find((node) => node === latest) ?? tagged[0];
  return at ? [diagnosticAt("deep-nesting", at.name.text, spanOf(at), deepNames)] : [];
}
