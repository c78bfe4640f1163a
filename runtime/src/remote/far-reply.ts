// An ask that goes to another node, on this one's side: what its sender awaits.

import { awaitedAsNative } from "../actors/outcome-promise.ts";
import { PendingReply } from "../actors/pending-reply.ts";
import type { Codec } from "../codec/index.ts";
import type { Correlated } from "./correlations.ts";
import type { Answer } from "./envelope.ts";

/** Where an ask waits to be sent. */
export interface Waiting {
  /** Nobody waits for its answer any more. */
  forget(): void;
}

/** Where the actor's node is told that its answer is waited for longer. */
export interface Extender {
  extend(pending: FarReply): void;
}

export class FarReply extends PendingReply implements Correlated {
  static {
    awaitedAsNative(FarReply.prototype);
  }

  correlation = -1;
  /** The stream that it went out on; 0 while it has not. */
  stream = 0;
  /** The type of its answer; undefined for a spawn. */
  answer: Codec<Answer> | undefined = undefined;
  /** Where it waits to be sent. */
  flow: Waiting | undefined = undefined;
  extender: Extender | undefined = undefined;

  override within(ms: number): this {
    const before = this.expiresAt;
    super.within(ms);
    if (this.outcome === undefined && this.expiresAt > before) this.extender?.extend(this);
    return this;
  }
}
