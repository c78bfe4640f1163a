// A small system for tests of the simulator: each send dials, writes its messages as lines, and ends; it is a pair of its
// own. Who sends writes down what becomes of it, and may be told to do so badly.

import type { Stream } from "../transport/index.ts";
import { Accounted } from "./checkers/accounted.ts";
import { InOrder } from "./checkers/in-order.ts";
import { RightInstance } from "./checkers/right-instance.ts";
import { bytes, Recorder } from "./programs.testing.ts";
import type { SendOrder, SimulatedNode, SimulatedSystem } from "./system.ts";

export interface Letters {
  /** Does not tell of what was lost with a stream. */
  readonly isCareless?: boolean;
}

class Reader extends Recorder {
  readonly #stream: Stream;
  readonly #node: SimulatedNode;
  constructor(stream: Stream, node: SimulatedNode) {
    super();
    this.#stream = stream;
    this.#node = node;
  }
  override received(chunk: Uint8Array): void {
    super.received(chunk);
    const lines = this.text.split("\n");
    this.text = lines.pop() ?? "";
    for (const line of lines) {
      const [from = "", pair, sequence] = line.split(" ");
      const at = this.#node.process.name;
      const message = { pair: Number(pair), sequence: Number(sequence) };
      this.#node.observe({ kind: "delivered", at, from, to: at, ...message });
    }
  }
  override ended(): void {
    this.#stream.end();
  }
}

export function letters({ isCareless = false }: Letters = {}): SimulatedSystem {
  return {
    calmMs: 5000,
    checkers: () => [new InOrder(), new RightInstance(), new Accounted()],
    async start(node) {
      const { process } = node;
      await process.listen(node.address, (stream) => new Reader(stream, node));
      let pair = 0;
      const send = ({ to: machine, count, bytes: size }: SendOrder): void => {
        const from = process.name;
        const to = `${machine}#1`;
        const end = new Recorder();
        const stream = process.dial(node.addressOf(machine), end);
        const own = pair++;
        for (let sequence = 0; sequence < count; sequence++) {
          node.observe({ kind: "accepted", from, to, pair: own, sequence, bytes: size });
        }
        end.opened = () => {
          for (let i = 0; i < count; i++) stream.write(bytes(`${from} ${own} ${i} ${"x".repeat(size)}\n`));
          stream.end();
        };
        end.closed = (failure) => {
          if (failure === undefined || isCareless) return;
          node.sometimes("a letter is lost");
          node.observe({ kind: "unknown", from, to, messages: count });
        };
      };
      return { send };
    },
  };
}
