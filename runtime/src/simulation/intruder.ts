// Somebody who found a port and is no node: opens streams and says what no node would say, or nothing at all.

import type { Address, Stream } from "../transport/index.ts";
import type { Random } from "./random.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";

/** The machine that streams of intruders come from. */
export const intruderMachine = "intruder";

type Speech = (stream: Stream, process: VirtualProcess, random: Random) => void;

const text = (words: string): Uint8Array => Uint8Array.from(words, (letter) => letter.charCodeAt(0));

/** A frame's length field that promises two gigabytes, and the kind of a first frame. */
const promise = Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 1);
const dripMs = 20;

const speeches: readonly Speech[] = [
  // Nothing: holds a socket.
  () => {},
  (stream) => stream.write(promise),
  (stream) => stream.write(text("GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
  // The beginning of a TLS handshake.
  (stream) => stream.write(Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)),
  (stream, _process, random) => {
    stream.write(Uint8Array.from({ length: random.between(1, 300) }, () => random.below(256)));
    stream.end();
  },
  // A first frame that is short enough, a byte at a time and never whole.
  (stream, process) => {
    const bytes = [...Uint8Array.of(0, 0, 4, 0, 1), ...text("HEWN")];
    const drip = (): void => {
      stream.write(Uint8Array.of(bytes.shift() ?? 0));
      if (bytes.length > 0) process.setTimer(dripMs, drip);
    };
    drip();
  },
  (stream) => {
    stream.write(text("HEWN"));
    stream.destroy();
  },
];

/** Opens a stream to `address` and speaks; `which` chooses what. */
export function intrude(network: VirtualNetwork, address: Address, which: number, random: Random): void {
  const speak = speeches[which % speeches.length]!;
  const run = (process: VirtualProcess): void => {
    let isOpen = true;
    const stream = process.dial(address, {
      opened: () =>
        speak(
          guarded(stream, () => isOpen),
          process,
          random,
        ),
      received() {},
      drained() {},
      ended: () => stream.destroy(),
      closed() {
        isOpen = false;
      },
    });
  };
  const { process } = network.machine(intruderMachine);
  if (process === undefined) network.start(intruderMachine, run);
  else process.post(0, () => run(process));
}

/** Says nothing more to a stream that is closed. */
function guarded(stream: Stream, isOpen: () => boolean): Stream {
  return {
    write: (bytes) => !isOpen() || stream.write(bytes),
    end: () => stream.end(),
    destroy: () => stream.destroy(),
  };
}
