// One workload in a process of its own, so that no other workload's shapes disturb it: asserts round trips, measures,
// and prints the figures as JSON. Started by codec-bench.ts, on any engine that runs Node's modules.
import { parseArgs } from "node:util";
import { type Contestant, interleaved, type Samples, type Settings } from "../interleaved.ts";
import { type Generated, generated } from "./hewn.ts";
import { type Peer, peersOf } from "./peer.ts";
import { seededRandom } from "./random.ts";
import { assertHewn, assertRoundTrips } from "./round-trip.ts";
import { valuesOf, type WorkloadName } from "./values.ts";

const { values: flags } = parseArgs({
  options: {
    workload: { type: "string" },
    peers: { type: "string" },
    rounds: { type: "string", default: "31" },
    "sample-ms": { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
    operations: {
      type: "string",
      default: "encode,encodeInto,encodeCopy,decode,stringify,parse,stringifyBytes,parseBytes,bytes",
    },
  },
});

/** Results are kept for a while, as programs keep them: without it they would never leave the nursery. */
const kept: unknown[] = new Array(64).fill(undefined);

/** Turns over `inputs`, whose number is a power of two. */
function contestant<T>(name: string, inputs: readonly T[], operate: (input: T) => unknown): Contestant {
  const mask = inputs.length - 1;
  if ((inputs.length & mask) !== 0) throw new RangeError("the number of inputs is no power of two");
  return {
    name,
    run(count) {
      for (let i = 0; i < count; i++) kept[i & 63] = operate(inputs[i & mask]!);
    },
  };
}

/** Text is read, so that nobody gains by leaving the work to whoever reads it first. */
function flattened(text: string): string {
  text.charCodeAt(text.length - 1);
  return text;
}

/** What one process says of one operation. */
export interface Measured {
  readonly operation: string;
  readonly samples: readonly (readonly [contestant: string, figures: readonly number[]])[];
}

interface Contest {
  readonly operation: string;
  readonly contestants: readonly Contestant[];
}

function contests<T>(hewn: Generated<T>, values: readonly T[], peers: readonly Peer[]): readonly Contest[] {
  const target = new Uint8Array(1 << 20);
  const messages = values.map((value) => Buffer.from(hewn.encode(value)));
  const ours = (operation: (value: T) => unknown) => contestant("hewn", values, operation);
  const theirs = (operation: (peer: Peer) => Contestant | undefined) =>
    peers.map(operation).filter((one) => one !== undefined);
  const natives = new Map(peers.map((peer) => [peer, values.map(peer.toNative)]));
  const json = peers.find(({ name }) => name === "JSON")!;
  return [
    {
      operation: "encode",
      contestants: [
        ours((value) => hewn.encode(value)),
        ...theirs((peer) => contestant(peer.name, natives.get(peer)!, peer.encode)),
      ],
    },
    {
      operation: "encodeInto",
      contestants: [
        ours((value) => hewn.encodeInto(value, target)),
        ...theirs((peer) => contestant(peer.name, natives.get(peer)!, peer.encodeView ?? peer.encode)),
      ],
    },
    {
      operation: "encodeCopy",
      contestants: [
        ours((value) => hewn.encode(value, { copy: true })),
        ...theirs((peer) =>
          contestant(peer.name, natives.get(peer)!, (native) => ownBuffer(peer.encode(native))),
        ),
      ],
    },
    {
      operation: "decode",
      contestants: [
        contestant("hewn", messages, (message) => hewn.decode(message)),
        ...theirs((peer) =>
          contestant(
            peer.name,
            natives.get(peer)!.map((native) => Buffer.from(peer.encode(native))),
            peer.decode,
          ),
        ),
      ],
    },
    ...jsonContests(hewn, values, natives.get(json)!),
  ];
}

function jsonContests<T>(
  hewn: Generated<T>,
  values: readonly T[],
  natives: readonly unknown[],
): readonly Contest[] {
  const texts = values.map((value) => Buffer.from(hewn.stringify(value)).toString());
  const jsonBytes = texts.map((text) => Buffer.from(text));
  return [
    {
      operation: "stringify",
      contestants: [
        contestant("hewn", values, (value) => flattened(hewn.stringify(value))),
        contestant("JSON", natives, (native) => flattened(JSON.stringify(native))),
      ],
    },
    {
      operation: "parse",
      contestants: [
        contestant("hewn", texts, (text) => hewn.parse(text)),
        contestant("JSON", texts, (text) => JSON.parse(text)),
      ],
    },
    {
      operation: "stringifyBytes",
      contestants: [
        contestant("hewn", values, (value) => hewn.stringifyToBytes(value)),
        contestant("JSON", natives, (native) => Buffer.from(JSON.stringify(native))),
      ],
    },
    {
      operation: "parseBytes",
      contestants: [
        contestant("hewn", jsonBytes, (bytes) => hewn.parseFromBytes(bytes)),
        contestant("JSON", jsonBytes, (bytes) => JSON.parse(bytes.toString())),
      ],
    },
  ];
}

/** Bytes in an ArrayBuffer of their own; most peers give such, the others are copied. */
function ownBuffer(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength
    ? bytes
    : Uint8Array.prototype.slice.call(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Mean bytes of a message, by contestant. */
function sizes<T>(hewn: Generated<T>, values: readonly T[], peers: readonly Peer[]): Samples {
  const mean = (lengths: readonly number[]): number[] => [
    Math.round((10 * lengths.reduce((sum, length) => sum + length, 0)) / lengths.length) / 10,
  ];
  return new Map([
    ["hewn", mean(values.map((value) => hewn.encode(value).length))],
    ...peers.map((peer): [string, readonly number[]] => [
      peer.name,
      mean(values.map((value) => peer.encode(peer.toNative(value)).length)),
    ]),
  ]);
}

function settings(): Settings {
  const random = seededRandom(Number(flags.seed));
  return {
    rounds: Number(flags.rounds),
    sampleMs: Number(flags["sample-ms"]),
    shuffle: (items) =>
      items
        .map((item) => ({ item, key: random.next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
    settle: () => globalThis.gc?.({ type: "minor" }),
  };
}

async function main<N extends WorkloadName>(workload: N): Promise<void> {
  const hewn = generated[workload] as Generated<unknown>;
  const values = valuesOf(workload, Number(flags.seed)) as readonly unknown[];
  const peers = await peersOf(workload, flags.peers!);
  assertHewn(hewn, values, new Uint8Array(1 << 20));
  for (const peer of peers) assertRoundTrips(peer, values);
  const wanted = new Set(flags.operations.split(","));
  const measured: Measured[] = contests(hewn, values, peers)
    .filter(({ operation }) => wanted.has(operation))
    .map(({ operation, contestants }) => {
      return { operation, samples: [...interleaved(contestants, settings())] };
    });
  if (wanted.has("bytes")) measured.push({ operation: "bytes", samples: [...sizes(hewn, values, peers)] });
  console.log(JSON.stringify(measured));
}

await main(flags.workload as WorkloadName);
