// An application while its node runs.
import type { NodeCluster } from "@hewn/runtime/node";
import type { App } from "./load-app.ts";

export class RunningApp {
  readonly #app: App;
  readonly #cluster: NodeCluster;
  readonly #args: readonly string[];
  readonly #stopping = new AbortController();
  #stop: unknown;

  constructor(app: App, cluster: NodeCluster, args: readonly string[]) {
    this.#app = app;
    this.#cluster = cluster;
    this.#args = args;
  }

  /** Rejects where it fails; one that never ends its start is none the worse. */
  async start(): Promise<void> {
    const context = { args: this.#args, signal: this.#stopping.signal };
    this.#stop = await this.#app.start?.(this.#cluster, context);
  }

  /** Fulfilled when it has put everything in order. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (typeof this.#stop === "function") await (this.#stop as () => unknown)();
  }
}
