// An actor that is given handles and hands them on, for tests of handles in messages.

import { text, tuple } from "../actors/codecs.testing.ts";
import type { ActorContext, ActorDefinition, ActorRef, HandleType, Outcome, Reply } from "../actors/index.ts";
import {
  ActorHandle,
  defineActor,
  port,
  putActorRef,
  type RefIdentity,
  readActorRef,
} from "../actors/index.ts";
import type { Codec } from "../codec/index.ts";
import { type Worker, WorkerActor } from "./worker.testing.ts";

type WorkerRef = ActorRef<Worker, "echo">;

export class Referral {
  readonly #label: string;
  #worker: WorkerRef | undefined;

  constructor(_context: ActorContext<Referral>, label: string) {
    this.#label = label;
  }

  keep(worker: WorkerRef): string {
    this.#worker = worker;
    return "kept";
  }
  kept(): WorkerRef {
    if (this.#worker === undefined) throw new Error(`${this.#label} was given nothing`);
    return this.#worker;
  }
  /** Gives what it has to the next one. */
  async passOn(to: ActorRef<Referral>): Promise<string> {
    const outcome = await to.keep(this.kept());
    return outcome.status;
  }
  /** Sends to what it has. */
  async call(value: string): Promise<string> {
    const outcome: Outcome<string> = await this.kept().echo(value);
    if (outcome.status === "ok") return outcome.value;
    return outcome.status === "failed" ? outcome.status : `${outcome.status}: ${outcome.reason}`;
  }
}

class ReferralHandle extends ActorHandle {
  keep(worker: WorkerRef): Reply<string> {
    return this[port].ask(0, [worker]);
  }
  kept(): Reply<WorkerRef> {
    return this[port].ask(1, []);
  }
  passOn(to: ActorRef<Referral>): Reply<string> {
    return this[port].ask(2, [to]);
  }
  call(value: string): Reply<string> {
    return this[port].ask(3, [value]);
  }
}

/** As the generator has it for a handle in a message. */
function handleOf<R extends RefIdentity>(type: HandleType<R>): Codec<R> {
  return {
    name: `ActorRef<${type.name}>`,
    fingerprint: type.name,
    write: (w, p, ref) => putActorRef(w, p, ref, type),
    read: (r) => readActorRef(r, type),
  };
}

const workerHandle: Codec<WorkerRef> = handleOf(WorkerActor);

export const ReferralActor: ActorDefinition<Referral, readonly [label: string]> = defineActor({
  name: "test/Referral",
  fingerprint: "f1",
  handle: ReferralHandle,
  args: tuple("Referral.constructor", text),
  methods: [
    {
      name: "keep",
      kind: "ask",
      parameters: tuple("Referral.keep", workerHandle),
      result: text,
      run: (actor: Referral, args: readonly [worker: WorkerRef]) => actor.keep(args[0]),
    },
    {
      name: "kept",
      kind: "ask",
      parameters: tuple("Referral.kept"),
      result: workerHandle,
      run: (actor: Referral) => actor.kept(),
    },
    {
      name: "passOn",
      kind: "ask",
      parameters: tuple("Referral.passOn", handleOf({ name: "test/Referral", handle: ReferralHandle })),
      result: text,
      run: (actor: Referral, args: readonly [to: ActorRef<Referral>]) => actor.passOn(args[0]),
    },
    {
      name: "call",
      kind: "ask",
      parameters: tuple("Referral.call", text),
      result: text,
      run: (actor: Referral, args: readonly [value: string]) => actor.call(args[0]),
    },
  ],
});
