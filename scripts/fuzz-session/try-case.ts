// One case: a recording, spoiled, is played to a fresh node. Whatever comes, nothing is thrown, what is written are
// frames, every stream comes to an end, and nothing is kept for those that never got in.
import { type CloseReason, FrameDecoder, frameKind } from "@hewn/runtime/transport";
import { Dice } from "../fuzz/dice.ts";
import { mutations, spoiled } from "./mutate.ts";
import { type NodeUnderTest, nodeUnderTest } from "./node-under-test.ts";
import type { Delivery, Recording, Side } from "./recording.ts";
import type { ScriptedStream } from "./scripted-host.ts";

export interface Case {
  readonly seed: number;
  readonly index: number;
}

export interface Tried {
  readonly side: Side;
  readonly mutations: readonly string[];
  /** What is wrong; undefined where nothing is. */
  readonly finding: string | undefined;
  readonly opened: boolean;
  readonly received: number;
  readonly reasons: readonly CloseReason["code"][];
}

/** How the script ends streams that the node has not ended. */
const endings = ["silence", "end", "reset"] as const;

/** Longer than every deadline, and than all pings that may be missed. */
const longMs = 120_000;

/** What a node may write in one case: its handshakes, and answers to every ping that a spoiled recording repeats. */
const writtenMax = 1 << 20;

export async function tryCase(recordings: readonly Recording[], { seed, index }: Case): Promise<Tried> {
  const dice = new Dice(seed, index);
  const recording = dice.of(recordings);
  const side: Side = dice.oneIn(3) ? "a" : "b";
  const stream = dice.below(recording.dialledBy.length);
  const count = dice.oneIn(50) ? 0 : 1 + dice.below(3);
  const names = Array.from({ length: count }, () => dice.of(Object.keys(mutations)));
  const deliveries = spoiled(recording.deliveries[side], stream, names, dice);
  const player = new Player(
    await nodeUnderTest(side, side === "a" ? "leads" : "follows", recording.fingerprints[side]),
    recording,
    side,
  );
  let finding: string | undefined;
  try {
    player.play(deliveries);
    player.end(dice.of(endings));
    finding = player.wrong() ?? (count === 0 ? player.missing() : undefined);
  } catch (error) {
    finding = `it threw ${error instanceof Error ? error.stack : String(error)}`;
  }
  const { node, reasons } = player;
  return {
    side,
    mutations: names,
    finding,
    opened: node.peers.length > 0,
    received: node.received.length,
    reasons,
  };
}

class Player {
  readonly node: NodeUnderTest;
  readonly #recording: Recording;
  readonly #side: Side;
  /** By the numbers of the recording. */
  readonly #streams = new Map<number, ScriptedStream>();
  readonly #all: ScriptedStream[] = [];
  readonly #dialled: ScriptedStream[] = [];

  constructor(node: NodeUnderTest, recording: Recording, side: Side) {
    this.node = node;
    this.#recording = recording;
    this.#side = side;
    node.host.onDial = (stream) => {
      this.#all.push(stream);
      this.#dialled.push(stream);
      node.host.soon(() => {
        if (!stream.destroyed) stream.events?.opened();
      });
    };
    if (side === "a") void node.transport.connect({ host: "b", port: 1 });
    node.host.settle();
  }

  get reasons(): readonly CloseReason["code"][] {
    return this.node.refused.map(({ code }) => code);
  }

  play(deliveries: readonly Delivery[]): void {
    for (const { stream: number, bytes } of deliveries) {
      const stream = this.#stream(number);
      if (stream === undefined || stream.closed || stream.destroyed) continue;
      stream.events?.received(Uint8Array.from(bytes));
      this.node.host.settle();
    }
  }

  /** Ends what is open, each in the same way, and lets much time pass. */
  end(how: (typeof endings)[number]): void {
    const { host } = this.node;
    for (const stream of this.#all) {
      if (stream.closed || stream.destroyed || how === "silence") continue;
      if (how === "reset") stream.close({ code: "reset", text: "It was reset." });
      else stream.events?.ended();
      host.settle();
    }
    for (let passed = 0; passed < longMs; passed += 1000) {
      host.advance(1000);
      for (const stream of this.#all) {
        // Where the node has ended its side, the script ends its own.
        if (stream.ended && !stream.closed) stream.close();
      }
    }
    host.settle();
  }

  wrong(): string | undefined {
    const { transport, received, peers } = this.node;
    if (transport.pendingHandshakes > 0)
      return `${transport.pendingHandshakes} handshakes are pending for ever`;
    if (received.length > 0 && peers.length === 0) return "a message came from nobody";
    for (const stream of this.#streams.values()) {
      if (!stream.closed) return "a stream was never given up";
    }
    for (const stream of this.#all) {
      const flaw = flawOf(stream.bytes);
      if (flaw !== undefined) return flaw;
    }
    return undefined;
  }

  /** Of a recording that was not spoiled nothing may be lost. */
  missing(): string | undefined {
    const wanted = this.#recording.received[this.#side];
    const { length } = this.node.received;
    return wanted === length ? undefined : `of ${wanted} messages of an honest peer ${length} arrived`;
  }

  #stream(number: number): ScriptedStream | undefined {
    const known = this.#streams.get(number);
    if (known !== undefined) return known;
    const fresh = this.#recording.dialledBy[number] === this.#side ? this.#dialled.shift() : this.#open();
    if (fresh !== undefined) this.#streams.set(number, fresh);
    return fresh;
  }

  #open(): ScriptedStream {
    const stream = this.node.host.open();
    this.#all.push(stream);
    return stream;
  }
}

const kinds = new Set<number>(Object.values(frameKind));

function flawOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > writtenMax) return `it wrote ${bytes.length} bytes`;
  const decoder = new FrameDecoder(1 << 20);
  decoder.push(bytes);
  let last: number | undefined;
  while (decoder.next()) {
    if (last === frameKind.goAway) return "it went on after its goodbye";
    last = decoder.kind;
    if (!kinds.has(last)) return `it wrote a frame of kind ${last}`;
  }
  if (decoder.error !== undefined) return `it wrote what is no frame: ${decoder.error.message}`;
  return decoder.unfinishedBytes > 0 ? "it wrote half a frame" : undefined;
}
