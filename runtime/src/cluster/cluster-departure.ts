// What a node of a cluster does in each phase of its departure.

import type { Logger } from "../actors/index.ts";
import type { Metadata } from "../membership/index.ts";
import type { Drained } from "./cluster.ts";
import type { ClusterActors } from "./cluster-actors.ts";
import type { ClusterHost } from "./cluster-host.ts";
import { Departing } from "./departing.ts";
import type { DeparturePhase, DepartureTimes, DepartureWork } from "./departure.ts";

/** What is needed of the node. */
export interface DepartingNode {
  readonly logger: Logger | undefined;
  setMetadata(changes: Partial<Metadata>): void;
  /** Fulfilled when all are told. */
  goodbye(): Promise<void>;
  close(): Promise<void>;
  /** It has come to a phase, or that was not done in its time. */
  tell(phase: Exclude<DepartureWork, "close">, isLate: boolean): void;
  failed(error: unknown): void;
}

/** How often it is looked whether all is handed over, in milliseconds. */
const lookMs = 5;

export class ClusterDeparture {
  readonly #host: ClusterHost;
  readonly #actors: ClusterActors;
  readonly #node: DepartingNode;
  readonly #departing: Departing;
  #isCloseLate = false;

  /** Throws a RangeError where a time is none. */
  constructor(
    host: ClusterHost,
    actors: ClusterActors,
    node: DepartingNode,
    times?: Partial<DepartureTimes>,
  ) {
    this.#host = host;
    this.#actors = actors;
    this.#node = node;
    this.#departing = new Departing(
      {
        now: () => host.now(),
        setTimer: (afterMs, run) => host.setTimer(afterMs, run),
        works: {
          // Who places an actor looks at what members say that can be started there.
          intake: () => node.setMetadata({ actors: [] }),
          handOver: () => this.#handOver(),
          stop: () => actors.stop(),
          goodbye: () => node.goodbye(),
          close: () => node.close(),
        },
        // Behind its goodbye nothing is told of a node.
        began: (phase) => phase !== "close" && node.tell(phase, false),
        late: (phase) => this.#late(phase),
        failed: (error) => node.failed(error),
      },
      times,
    );
  }

  get phase(): DeparturePhase {
    return this.#departing.phase;
  }

  async drain(): Promise<Drained> {
    const before = this.#actors.movable;
    await this.#departing.drain();
    const remaining = this.#actors.movable;
    return { handedOver: before - remaining, remaining, actors: this.#actors.size - remaining };
  }

  async leave(): Promise<void> {
    await this.#departing.leave();
    // Somebody else may have closed it, and it is not done.
    if (!this.#isCloseLate) await this.#node.close();
  }

  /** The node was closed, or is closing. */
  closed(): void {
    if (this.phase !== "close") this.#departing.closed();
  }

  #late(phase: DepartureWork): void {
    this.#node.logger?.warn({ phase }, `cluster: ${phase} was not done in its time; goes on without it`);
    if (phase === "close") this.#isCloseLate = true;
    else this.#node.tell(phase, true);
  }

  async #handOver(): Promise<void> {
    const actors = this.#actors;
    const isStaying = (): boolean => !this.#departing.isLeaving;
    actors.handOver(isStaying());
    while (this.phase === "handOver" && !actors.isHandedOver(isStaying()))
      await new Promise<void>((resolve) => this.#host.setTimer(lookMs, resolve));
  }
}
