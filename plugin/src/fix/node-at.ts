// Finds the nodes that spans stand for.
import type ts from "typescript";
import type { Span } from "../diagnostic/diagnostic.ts";
import type { Mender } from "./fix.ts";

/** The outermost node with exactly this span of which `is` holds. */
export function nodeAt<T extends ts.Node>(
  { ts, program }: Mender,
  span: Span,
  is: (node: ts.Node) => node is T,
): T | undefined {
  const file = program.getSourceFile(span.file);
  if (!file) return undefined;
  const end = span.start + span.length;
  const search = (node: ts.Node): T | undefined => {
    if (node.pos > span.start || node.end < end) return undefined;
    if (node.end === end && node.getStart(file) === span.start && is(node)) return node;
    return ts.forEachChild(node, search);
  };
  return search(file);
}

/** The type written at a span. */
export function typeNodeAt(mender: Mender, span: Span): ts.TypeNode | undefined {
  return nodeAt(mender, span, mender.ts.isTypeNode);
}

/** The declaration whose name, or which itself, has this span. */
export function declarationAt(mender: Mender, span: Span): ts.Declaration | undefined {
  const { ts } = mender;
  const found = nodeAt(mender, span, (node): node is ts.Node => node.kind !== ts.SyntaxKind.SourceFile);
  if (!found) return undefined;
  const { parent } = found;
  const isName = parent && ts.getNameOfDeclaration(parent as ts.Declaration) === found;
  return (isName ? parent : found) as ts.Declaration;
}
