// Who starts and sends to whom: the actors of some files, and the calls in them. A call counts for the actor in whose class
// it stands, in a base of it, or in a function that it calls; any other for its file.
import type ts from "typescript";
import { isCodecPath } from "../../codec-path.ts";
import type { Span } from "../../diagnostic/diagnostic.ts";
import { actorFor, actorsOf, type FoundActor } from "../actors/index.ts";
import { type Compiler, declarationsOf, fileNameOf } from "../compiler.ts";
import { spanOf } from "../report.ts";
import type { Walk } from "../walk.ts";
import { walkOf } from "../walk-of.ts";
import { mayCall } from "./program-calls.ts";
import { isReply } from "./runtime-types.ts";
import { receiversOf } from "./sends.ts";
import { spawnedBy } from "./spawns.ts";

/** An actor of the project. */
export interface GraphActor {
  /** Its file, absolute, and its name: `/app/src/worker.ts#Worker`. */
  readonly id: string;
  readonly name: string;
  readonly span: Span;
  /** It takes messages while it waits, and so holds nobody up who waits for it. */
  readonly reentrant: boolean;
}

export interface ActorCall {
  /** The id of an actor; undefined for code outside of actors. */
  readonly from: string | undefined;
  /** The id of an actor. */
  readonly to: string;
  readonly kind: "ask" | "tell" | "spawn";
  /** Undefined for a spawn. */
  readonly method: string | undefined;
  readonly span: Span;
}

export interface ActorCalls {
  readonly actors: readonly GraphActor[];
  /** In the order of files and, in each, of the text. */
  readonly calls: readonly ActorCall[];
}

/** @param program with the definitions of its actors */
export function actorCalls(
  compiler: typeof ts,
  program: ts.Program,
  files: readonly ts.SourceFile[],
): ActorCalls {
  const walk = walkOf(compiler, program, undefined);
  const own = files.filter((file) => mayCall(compiler, program, file));
  const found = own.flatMap((file) => actorsOf(walk, file));
  const inActors = found.flatMap((actor) => callsOf(walk, actor));
  const counted = new Set(inActors.map(({ node }) => node));
  const outside = own
    .flatMap((file) => callsIn(walk, file))
    .filter(({ node }) => !counted.has(node))
    .map((each) => ({ ...each, from: undefined }));
  const calls = [...inActors, ...outside].map(({ node, ...call }) => ({ ...call, span: spanOf(node) }));
  return { actors: found.map(graphActor), calls: calls.sort(byPlace) };
}

function graphActor({ entity, node, actor }: FoundActor): GraphActor {
  return { id: entity.id, name: entity.name, span: spanOf(node.name), reentrant: actor?.reentrant === true };
}

/** Of calls in a chain the first one comes first, though all begin at the same place. */
function byPlace({ span: a }: ActorCall, { span: b }: ActorCall): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start - b.start || a.length - b.length;
}

interface FoundCall extends Omit<ActorCall, "span" | "from"> {
  readonly node: ts.CallExpression;
}

/** The calls of an actor, each once, however many ways lead to it. */
function callsOf(
  walk: Walk,
  { entity, node }: FoundActor,
): readonly (FoundCall & { readonly from: string })[] {
  const { compiler } = walk;
  const seen = new Set<ts.Node>();
  const waiting: ts.Node[] = [...classesOf(compiler, node)];
  const found: FoundCall[] = [];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (compiler.ts.isCallExpression(at)) {
      found.push(...callsAt(walk, at));
      const called = calledFunction(walk, at);
      if (called) waiting.push(called);
    }
    compiler.ts.forEachChild(at, (child) => void waiting.push(child));
  }
  return found.map((each) => ({ ...each, from: entity.id }));
}

function callsIn(walk: Walk, file: ts.SourceFile): readonly FoundCall[] {
  const { ts } = walk.compiler;
  const found: FoundCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(...callsAt(walk, node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function callsAt(walk: Walk, node: ts.CallExpression): readonly FoundCall[] {
  const { compiler } = walk;
  const spawned = spawnedBy(compiler, node);
  const started = spawned && actorFor(walk, spawned.actor);
  if (started) return [{ node, to: started.entity.id, kind: "spawn", method: undefined }];
  const { expression } = node;
  const method = compiler.ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
  return receiversOf(compiler, node).flatMap((type) => {
    const to = actorFor(walk, type);
    const { checker } = compiler;
    const answer = checker.getNonNullableType(checker.getTypeAtLocation(node));
    const kind = (answer.isUnion() ? answer.types : [answer]).some(isReply) ? "ask" : "tell";
    return to ? [{ node, to: to.entity.id, kind, method }] : [];
  });
}

/** The class, and those of the project that it extends. */
function classesOf({ checker }: Compiler, node: ts.ClassDeclaration): readonly ts.Node[] {
  const classes: ts.Node[] = [node];
  const symbol = node.name && checker.getSymbolAtLocation(node.name);
  let type = symbol && checker.getDeclaredTypeOfSymbol(symbol);
  while (type?.isClassOrInterface() && classes.length < 100) {
    [type] = checker.getBaseTypes(type);
    const declared = declarationsOf(type?.symbol).filter(isOwn);
    classes.push(...declared);
    if (type && "target" in type) type = (type as ts.TypeReference).target;
  }
  return classes;
}

/** A function or method of the project that is called in place. What an actor does by itself counts for that actor. */
function calledFunction(walk: Walk, call: ts.CallExpression): ts.Node | undefined {
  const { ts, checker } = walk.compiler;
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (!declaration || !isOwn(declaration)) return undefined;
  const { parent } = declaration;
  const isActors = ts.isClassDeclaration(parent) && actorFor(walk, checker.getTypeAtLocation(parent));
  return isActors ? undefined : declaration;
}

function isOwn(node: ts.Node): boolean {
  const file = node.getSourceFile();
  return (
    !file.isDeclarationFile && !isCodecPath(fileNameOf(file)) && !file.fileName.includes("/node_modules/")
  );
}
