// An actor that asks the next one, for tests of asks that lead through several nodes.

import { integer, text, tuple } from "../actors/codecs.testing.ts";
import type { ActorContext, ActorDefinition, Outcome, Reply } from "../actors/index.ts";
import { ActorHandle, defineActor, port } from "../actors/index.ts";

/** Whom relays ask, by their labels. */
export const nextOf = new Map<string, { call(rounds: number): Reply<string> }>();

export class Relay {
  readonly #label: string;

  constructor(_context: ActorContext<Relay>, label: string) {
    this.#label = label;
  }

  /** What became of asking the next one, as text; `end` where there is none, or no rounds are left. */
  async call(rounds: number): Promise<string> {
    const next = nextOf.get(this.#label);
    if (next === undefined || rounds === 0) return "end";
    const outcome: Outcome<string> = await next.call(rounds - 1);
    if (outcome.status === "ok") return outcome.value;
    return outcome.status === "failed" ? outcome.error.message : `${outcome.reason}: ${outcome.text}`;
  }
}

class RelayHandle extends ActorHandle {
  call(rounds: number): Reply<string> {
    return this[port].ask(0, [rounds]);
  }
}

export const RelayActor: ActorDefinition<Relay, readonly [label: string]> = defineActor({
  name: "test/Relay",
  fingerprint: "r1",
  handle: RelayHandle,
  args: tuple("Relay.constructor", text),
  methods: [
    {
      name: "call",
      kind: "ask",
      parameters: tuple("Relay.call", integer),
      result: text,
      run: (actor: Relay, args: readonly [rounds: number]) => actor.call(args[0]),
    },
  ],
});
