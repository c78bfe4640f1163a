// Keeps a connection to every member that is there: says whom to dial, and when.

import { compareMembers, keyOf, type MemberId, type Profile } from "../membership/index.ts";
import { meshDialsMax } from "./limits.ts";

interface Missing {
  readonly id: MemberId;
  dials: number;
  dialAtMs: number;
  isUnderWay: boolean;
}

export interface MeshOptions {
  readonly profile: Pick<Profile, "gossipIntervalMs" | "redialFirstMs" | "redialLongestMs">;
  /** In [0, 1). */
  readonly random: () => number;
}

export class FullMesh {
  readonly #options: MeshOptions;
  readonly #missing = new Map<string, Missing>();
  #underWay = 0;

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** The earliest time at which somebody is to be dialled; Infinity for never. */
  get nextAtMs(): number {
    if (this.#underWay >= meshDialsMax) return Number.POSITIVE_INFINITY;
    let atMs = Number.POSITIVE_INFINITY;
    for (const { isUnderWay, dialAtMs } of this.#missing.values()) {
      if (!isUnderWay) atMs = Math.min(atMs, dialAtMs);
    }
    return atMs;
  }

  /** These, and no others, are there and can be dialled, and there is no connection to them. */
  update(self: MemberId, missing: readonly MemberId[], nowMs: number): void {
    const keys = new Set(missing.map(keyOf));
    for (const [key, { isUnderWay }] of this.#missing) {
      if (keys.has(key)) continue;
      this.#missing.delete(key);
      if (isUnderWay) this.#underWay--;
    }
    for (const id of missing) {
      const key = keyOf(id);
      if (this.#missing.has(key)) continue;
      // Both learn of each other at about the same time: one begins, so that their dials seldom cross.
      const { profile, random } = this.#options;
      const waitMs = compareMembers(self, id) < 0 ? 0 : profile.gossipIntervalMs * (0.5 + random());
      this.#missing.set(key, { id, dials: 0, dialAtMs: nowMs + waitMs, isUnderWay: false });
    }
  }

  /** A connection was lost: its end is given time to say why. */
  lost(id: MemberId, nowMs: number): void {
    if (this.#missing.get(keyOf(id))?.isUnderWay === true) return;
    const dialAtMs = nowMs + this.#jittered(this.#options.profile.redialFirstMs);
    this.#missing.set(keyOf(id), { id, dials: 1, dialAtMs, isUnderWay: false });
  }

  /** Whom to dial now; `answered` is to be told of each. */
  due(nowMs: number): MemberId[] {
    const due: MemberId[] = [];
    for (const missing of this.#missing.values()) {
      if (this.#underWay >= meshDialsMax) break;
      if (missing.isUnderWay || nowMs < missing.dialAtMs) continue;
      missing.isUnderWay = true;
      this.#underWay++;
      due.push(missing.id);
    }
    return due;
  }

  /** A dial for it has ended. */
  answered(id: MemberId, nowMs: number): void {
    const missing = this.#missing.get(keyOf(id));
    if (missing === undefined || !missing.isUnderWay) return;
    missing.isUnderWay = false;
    this.#underWay--;
    const { redialFirstMs, redialLongestMs } = this.#options.profile;
    const waitMs = Math.min(redialLongestMs, redialFirstMs * 2 ** Math.min(missing.dials++, 30));
    missing.dialAtMs = nowMs + this.#jittered(waitMs);
  }

  #jittered(ms: number): number {
    return ms * (0.5 + this.#options.random());
  }
}
