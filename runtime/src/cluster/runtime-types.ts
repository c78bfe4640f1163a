// The types that the runtime's own layers exchange, under names that no user's type can have.

import type { Codec } from "../codec/codec.ts";
import { MembershipMessageCodec } from "../membership/index.ts";
import { PulsePlaceCodec } from "./pulse-place.codec.ts";

/** A codec under a name of the runtime's: a point stands in no name of TypeScript's. */
export function reserved<T>(codec: Codec<T>): Codec<T> {
  return { ...codec, name: `hewn.${codec.name}` };
}

export const pulsePlaces = reserved(PulsePlaceCodec);
export const membershipMessages = reserved(MembershipMessageCodec);
