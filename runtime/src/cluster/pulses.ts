// The pulses of members: each tells where its own answers, and is asked there when it does not answer itself.

import { keyOf, type MemberId } from "../membership/index.ts";
import type { Peer } from "../transport/index.ts";
import { pulseTokenBytesMax } from "./limits.ts";
import type { Pulse } from "./pulse.ts";
import type { PulsePlace } from "./pulse-place.ts";
import { pulsePlaces } from "./runtime-types.ts";

export interface PulsesOwner {
  /** All members that are connected are to be introduced. */
  placed(): void;
  answered(peer: MemberId, lagMs: number): void;
  stalled(lagMs: number): void;
}

export class Pulses {
  readonly #pulse: Pulse | undefined;
  /** They outlive connections: a node whose loop is blocked loses these. */
  readonly #places = new Map<string, PulsePlace>();

  constructor(pulse: Pulse | undefined, owner: PulsesOwner) {
    this.#pulse = pulse;
    if (pulse === undefined) return;
    pulse.onPlace = () => owner.placed();
    pulse.onAnswer = (peer, lagMs) => owner.answered(peer, lagMs);
    pulse.onStalled = (lagMs) => owner.stalled(lagMs);
  }

  /** Tells a member that is connected where this node's pulse answers, once that is known. */
  introduce(peer: Peer): void {
    const place = this.#pulse?.place;
    if (place !== undefined) peer.sendControl(pulsePlaces, place);
  }

  /** A member has told where its pulse answers. */
  learn(id: MemberId, place: PulsePlace): void {
    if (place.token.length > pulseTokenBytesMax) return;
    this.#places.set(keyOf(id), place);
    this.#pulse?.learned?.(id, { ...place, host: id.host });
  }

  /** It is over for good. */
  forget(id: MemberId): void {
    this.#places.delete(keyOf(id));
    this.#pulse?.forgotten?.(id);
  }

  ask(id: MemberId): void {
    const place = this.#places.get(keyOf(id));
    if (place !== undefined) this.#pulse?.ask(id, { ...place, host: id.host });
  }
}
