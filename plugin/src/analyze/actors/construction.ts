// What the constructor of an actor takes behind its context.
import type { Tuple } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import { type Frame, report, type Step } from "../entity.ts";
import { print } from "../print.ts";
import { constructorFault } from "./class-rules.ts";
import { loweredParameters } from "./parameters.ts";

export interface Construction {
  readonly names: readonly string[];
  /** Undefined where a parameter was refused. */
  readonly type: Tuple | undefined;
}

/** Undefined where the constructor itself is refused. */
export function loweredConstruction(
  compiler: Compiler,
  frame: Frame,
  node: ts.ClassDeclaration,
): Construction | undefined {
  const { ts, checker } = compiler;
  const { symbol } = frame.entity;
  const [signature] = checker.getTypeOfSymbolAtLocation(symbol, node).getConstructSignatures();
  const declared = constructorsOf(compiler, node);
  const own = declared.find((each) => each.parent === node);
  const step: Step = { text: ".constructor", node: own ?? node };
  const place = { steps: [step], written: undefined, single: true, copied: false };
  const fault = constructorFault(compiler, declared);
  if (fault) return report(frame, "actor-constructor", place, { reason: fault });
  const [context, ...rest] = signature?.parameters ?? [];
  if (!context) return { names: [], type: { kind: "tuple", elements: [], required: 0 } };
  const type = checker.getTypeOfSymbol(context);
  if (!isContext(type)) {
    const found = `'${context.name}: ${print(compiler, type)}'`;
    report(
      frame,
      "actor-context",
      { ...place, steps: [{ ...step, node: context.valueDeclaration ?? own }] },
      { found },
    );
    return undefined;
  }
  // What is behind it may be inherited: `super` takes it.
  const method = { text: ".constructor", node: own ?? node };
  const parameters = loweredParameters(compiler, frame, rest, method);
  return { names: parameters.names, type: parameters.type };
  function isContext(of: ts.Type): boolean {
    const { symbol: named, aliasSymbol } = of;
    return (
      named?.name === contextName || aliasSymbol?.name === contextName || (of.flags & ts.TypeFlags.Any) !== 0
    );
  }
}

const contextName = "ActorContext";

/** The declarations of the constructor that runs: the class's own, or else the nearest one of its bases. */
function constructorsOf(compiler: Compiler, node: ts.ClassDeclaration): readonly ts.ConstructorDeclaration[] {
  const { ts, checker } = compiler;
  let at: ts.ClassLikeDeclaration | undefined = node;
  for (let depth = 0; at && depth < 100; depth++) {
    const own: readonly ts.ConstructorDeclaration[] = at.members.filter((each) =>
      ts.isConstructorDeclaration(each),
    );
    // Of an overloaded one the body is no signature.
    if (own.length > 0) return own.length > 1 ? own.filter(({ body }) => !body) : own;
    const base: ts.ExpressionWithTypeArguments | undefined = at.heritageClauses?.find(
      ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
    )?.types[0];
    const declared: readonly ts.Declaration[] = base
      ? (checker.getTypeAtLocation(base).symbol?.declarations ?? [])
      : [];
    at = declared.find((each) => ts.isClassLike(each));
  }
  return [];
}
