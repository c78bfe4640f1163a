// The port of a handle that nothing connects to an actor: one that was decoded outside of a cluster.
import type { NotSent } from "./outcome.ts";
import type { ActorAddress, Port } from "./port.ts";
import { refusingPort } from "./refusing-port.ts";

const unbound: NotSent = {
  status: "notSent",
  reason: "unbound",
  text: "the handle was decoded outside of a cluster: nothing connects it to an actor",
};

/** Answers everything with `notSent: unbound`. */
export function unboundPort(address: ActorAddress): Port {
  return refusingPort(address, unbound);
}
