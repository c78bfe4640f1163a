// What an actor threw, short enough for a control lane.

import { cutText } from "./cut-text.ts";
import type { Thrown } from "./system-messages.ts";

const thrownNameMax = 100;
const thrownTextMax = 1000;

/** Errors can be of any length; a control lane takes short messages. */
export function boundedThrown({ name, message }: Thrown): Thrown {
  return { name: cutText(name, thrownNameMax), message: cutText(message, thrownTextMax) };
}
