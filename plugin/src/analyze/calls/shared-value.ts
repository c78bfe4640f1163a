// Whether what an expression hands over could be changed by its sender afterwards. What was made for the purpose cannot:
// a literal, a copy, the result of `map`. The types of variables tell of the rest.
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import { propertyStep } from "../entity.ts";
import { libraryNameOf } from "../library.ts";
import { sharedType } from "./shared-type.ts";

export interface Shared {
  /** As the rest of a sentence: `is a mutable array ('number[]')`. */
  readonly what: string;
  /** The expression that should be a copy. */
  readonly at: ts.Expression;
  /** From the argument to the part that can be changed: `.samples`. */
  readonly steps: string;
}

/** @param type what the receiver is promised */
export function sharedIn(
  compiler: Compiler,
  node: ts.Expression,
  type: ts.Type,
  steps = "",
): Shared | undefined {
  const { ts } = compiler;
  const inside = (part: ts.Expression, of: ts.Type, step = ""): Shared | undefined =>
    sharedIn(compiler, part, of, steps + step);
  if (ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node))
    return inside(node.expression, type);
  if (ts.isAsExpression(node) && isLiteral(ts, node.expression)) return inside(node.expression, type);
  if (ts.isConditionalExpression(node)) return inside(node.whenTrue, type) ?? inside(node.whenFalse, type);
  if (ts.isObjectLiteralExpression(node)) return inObject(compiler, node, type, steps);
  if (ts.isArrayLiteralExpression(node)) return inArray(compiler, node, type, steps);
  if (ts.isCallExpression(node) && isCopy(ts, node)) return undefined;
  if (isMadeOfLiterals(compiler, node)) return undefined;
  if (isMade(compiler, node)) return byType(compiler, node, type, steps, true);
  return byType(compiler, node, type, steps, false);
}

function isLiteral(compiler: typeof ts, node: ts.Expression): boolean {
  return compiler.isObjectLiteralExpression(node) || compiler.isArrayLiteralExpression(node);
}

function inObject(
  compiler: Compiler,
  node: ts.ObjectLiteralExpression,
  type: ts.Type,
  steps: string,
): Shared | undefined {
  const { ts, checker } = compiler;
  const propertyOf = (name: string): ts.Type | undefined => {
    const symbol = checker.getPropertyOfType(checker.getNonNullableType(type), name);
    return symbol && checker.getTypeOfSymbol(symbol);
  };
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      // The object is new, and what it has is not.
      const found = byType(compiler, property.expression, type, steps, true);
      if (found) return found;
      continue;
    }
    const name =
      property.name && ts.isIdentifier(property.name) ? property.name.text : property.name?.getText();
    const own = name === undefined ? undefined : propertyOf(name);
    if (name === undefined || !own) continue;
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const found = value && sharedIn(compiler, value, own, steps + propertyStep(name));
    if (found) return found;
  }
  return undefined;
}

function inArray(
  compiler: Compiler,
  node: ts.ArrayLiteralExpression,
  type: ts.Type,
  steps: string,
): Shared | undefined {
  const { ts, checker } = compiler;
  const whole = checker.getNonNullableType(type);
  const isTuple = checker.isTupleType(whole);
  const parts =
    isTuple || checker.isArrayType(whole) ? checker.getTypeArguments(whole as ts.TypeReference) : [];
  for (const [index, element] of node.elements.entries()) {
    const own = parts[isTuple ? Math.min(index, parts.length - 1) : 0];
    if (!own) return undefined;
    const found = ts.isSpreadElement(element)
      ? byType(compiler, element.expression, type, steps, true)
      : sharedIn(compiler, element, own, `${steps}[${index}]`);
    if (found) return found;
  }
  return undefined;
}

/** @param isNew the value itself belongs to nobody else; what it has may */
function byType(
  compiler: Compiler,
  node: ts.Expression,
  type: ts.Type,
  steps: string,
  isNew: boolean,
): Shared | undefined {
  const own = compiler.checker.getTypeAtLocation(node);
  const found = sharedType(compiler, own, type, isNew);
  return found && { what: found.what, at: node, steps: steps + found.steps };
}

function isCopy(compiler: typeof ts, { expression }: ts.CallExpression): boolean {
  const name = compiler.isPropertyAccessExpression(expression) ? expression.name : expression;
  if (!compiler.isIdentifier(name)) return false;
  // The generated ones are named after their types: `cloneTask`.
  return name.text === "copyOf" || name.text === "structuredClone" || /^clone[A-Z]/.test(name.text);
}

/** A new object of the library, or what one of its methods makes of another. */
function isMade(compiler: Compiler, node: ts.Expression): boolean {
  const { ts, checker } = compiler;
  if (ts.isNewExpression(node))
    return libraryNameOf(compiler, checker.getTypeAtLocation(node).symbol) !== undefined;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  if (!makers.has(node.expression.name.text)) return false;
  const { symbol } = checker.getTypeAtLocation(node.expression.expression);
  return libraryNameOf(compiler, symbol) !== undefined;
}

/** `new Map([["a", [1]]])` */
function isMadeOfLiterals(compiler: Compiler, node: ts.Expression): boolean {
  const { ts } = compiler;
  if (!ts.isNewExpression(node) || !isMade(compiler, node)) return false;
  return (node.arguments ?? []).every((argument) => isAllLiteral(ts, argument));
}

/** Written out to the end: no variable stands in it. */
function isAllLiteral(compiler: typeof ts, node: ts.Expression): boolean {
  if (compiler.isArrayLiteralExpression(node))
    return node.elements.every((each) => isAllLiteral(compiler, each));
  if (compiler.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (each) => compiler.isPropertyAssignment(each) && isAllLiteral(compiler, each.initializer),
    );
  }
  return compiler.isLiteralExpression(node) || compiler.isPrefixUnaryExpression(node);
}

const makers = new Set(
  "map filter flatMap flat slice concat toSorted toReversed toSpliced with subarray split from of keys values entries match matchAll".split(
    " ",
  ),
);
