// Which types of the runtime a program's types are: replies, and what can be spawned.
import type ts from "typescript";
import { declarationsOf, fileNameOf } from "../compiler.ts";

/** Sources and what is built of them. */
const home = /\/actors\/(?:reply|actor)\.(?:d\.)?ts$/;

const spawnables = ["ActorDefinition", "BoundActor", "LocalActorDefinition", "LocalBoundActor"];

/** The name of an interface of the runtime's actors; undefined for any other type. */
function runtimeName({ symbol }: ts.Type): string | undefined {
  if (!symbol) return undefined;
  const isOurs = declarationsOf(symbol).some((node) => home.test(fileNameOf(node.getSourceFile())));
  return isOurs ? symbol.name : undefined;
}

export function isReply(type: ts.Type): boolean {
  const name = runtimeName(type);
  return name === "Reply" || name === "IdempotentReply";
}

export interface Spawnable {
  /** The class. */
  readonly actor: ts.Type;
  /** What its constructor takes behind the context. */
  readonly args: ts.Type;
  readonly isLocal: boolean;
}

export function spawnableOf(checker: ts.TypeChecker, type: ts.Type): Spawnable | undefined {
  const name = runtimeName(type);
  if (name === undefined || !spawnables.includes(name)) return undefined;
  const [actor, args] = checker.getTypeArguments(type as ts.TypeReference);
  return actor && args && { actor, args, isLocal: name.startsWith("Local") };
}
