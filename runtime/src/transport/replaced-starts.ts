// Starts of nodes that others have taken the place of: they are refused from then on. Bounded, the oldest are forgotten;
// and bounded for each name, so that one that is started again and again makes nobody forget the others.

import { formatAddress } from "./address.ts";
import { replacedInstancesMax, replacedInstancesOfNameMax } from "./limits.ts";
import type { NodeId } from "./messages.ts";

/** The moments are those of the transport, which counts what happens. */
interface ReplacedStream {
  readonly origin: "dialled" | "accepted";
  readonly begunAt: number;
}

export class ReplacedStarts {
  /** By host and port, the one that was added to longest ago first; of each the instances, the oldest first, and since when. */
  readonly #instances = new Map<string, Map<bigint, number>>();
  #size = 0;

  /** Whether a stream to it is refused. Who takes a dial is what runs at the address, whatever was so when the dial began. */
  refuses({ host, port, instance }: NodeId, { origin, begunAt }: ReplacedStream): boolean {
    const since = this.#instances.get(formatAddress({ host, port }))?.get(instance);
    return since !== undefined && !(origin === "dialled" && begunAt > since);
  }

  add(node: NodeId, moment: number): void {
    this.delete(node);
    const name = formatAddress(node);
    const ofName = this.#instances.get(name) ?? new Map();
    this.#instances.delete(name);
    this.#instances.set(name, ofName);
    ofName.set(node.instance, moment);
    this.#size++;
    if (ofName.size > replacedInstancesOfNameMax) this.#forgetOldest(name, ofName);
    else if (this.#size > replacedInstancesMax) this.#forgetSome();
  }

  /** It runs after all. */
  delete(node: NodeId): void {
    const name = formatAddress(node);
    const ofName = this.#instances.get(name);
    if (ofName?.delete(node.instance) !== true) return;
    this.#size--;
    if (ofName.size === 0) this.#instances.delete(name);
  }

  #forgetSome(): void {
    for (const [name, ofName] of this.#instances) return this.#forgetOldest(name, ofName);
  }

  #forgetOldest(name: string, ofName: Map<bigint, number>): void {
    for (const oldest of ofName.keys()) {
      ofName.delete(oldest);
      break;
    }
    this.#size--;
    if (ofName.size === 0) this.#instances.delete(name);
  }
}
