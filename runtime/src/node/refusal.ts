// Who was turned away: most before any part of the transport saw anything of them.

import type { Address, CloseReason } from "../transport/index.ts";

/** Every reason of a host's, with a sentence about the peer. */
export const refusalSentences = {
  plaintext: "It does not speak TLS, and this node takes nothing else.",
  helloTooLong: "Its TLS hello is longer than 4 KiB, or in pieces.",
  versionUnsupported: "It does not speak TLS 1.3.",
  wrongSecret: "It does not know the secret of the cluster.",
  reflected: "It sent us what we had dialled with: it is this node itself, or somebody who plays it back.",
  noCertificate: "It has no certificate.",
  badCertificate: "Its certificate does not hold.",
  tlsFailed: "Its part of the TLS handshake makes no sense.",
  timedOut: "It did not prove who it is in time.",
  crowdedOut: "Too many that had not proved who they are came after it.",
  hungUp: "It ended the connection before it had proved who it is.",
} as const;

export type RefusalCode = keyof typeof refusalSentences;

export interface Refusal {
  /** Before a stream existed; or after that, why the handshake of the two nodes failed. */
  readonly code: RefusalCode | CloseReason["code"];
  /** A sentence for a person. */
  readonly text: string;
  /** The other end as the network sees it. */
  readonly from: Address;
}

/** Numbers by {@link Refusal.code}; 0 for what has not happened. */
export type RefusalCounters = Record<RefusalCode, number> & Partial<Record<CloseReason["code"], number>>;

export function noRefusals(): RefusalCounters {
  return {
    plaintext: 0,
    helloTooLong: 0,
    versionUnsupported: 0,
    wrongSecret: 0,
    reflected: 0,
    noCertificate: 0,
    badCertificate: 0,
    tlsFailed: 0,
    timedOut: 0,
    crowdedOut: 0,
    hungUp: 0,
  };
}
