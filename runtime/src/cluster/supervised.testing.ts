// Three nodes and a supervisor on the first, whose children run there or on the second: the same tests for both.

import { desk, Worker, WorkerActor } from "../remote/worker.testing.ts";
import {
  child,
  type FarChildOptions,
  type RunningSupervisor,
  type SupervisionEvent,
  type SupervisorSpec,
  type TreeChild,
} from "../supervision/index.ts";
import { isOneCluster, TestClusters, type TestNode } from "./clusters.testing.ts";

let round = 0;

/** Where children run: a test of `near` runs no message over the network. */
export type Where = "near" | "far";

export class Nursery {
  readonly clusters = new TestClusters();
  /** What was told, in short: `+a1` is up, `-a1:exited` has ended. */
  log: string[] = [];
  nodes: TestNode[] = [];
  readonly #label = `nursery ${round++}`;

  async start(names: readonly string[] = ["a", "b"]): Promise<readonly TestNode[]> {
    const actors = [WorkerActor.from(Worker)];
    this.nodes = await this.clusters.startAll(names, { actors });
    await this.clusters.until(() => this.isWhole);
    return this.nodes;
  }

  get isWhole(): boolean {
    const all = this.nodes.flatMap(({ cluster }) => cluster.members());
    return isOneCluster(this.nodes) && all.every(({ actors }) => actors.length > 0);
  }

  get a(): TestNode {
    return this.nodes[0]!;
  }

  labelOf(name: string): string {
    return `${this.#label} ${name}`;
  }

  desk(name: string): ReturnType<typeof desk> {
    return desk(this.labelOf(name));
  }

  /** A worker that runs on `a` or on `b`. */
  child<N extends string>(
    where: Where,
    name: N,
    options: Partial<FarChildOptions> = {},
    label = this.labelOf(name),
  ) {
    if (where === "near") {
      const { on, whenNowhere, ...near } = options;
      return child(name, WorkerActor, [label], near);
    }
    return child(name, WorkerActor, [label], { on: "b", ...options });
  }

  supervise<const C extends readonly TreeChild[]>(
    children: C,
    spec: SupervisorSpec = {},
  ): RunningSupervisor<C> {
    const onEvent = (event: SupervisionEvent): void => {
      const said = shortOf(event);
      if (said !== undefined) this.log.push(said);
    };
    return this.a.cluster.supervise({ ...spec, children, onEvent });
  }

  /** What was told since somebody asked last. */
  get said(): string {
    return this.log.splice(0).join(" ");
  }

  /** Waits for a promise while time passes. */
  async of<T>(promise: PromiseLike<T>): Promise<T> {
    let value: { readonly it: T } | undefined;
    void promise.then((it) => {
      value = { it };
    });
    await this.clusters.until(() => value !== undefined);
    return value!.it;
  }

  async pass(ms: number): Promise<void> {
    await this.clusters.network.advance(ms);
  }

  /** Ends a child, by itself or by what it throws. */
  async end(supervisor: RunningSupervisor, name: string, how: "normal" | "abnormal"): Promise<void> {
    if (how === "abnormal") await this.of(supervisor.ref(WorkerActor, name).fail("boom"));
    else this.desk(name).stop();
    await this.pass(100);
  }
}

function shortOf(event: SupervisionEvent): string | undefined {
  const path = event.path
    .slice(1)
    .map((name) => `${name}/`)
    .join("");
  switch (event.kind) {
    case "childStarted":
      return `+${path}${event.child}${event.generation}`;
    case "childEnded":
      return `-${path}${event.child}${event.generation}:${event.end.reason}`;
    case "childAbandoned":
      return `?${path}${event.child}${event.generation}`;
    case "childWaits":
      return `${path}${event.child} waits`;
    case "failed":
      return `${path}failed: ${event.failure.reason} ${event.failure.child}`;
    case "ready":
    case "stopped":
      return `${path}${event.kind}`;
    default:
      return undefined;
  }
}
