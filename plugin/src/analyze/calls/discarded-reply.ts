// The rule that the answer of an ask is looked at: whoever wants none declares the method `void`, and tells.
import type ts from "typescript";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Compiler } from "../compiler.ts";
import { isReply } from "./runtime-types.ts";
import { shownExpression, toldAt } from "./told.ts";

/** Said of a statement, and of a function that is called for nothing it returns. */
export function discardedReply(compiler: Compiler, node: ts.Node): Diagnostic | undefined {
  const { ts, checker } = compiler;
  const dropped = droppedIn(compiler, node);
  for (const call of dropped ? valuesOf(ts, dropped) : []) {
    if (!isReply(checker.getNonNullableType(checker.getTypeAtLocation(call)))) continue;
    const path = shownExpression(ts.isCallExpression(call) ? call.expression : call);
    return toldAt(call, "discarded-reply", `${path}()`, {});
  }
  return undefined;
}

/** The expression whose value nobody sees. `void` in front of it says that it is not awaited, not that nothing failed. */
function droppedIn(compiler: Compiler, node: ts.Node): ts.Expression | undefined {
  const { ts } = compiler;
  if (ts.isExpressionStatement(node)) return node.expression;
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
    return isCalledForNothing(compiler, node) ? node.body : undefined;
  }
  return undefined;
}

/** `forEach` and the like declare what they call as `void`. */
function isCalledForNothing({ ts, checker }: Compiler, node: ts.ArrowFunction): boolean {
  // Only a call can be a reply: most functions are not looked at any closer.
  if (!valuesOf(ts, node.body as ts.Expression).some((value) => ts.isCallExpression(value))) return false;
  const [signature] = checker.getContextualType(node)?.getCallSignatures() ?? [];
  return signature !== undefined && (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0;
}

/** The calls that an expression may have the value of. */
function valuesOf(compiler: typeof ts, node: ts.Expression): readonly ts.Expression[] {
  if (compiler.isParenthesizedExpression(node) || compiler.isVoidExpression(node)) {
    return valuesOf(compiler, node.expression);
  }
  if (compiler.isConditionalExpression(node)) {
    return [...valuesOf(compiler, node.whenTrue), ...valuesOf(compiler, node.whenFalse)];
  }
  if (compiler.isBinaryExpression(node)) {
    const { CommaToken, AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = compiler.SyntaxKind;
    const { kind } = node.operatorToken;
    if (kind === AmpersandAmpersandToken) return valuesOf(compiler, node.right);
    if (kind === CommaToken || kind === BarBarToken || kind === QuestionQuestionToken) {
      return [...valuesOf(compiler, node.left), ...valuesOf(compiler, node.right)];
    }
    return [];
  }
  return compiler.isCallExpression(node) ? [node] : [];
}
