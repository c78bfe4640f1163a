// Messages where they are sent: what is handed over must not stay in the hands of the sender as well.
import type ts from "typescript";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { actorOfHandle } from "../actors/handle-type.ts";
import type { Compiler } from "../compiler.ts";
import { sharedIn } from "./shared-value.ts";
import { shownExpression, toldAt } from "./told.ts";

/** The classes of the actors that a call may be sent to; none where it is no message. */
export function receiversOf(
  { ts, checker }: Compiler,
  { expression: callee }: ts.CallExpression,
): readonly ts.Type[] {
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const receiver = checker.getNonNullableType(checker.getTypeAtLocation(callee.expression));
  return (receiver.isUnion() ? receiver.types : [receiver]).flatMap((each) => actorOfHandle(each) ?? []);
}

export function sendFaults(compiler: Compiler, call: ts.CallExpression): readonly Diagnostic[] {
  const { ts, checker } = compiler;
  const callee = call.expression;
  if (call.arguments.length === 0 || receiversOf(compiler, call).length === 0) return [];
  const parameters = checker.getResolvedSignature(call)?.parameters ?? [];
  return call.arguments.flatMap((argument, index) => {
    const parameter = parameterAt(compiler, parameters, index);
    if (!parameter || ts.isSpreadElement(argument)) return [];
    return argumentFault(compiler, argument, parameter.type, `${shownExpression(callee)}(${parameter.name})`);
  });
}

/** What is wrong with one argument of a message or a spawn. */
export function argumentFault(
  compiler: Compiler,
  argument: ts.Expression,
  type: ts.Type,
  path: string,
): readonly Diagnostic[] {
  const shared = sharedIn(compiler, argument, type);
  if (!shared) return [];
  const { what, at, steps } = shared;
  const text = shownExpression(at);
  return [toldAt(at, "shared-argument", `${path}${steps}`, { what, text })];
}

interface Parameter {
  readonly name: string;
  readonly type: ts.Type;
}

/** The methods of a handle take a rest, which is the tuple of what the actor's method takes. */
function parameterAt(
  { checker }: Compiler,
  parameters: readonly ts.Symbol[],
  index: number,
): Parameter | undefined {
  const last = parameters.length - 1;
  const symbol = parameters[Math.min(index, last)];
  const type = symbol && checker.getTypeOfSymbol(symbol);
  if (!symbol || !type) return undefined;
  const isTuple = checker.isTupleType(type);
  if (index < last || !(isTuple || checker.isArrayType(type))) return { name: symbol.name, type };
  const parts = checker.getTypeArguments(type as ts.TypeReference);
  const place = Math.min(index - last, parts.length - 1);
  const part = parts[isTuple ? place : 0];
  if (!part) return undefined;
  const label = isTuple
    ? (type as ts.TupleTypeReference).target.labeledElementDeclarations?.[place]
    : undefined;
  return { name: label?.name.getText() ?? symbol.name, type: part };
}
