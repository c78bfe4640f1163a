// How a node tells its peers where its pulse thread answers. Said on the control lane of an authenticated session only.

import type { u16 } from "../numbers.ts";

/**
 * Where the pulse thread of the sender listens, on the sender's own host, and the token that answers and questions there
 * are proved with. Told anew with every session; the last one told holds.
 *
 * @wire binary
 */
export interface PulsePlace {
  readonly port: u16;
  /** 32 random bytes of the sender's, never sent to the port itself. */
  readonly token: Uint8Array;
}
