// The supervisors of a node of a cluster: their children may run on any member.

import type { ActorSystem, NotSent } from "../actors/index.ts";
import type { RemoteNode } from "../remote/index.ts";
import {
  type ActorChild,
  type ChildStart,
  countEvent,
  type Elsewhere,
  isTrouble,
  newSupervisionCounters,
  RunningSupervisor,
  type Start,
  type Starter,
  type SupervisionCounters,
  type SupervisionEvent,
  startHere,
  type TreeChild,
  type TreeSpec,
} from "../supervision/index.ts";
import { formatNodeId, type NodeId, sameNode } from "../transport/index.ts";
import type { ChoiceContext } from "./placement.ts";

/** What is needed of the node. */
export interface SupervisingNode {
  readonly self: NodeId;
  readonly system: ActorSystem;
  readonly remote: RemoteNode;
  /** Where a child is to be started now. */
  place(child: ActorChild, context: ChoiceContext): NodeId | NotSent;
  /** What goes wrong below the supervisors of this node. */
  tell(event: SupervisionEvent): void;
}

export class ClusterSupervision implements Elsewhere {
  readonly counters: SupervisionCounters = newSupervisionCounters();
  readonly #node: SupervisingNode;
  readonly #running = new Set<RunningSupervisor>();
  readonly #changed = new Set<() => void>();
  #isStopping = false;
  #isDrained = false;

  constructor(node: SupervisingNode) {
    this.#node = node;
  }

  supervise<const C extends readonly TreeChild[]>(spec: TreeSpec<C>): RunningSupervisor<C> {
    if (this.#isStopping) throw new Error("the node is leaving: it supervises nothing any more");
    const supervisor = new RunningSupervisor<C>({ system: this.#node.system, elsewhere: this }, spec);
    this.#running.add(supervisor);
    supervisor.on((event) => {
      countEvent(this.counters, event);
      if (isTrouble(event)) this.#node.tell(event);
    });
    void supervisor.over.then(() => this.#running.delete(supervisor));
    return supervisor.begin();
  }

  /** Those that are not over. */
  get running(): readonly RunningSupervisor[] {
    return [...this.#running];
  }

  /** Ends all of them, the youngest first. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const supervisor of [...this.#running].reverse()) await supervisor.stop();
  }

  /** Children that could run on another node are started there from now on, and those that run here end for that. */
  handOver(): void {
    this.#isDrained = true;
    const key = formatNodeId(this.#node.self);
    for (const supervisor of this.running) supervisor.handOver(key);
  }

  /** How many children run here that could run on another node. */
  get placedHere(): number {
    return this.#childrenOn(this.#node.self);
  }

  /** A node came, or can be reached again, or offers something else. */
  changed(): void {
    for (const run of [...this.#changed]) run();
  }

  // For supervisors.

  get patienceMs(): number {
    // A renewal may just have been granted, and a word of the other node's may need a moment.
    return this.#node.remote.lease.restartAfterMs + 1000;
  }

  onChange(run: () => void): () => void {
    this.#changed.add(run);
    return () => this.#changed.delete(run);
  }

  start(child: ActorChild, start: Start, by: Starter, last: string | undefined): ChildStart | NotSent {
    const { self, system, remote } = this.#node;
    const at = this.#node.place(child, { last, childrenOn: ({ id }) => this.#childrenOn(id) });
    if ("status" in at) return at;
    if (sameNode(at, self) && this.#isDrained)
      return {
        status: "notSent",
        reason: "unreachable",
        text: "This node is drained: it takes no children.",
      };
    if (sameNode(at, self)) return startHere(system, child, start, by, formatNodeId(self));
    if (remote.canStart(at)) return remote.startChild(at, child, start, by);
    const text = `There is no connection to ${formatNodeId(at)} at the moment.`;
    return { status: "notSent", reason: "unreachable", text };
  }

  #childrenOn(id: NodeId): number {
    const key = formatNodeId(id);
    return this.running.reduce((sum, { actorsOn }) => sum + actorsOn(key), 0);
  }
}
