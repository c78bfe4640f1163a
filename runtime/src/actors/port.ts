// What stands behind a handle: the way to one actor. A near one leads into its mailbox, a far one encodes.
import type { IdempotentReply } from "./reply.ts";
import type { Told } from "./told.ts";

/** Where an actor is. */
export interface ActorAddress {
  /** The node's identity as text, instance included; absent while this process is the whole world. */
  readonly node?: string;
  /** Unique on its node, and never used for another actor while the node's instance lives. */
  readonly id: number;
  /** The name of its definition: `worker/Worker`. */
  readonly actor: string;
}

export interface Port {
  readonly address: ActorAddress;
  /** @param method its index in the definition */
  tell(method: number, args: readonly unknown[]): Told;
  /** @param method its index in the definition */
  ask<T>(method: number, args: readonly unknown[]): IdempotentReply<T>;
  /** Where it leads to whoever has a place at the moment: the way to that one; undefined while there is none. */
  readonly current?: Port | undefined;
}

/** The name under which a handle keeps its port: a symbol, so that no method of an actor can collide with it. */
export const port: unique symbol = /* @__PURE__ */ Symbol("port");

/** What every handle has besides the methods of its actor. */
export interface RefIdentity {
  readonly [port]: Port;
}

/** The way to the actor that a handle leads to now, where that is not always the same one. */
export function portOf(ref: RefIdentity): Port {
  const own = ref[port];
  return own.current ?? own;
}

/** Where the actor behind a handle is. */
export function addressOf(ref: RefIdentity): ActorAddress {
  return ref[port].address;
}

/** Whether two handles lead to the same actor: the same start of it, on the same start of its node. */
export function sameActor(a: RefIdentity, b: RefIdentity): boolean {
  const [one, other] = [addressOf(a), addressOf(b)];
  return one.id === other.id && one.node === other.node;
}
