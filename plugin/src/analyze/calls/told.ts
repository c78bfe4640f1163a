// A diagnostic about an expression.
import type ts from "typescript";
import { entryOf, fill, type Title } from "../../diagnostic/catalog.ts";
import type { Diagnostic, Related } from "../../diagnostic/diagnostic.ts";
import { fileNameOf } from "../compiler.ts";

export function toldAt(
  node: ts.Node,
  title: Title,
  path: string,
  values: Readonly<Record<string, string>>,
  related: readonly Related[] = [],
): Diagnostic {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  const { code, says, fix } = entryOf(title);
  return {
    code,
    path,
    message: `'${path}' ${fill(says, values)}`,
    fix: fill(fix, values),
    span: { file: fileNameOf(file), start, length: node.end - start },
    related,
  };
}

const shownMax = 60;

/** An expression as it is written, in one line. */
export function shownExpression(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, " ");
  return text.length > shownMax ? `${text.slice(0, shownMax - 1)}…` : text;
}
