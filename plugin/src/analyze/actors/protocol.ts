// From a class tagged `@actor` to its protocol: what its constructor and its public methods are sent.
import type { Actor, ActorMethod, MethodMessages, Tuple, Type } from "@hewn/schema";
import { protocolType } from "@hewn/schema";
import type { Compiler } from "../compiler.ts";
import type { Entity, Frame } from "../entity.ts";
import { exportedName } from "../exports.ts";
import { isLocal, refuseClass } from "./class-rules.ts";
import { loweredConstruction } from "./construction.ts";
import { type Member, membersOf } from "./members.ts";
import { loweredMethod, refuseMember } from "./methods.ts";
import { rulesOf } from "./rule-tags.ts";
import type { ActorTag } from "./tags.ts";

/** What was found of a class. */
export interface ActorRoot {
  readonly entity: Entity;
  readonly tag: ActorTag;
  /** Undefined where the class itself is refused, whatever its methods take. */
  readonly actor: Actor | undefined;
}

/** Lowers the messages of a class and notes what is wrong with them. */
export function lowerActor(
  compiler: Compiler,
  frame: Frame,
  tag: ActorTag,
): { readonly actor: Actor | undefined; readonly lowered: Type | undefined } {
  const { entity } = frame;
  const verdict = refuseClass(compiler, frame, tag);
  // What its members are made of is not known, or not the project's to say.
  if (verdict === "opaque") return { actor: undefined, lowered: undefined };
  const construction = loweredConstruction(compiler, frame, tag.node);
  const members = membersOf(compiler, entity.type);
  const sound = members.filter((member) => !refuseMember(compiler, frame, member));
  const methods = sound.map((member) => methodOf(compiler, frame, member));
  const isWhole = verdict === "sound" && construction !== undefined && sound.length === members.length;
  const actor = isWhole
    ? {
        id: entity.id,
        name: exportedName(compiler, tag.node.getSourceFile(), entity.symbol) ?? entity.name,
        origin: entity.origin,
        local: isLocal(tag),
        parameters: construction.names,
        methods: methods.map(({ method }) => method),
        ...rulesOf(compiler, frame, tag.node, { text: "", node: entity.node }),
      }
    : undefined;
  return { actor, lowered: actor && protocolOf(construction?.type, methods) };
}

interface LoweredMethod {
  readonly method: ActorMethod;
  /** Undefined where a part of them was refused. */
  readonly messages: MethodMessages | undefined;
}

function methodOf(compiler: Compiler, frame: Frame, member: Member): LoweredMethod {
  const { kind, names, parameters, result } = loweredMethod(compiler, frame, member);
  const place = { text: member.step, node: member.node };
  const { idempotent, ...rules } = rulesOf(compiler, frame, member.declaration, place, kind);
  const { name } = member;
  const method: ActorMethod = {
    name,
    kind,
    parameters: names,
    ...rules,
    ...(idempotent ? { idempotent } : {}),
  };
  if (!parameters || result === "refused") return { method, messages: undefined };
  return { method, messages: { name, kind, parameters, result: result === "none" ? undefined : result } };
}

function protocolOf(args: Tuple | undefined, methods: readonly LoweredMethod[]): Type | undefined {
  const messages = methods.flatMap((each) => each.messages ?? []);
  return args && messages.length === methods.length ? protocolType(args, messages) : undefined;
}
