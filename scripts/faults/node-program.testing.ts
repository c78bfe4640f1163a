// A node with a transport as a process of its own: obeys commands and tells what happens to its peers.
import type { Codec } from "@hewn/runtime/codec";
import {
  type Break,
  formatNodeId,
  type Peer,
  startTransport,
  type Transport,
  type Verdict,
} from "@hewn/runtime/node";
import * as workloads from "../../fixtures/bench/workloads.codec.ts";
import type { NodeId } from "../../fixtures/bench/workloads.ts";
import { obeyParent, tellParent } from "./program-process.testing.ts";

export type NodeCommand =
  | {
      readonly kind: "start";
      readonly listen?: string;
      readonly advertise?: string;
      readonly secret?: string;
    }
  | { readonly kind: "connect"; readonly address: string }
  /** Sends numbers from `first` on to the only peer; answers how many were accepted. */
  | { readonly kind: "send"; readonly first: number; readonly count: number };

export type NodeEvent =
  | { readonly kind: "peer"; readonly node: string }
  | { readonly kind: "over"; readonly code: string }
  | { readonly kind: "break"; readonly lane: Break["lane"]; readonly code: string; readonly unknown: number }
  | { readonly kind: "verdict"; readonly lane: Break["lane"]; readonly verdict: Verdict }
  | { readonly kind: "number"; readonly number: number };

/** Short enough for tests, long enough for a machine that does much else. */
const times = { pingIntervalMs: 300, handshakeDeadlineMs: 1500, redialFirstMs: 50, redialLongestMs: 400 };

const letter = workloads.NodeIdCodec as Codec<NodeId>;
let transport: Transport | undefined;
let peer: Peer | undefined;

async function start({ kind: _, ...options }: NodeCommand & { kind: "start" }): Promise<number | undefined> {
  transport = await startTransport({
    types: [letter],
    environment: {},
    times,
    ...options,
    onPeer: (found) => {
      peer = found;
      tellParent<NodeEvent>({ kind: "peer", node: formatNodeId(found.node) });
    },
    onPeerOver: (_, { code }) => tellParent<NodeEvent>({ kind: "over", code }),
    onBreak: (_, { lane, reason, unknown }) =>
      tellParent<NodeEvent>({ kind: "break", lane, code: reason.code, unknown }),
    onVerdict: (_, lane, verdict) => tellParent<NodeEvent>({ kind: "verdict", lane, verdict }),
  });
  transport.onMessage(letter, ({ port }) => tellParent<NodeEvent>({ kind: "number", number: port }));
  return transport.address?.port;
}

async function connect(address: string): Promise<string> {
  const outcome = await transport?.connect(address);
  return outcome?.status === "connected" ? "connected" : (outcome?.reason.code ?? "not started");
}

function send(first: number, count: number): number {
  let sent = 0;
  for (let number = first; number < first + count; number++) {
    const outcome = peer?.send(letter, { host: "from", port: number, instance: 0n });
    if (outcome?.status === "accepted") sent++;
  }
  return sent;
}

obeyParent<NodeCommand>((command) => {
  if (command.kind === "start") return start(command);
  if (command.kind === "connect") return connect(command.address);
  return send(command.first, command.count);
});
