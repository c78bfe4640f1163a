// The part of the report about messages between processes: Hewn beside sockets by hand, and beside peers.
import type { RecordedResult } from "../conditions.ts";
import { isBudget, isNet, type NetRow, netRivals } from "../row.ts";
import { folded, markdownTable, paragraphs } from "./markdown.ts";
import { engineOf, type Results } from "./results.ts";

export const betweenOperations = [
  {
    name: "tell",
    title: "One way",
    about: "Messages a second of processor time, counted by the receiver.",
  },
  {
    name: "ask256",
    title: "There and back, 256 under way",
    about: "Requests a second of processor time; of blobs 64 are under way.",
  },
  {
    name: "askP50",
    title: "There and back, one after the other",
    about: "The median round trip in microseconds: here less is better, also as a multiple of the limit.",
  },
] as const;

export function netSection({ net }: Results): string {
  if (net === undefined) return "";
  const rows = net.rows.filter(isNet);
  return paragraphs(
    `## Messages between processes, ${engineOf(net)}`,
    measured,
    ...betweenOperations.map(({ name, title, about }) => {
      const ofOperation = rows.filter(({ operation }) => operation === name);
      return ofOperation.length === 0 ? "" : paragraphs(`### ${title}`, about, operationTables(ofOperation));
    }),
    controlPart(net),
    idlePart(net),
  );
}

const measured = `Two processes of each contestant share one core, as a message from core to core waits for the other core to wake up,
which differs from run to run. Of a rate what counts is the processor time of both, with all that they started: on one core
that is what bounds it, and what others do on the machine does not count. All objects came back as they were before anything
was measured. *small* is a SensorReading, *record* an order of about 1 KB, *blob* 64 KB of bytes.

- **raw** is \`node:net\` by hand: bytes that are there already, four bytes of length, one buffer for each turn of the event loop,
  and a receiver that looks at nothing. **With codecs** it encodes and decodes as Hewn does, and has no credit, no pings, no
  lanes and no handshake: this is the limit of a transport.
- **Transport alone**: messages whose bytes are there already, and a handler that gets a view of each, at both ends; Hewn's
  with everything but the codec on, raw by hand.
- **hewn** has everything on. Its messages behind TLS (1.3, with a shared secret) stand beside raw bytes behind the same TLS.
- Peers are as their users get them: gRPC on one stream in both directions, ws with msgpackr, Moleculer over its own TCP
  with JSON (bytes as base64), NATS with a server of its own and msgpackr, Erlang by \`!\` between two nodes, which does not
  wait in loops, as that is ruinous on a shared core.`;

function operationTables(rows: readonly NetRow[]): string {
  const unit = rows[0]?.unit ?? "";
  const header = [
    "",
    `Hewn, ${unit}`,
    "of raw",
    "95 %",
    "of raw with codecs",
    "transport alone, of raw",
    "ahead",
    "95 %",
    `peers, ${unit}`,
  ];
  const inClear = rows.filter(({ ahead }) => ahead !== undefined);
  const secure = rows.filter(({ ahead }) => ahead === undefined);
  return paragraphs(
    markdownTable(header, inClear.map(clearCells), [0, header.length - 1]),
    secure.length === 0
      ? ""
      : folded(
          "Behind TLS",
          markdownTable(
            ["", `Hewn, ${unit}`, "of raw bytes behind TLS", "95 %", "of Hewn in the clear"],
            secure.map(tlsCells),
          ),
        ),
  );
}

function clearCells(row: NetRow): readonly string[] {
  const { ahead = 0, aheadLow = 0, aheadHigh = 0 } = row;
  return [
    row.row,
    String(row.hewn),
    row.ofRaw.toFixed(2),
    interval(row.ofRawLow, row.ofRawHigh),
    share(row, "raw with codecs"),
    row.alone === undefined
      ? ""
      : `${row.alone.ofRaw.toFixed(2)} (${interval(row.alone.ofRawLow, row.alone.ofRawHigh)})`,
    ahead < 1 ? `**${ahead.toFixed(2)}**` : ahead.toFixed(2),
    interval(aheadLow, aheadHigh),
    netRivals(row)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(", "),
  ];
}

function tlsCells(row: NetRow): readonly string[] {
  return [
    row.row,
    String(row.hewn),
    row.ofRaw.toFixed(2),
    interval(row.ofRawLow, row.ofRawHigh),
    share(row, "hewn in the clear"),
  ];
}

function share({ limits }: NetRow, name: string): string {
  return limits[name]?.of.toFixed(2) ?? "";
}

export function interval(low: number, high: number): string {
  return `${low.toFixed(2)}–${high.toFixed(2)}`;
}

function controlPart({ rows }: RecordedResult): string {
  const control = rows.filter(isBudget).filter(({ row }) => row === "control");
  if (control.length === 0) return "";
  const cells = control.map(({ operation, hewn, low, high, budget }) => [
    operation,
    String(hewn),
    `${low}–${high}`,
    operation === "p99" ? String(budget) : "",
  ]);
  return paragraphs(
    "### A probe on the control lane beside a flood",
    "From the question to the answer while the user lane moves messages of 64 KB as fast as it can, in milliseconds for which either process was running.",
    markdownTable(["", "ms", "95 %", "budget"], cells),
  );
}

function idlePart({ rows }: RecordedResult): string {
  const idle = rows.filter(isBudget).filter(({ row }) => row === "idle");
  if (idle.length === 0) return "";
  const cells = idle.map(({ operation, hewn, low, high, budget, peers }) => [
    operation,
    String(hewn),
    `${low}–${high}`,
    hewn > budget ? `${budget}, **not kept**` : String(budget),
    String(peers["raw"] ?? ""),
  ]);
  return paragraphs(
    "### A socket on which nothing is said",
    "Growth of the process by each of a thousand sockets in the clear, with all that a node knows of the peer behind them, in KB; a peer has two. Held are objects and buffers that live; resident is also what engine and system keep of what the handshakes took.",
    markdownTable(["side", "Hewn, KB", "95 %", "budget", "raw, KB"], cells),
  );
}
