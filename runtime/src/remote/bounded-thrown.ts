// What an actor threw, short enough for a control lane.

import type { Thrown } from "./system-messages.ts";

const thrownNameMax = 100;
const thrownTextMax = 1000;

/** Errors can be of any length; a control lane takes short messages. */
export function boundedThrown({ name, message }: Thrown): Thrown {
  return { name: cut(name, thrownNameMax), message: cut(message, thrownTextMax) };
}

function cut(text: string, max: number): string {
  const short = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  // A lone surrogate, be it of the cut, has no UTF-8.
  return short.replace(/\p{Surrogate}/gu, "\ufffd");
}
