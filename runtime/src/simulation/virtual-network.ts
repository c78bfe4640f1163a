// The network of a simulation: machines, the links between them, who listens where, and every connection.

import type {
  Address,
  Listening,
  OnStream,
  Stream,
  StreamEvents,
  StreamFailure,
} from "../transport/index.ts";
import { formatAddress } from "../transport/index.ts";
import { Link, type LinkQuality } from "./link.ts";
import { type Machine, newMachine } from "./machine.ts";
import type { Simulation } from "./simulation.ts";
import { StreamEnd } from "./stream-end.ts";
import { type NetworkWatch, VirtualConnection } from "./virtual-connection.ts";
import { type ProcessClock, VirtualProcess, type Wiring } from "./virtual-process.ts";

interface Listener {
  readonly process: VirtualProcess;
  readonly onStream: OnStream;
}

export interface NetworkOptions {
  /** The quality of each link, drawn when it is first used. By default that of a local network. */
  readonly quality?: (from: string, to: string) => LinkQuality;
  readonly watch?: NetworkWatch;
}

const handshakeBytes = 60;
/** What a system takes to answer without the network: for a name that nobody has, or a process of its own. */
const localUs = 20;
/** Linux gives up a connect after six retransmissions. */
const connectTimeoutMs = 127_000;
const exactClock: ProcessClock = { startMs: 0, rate: 1 };

export class VirtualNetwork implements Wiring {
  /** In the order of the dials; those that both ends have left are taken out. */
  readonly connections = new Set<VirtualConnection>();

  readonly #simulation: Simulation;
  readonly #options: NetworkOptions;
  readonly #watch: NetworkWatch;
  readonly #machines = new Map<string, Machine>();
  readonly #links = new Map<string, Link>();
  readonly #listeners = new Map<string, Listener>();
  #dials = 0;

  constructor(simulation: Simulation, options: NetworkOptions = {}) {
    this.#simulation = simulation;
    this.#options = options;
    const watch = options.watch ?? {};
    this.#watch = { ...watch, closed: (...args) => this.#closed(watch, ...args) };
  }

  /** The machine of that name, which there is from now on. */
  machine(name: string): Machine {
    let machine = this.#machines.get(name);
    if (machine === undefined) {
      machine = newMachine(name);
      this.#machines.set(name, machine);
    }
    return machine;
  }

