// The leases of one node, as its main loop shares them with the pulse thread.

import type { PulseAddress } from "../../cluster/pulse.ts";
import { keyOf, type MemberId } from "../../membership/index.ts";
import type { HeldLease, KeptLease, LeaseKeeper, OnLeaseLost } from "../../remote/index.ts";
import { LeaseMemory } from "../../supervision/index.ts";
import type { Resolver } from "../resolver.ts";
import { processMs, SharedWord } from "./shared-word.ts";
import type { ThreadOrder } from "./thread-message.ts";

type Order = Extract<ThreadOrder, { readonly kind: "place" | "hold" | "grant" }>;
type OrderOfNode = Order extends infer O ? (O extends Order ? Omit<O, "node"> : never) : never;

export class SharedLeases implements LeaseKeeper {
  readonly #resolver: Resolver;
  readonly #order: (order: OrderOfNode) => void;
  readonly #places = new Map<string, PulseAddress>();
  /** Whose leases this node holds, or has held. */
  readonly #granters = new Set<string>();

  constructor(resolver: Resolver, order: (order: OrderOfNode) => void) {
    this.#resolver = resolver;
    this.#order = order;
  }

  learned(peer: MemberId, at: PulseAddress): void {
    const key = keyOf(peer);
    this.#places.set(key, at);
    if (this.#granters.has(key)) this.#tell(key, at);
  }

  /** It is over for good. */
  forget(id: MemberId): void {
    const peer = keyOf(id);
    this.#places.delete(peer);
    if (this.#granters.delete(peer)) this.#order({ kind: "place", peer, target: undefined });
  }

  hold({ self, peer: id, term, times, untilMs }: KeptLease, onLost: OnLeaseLost): HeldLease {
    const peer = keyOf(id);
    const word = wordOf(untilMs);
    const children = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const running = new Int32Array(children);
    const place = this.#places.get(peer);
    const isNew = !this.#granters.has(peer);
    this.#granters.add(peer);
    if (isNew && place !== undefined) this.#tell(peer, place);
    const { memory } = word;
    const { instance } = self;
    const lease = { memory, children, peer, instance, term, times, onLost };
    this.#order({ kind: "hold", lease });
    return { memory: new LeaseMemory(word), children: (count) => void Atomics.store(running, 0, count) };
  }

  grant({ peer, term, times, untilMs }: KeptLease): LeaseMemory {
    const word = wordOf(untilMs);
    const { memory } = word;
    this.#order({ kind: "grant", lease: { memory, instance: peer.instance, term, times } });
    return new LeaseMemory(word);
  }

  #tell(peer: string, { host, port, token }: PulseAddress): void {
    this.#resolver.addresses(host).then(
      (addresses) => {
        const target = { addresses: [...new Set(addresses)], port, token };
        if (this.#granters.has(peer)) this.#order({ kind: "place", peer, target });
      },
      // Without an address the thread renews nothing of that node's: only the main loop does.
      () => this.#granters.delete(peer),
    );
  }
}

/** Times of the main loop count from its start. */
function wordOf(untilMs: number): SharedWord {
  const word = new SharedWord(undefined, performance.now() - processMs());
  word.exchange(0, untilMs);
  return word;
}
