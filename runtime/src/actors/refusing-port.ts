// The port of a handle that leads nowhere: everything that is sent by it has the same outcome.
import { type NotSent, type Outcome, OutcomeError, type Rejected } from "./outcome.ts";
import type { ActorAddress, Port } from "./port.ts";
import { invalidTell } from "./pressure.ts";
import type { IdempotentReply } from "./reply.ts";
import type { Told } from "./told.ts";

/** @param counted called for every message that is refused */
export function refusingPort(
  address: ActorAddress,
  refusal: NotSent | Rejected,
  counted: () => void = () => {},
): Port {
  return {
    address,
    tell(): Told {
      counted();
      // No room would help.
      return invalidTell;
    },
    ask<T>(): IdempotentReply<T> {
      counted();
      return refusedReply(refusal);
    },
  };
}

function refusedReply<T>(refusal: NotSent | Rejected): IdempotentReply<T> {
  const reply: IdempotentReply<T> = Object.assign(Promise.resolve<Outcome<T>>(refusal), {
    orThrow: (): Promise<T> => Promise.reject(new OutcomeError(refusal)),
    within: () => reply,
    withSignal: () => reply,
    retry: () => reply,
  });
  return reply;
}
