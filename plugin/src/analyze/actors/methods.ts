// One public member of an actor: refused, or lowered as a message with its answer.
import type { Tuple, Type } from "@hewn/schema";
import type ts from "typescript";
import { nameTakenBy } from "../../check/actors/handle-name.ts";
import { type Compiler, declarationsOf } from "../compiler.ts";
import { type Frame, type Place, report } from "../entity.ts";
import type { Member } from "./members.ts";
import { loweredParameters } from "./parameters.ts";

/** Reports a member that no handle can have; true if it is one. */
export function refuseMember(compiler: Compiler, frame: Frame, member: Member): boolean {
  const { ts } = compiler;
  const { symbol, name, step, node } = member;
  const place: Place = { steps: [{ text: step, node }], written: undefined, single: true, copied: false };
  if (symbol.flags & ts.SymbolFlags.Accessor) report(frame, "public-accessor", place, { name });
  else if (!(symbol.flags & ts.SymbolFlags.Method)) {
    const isFunction = compiler.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
    const remedy = isFunction
      ? `Write it as a method, '${name}(…) { … }', or make it private: '#${name}'.`
      : `Make it private: '#${name}'; let a method tell what others may know of it.`;
    report(frame, "public-field", place, { name, remedy });
  } else if (symbol.flags & ts.SymbolFlags.Optional) {
    report(frame, "public-field", place, { name, remedy: "Give it a body, and remove the question mark." });
  } else if (isOverloaded(compiler, member)) report(frame, "overloaded-method", place, { name });
  else if (signatureOf(compiler, member)?.typeParameters) report(frame, "generic-method", place, { name });
  else {
    const reason = nameTakenBy(name);
    if (reason === undefined) return false;
    report(frame, "handle-name", place, { name, reason });
  }
  return true;
}

function isOverloaded(compiler: Compiler, { symbol }: Member): boolean {
  return compiler.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 1;
}

function signatureOf(compiler: Compiler, { symbol }: Member): ts.Signature | undefined {
  return compiler.checker.getTypeOfSymbol(symbol).getCallSignatures()[0];
}

export interface LoweredMember {
  readonly kind: "ask" | "tell";
  readonly names: readonly string[];
  /** Undefined where a parameter was refused. */
  readonly parameters: Tuple | undefined;
  readonly result: Type | "none" | "refused";
}

export function loweredMethod(compiler: Compiler, frame: Frame, member: Member): LoweredMember {
  const { step, node } = member;
  const signature = signatureOf(compiler, member);
  const { names, type } = loweredParameters(compiler, frame, signature?.parameters ?? [], {
    text: step,
    node,
  });
  const returned = signature?.getReturnType();
  const isTell = returned !== undefined && (returned.flags & compiler.ts.TypeFlags.Void) !== 0;
  const result = isTell || !returned ? "none" : loweredResult(compiler, frame, returned, member);
  return { kind: isTell ? "tell" : "ask", names, parameters: type, result };
}

/** What an answer consists of: a promise is waited for where the actor runs. */
function loweredResult(
  compiler: Compiler,
  frame: Frame,
  returned: ts.Type,
  { step, node, symbol }: Member,
): LoweredMember["result"] {
  const { ts, checker } = compiler;
  const awaited = checker.getAwaitedType(returned) ?? returned;
  if (awaited.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return "none";
  const written = returnNode(compiler, symbol, awaited !== returned);
  const place: Place = { steps: [{ text: `${step}()`, node }], written, single: true, copied: false };
  return frame.lower(frame, awaited, place) ?? "refused";
}

/** The type of the answer as it is written: `T` of `Promise<T>`. */
function returnNode({ ts }: Compiler, symbol: ts.Symbol, isPromise: boolean): ts.TypeNode | undefined {
  const declaration = declarationsOf(symbol).find((each) => ts.isMethodDeclaration(each));
  const type = declaration?.type;
  if (!type || !isPromise) return type;
  return ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
}
