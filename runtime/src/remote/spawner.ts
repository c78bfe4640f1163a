// Starts actors on other nodes.

import type { Deadlines } from "../actors/deadlines.ts";
import { failed } from "../actors/failure.ts";
import type { ActorSystem, Outcome, RefIdentity } from "../actors/index.ts";
import { addressOf } from "../actors/index.ts";
import { type Method, turn } from "../actors/method.ts";
import type { AskTarget, PendingReply } from "../actors/pending-reply.ts";
import type { AnyActor, AnyDefinition } from "../actors/protocol.ts";
import type { RetryClock } from "../actors/retry.ts";
import type { SpawnOptions } from "../actors/spawn-options.ts";
import type { ActorChild, Start } from "../supervision/index.ts";
import { type NodeId, sameNode } from "../transport/index.ts";
import { SpawnRequest } from "./envelope.ts";
import type { FarChild } from "./far-children.ts";
import { FarReply } from "./far-reply.ts";
import { spawnDeadlineMs } from "./limits.ts";
import { notAmong, notBound, unreachable } from "./outcomes.ts";
import type { RemoteProtocol } from "./remote-protocol.ts";
import type { Session } from "./session.ts";

/** What is needed of the node. */
export interface SpawnerNode {
  readonly self: NodeId;
  readonly system: ActorSystem;
  bound(name: string): AnyActor | undefined;
  protocol(name: string): RemoteProtocol | undefined;
  sessionWith(node: NodeId): Session | undefined;
  refTo(name: string, node: NodeId, actor: number): RefIdentity | undefined;
}

const spawning: Method = /* @__PURE__ */ Object.freeze({ ...turn, name: "spawn" });

/** What is said of an actor beside what its user says; 0 for nothing. */
type SpawnTerms = Partial<Pick<SpawnRequest, "parent" | "child" | "term" | "generation">>;

/** What a spawn is sent to: another node. */
class SpawnTarget implements AskTarget {
  readonly #node: SpawnerNode;
  readonly #session: Session;

  constructor(node: SpawnerNode, session: Session) {
    this.#node = node;
    this.#session = session;
  }

  get deadlines(): Deadlines {
    return this.#node.system.deadlines;
  }

  get clock(): RetryClock {
    return this.#node.system.clock;
  }

  giveUp(pending: PendingReply): Outcome<never> {
    // Nothing but what the spawner made has this target.
    return this.#session.giveUp(pending as FarReply);
  }

  ask(): never {
    throw new TypeError("a spawn cannot be repeated");
  }
}

export class Spawner {
  readonly #node: SpawnerNode;
  /** Filled, written and forgotten. */
  readonly #request = new SpawnRequest();

  constructor(node: SpawnerNode) {
    this.#node = node;
  }

  async spawn(
    at: NodeId,
    definition: AnyDefinition,
    args: readonly unknown[],
    options: SpawnOptions,
    parent: RefIdentity | undefined,
  ): Promise<Outcome<RefIdentity>> {
    if (sameNode(at, this.#node.self)) return this.#spawnHere(definition, args, options);
    return this.#spawnThere(at, definition, args, options, { parent: parent ? addressOf(parent).id : 0 });
  }

  /** Starts a supervisor's child on another node, under the lease that it is told of. */
  spawnChild(
    at: NodeId,
    { definition, args, name, mailboxMessages }: ActorChild,
    { generation }: Start,
    { number, term }: FarChild,
  ): Promise<Outcome<RefIdentity>> {
    const options = { name, ...(mailboxMessages !== undefined && { mailboxMessages }) };
    return this.#spawnThere(at, definition, args, options, { child: number, term, generation });
  }

  async #spawnThere(
    at: NodeId,
    definition: AnyDefinition,
    args: readonly unknown[],
    options: SpawnOptions,
    terms: SpawnTerms,
  ): Promise<Outcome<RefIdentity>> {
    const protocol = this.#node.protocol(definition.name);
    if (protocol === undefined) return notAmong(definition.name);
    const session = this.#node.sessionWith(at);
    if (session === undefined) return unreachable;
    const outcome = await this.#ask(session, protocol, args, options, terms);
    if (outcome.status !== "ok") return outcome;
    // It was started just now, and the definition is there: there is a handle of it.
    const ref = this.#node.refTo(definition.name, at, outcome.value as number)!;
    return { status: "ok", value: ref };
  }

  #ask(
    session: Session,
    protocol: RemoteProtocol,
    args: readonly unknown[],
    { name, mailboxMessages }: SpawnOptions,
    { parent = 0, child = 0, term = 0, generation = 1 }: SpawnTerms,
  ): FarReply {
    const asker = this.#node.system.current;
    const pending = new FarReply(
      new SpawnTarget(this.#node, session),
      spawning,
      args,
      asker,
      spawnDeadlineMs,
    );
    const request = this.#request;
    request.name = name ?? "";
    request.mailboxMessages = mailboxMessages ?? 0;
    request.parent = parent;
    request.child = child;
    request.term = term;
    request.generation = generation;
    request.args = args;
    const refusal = session.spawn(protocol, pending, request);
    request.args = undefined;
    if (refusal !== undefined) pending.settleSoon(refusal);
    return pending;
  }

  #spawnHere(
    definition: AnyDefinition,
    args: readonly unknown[],
    options: SpawnOptions,
  ): Outcome<RefIdentity> {
    const { system } = this.#node;
    const actor = this.#node.bound(definition.name);
    if (actor === undefined) return notBound(definition.name);
    try {
      return { status: "ok", value: system.refOf(system.start(actor, args, options)) };
    } catch (error) {
      return failed(error);
    }
  }
}
