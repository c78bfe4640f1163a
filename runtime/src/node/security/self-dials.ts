// The dials with a secret that are under way, so that a node knows its own handshake when it comes back to it.

import { randomBytes } from "node:crypto";

export interface NumberedDial {
  /** 16 characters of base64url; never used twice. */
  readonly number: string;
  /** It came back to our own port: who answers there is this node, or somebody who sends on what we sent. */
  cameBack: boolean;
}

export class SelfDials {
  readonly #underWay = new Map<string, NumberedDial>();

  begin(): NumberedDial {
    const dial = { number: randomBytes(12).toString("base64url"), cameBack: false };
    this.#underWay.set(dial.number, dial);
    return dial;
  }

  end({ number }: NumberedDial): void {
    this.#underWay.delete(number);
  }

  /** True for a dial of ours, which remembers it. */
  recognize(number: string): boolean {
    const dial = this.#underWay.get(number);
    if (dial === undefined) return false;
    dial.cameBack = true;
    return true;
  }
}
