// The parameters of a method or constructor as a tuple: what is written of a call.
import type { Tuple, Type } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import type { Frame, Place, Step } from "../entity.ts";
import { restElement } from "./rest-element.ts";

export interface Parameters {
  /** The last one with `...` in front if it is a rest. */
  readonly names: readonly string[];
  /** Undefined where one was refused. */
  readonly type: Tuple | undefined;
}

/** @param method the step of the method, which becomes `.process(task)` for its parameter */
export function loweredParameters(
  compiler: Compiler,
  frame: Frame,
  parameters: readonly ts.Symbol[],
  method: Step,
): Parameters {
  const names = uniqueNames(compiler, parameters);
  const elements: (Type | undefined)[] = [];
  let rest: Type | undefined;
  let hasRest = false;
  let required = 0;
  parameters.forEach((symbol, index) => {
    const node = symbol.valueDeclaration;
    const declaration = node && compiler.ts.isParameter(node) ? node : undefined;
    const step = { text: `${method.text}(${names[index]})`, node: node ?? method.node };
    const place: Place = { steps: [step], written: declaration?.type, single: true, copied: false };
    const type = compiler.checker.getTypeOfSymbol(symbol);
    if (declaration?.dotDotDotToken) {
      hasRest = true;
      rest = restElement(compiler, frame, type, place);
      return;
    }
    const isOptional = declaration !== undefined && compiler.checker.isOptionalParameter(declaration);
    const lowered = frame.lower(frame, type, place);
    elements.push(lowered && (isOptional ? orUndefined(lowered) : lowered));
    if (!isOptional) required = index + 1;
  });
  const sound = elements.filter((each) => each !== undefined);
  const isSound = sound.length === elements.length && (!hasRest || rest !== undefined);
  const shown = names.map((name, index) => (hasRest && index === names.length - 1 ? `...${name}` : name));
  return {
    names: shown,
    type: isSound ? { kind: "tuple", elements: sound, required, ...(rest ? { rest } : {}) } : undefined,
  };
}

function orUndefined(type: Type): Type {
  if (type.kind === "maybe") return { ...type, undefined: true };
  if (type.kind === "null") return { kind: "maybe", type, null: true, undefined: true };
  return { kind: "maybe", type, null: false, undefined: true };
}

/** A parameter that is taken apart has no name. */
function uniqueNames({ ts }: Compiler, parameters: readonly ts.Symbol[]): readonly string[] {
  const own = parameters.map(({ valueDeclaration: node, name }) =>
    node && ts.isParameter(node) && ts.isIdentifier(node.name) ? name : undefined,
  );
  const taken = new Set(own);
  return own.map((name, index) => {
    if (name !== undefined) return name;
    let free = `argument${index + 1}`;
    while (taken.has(free)) free += "_";
    return free;
  });
}
