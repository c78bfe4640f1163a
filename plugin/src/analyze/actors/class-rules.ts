// What is asked of the class itself before its methods are looked at.
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import { type Frame, report } from "../entity.ts";
import { foreignBaseOf } from "./members.ts";
import type { ActorTag } from "./tags.ts";

/** Sent to in its own process only. */
export function isLocal({ words }: ActorTag): boolean {
  return words === "local";
}

/** Whether the class can be an actor; says why not. `opaque`: nothing more can be said of it. */
export function refuseClass(compiler: Compiler, frame: Frame, tag: ActorTag): "sound" | "refused" | "opaque" {
  const { ts } = compiler;
  const { node, words } = tag;
  const before = frame.entity.problems.length;
  const whole = { steps: [], written: undefined, single: true, copied: false };
  const isAbstract = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
  if (words !== "" && words !== "local") report(frame, "actor-tag-words", whole, unknownWords(words));
  if (isAbstract) report(frame, "abstract-actor", whole);
  if (node.typeParameters) {
    const names = node.typeParameters.map(({ name }) => name.text).join(", ");
    report(frame, "generic-actor", whole, { type: `${frame.entity.name}<${names}>` });
  }
  const base = foreignBaseOf(compiler, node);
  if (base) report(frame, "foreign-base", whole, { base: base.getText() });
  if (base || node.typeParameters) return "opaque";
  return frame.entity.problems.length === before ? "sound" : "refused";
}

function unknownWords(words: string): Readonly<Record<string, string>> {
  return {
    tag: `@actor ${words}`,
    reason: "and only '@actor' and '@actor local' mean something",
    remedy:
      "Write '/** @actor */', or '/** @actor local */' if it is sent to in its own process only; put a description in a line of its own.",
  };
}

/** Why the constructor of a class cannot be called by a runtime, as the rest of a sentence. */
export function constructorFault(
  { ts }: Compiler,
  declarations: readonly ts.Declaration[],
): "overloaded" | "private" | "protected" | undefined {
  if (declarations.length > 1) return "overloaded";
  const flags = declarations[0] ? ts.getCombinedModifierFlags(declarations[0]) : 0;
  if (flags & ts.ModifierFlags.Private) return "private";
  return flags & ts.ModifierFlags.Protected ? "protected" : undefined;
}
