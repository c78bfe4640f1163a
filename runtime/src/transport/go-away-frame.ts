// A go-away outside of any session: for hosts that turn a peer away before there is one.

import { encodeFrame, frameKind } from "./frame.ts";
import { type GoAwayCode, goAwayNumber } from "./go-away.ts";
import { goAwayTextMax } from "./limits.ts";
import { encodeGoAway } from "./messages.codec.ts";
import { printable } from "./printable.ts";

export function goAwayFrame(code: GoAwayCode, text: string): Uint8Array {
  const body = encodeGoAway({ code: goAwayNumber(code), text: printable(text, goAwayTextMax) });
  return encodeFrame(frameKind.goAway, body);
}
