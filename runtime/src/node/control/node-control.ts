// Makes a node of a cluster answer commands: those of its user through a socket on its machine, those of others over
// connections like any other, which must have proved who they are where they want more than to look.

import { ControlServer, controlledCluster, controlRequests } from "../../cluster/control/index.ts";
import type { Cluster } from "../../cluster/index.ts";
import { formatAddress } from "../../transport/index.ts";
import { type NodeHost, type NodeHostOptions, writeLine } from "../node-host.ts";
import { hasControlSockets } from "./control-directory.ts";
import { type ControlSocket, openControlSocket } from "./control-socket.ts";

/** Answers the socket; undefined where there is none, which the log says. */
export async function controlNode(
  cluster: Cluster,
  host: NodeHost,
  { environment, log = writeLine }: Pick<NodeHostOptions, "environment" | "log">,
): Promise<ControlSocket | undefined> {
  const node = controlledCluster(cluster, {
    resolve: (seed) => host.resolve(seed),
    counters: () => refusalsOf(host),
    setTimer: (afterMs, run) => host.setTimer(afterMs, run),
  });
  const server = new ControlServer(node);
  const mayCommand = host.security !== "none";
  cluster.onMessage(controlRequests, (request, peer) => server.asked(request, peer, mayCommand));
  if (!hasControlSockets) return undefined;
  const { self } = cluster;
  // Without a port it has no address of its own.
  const name = self.port === 0 ? `pid-${process.pid}-${self.instance.toString(16)}` : formatAddress(self);
  try {
    return await openControlSocket(server, { name, ...(environment && { environment }) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log(`hewn: commands on this machine do not find this node, only --at does: ${reason}`);
    return undefined;
  }
}

/** Under names of their own among the other counters. */
function refusalsOf({ refusals }: NodeHost): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(refusals).map(([code, number]) => [
      `refused${code[0]!.toUpperCase()}${code.slice(1)}`,
      number ?? 0,
    ]),
  );
}
