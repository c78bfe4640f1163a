// `hewn node`: this process becomes a node of a cluster, until it is told to leave.
import {
  Cluster,
  clusterOptionsOf,
  type EventReport,
  eventReport,
  formatAddress,
  type JoinOptions,
  NetworkError,
  type NodeCluster,
  type NodeFlags,
  printable,
} from "@hewn/runtime/node";
import { EventLines } from "../cluster/event-lines.ts";
import { jsonEvent } from "../cluster/json-event.ts";
import { type App, loadApp } from "../cluster/load-app.ts";
import { jsonId } from "../cluster/members-view.ts";
import { RunningApp } from "../cluster/running-app.ts";
import { safeJson } from "../cluster/safe-json.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export interface NodeOptions extends CommonOptions, NodeFlags {}

/** From a signal to the end, in milliseconds: then the node is given up, and found dead by the others. */
const leaveDeadlineMs = 30_000;

/** As a shell says that a signal has ended a process. */
const interrupted = 130;

export async function node(
  file: string | undefined,
  args: readonly string[],
  options: NodeOptions,
  context: Context,
): Promise<ExitCode> {
  const app = file === undefined ? {} : await loadApp(file, context);
  const cluster = await joined(options, app);
  return new RunningNode(cluster, app, args, options, context).run();
}

async function joined(flags: NodeOptions, { types, actors }: App): Promise<NodeCluster> {
  try {
    const options: JoinOptions = clusterOptionsOf(flags);
    return await Cluster.join({ ...options, ...(types && { types }), ...(actors && { actors }) });
  } catch (error) {
    // A RangeError or TypeError says which option is out of bounds, a NetworkError what the system or a file lacks.
    const isTold = error instanceof NetworkError || error instanceof RangeError || error instanceof TypeError;
    if (!isTold) throw error;
    const isTaken = error instanceof NetworkError && error.code === "unavailable";
    throw new ConfigurationError(`${printable(error.message, 400)}.`.replace(/\.\.$/, "."), {
      ...(isTaken && {
        fix: "Another process may have the port: --bind takes another one, or :0 for any that is free.",
      }),
    });
  }
}

class RunningNode {
  readonly #cluster: NodeCluster;
  readonly #app: RunningApp;
  readonly #options: NodeOptions;
  readonly #context: Context;
  readonly #lines: EventLines;
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #code: ExitCode = exitCode.ok;
  #isLeaving = false;

  constructor(
    cluster: NodeCluster,
    app: App,
    args: readonly string[],
    options: NodeOptions,
    context: Context,
  ) {
    this.#cluster = cluster;
    this.#app = new RunningApp(app, cluster, args);
    this.#options = options;
    this.#context = context;
    this.#lines = new EventLines(context.terminal, "err");
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async run(): Promise<ExitCode> {
    const { terminal } = this.#context;
    const onSignal = () => {
      // Asked twice: whoever sits there wants out, whatever is still to be said.
      if (this.#isLeaving) process.exit(interrupted);
      void this.#leave();
    };
    // Stays to the end: it is what keeps the process alive, too.
    const alive = setInterval(() => {}, 2 ** 30);
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const stop = this.#cluster.on((event) => {
      const report = eventReport(event, this.#cluster.nowMs);
      if (report !== undefined) this.#tell(report);
      // `hewn leave`, or the application itself.
      if (event.kind === "left") void this.#leave();
    });
    this.#ready();
    this.#tellKnown();
    this.#app.start().catch((error: unknown) => {
      terminal.err(`hewn: the application failed: ${error instanceof Error ? error.stack : String(error)}`);
      this.#code = exitCode.findings;
      void this.#leave();
    });
    await this.#ended;
    stop();
    clearInterval(alive);
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    return this.#code;
  }

  #ready(): void {
    const { self, controlPath } = this.#cluster;
    const { json, quiet } = this.#options;
    const { terminal } = this.#context;
    const name = this.#cluster.member(self)?.name ?? "";
    this.#lines.names.learn(self, name);
    if (json) {
      const control = controlPath === undefined ? {} : { control: controlPath };
      terminal.out(safeJson({ event: "ready", ...jsonId(self), name, pid: process.pid, ...control }));
    } else if (!quiet) {
      const who = name === "" ? "a node" : name;
      terminal.out(`hewn: ${who} is at ${formatAddress(self)} (process ${process.pid})`);
    }
  }

  /** Who came before anybody could listen. */
  #tellKnown(): void {
    const { nowMs } = this.#cluster;
    for (const member of this.#cluster.members()) {
      if (member.isSelf) continue;
      const joined = eventReport({ kind: "joined", atMs: member.sinceMs ?? nowMs, member }, nowMs);
      if (joined !== undefined) this.#tell(joined);
    }
  }

  #tell(event: EventReport): void {
    const { json, quiet } = this.#options;
    const { terminal } = this.#context;
    if (json) return terminal.out(safeJson(jsonEvent(event)));
    const line = this.#lines.of(event);
    if (line !== undefined && !quiet) terminal.err(line);
  }

  async #leave(): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), leaveDeadlineMs);
    });
    const left = this.#app.stop().then(
      () => this.#cluster.leave(),
      (error: unknown) => this.#stopFailed(error),
    );
    if ((await Promise.race([left, late])) === "late") {
      this.#context.terminal.err(
        `hewn: could not leave within ${leaveDeadlineMs / 1000} s: ended all the same`,
      );
      process.exit(exitCode.findings);
    }
    clearTimeout(timer);
    this.#end();
  }

  #stopFailed(error: unknown): Promise<void> {
    const text = error instanceof Error ? error.stack : String(error);
    this.#context.terminal.err(`hewn: the application failed as it was stopped: ${text}`);
    this.#code = exitCode.findings;
    return this.#cluster.leave();
  }
}
