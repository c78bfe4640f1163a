// Aliases of containers that are tagged `@wire copy`: the compiler forgets their names, the text still has them.
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { tagOf } from "./named.ts";
import { tagMeaningOf } from "./tags.ts";
import { aliasNode, presentArm, referredSymbol } from "./written.ts";

/** Whether a type is written as the name of an alias tagged `@wire copy`, perhaps by way of other aliases. */
export function isCopiedAlias(compiler: Compiler, written: ts.TypeNode | undefined): boolean {
  const seen = new Set<ts.Node>();
  let node = present(compiler, written);
  while (node && !seen.has(node)) {
    seen.add(node);
    const symbol = referredSymbol(compiler, node);
    const tag = symbol && tagOf(compiler, symbol);
    if (tag) return tagMeaningOf(compiler.ts, tag)?.mode !== "plain";
    node = present(compiler, aliasNode(compiler, node));
  }
  return false;
}

/** Without parentheses, `?`, and null and undefined beside it. */
function present(compiler: Compiler, node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  const { ts } = compiler;
  let current = node;
  for (;;) {
    const arm = presentArm(compiler, current, (each) => each);
    if (!arm) return undefined;
    const isWrapped =
      ts.isParenthesizedTypeNode(arm) || ts.isOptionalTypeNode(arm) || ts.isNamedTupleMember(arm);
    if (!isWrapped) return arm;
    current = arm.type;
  }
}