  link(from: string, to: string): Link {
    const key = `${from}>${to}`;
    let link = this.#links.get(key);
    if (link === undefined) {
      const quality = (this.#options.quality ?? (() => this.#localQuality(key)))(from, to);
      link = new Link(this.#simulation, from, to, quality);
      this.#links.set(key, link);
    }
    return link;
  }

  /** Starts a process on a machine, where none may be alive; its code runs as its first event. */
  start(
    name: string,
    run: (process: VirtualProcess) => void,
    clock: ProcessClock = exactClock,
  ): VirtualProcess {
    const machine = this.machine(name);
    if (machine.process?.isAlive) throw new Error(`${machine.process.name} still runs`);
    machine.isDown = false;
    const process = new VirtualProcess(this.#simulation, this, name, ++machine.starts, clock);
    machine.process = process;
    this.#forgetConnections(name);
    process.post(0, () => run(process));
    return process;
  }

  /** Ends the process of a machine as SIGKILL does: its system closes what it had open. */
  crash(name: string): void {
    const { process } = this.machine(name);
    if (!process?.isAlive) return;
    this.#stopListening(process);
    process.kill();
    for (const end of this.#endsOf(process)) end.abandon();
    this.#removeLeft();
  }

  /** Ends the process of a machine as a lost power supply does: nobody is told, and nothing answers any more. */
  powerOff(name: string): void {
    const machine = this.machine(name);
    machine.isDown = true;
    if (!machine.process?.isAlive) return;
    this.#stopListening(machine.process);
    machine.process.kill();
    for (const end of this.#endsOf(machine.process)) end.vanish();
    this.#removeLeft();
  }

  dial(process: VirtualProcess, address: Address, events: StreamEvents): Stream {
    const there = this.link(process.machine, address.host);
    const back = this.link(address.host, process.machine);
    const name = `s${++this.#dials}`;
    const random = this.#simulation.random.stream(`connection ${name}`);
    const connection = new VirtualConnection(name, there, back, random, this.#watch);
    const end = new StreamEnd(connection, process, this.machine(process.machine), "dialler");
    connection.dialler = end;
    end.listen(events);
    this.connections.add(connection);
    this.#watch.dialled?.(connection);
    if (!this.#machines.has(address.host)) {
      this.#failLater(end, localUs, { code: "unknownHost", text: `No machine is called ${address.host}.` });
    } else {
      there.carry(handshakeBytes, () => this.#arrived(connection, end, address));
      this.#failLater(end, connectTimeoutMs * 1000, { code: "timedOut", text: "Nothing answered." });
    }
    return end;
  }

  async listen(process: VirtualProcess, address: Address, onStream: OnStream): Promise<Listening> {
    const machine = this.machine(process.machine);
    const port = address.port === 0 ? ++machine.lastPort : address.port;
    const bound = { host: machine.name, port };
    const key = formatAddress(bound);
    if (this.#listeners.has(key)) throw new Error(`${key} is taken`);
    const listener: Listener = { process, onStream };
    this.#listeners.set(key, listener);
    return {
      address: bound,
      close: async () => {
        if (this.#listeners.get(key) === listener) this.#listeners.delete(key);
      },
    };
  }

  /** The request to connect is at the machine: its system answers, whatever its process does. */
  #arrived(connection: VirtualConnection, dialler: StreamEnd, address: Address): void {
    const machine = this.machine(address.host);
    const back = this.link(address.host, connection.from);
    const listener = this.#listeners.get(formatAddress(address));
    if (machine.isDown || dialler.isGone) return;
    if (listener === undefined || machine.refusesDials) {
      const failure: StreamFailure = { code: "refused", text: `${formatAddress(address)} refused.` };
      return back.carry(handshakeBytes, () => connection.acceptor === undefined && dialler.fail(failure));
    }
    const acceptor = new StreamEnd(connection, listener.process, machine, "acceptor");
    connection.join(dialler, acceptor);
    back.carry(handshakeBytes, () => {
      if (dialler.isGone || dialler.isOpen) return;
      this.#watch.opened?.(connection);
      dialler.opened();
    });
    this.#accept(connection, acceptor, listener);
  }

  #accept(connection: VirtualConnection, acceptor: StreamEnd, listener: Listener): void {
    const from = { host: connection.from, port: ++this.machine(connection.from).lastPort };
    listener.process.post(localUs, () => {
      if (acceptor.isGone) return;
      this.#watch.accepted?.(connection);
      acceptor.listen(listener.onStream(acceptor, from));
    });
  }

  #failLater(end: StreamEnd, delayUs: number, failure: StreamFailure): void {
    this.#simulation.after(delayUs, () => {
      if (!end.isOpen && !end.isGone) end.fail(failure);
    });
  }

  /** The system of a machine that was started again knows nothing of earlier connections, and says so. */
  #forgetConnections(name: string): void {
    for (const connection of this.connections) {
      for (const end of [connection.dialler, connection.acceptor]) {
        if (end?.process.machine !== name || !end.isSilent || end.process.isAlive) continue;
        end.isSilent = false;
        connection.sendReset(end);
      }
    }
  }

  #endsOf(process: VirtualProcess): readonly StreamEnd[] {
    return [...this.connections]
      .flatMap(({ dialler, acceptor }) => [dialler, acceptor])
      .filter((end) => end !== undefined)
      .filter((end) => end.process === process);
  }

  #stopListening(process: VirtualProcess): void {
    for (const [key, listener] of this.#listeners)
      if (listener.process === process) this.#listeners.delete(key);
  }

  #closed(watch: NetworkWatch, connection: VirtualConnection, end: StreamEnd, failure?: StreamFailure): void {
    watch.closed?.(connection, end, failure);
    if (connection.isLeft) this.connections.delete(connection);
  }

  #removeLeft(): void {
    for (const connection of this.connections) if (connection.isLeft) this.connections.delete(connection);
  }

  #localQuality(key: string): LinkQuality {
    const random = this.#simulation.random.stream(`quality ${key}`);
    return {
      latencyMs: 0.05 + random.fraction() * 2,
      jitterMs: random.fraction(),
      bytesPerMs: 10_000 * 10 ** random.fraction(),
    };
  }
}
