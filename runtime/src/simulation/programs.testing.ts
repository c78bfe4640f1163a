// Small programs for tests of the simulation: they write down what happens to their streams.

import type { Address, Stream, StreamEvents } from "../transport/index.ts";
import { Simulation } from "./simulation.ts";
import { VirtualNetwork } from "./virtual-network.ts";
import type { VirtualProcess } from "./virtual-process.ts";

export const quiet = { latencyMs: 1, jitterMs: 0, bytesPerMs: 1e9 };

export function newWorld(seed = 1): { simulation: Simulation; network: VirtualNetwork } {
  const simulation = new Simulation({ seed, keepsTrace: true });
  return { simulation, network: new VirtualNetwork(simulation, { quality: () => quiet }) };
}

/** A stream's end and what it was told. */
export class Recorder implements StreamEvents {
  readonly log: string[] = [];
  text = "";
  received(chunk: Uint8Array): void {
    this.text += new TextDecoder().decode(chunk);
    this.log.push(`received ${chunk.length}`);
  }
  opened(): void {
    this.log.push("opened");
  }
  drained(): void {
    this.log.push("drained");
  }
  ended(): void {
    this.log.push("ended");
  }
  closed(failure?: { readonly code: string }): void {
    this.log.push(failure === undefined ? "closed" : `closed ${failure.code}`);
  }
}

export const port = 9100;
export const addressOf = (host: string): Address => ({ host, port });
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A process that takes streams and records what happens to them. */
export function startServer(
  network: VirtualNetwork,
  machine: string,
): { streams: Stream[]; ends: Recorder[] } {
  const server = { streams: [] as Stream[], ends: [] as Recorder[] };
  network.start(machine, (process) => {
    void process.listen(addressOf(machine), (stream) => {
      const end = new Recorder();
      server.streams.push(stream);
      server.ends.push(end);
      return end;
    });
  });
  return server;
}

/** A process that dials and does something once the stream is open. */
export function startClient(
  network: VirtualNetwork,
  machine: string,
  to: string,
  opened: (stream: Stream, process: VirtualProcess) => void = () => {},
): Recorder & { stream?: Stream } {
  const end: Recorder & { stream?: Stream } = new Recorder();
  network.start(machine, (process) => {
    const stream = process.dial(addressOf(to), end);
    end.stream = stream;
    end.opened = () => {
      end.log.push("opened");
      opened(stream, process);
    };
  });
  return end;
}
