// Binds the handles that messages of one peer bring.

import type { ActorAddress, Port } from "../actors/index.ts";
import { unboundPort } from "../actors/unbound.ts";
import type { RefPorts } from "../codec/options.ts";
import { type NodeId, parseNodeId } from "../transport/index.ts";

/** What is needed of the node. */
export interface PortFinder {
  portTo(name: string, node: NodeId, actor: number): Port;
}

export class PeerRefs implements RefPorts {
  readonly #finder: PortFinder;
  readonly #peer: NodeId;
  /** The last node that was named: messages with many handles tend to name one. */
  #text = "";
  #node: NodeId | undefined;

  constructor(finder: PortFinder, peer: NodeId) {
    this.#finder = finder;
    this.#peer = peer;
  }

  portTo(address: ActorAddress): Port {
    const node = address.node === undefined ? this.#peer : this.#named(address.node);
    // What no node is called by leads nowhere.
    if (node === undefined) return unboundPort(address);
    return this.#finder.portTo(address.actor, node, address.id);
  }

  #named(text: string): NodeId | undefined {
    if (text !== this.#text) {
      this.#text = text;
      this.#node = parseNodeId(text);
    }
    return this.#node;
  }
}
