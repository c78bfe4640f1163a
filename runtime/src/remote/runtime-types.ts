// The types of this layer's own messages, under names that no user's type can have.

import { type Offer, reserved } from "../transport/index.ts";
import { LeaseAnswerCodec, LeaseAskCodec } from "./lease-messages.codec.ts";
import {
  ActorCancelCodec,
  ActorCreditCodec,
  ActorDisownedCodec,
  ActorExtensionCodec,
  ActorRefusalCodec,
  ActorSpawnedCodec,
} from "./messages.codec.ts";
import { LastCodec, SystemMessageCodec } from "./system-messages.codec.ts";

export const credits = reserved(ActorCreditCodec);
export const refusals = reserved(ActorRefusalCodec);
export const cancels = reserved(ActorCancelCodec);
export const extensions = reserved(ActorExtensionCodec);
export const spawnings = reserved(ActorSpawnedCodec);
export const disownings = reserved(ActorDisownedCodec);

export const systemMessages = reserved(SystemMessageCodec);
export const lasts = reserved(LastCodec);

export const leaseAsks = reserved(LeaseAskCodec);
export const leaseAnswers = reserved(LeaseAnswerCodec);

export const remoteTypes: readonly Offer[] = [
  credits,
  refusals,
  cancels,
  extensions,
  spawnings,
  disownings,
  systemMessages,
  lasts,
  leaseAsks,
  leaseAnswers,
];
