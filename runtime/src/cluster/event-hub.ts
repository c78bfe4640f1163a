// Tells everybody who wants to know what happens in the cluster.

import type { EventsOptions } from "./cluster.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import type { ClusterMember } from "./cluster-member.ts";
import { EventQueue } from "./event-queue.ts";
import { eventsWaitingMax } from "./limits.ts";

type Listener = (event: ClusterEvent) => void;

/** What the hub needs of its cluster. */
export interface HubOwner {
  readonly nowMs: number;
  members(): readonly ClusterMember[];
  /** A listener threw. */
  failed(error: unknown): void;
}

export class EventHub {
  /** Events that did not fit into somebody's queue. */
  missed = 0;
  readonly #owner: HubOwner;
  readonly #listeners = new Set<Listener>();
  readonly #queues = new Set<EventQueue<ClusterEvent>>();
  #isOver = false;

  constructor(owner: HubOwner) {
    this.#owner = owner;
  }

  on(listener: Listener): () => void {
    // Of its own, so that a function that is handed in twice is called twice.
    const own: Listener = (event) => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  events({ snapshot = false, waitingMax = eventsWaitingMax }: EventsOptions = {}): EventQueue<ClusterEvent> {
    if (!(Number.isInteger(waitingMax) && waitingMax > 0)) {
      throw new RangeError(`waitingMax is ${waitingMax}: expected a whole number above 0`);
    }
    const missed = (count: number): ClusterEvent => ({ atMs: this.#owner.nowMs, kind: "missed", count });
    const queue = new EventQueue<ClusterEvent>(waitingMax, missed, () => this.#queues.delete(queue));
    if (snapshot) queue.put({ atMs: this.#owner.nowMs, kind: "members", members: this.#owner.members() });
    if (this.#isOver) queue.end();
    else this.#queues.add(queue);
    return queue;
  }

  tell(event: ClusterEvent): void {
    for (const queue of this.#queues) if (!queue.put(event)) this.missed++;
    for (const listener of [...this.#listeners]) this.#call(listener, event);
  }

  /** Nothing follows. */
  end(): void {
    this.#isOver = true;
    for (const queue of this.#queues) queue.end();
    this.#queues.clear();
    this.#listeners.clear();
  }

  #call(listener: Listener, event: ClusterEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.#owner.failed(error);
    }
  }
}
