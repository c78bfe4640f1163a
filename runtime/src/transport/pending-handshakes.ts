// Accepted streams whose handshake is not done: candidates, of which nothing else is kept. Bounded, so that those who only
// hold sockets keep nobody out.

import type { LaneStream } from "./lane-stream.ts";
import type { NodeId } from "./messages.ts";
import { sameNode } from "./node-id.ts";

export class PendingHandshakes {
  /** Streams that were given up for others. */
  crowdedOut = 0;
  readonly #max: number;
  /** The oldest first. */
  readonly #streams = new Set<LaneStream>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#streams.size;
  }

  add(stream: LaneStream): void {
    if (this.#streams.size >= this.#max) this.#crowdOut();
    this.#streams.add(stream);
  }

  /** True where it was one of them. */
  delete(stream: LaneStream): boolean {
    return this.#streams.delete(stream);
  }

  all(): readonly LaneStream[] {
    return [...this.#streams];
  }

  /** Those whose hello says that they are of this node. */
  of(node: NodeId): readonly LaneStream[] {
    return this.all().filter(({ hello }) => hello !== undefined && sameNode(hello.node, node));
  }

  /** Gives the oldest stream up that has shown no hello: if all have, the oldest of all. */
  #crowdOut(): void {
    let victim: LaneStream | undefined;
    for (const stream of this.#streams) {
      if (stream.hello === undefined) {
        victim = stream;
        break;
      }
      victim ??= stream;
    }
    this.crowdedOut++;
    victim?.destroy();
  }
}
