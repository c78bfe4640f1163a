// Dials of addresses: one at a time for each, and an answer for everybody who asked what is there.

import { type MemberId, type Place, samePlace, type Verdict } from "../membership/index.ts";
import { type CloseReason, type Connected, formatAddress, type Peer, sameNode } from "../transport/index.ts";
import { dialsMax } from "./limits.ts";

/** What came of a dial. */
export type DialAnswer =
  | { readonly kind: "reached"; readonly peer: MemberId; readonly dialled: Place }
  | { readonly kind: "reachedSelf"; readonly dialled: Place }
  | { readonly kind: "dialFailed"; readonly about: MemberId; readonly verdict: Verdict };

export interface DialsOwner {
  readonly self: MemberId;
  connect(place: Place): Promise<Connected<Peer>>;
  /** Exactly once for each member that a dial was about, and for whoever else was reached. Never from within `dial`. */
  answered(answer: DialAnswer): void;
}

interface Dial {
  readonly place: Place;
  readonly abouts: MemberId[];
  /** Asked about when it was under way: where it fails, it proves nothing about them. */
  readonly late: MemberId[];
}

export class Dials {
  begun = 0;
  failed = 0;
  readonly #owner: DialsOwner;
  readonly #underWay = new Map<string, Dial>();

  constructor(owner: DialsOwner) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#underWay.size;
  }

  isUnderWay(place: Place): boolean {
    return this.#underWay.has(formatAddress(place));
  }

  /** Dials an address, to reach just that member or whoever is there. */
  dial(place: Place, about: MemberId | undefined): void {
    const key = formatAddress(place);
    const known = this.#underWay.get(key);
    if (known !== undefined) {
      if (about !== undefined) known.late.push(about);
      return;
    }
    const dial: Dial = { place, abouts: about === undefined ? [] : [about], late: [] };
    if (this.#underWay.size >= dialsMax) {
      void Promise.resolve().then(() => this.#tellFailure(dial, "unreachable"));
      return;
    }
    this.begun++;
    this.#underWay.set(key, dial);
    void this.#owner.connect(place).then((outcome) => {
      this.#underWay.delete(key);
      if (outcome.status === "connected") this.#connected(dial, outcome.peer);
      else this.#notConnected(dial, outcome.reason);
    });
  }

  #connected({ place, abouts, late }: Dial, peer: Peer): void {
    // Whom to dial again, and when, is not the transport's to decide.
    peer.want(false);
    const { node } = peer;
    for (const about of [...abouts, ...late]) {
      // Another instance may have been connected long before, and its end not have come here: only itself knows who is dead.
      if (sameNode(about, node)) continue;
      this.#owner.answered({ kind: "dialFailed", about, verdict: "unreachable" });
    }
    this.#owner.answered({ kind: "reached", peer: node, dialled: place });
  }

  #notConnected(dial: Dial, reason: CloseReason): void {
    const { place, abouts, late } = dial;
    this.failed++;
    if (reason.code === "selfConnect") {
      const { self } = this.#owner;
      for (const about of [...abouts, ...late]) {
        const verdict = samePlace(about, self) ? "replaced" : "unreachable";
        this.#owner.answered({ kind: "dialFailed", about, verdict });
      }
      return this.#owner.answered({ kind: "reachedSelf", dialled: place });
    }
    this.#tellFailure(dial, verdictOf(reason));
    for (const about of late) this.dial(place, about);
  }

  #tellFailure({ abouts }: Dial, verdict: Verdict): void {
    for (const about of abouts) this.#owner.answered({ kind: "dialFailed", about, verdict });
  }
}

/** What a dial that came to nothing proves. */
function verdictOf({ by, code }: CloseReason): Verdict {
  if (by === "network" && code === "refused") return "refused";
  // Somebody took the connection and said nothing; where the peer says that it waited for us, it lives.
  const isSilent = code === "silent" || (code === "handshakeTimedOut" && by === "us");
  return isSilent ? "silent" : "unreachable";
}
