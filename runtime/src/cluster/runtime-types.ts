// The types that the runtime's own layers exchange, under names that no user's type can have.

import { MembershipMessageCodec } from "../membership/index.ts";
import { reserved } from "../transport/index.ts";
import { PulsePlaceCodec } from "./pulse-place.codec.ts";

export const pulsePlaces = reserved(PulsePlaceCodec);
export const membershipMessages = reserved(MembershipMessageCodec);
