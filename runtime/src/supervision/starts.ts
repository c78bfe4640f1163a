// Starting children: what a supervisor asks of the world, and is told of it.

import { failureOf } from "../actors/failure.ts";
import type { ActorHost, ActorSystem, NotSent, RefIdentity, StopReason } from "../actors/index.ts";
import type { ActorChild } from "./child.ts";
import type { ChildEnd } from "./child-spec.ts";
import type { EndOf, Start } from "./supervisor.ts";

/** How long a child that is to run elsewhere may take for the messages that wait for it, in milliseconds. */
export const handOverPatienceMs = 5_000;

/** Who has a child started, and is told what becomes of that: `started` at most once, then `ended` exactly once. */
export interface Starter {
  started(start: Start): void;
  /** One event has ended these. */
  ended(ends: readonly EndOf[]): void;
}

/** A start that is under way, or done. */
export interface ChildStart {
  /** Known once it has started. */
  readonly ref: RefIdentity | undefined;
  /** The node that it is on, as text; undefined for this one. */
  readonly node?: string | undefined;
  /** Ends it, whatever it is at; if it has not ended within so many milliseconds, it handles nothing more. */
  stop(withinMs: number): void;
  /** Ends it behind the messages that wait for it, because it is to run elsewhere: `ended` follows with `nodeLeft`. */
  handOver?(): void;
  /** Nothing of it is awaited any more: it handles nothing from now on, and `ended` need not follow. */
  abandon(): void;
}

/** Other nodes. */
export interface Elsewhere {
  /** For how long beyond its time a child that is stopped may have to be awaited, in milliseconds. */
  readonly patienceMs: number;
  /**
   * Starts a child where `child.on` leads to now.
   *
   * @param last the node where it ran before, as text
   */
  start(child: ActorChild, start: Start, by: Starter, last: string | undefined): ChildStart | NotSent;
  /** Has `run` called whenever another node may fit. Returns what ends that. */
  onChange(run: () => void): () => void;
}

export interface SupervisionWorld {
  readonly system: ActorSystem;
  /** Absent in a process that is in no cluster. */
  readonly elsewhere?: Elsewhere;
}

/**
 * Starts a child in this process.
 *
 * @param node what is to be said of where that is
 */
export function startHere(
  system: ActorSystem,
  child: ActorChild,
  start: Start,
  by: Starter,
  node?: string,
): ChildStart {
  return new StartHere(system, child, start, by, node);
}

class StartHere implements ChildStart {
  ref: RefIdentity | undefined;
  readonly node: string | undefined;
  readonly #lease = { isHeld: true };
  readonly #host: ActorHost;
  #end: () => void = () => {};
  #isStopping = false;
  #isHandedOver = false;
  #endBehind: () => void = () => {};
  #cancel: () => void = () => {};

  constructor(system: ActorSystem, child: ActorChild, start: Start, by: Starter, node: string | undefined) {
    this.node = node;
    this.#host = system.host;
    const { name, mailboxMessages } = child;
    const ended = (end: ChildEnd): void => {
      this.#cancel();
      by.ended([{ ...start, end }]);
    };
    try {
      const cell = system.start(child.actor, child.args, {
        name,
        generation: start.generation,
        lease: this.#lease,
        ...(mailboxMessages !== undefined && { mailboxMessages }),
        onStarted: () => by.started(start),
        onEnded: (reason) => ended(this.#endOf(reason)),
      });
      this.ref = system.refOf(cell);
      this.#end = () => cell.end({ reason: "stopped" });
      this.#endBehind = () => cell.postTurn(this.#end);
    } catch (error) {
      ended(crashOf(error));
    }
  }

  stop(withinMs: number): void {
    this.#isStopping = true;
    this.#cancel();
    this.#cancel = this.#host.setTimer(withinMs, () => this.abandon());
    this.#end();
  }

  handOver(): void {
    if (this.#isStopping || this.#isHandedOver) return;
    this.#isHandedOver = true;
    this.#cancel = this.#host.setTimer(handOverPatienceMs, this.#end);
    this.#endBehind();
  }

  abandon(): void {
    this.#cancel();
    this.#lease.isHeld = false;
  }

  #endOf(reason: StopReason): ChildEnd {
    const isMoved = this.#isHandedOver && !this.#isStopping && reason.reason === "stopped";
    return isMoved ? { reason: "nodeLeft" } : endOf(reason, this.#isStopping);
  }
}

/** What an actor's end is to its supervisor. */
export function endOf(reason: StopReason, wasTold: boolean): ChildEnd {
  if (reason.reason === "crashed") return reason;
  if (reason.reason === "leaseLost") return { reason: "leaseExpired" };
  return { reason: wasTold ? "shutdown" : "exited" };
}

/** What was thrown where a child was to be started. */
export function crashOf(error: unknown): ChildEnd {
  return { reason: "crashed", error: failureOf(error) };
}
