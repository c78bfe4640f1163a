// The leases of one process of a simulation, as its loop and its second thread share them: the rules are those that
// production's thread runs by.

import type { PulseAddress } from "../cluster/index.ts";
import { keyOf, type MemberId } from "../membership/index.ts";
import type { HeldLease, KeptLease, LeaseKeeper, OnLeaseLost } from "../remote/index.ts";
import { ThreadLeases, type ThreadLeasesWorld } from "../remote/renewal/thread-leases.ts";
import { LeaseMemory, LocalWord } from "../supervision/index.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** How often the thread looks at leases, while there are any. */
const checkUs = 50_000;

export type VirtualLeasesWorld = Omit<ThreadLeasesWorld<PulseAddress>, "look">;

export class VirtualLeases implements LeaseKeeper {
  readonly #process: VirtualProcess;
  readonly #thread: ThreadLeases<PulseAddress>;
  #isChecking = false;
  #isOver = false;

  constructor(process: VirtualProcess, world: VirtualLeasesWorld) {
    this.#process = process;
    const look = () => ({ nowMs: process.now(), loopAtMs: process.loopAtMs });
    this.#thread = new ThreadLeases({ ...world, look });
  }

  learned(peer: MemberId, at: PulseAddress): void {
    this.#order(() => this.#thread.place(keyOf(peer), at));
  }

  forgotten(peer: MemberId): void {
    this.#order(() => this.#thread.place(keyOf(peer), undefined));
  }

  hold({ self, peer, term, times, untilMs }: KeptLease, onLost: OnLeaseLost): HeldLease {
    const word = new LocalWord(untilMs);
    let running = 0;
    const lease = {
      peer: keyOf(peer),
      instance: self.instance,
      term,
      times,
      onLost,
      children: () => running,
    };
    this.#order(() => {
      this.#thread.hold({ ...lease, memory: new LeaseMemory(word) });
      this.#checkAgain();
    });
    return {
      memory: new LeaseMemory(word),
      children: (count) => {
        running = count;
      },
    };
  }

  grant({ peer, term, times, untilMs }: KeptLease): LeaseMemory {
    const word = new LocalWord(untilMs);
    const { instance } = peer;
    this.#order(() => this.#thread.grant({ memory: new LeaseMemory(word), instance, term, times }));
    return new LeaseMemory(word);
  }

  /** The thread's answer to another one. */
  reply(body: Uint8Array): Uint8Array {
    return this.#thread.reply(body);
  }

  close(): void {
    this.#isOver = true;
  }

  /** What the loop tells the thread takes its time. */
  #order(run: () => void): void {
    this.#process.postAside(0, run);
  }

  #checkAgain(): void {
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#process.postAside(checkUs, () => {
      this.#isChecking = false;
      if (this.#isOver) return;
      this.#thread.check();
      if (this.#thread.isHolding) this.#checkAgain();
    });
  }
}
