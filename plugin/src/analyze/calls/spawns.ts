// Actors where they are spawned: their arguments, and whether what they are sent can cross to where they shall run.
import type ts from "typescript";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { actorFor } from "../actors/index.ts";
import type { Compiler } from "../compiler.ts";
import { reportRoots, spanOf } from "../report.ts";
import type { Walk } from "../walk.ts";
import { type Spawnable, spawnableOf } from "./runtime-types.ts";
import { argumentFault } from "./sends.ts";
import { shownExpression, toldAt } from "./told.ts";

/** What a call starts; undefined where it is no spawn. */
export function spawnedBy({ ts, checker }: Compiler, call: ts.CallExpression): Spawnable | undefined {
  const [definition] = call.arguments;
  if (nameOfCallee(ts, call) !== "spawn" || !definition) return undefined;
  return spawnableOf(checker, checker.getTypeAtLocation(definition));
}

export function spawnFaults(walk: Walk, call: ts.CallExpression): readonly Diagnostic[] {
  const { compiler } = walk;
  const { ts } = compiler;
  const [definition, args, options] = call.arguments;
  const spawnable = spawnedBy(compiler, call);
  if (!definition || !spawnable) return [];
  const path = `spawn(${shownExpression(definition)})`;
  const remote = options && placeIn(ts, options);
  return [
    ...(args ? argumentFaults(compiler, args, spawnable.args, path) : []),
    ...(remote ? remoteFaults(walk, spawnable, remote, path) : []),
  ];
}

function nameOfCallee(compiler: typeof ts, { expression }: ts.CallExpression): string | undefined {
  if (compiler.isIdentifier(expression)) return expression.text;
  return compiler.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function argumentFaults(
  compiler: Compiler,
  args: ts.Expression,
  type: ts.Type,
  path: string,
): readonly Diagnostic[] {
  const { ts, checker } = compiler;
  // The list itself is taken apart by the constructor; only what is in it arrives.
  if (!ts.isArrayLiteralExpression(args) || !checker.isTupleType(type)) return [];
  const types = checker.getTypeArguments(type as ts.TypeReference);
  return args.elements.flatMap((argument, index) => {
    const own = types[Math.min(index, types.length - 1)];
    if (!own || ts.isSpreadElement(argument)) return [];
    return argumentFault(compiler, argument, own, `${path}[${index}]`);
  });
}

/** `on` among the options, where they are written at the call. */
function placeIn(compiler: typeof ts, options: ts.Expression): ts.Node | undefined {
  if (!compiler.isObjectLiteralExpression(options)) return undefined;
  return options.properties.find(({ name }) => name && compiler.isIdentifier(name) && name.text === "on")
    ?.name;
}

/** Why an actor cannot run on another node, with the way to the parameter that keeps it here. */
function remoteFaults(
  walk: Walk,
  { actor, isLocal }: Spawnable,
  on: ts.Node,
  path: string,
): readonly Diagnostic[] {
  const found = actorFor(walk, actor);
  if (!found) return [];
  const name = found.entity.name;
  const [first] = reportRoots(walk.compiler, [{ ...found.entity, isLocal: false }]).diagnostics;
  if (!first && !isLocal && !found.local) return [];
  const tagged = { span: spanOf(found.node), message: `'${name}' is tagged @actor here` };
  const reason = first?.message ?? `'${name}' is tagged '@actor local'`;
  const mend = first
    ? `mend '${first.path}': ${first.fix.replace(/\.$/, "")}`
    : `tag '${name}' '/** @actor */'`;
  const why = first
    ? [{ span: first.span, message: `'${first.path}' keeps it here` }, ...first.related]
    : [tagged];
  return [toldAt(on, "unsafe-spawn", `${path}.on`, { reason, mend }, why)];
}
