// What one module asks for: imports of every form, read from the syntax tree.
import ts from "typescript";
import { lineOf, walk } from "./source-file.ts";

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /**
   * `value` is there when the program runs, `type` is erased, and `name` is a string that might be the path of a
   * file started or read by its name.
   */
  readonly kind: "value" | "type" | "name";
}

/** The string that a node takes from another module, when it does. */
function specifierOf(node: ts.Node): { literal: ts.Node | undefined; type: boolean } | undefined {
  if (ts.isImportDeclaration(node)) {
    return {
      literal: node.moduleSpecifier,
      type: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    };
  }
  if (ts.isExportDeclaration(node)) return { literal: node.moduleSpecifier, type: node.isTypeOnly };
  if (ts.isImportTypeNode(node)) {
    return { literal: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, type: true };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return { literal: node.moduleReference.expression, type: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && isLoader(node.expression)) {
    return { literal: node.arguments[0], type: false };
  }
  return undefined;
}

/** `import(…)`, `require(…)` and `require.resolve(…)`. */
function isLoader(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  const target = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(target) && target.text === "require";
}

/** Every import of a module, in the order of the text. */
export function importsOf(tree: ts.SourceFile): readonly Import[] {
  const imports: Import[] = [];
  const taken = new Set<ts.Node>();
  walk(tree, (node) => {
    const found = specifierOf(node);
    if (found?.literal && ts.isStringLiteralLike(found.literal)) {
      taken.add(found.literal);
      imports.push({
        specifier: found.literal.text,
        line: lineOf(tree, node),
        kind: found.type ? "type" : "value",
      });
    } else if (ts.isStringLiteralLike(node) && !taken.has(node) && /\.[cm]?[jt]s$/.test(node.text)) {
      imports.push({ specifier: node.text, line: lineOf(tree, node), kind: "name" });
    }
  });
  return imports;
}
