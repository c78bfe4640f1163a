// The port of a handle that leads nowhere: one that was decoded outside of a cluster.
import { type NotSent, type Outcome, OutcomeError } from "./outcome.ts";
import type { ActorAddress, Port } from "./port.ts";
import type { IdempotentReply } from "./reply.ts";
import type { Pressure } from "./told.ts";

const unbound: NotSent = {
  status: "notSent",
  reason: "unbound",
  text: "the handle was decoded outside of a cluster: nothing connects it to an actor",
};

/** Answers everything with `notSent: unbound`. */
export function unboundPort(address: ActorAddress): Port {
  return { address, tell: lost, ask: unanswered };
}

function lost(): Pressure {
  return { status: "notSent", ready: () => Promise.resolve() };
}

function unanswered<T>(): IdempotentReply<T> {
  const reply: IdempotentReply<T> = Object.assign(Promise.resolve<Outcome<T>>(unbound), {
    orThrow: (): Promise<T> => Promise.reject(new OutcomeError(unbound)),
    within: () => reply,
    withSignal: () => reply,
    retry: () => reply,
  });
  return reply;
}
