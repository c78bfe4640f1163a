// Watching actors of other nodes: exactly one notice a watch, behind the last message that came from the actor, with its
// reason. The requests and notices go by the system lane, so that only the end of a node can lose them, and that is a
// notice itself. `ref_man_processes`, "signal delivery", of Erlang is the model; there a notice may overtake large messages.

import type { DownReason } from "../actors/index.ts";
import { boundedThrown } from "./bounded-thrown.ts";
import type { Gone, Last, Unwatch, Watch } from "./system-messages.ts";

/** A watched actor's last messages are waited for so long, where the stream that carries them is in doubt. */
export const lastWaitMs = 3000;

/** Watches that one node may have on the actors of another; more are a fault of it. */
export const watchesPerPeerMax = 262_144;

const nodeDied: DownReason = { reason: "nodeDied" };
const unreachable: DownReason = { reason: "unreachable" };

/** What is said about watches. */
export type WatchBody = Watch | Unwatch | Gone;

/** What watching needs of the two nodes' connection. */
export interface WatchLink {
  /** By the system lane. */
  submit(body: WatchBody): void;
  /**
   * Sends what an actor here has to say last to one there, behind everything that it said to it before. False where that
   * cannot be: then nothing is under way either.
   */
  sendLast(last: Last, actor: number, watcher: number): boolean;
  setTimer(afterMs: number, run: () => void): () => void;
  /** The peer breaks the rules. */
  fence(): void;
}

/** The actors here. */
export interface WatchedActors {
  /** Has `tell` called once when the actor has ended; undefined where there is none. Returns what ends that. */
  watch(actor: number, tell: (down: DownReason) => void): (() => void) | undefined;
}

/** A watch of ours on an actor there. */
interface Watching {
  readonly tell: (down: DownReason) => void;
  /** Nothing more comes of its actor. */
  hasLast: boolean;
  /** It is gone, and its last messages may be under way. */
  held: DownReason | undefined;
  cancelWait: () => void;
}

/** All watches between this node and one instance of another. */
export class Watches {
  readonly #link: WatchLink;
  readonly #actors: WatchedActors;
  readonly #watching = new Map<number, Watching>();
  /** Theirs on actors here: what ends them. */
  readonly #watched = new Map<number, () => void>();
  #lastNumber = 0;
  /** What every watch is answered with: for ever, or as long as the instance cannot be reached. */
  #answer: DownReason | undefined;
  #isOver = false;

  constructor(link: WatchLink, actors: WatchedActors) {
    this.#link = link;
    this.#actors = actors;
  }

  /** How many there are, of both sides. */
  get size(): number {
    return this.#watching.size + this.#watched.size;
  }

  /**
   * Has `tell` called exactly once, at once where the answer is known, unless what is returned is called first.
   *
   * @param watcher the actor that is to be told, for the order behind messages to it; 0 for none
   */
  watch(actor: number, watcher: number, tell: (down: DownReason) => void): () => void {
    if (this.#answer !== undefined) {
      tell(this.#answer);
      return () => {};
    }
    const number = ++this.#lastNumber;
    const watching: Watching = { tell, hasLast: false, held: undefined, cancelWait: () => {} };
    this.#watching.set(number, watching);
    this.#link.submit({ kind: "watch", watch: number, actor, watcher });
    return () => {
      if (this.#watching.delete(number)) this.#unwatch(number, watching);
    };
  }

  /** From the system lane. */
  received(body: WatchBody): void {
    switch (body.kind) {
      case "watch":
        return this.#watch(body.watch, body.actor, body.watcher);
      case "unwatch":
        this.#watched.get(body.watch)?.();
        this.#watched.delete(body.watch);
        return;
      case "gone":
        return this.#gone(body);
      default:
        return body satisfies never;
    }
  }

  /** From the user lane. */
  lastReceived({ watch }: Last): void {
    const watching = this.#watching.get(watch);
    if (watching === undefined) return;
    watching.hasLast = true;
    if (watching.held !== undefined) this.#tell(watch, watching.held);
  }

  /** The user lane broke: what had not come of it never will. */
  userLaneBroke(): void {
    for (const [number, { held }] of [...this.#watching]) {
      if (held !== undefined) this.#tell(number, held);
    }
  }

  /** The other instance cannot be reached, and may be alive: all that wait are told so, and who asks before it is back. */
  unreachable(): void {
    if (this.#isOver) return;
    this.#answer = unreachable;
    for (const [number, watching] of [...this.#watching]) {
      this.#unwatch(number, watching);
      this.#tell(number, watching.held ?? unreachable);
    }
  }

  /** It can be reached again. */
  reachable(): void {
    if (!this.#isOver) this.#answer = undefined;
  }

  /** The other instance is gone for good, or nothing can be heard of it any more. */
  end(why: "nodeDied" | "unreachable"): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#answer = why === "nodeDied" ? nodeDied : unreachable;
    for (const [number, { held }] of [...this.#watching]) this.#tell(number, held ?? this.#answer);
    for (const cancel of this.#watched.values()) cancel();
    this.#watched.clear();
  }

  #watch(number: number, actor: number, watcher: number): void {
    if (this.#watched.has(number) || this.#watched.size >= watchesPerPeerMax) return this.#link.fence();
    let isGone = false;
    const cancel = this.#actors.watch(actor, (down) => {
      isGone = true;
      this.#ended(number, actor, watcher, down);
    });
    if (cancel === undefined)
      this.#link.submit({ kind: "gone", watch: number, reason: "neverExisted", hasLast: false });
    else if (!isGone) this.#watched.set(number, cancel);
  }

  /** An actor here has ended, which somebody there watches. */
  #ended(watch: number, actor: number, watcher: number, { reason, error }: DownReason): void {
    this.#watched.delete(watch);
    const hasLast = watcher !== 0 && this.#link.sendLast({ watch }, actor, watcher);
    const said = reason === "crashed" ? "crashed" : "exited";
    this.#link.submit({
      kind: "gone",
      watch,
      reason: said,
      hasLast,
      ...(error && { error: boundedThrown(error) }),
    });
  }

  #gone({ watch, reason, error, hasLast }: Gone): void {
    const watching = this.#watching.get(watch);
    if (watching === undefined) return;
    const down: DownReason = error === undefined ? { reason } : { reason, error };
    if (!hasLast || watching.hasLast) return this.#tell(watch, down);
    watching.held = down;
    watching.cancelWait = this.#link.setTimer(lastWaitMs, () => this.#tell(watch, down));
  }

  #unwatch(number: number, watching: Watching): void {
    watching.cancelWait();
    if (!this.#isOver && watching.held === undefined) this.#link.submit({ kind: "unwatch", watch: number });
  }

  #tell(number: number, down: DownReason): void {
    const watching = this.#watching.get(number);
    if (watching === undefined) return;
    this.#watching.delete(number);
    watching.cancelWait();
    watching.tell(down);
  }
}
