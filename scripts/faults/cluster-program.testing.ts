// A node of a cluster as a process of its own: obeys commands and tells what its cluster tells of the others.
import { Cluster, type MemberStatus, type NodeCluster } from "@hewn/runtime/node";
import { obeyParent, tellParent } from "./program-process.testing.ts";

export type ClusterCommand =
  | {
      readonly kind: "join";
      readonly name: string;
      readonly seeds: readonly string[];
      readonly bind?: string;
      readonly advertise?: string;
      readonly secret?: string;
    }
  /** Answers at once, and then computes for so long. */
  | { readonly kind: "block"; readonly ms: number }
  | { readonly kind: "leave" }
  /** Name and status of everybody else, connected ones with a plus sign. */
  | { readonly kind: "members" }
  | { readonly kind: "counters" };

export type ClusterReport =
  | { readonly kind: "joined"; readonly name: string }
  | {
      readonly kind: "status";
      readonly name: string;
      readonly status: MemberStatus;
      readonly evidence: string;
    }
  | { readonly kind: "other"; readonly event: string };

let cluster: NodeCluster | undefined;

async function join({ kind: _, ...options }: ClusterCommand & { kind: "join" }): Promise<number | undefined> {
  const joined = await Cluster.join({
    bind: "127.0.0.1:0",
    ...options,
    profile: "local",
    environment: {},
    control: false,
    log: () => {},
  });
  cluster = joined;
  joined.on((event) => {
    if (event.kind === "statusChanged") {
      const { member, status, evidence } = event;
      tellParent<ClusterReport>({ kind: "status", name: member.name, status, evidence });
    } else if (event.kind === "joined")
      tellParent<ClusterReport>({ kind: "joined", name: event.member.name });
    else if (event.kind !== "metadataChanged")
      tellParent<ClusterReport>({ kind: "other", event: event.kind });
  });
  return joined.address?.port;
}

function members(): string[] {
  const others = cluster?.members().filter(({ isSelf }) => !isSelf) ?? [];
  return others.map(({ name, status, isConnected }) => `${name} ${status}${isConnected ? " +" : ""}`).sort();
}

function block(ms: number): void {
  setTimeout(() => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, 20);
}

obeyParent<ClusterCommand>((command) => {
  if (command.kind === "join") return join(command);
  if (command.kind === "block") return block(command.ms);
  if (command.kind === "leave") return cluster?.leave();
  return command.kind === "members" ? members() : cluster?.counters;
});
