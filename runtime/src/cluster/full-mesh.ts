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
  /** When the first is to be dialled, or sooner; undefined where it has to be looked for. */
  #soonestMs: number | undefined;

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** The earliest time at which somebody is to be dialled; Infinity for never. */
  get nextAtMs(): number {
    if (this.#underWay >= meshDialsMax) return Number.POSITIVE_INFINITY;
    this.#soonestMs ??= this.#soonest();
    return this.#soonestMs;
  }

  /** These, and no others, are there and can be dialled, and there is no connection to them. */
  update(self: MemberId, missing: readonly MemberId[], nowMs: number): void {
    const keys = new Set(missing.map(keyOf));
    for (const [key, { isUnderWay }] of this.#missing) {
      if (keys.has(key)) continue;
      this.#missing.delete(key);
      this.#soonestMs = undefined;
      if (isUnderWay) this.#underWay--;
    }
    for (const id of missing) {
      const key = keyOf(id);
      if (this.#missing.has(key)) continue;
      // Both learn of each other at about the same time: one begins, so that their dials seldom cross.
      const { profile, random } = this.#options;
      const waitMs = compareMembers(self, id) < 0 ? 0 : profile.gossipIntervalMs * (0.5 + random());
      this.#wait(key, { id, dials: 0, dialAtMs: nowMs + waitMs, isUnderWay: false });
    }
  }

  /** A connection was lost: its end is given time to say why. */
  lost(id: MemberId, nowMs: number): void {
    if (this.#missing.get(keyOf(id))?.isUnderWay === true) return;
    const dialAtMs = nowMs + this.#jittered(this.#options.profile.redialFirstMs);
    this.#wait(keyOf(id), { id, dials: 1, dialAtMs, isUnderWay: false });
  }

  /** Whom to dial now; `answered` is to be told of each. */
  due(nowMs: number): MemberId[] {
    const due: MemberId[] = [];
    // Asked at every event, where thousands may wait.
    if (nowMs < this.nextAtMs) return due;
    this.#soonestMs = undefined;
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
    // Behind those that were not dialled yet.
    this.#missing.delete(keyOf(id));
    this.#wait(keyOf(id), { ...missing, dialAtMs: nowMs + this.#jittered(waitMs) });
  }

  #wait(key: string, missing: Missing): void {
    this.#missing.set(key, missing);
    if (this.#soonestMs !== undefined) this.#soonestMs = Math.min(this.#soonestMs, missing.dialAtMs);
  }

  #soonest(): number {
    let atMs = Number.POSITIVE_INFINITY;
    for (const { isUnderWay, dialAtMs } of this.#missing.values()) {
      if (!isUnderWay) atMs = Math.min(atMs, dialAtMs);
    }
    return atMs;
  }

  #jittered(ms: number): number {
    return ms * (0.5 + this.#options.random());
  }
}
