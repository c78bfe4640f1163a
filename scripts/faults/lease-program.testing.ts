// A node as a process of its own, with a supervised child or the supervisor of one, whose main loop blocks when it is told.
import type { ActorReport } from "@hewn/runtime/actors";
import { Cluster, type NodeCluster } from "@hewn/runtime/node";
import { child, type LeaseTimes } from "@hewn/runtime/supervision";
import { formatNodeId } from "@hewn/runtime/transport";
import { BlockerActor } from "./lease-actor/blocker.testing.codec.ts";
import { Blocker } from "./lease-actor/blocker.testing.ts";
import { obeyParent, tellParent } from "./program-process.testing.ts";

export type LeaseCommand =
  | {
      readonly kind: "join";
      readonly name: string;
      readonly seeds: readonly string[];
      readonly lease?: LeaseTimes;
      readonly onLeaseLost?: "stop" | "exit";
      readonly pulse?: boolean;
    }
  /** Names of others that can run the child. */
  | { readonly kind: "fit" }
  /** Starts a supervisor of one child, which never runs here, nor where it ran last. */
  | { readonly kind: "supervise" }
  /** Asks the child to block its process; what comes of it is told. */
  | { readonly kind: "ask"; readonly ms: number }
  /** Blocks so long and so often, with one pass of the loop between. Answers at once. */
  | { readonly kind: "stall"; readonly ms: number; readonly times: number }
  | { readonly kind: "counters" };

export type LeaseReport =
  /** The child was started there. */
  | { readonly kind: "up"; readonly node: string; readonly generation: number }
  | { readonly kind: "outcome"; readonly ms: number; readonly text: string }
  /** Of a child here. */
  | { readonly kind: "worked"; readonly line: string }
  | { readonly kind: "lost"; readonly children: number; readonly lateMs: number }
  | { readonly kind: "actor"; readonly event: ActorReport["event"]; readonly method: string }
  | { readonly kind: "stalled" };

const tell = (report: LeaseReport): void => tellParent<LeaseReport>(report);
let cluster: NodeCluster | undefined;
let block: (ms: number) => Promise<string> = () => Promise.resolve("nobody to ask");

async function join({ kind: _, ...options }: LeaseCommand & { kind: "join" }): Promise<number | undefined> {
  class TellingBlocker extends Blocker {
    protected override readonly tell = (line: string): void => tell({ kind: "worked", line });
  }
  cluster = await Cluster.join({
    bind: "127.0.0.1:0",
    ...options,
    profile: "local",
    environment: {},
    control: false,
    log: () => {},
    actors: [BlockerActor.from(TellingBlocker)],
    onRemote: (report) => {
      if (report.event === "leaseLost")
        tell({ kind: "lost", children: report.children, lateMs: report.lateMs });
    },
    onActor: ({ event, method = "" }) => tell({ kind: "actor", event, method }),
  });
  return cluster.address?.port;
}

function supervise(of: NodeCluster): void {
  const supervisor = of.supervise({
    children: [child("w", BlockerActor, [], { on: of.anyNode({ another: true, self: false }) })],
    onEvent: (event) => {
      if (event.kind !== "childStarted" || event.child !== "w") return;
      const { node = "here", generation } = event;
      const name = of.members().find(({ id }) => formatNodeId(id) === node)?.name ?? node;
      tell({ kind: "up", node: name, generation });
    },
  });
  block = async (ms) => {
    const outcome = await supervisor.ref("w").block(ms);
    return outcome.status === "ok"
      ? `generation ${outcome.value}`
      : `${outcome.status}: ${outcome.status === "failed" ? outcome.error.message : outcome.reason}`;
  };
}

function stall({ ms, times }: LeaseCommand & { kind: "stall" }): void {
  let left = times;
  const once = (): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    if (--left > 0) setImmediate(once);
    else tell({ kind: "stalled" });
  };
  // Not out of a timer: others would be due only behind what follows.
  setTimeout(() => setImmediate(once), 20);
}

function roomy(of: NodeCluster): string[] {
  const others = of.members().filter(({ isSelf, isConnected, status, actors }) => {
    return !isSelf && isConnected && status === "alive" && actors.length > 0;
  });
  return others.map(({ name }) => name).sort();
}

function counters({ remoteCounters, counters: all }: NodeCluster): Record<string, number> {
  const { leasesLost } = remoteCounters;
  const { pulsesRenewed, pulsesGranted } = all;
  return { leasesLost, pulsesRenewed, pulsesGranted };
}

obeyParent<LeaseCommand>((command) => {
  if (command.kind === "join") return join(command);
  if (cluster === undefined) throw new Error("it has not joined");
  if (command.kind === "fit") return roomy(cluster);
  if (command.kind === "supervise") return supervise(cluster);
  if (command.kind === "stall") return stall(command);
  if (command.kind === "counters") return counters(cluster);
  const { ms } = command;
  void block(ms).then((text) => tell({ kind: "outcome", ms, text }));
});
