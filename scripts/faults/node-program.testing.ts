// A node with a transport as a process of its own: obeys commands, tells what happens to its peers, and writes down what
// becomes of every message.
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
import { talliesOf } from "../simulate/tallies.ts";
import { EventLog } from "./event-log.testing.ts";
import { obeyParent, tellParent } from "./program-process.testing.ts";
import { Storm } from "./storm.testing.ts";

export type NodeCommand =
  | {
      readonly kind: "start";
      readonly listen?: string;
      readonly advertise?: string;
      readonly secret?: string;
      /** The file of its log. */
      readonly log: string;
    }
  | { readonly kind: "connect"; readonly address: string }
  /** Sends numbers from `first` on to the only peer; answers how many were accepted. */
  | { readonly kind: "send"; readonly first: number; readonly count: number }
  /** Sends to the only peer whatever it takes, short and long, on both lanes, until it is told to stop. */
  | { readonly kind: "storm"; readonly isOn: boolean }
  /** Says goodbye to everybody; answers when it is done. */
  | { readonly kind: "leave" };

export type NodeEvent =
  | { readonly kind: "peer"; readonly node: string }
  | { readonly kind: "over"; readonly code: string }
  | { readonly kind: "break"; readonly lane: Break["lane"]; readonly code: string; readonly unknown: number }
  | { readonly kind: "verdict"; readonly lane: Break["lane"]; readonly verdict: Verdict }
  | { readonly kind: "number"; readonly number: number };

/** Short enough for tests, long enough for a machine that does much else. */
const times = { pingIntervalMs: 300, handshakeDeadlineMs: 1500, redialFirstMs: 50, redialLongestMs: 400 };
/** What is told to the parent. */
const toldPair = 0;
const controlPair = 100;

const letter = workloads.NodeIdCodec as Codec<NodeId>;
let transport: Transport | undefined;
let peer: Peer | undefined;
/** All that there ever were. */
const peers = new Set<Peer>();
let log: EventLog | undefined;
let self = "";
const storm = new Storm(sendOne);

async function start(command: NodeCommand & { kind: "start" }): Promise<number | undefined> {
  const { kind: _, log: file, ...options } = command;
  transport = await startTransport({
    types: [letter],
    environment: {},
    times,
    ...options,
    onPeer: arrived,
    onPeerOver: (_, { code }) => tellParent<NodeEvent>({ kind: "over", code }),
    onBreak: broken,
    onVerdict: (_, lane, verdict) => tellParent<NodeEvent>({ kind: "verdict", lane, verdict }),
  });
  self = formatNodeId(transport.node);
  log = new EventLog(file, self);
  log.write({ kind: "started", process: self });
  transport.onMessage(letter, received);
  return transport.address?.port;
}

function arrived(found: Peer): void {
  peer = found;
  const node = formatNodeId(found.node);
  tellParent<NodeEvent>({ kind: "peer", node });
  peers.add(found);
}

function broken({ node }: Peer, { lane, reason, unknown, unsent }: Break): void {
  const to = formatNodeId(node);
  const { code, text } = reason;
  log?.write({ kind: "ended", at: self, peer: to, code, text });
  if (unknown > 0) log?.write({ kind: "unknown", from: self, to, messages: unknown });
  if (unsent > 0) log?.write({ kind: "lost", from: self, to, messages: unsent });
  tellParent<NodeEvent>({ kind: "break", lane, code, unknown });
}

async function connect(address: string): Promise<string> {
  const outcome = await transport?.connect(address);
  return outcome?.status === "connected" ? "connected" : (outcome?.reason.code ?? "not started");
}

function send(first: number, count: number): number {
  let sent = 0;
  for (let number = first; number < first + count; number++) if (sendOne(toldPair, number, 0)) sent++;
  return sent;
}

/** False: it was not accepted. */
function sendOne(pair: number | "control", sequence: number, bytes: number): boolean {
  if (peer === undefined) return false;
  const to = formatNodeId(peer.node);
  const own = pair === "control" ? controlPair : pair;
  const message = { host: `${self} ${to} ${own} ${"x".repeat(bytes)}`, port: 0, instance: BigInt(sequence) };
  const outcome = pair === "control" ? peer.sendControl(letter, message) : peer.send(letter, message, own);
  if (outcome.status !== "accepted") return false;
  log?.write({ kind: "accepted", from: self, to, pair: own, sequence, bytes });
  return true;
}

function received({ host, instance }: NodeId): void {
  const [from = "", to = "", pair] = host.split(" ");
  const sequence = Number(instance);
  log?.write({ kind: "delivered", at: self, from, to, pair: Number(pair), sequence });
  if (Number(pair) === toldPair) tellParent<NodeEvent>({ kind: "number", number: sequence });
}

async function leave(): Promise<void> {
  storm.stop();
  await transport?.close();
  await Promise.all([...peers].map(({ closed }) => closed));
  for (const tally of talliesOf(self, peers, formatNodeId)) log?.write(tally);
  log?.write({ kind: "left", process: self });
}

obeyParent<NodeCommand>((command) => {
  switch (command.kind) {
    case "start":
      return start(command);
    case "connect":
      return connect(command.address);
    case "send":
      return send(command.first, command.count);
    case "storm":
      return command.isOn ? storm.start() : storm.stop();
    case "leave":
      return leave();
    default:
      return command satisfies never;
  }
});
