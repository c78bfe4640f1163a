// A TCP proxy that does to the streams through it what networks do: see faults.testing.ts.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import {
  type Direction,
  type End,
  type Faults,
  noFaults,
  type ProxyCommand,
  type ProxyCounts,
} from "./faults.testing.ts";
import { Pipe } from "./pipe.testing.ts";

interface Stream {
  readonly dialler: Socket;
  readonly target: Socket;
  readonly there: Pipe;
  readonly back: Pipe;
}

export class FaultProxy {
  #server: Server | undefined;
  readonly #host: string;
  #port: number;
  #target = { host: "127.0.0.1", port: 0 };
  #faults: Readonly<Record<Direction, Faults>> = { there: noFaults, back: noFaults };
  readonly #streams = new Set<Stream>();
  #streamCount = 0;
  /** Of streams that are over. */
  #past = { there: 0, back: 0, discarded: 0 };

  /** Where it listens; without a port on any that is free. */
  constructor(host = "127.0.0.1", port = 0) {
    this.#host = host;
    this.#port = port;
  }

  /** Answers the port that it listens on, the same one after a refusal. */
  async listen(): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#take(socket));
    server.listen(this.#port, this.#host);
    await once(server, "listening");
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }

  get counts(): ProxyCounts {
    const streams = [...this.#streams];
    const sum = (of: (stream: Stream) => number): number => streams.reduce((all, one) => all + of(one), 0);
    return {
      streams: this.#streamCount,
      open: streams.filter(({ dialler, target }) => !dialler.destroyed && !target.destroyed).length,
      there: this.#past.there + sum(({ there }) => there.passed),
      back: this.#past.back + sum(({ back }) => back.passed),
      discarded: this.#past.discarded + sum(({ there, back }) => there.discarded + back.discarded),
    };
  }

  async obey(command: ProxyCommand): Promise<void> {
    switch (command.kind) {
      case "aim":
        this.#target = { host: command.host, port: command.port };
        return;
      case "faults":
        return this.#setFaults(command.faults, command.direction);
      case "heal":
        return this.#heal();
      case "reset":
        for (const { dialler, target } of this.#streams) {
          dialler.resetAndDestroy();
          target.resetAndDestroy();
        }
        return;
      case "halfOpen":
        return this.#halfOpen(command.closed);
      case "refuse":
        return this.#refuse(command.refuses);
      case "close":
        return this.#close();
    }
  }

  #setFaults(faults: Partial<Faults>, direction: Direction | undefined): void {
    const changed = (one: Direction): Faults =>
      direction === undefined || direction === one ? { ...this.#faults[one], ...faults } : this.#faults[one];
    this.#faults = { there: changed("there"), back: changed("back") };
    for (const { there, back } of this.#streams) {
      there.faults = this.#faults.there;
      back.faults = this.#faults.back;
    }
  }

  /** A stream with bytes missing is none: its ends learn of it now, as from the first packet behind the hole. */
  #heal(): void {
    this.#setFaults(noFaults, undefined);
    for (const { dialler, target, there, back } of this.#streams) {
      if (!there.isBroken && !back.isBroken) continue;
      dialler.resetAndDestroy();
      target.resetAndDestroy();
    }
  }

  #halfOpen(closed: End): void {
    for (const stream of this.#streams) {
      const silent: Faults = { ...noFaults, passage: "discard" };
      stream.there.faults = silent;
      stream.back.faults = silent;
      stream[closed].destroy();
    }
  }

  async #refuse(refuses: boolean): Promise<void> {
    if (!refuses) {
      if (this.#server === undefined) await this.listen();
      return;
    }
    this.#server?.close();
    this.#server = undefined;
  }

  #close(): void {
    this.#server?.close();
    for (const { dialler, target } of this.#streams) {
      dialler.destroy();
      target.destroy();
    }
  }

  #take(dialler: Socket): void {
    const target = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const stream: Stream = {
      dialler,
      target,
      there: new Pipe(dialler, target, this.#faults.there),
      back: new Pipe(target, dialler, this.#faults.back),
    };
    this.#streams.add(stream);
    this.#streamCount++;
    for (const end of ["dialler", "target"] as const) {
      stream[end].on("error", (error: NodeJS.ErrnoException) => this.#broken(stream, end, error));
      stream[end].once("close", () => this.#closed(stream));
    }
  }

  /** What befalls one end befalls the other, unless it would have to come through a cut. */
  #broken({ dialler, target, there }: Stream, end: End, error: NodeJS.ErrnoException): void {
    if (there.isBroken || this.#faults.there.passage !== "forward" || this.#faults.back.passage !== "forward")
      return;
    const other = end === "dialler" ? target : dialler;
    if (error.code === "ECONNREFUSED" || error.code === "ECONNRESET") other.resetAndDestroy();
    else other.destroy();
  }

  #closed(stream: Stream): void {
    const { dialler, target, there, back } = stream;
    if (!dialler.destroyed || !target.destroyed || !this.#streams.delete(stream)) return;
    this.#past = {
      there: this.#past.there + there.passed,
      back: this.#past.back + back.passed,
      discarded: this.#past.discarded + there.discarded + back.discarded,
    };
  }
}
