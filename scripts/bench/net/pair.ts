// The two processes of a contestant. Only one pair works at a time: the others wait for a line.
import type { Contestant } from "./contestants.ts";
import { peersFolder } from "./contestants.ts";
import { LineProcess } from "./line-process.ts";
import type { RowName } from "./link.ts";
import type { OperationName, Turn } from "./load.ts";
import { processorNs, withDescendants } from "./processor-time.ts";

export class Pair {
  readonly name: string;
  readonly #server: LineProcess;
  readonly #client: LineProcess;
  readonly #pids: readonly number[];

  constructor(name: string, server: LineProcess, client: LineProcess) {
    this.name = name;
    this.#server = server;
    this.#client = client;
    this.#pids = [server.pid, client.pid].flatMap(withDescendants);
  }

  static async start({ name, server, client }: Contestant): Promise<Pair> {
    const serving = new LineProcess(server, peersFolder);
    const address = await serving.next();
    const dialling = new LineProcess([...client, address], peersFolder);
    await dialling.next();
    return new Pair(name, serving, dialling);
  }

  /** Every object of the row goes there and back as it was. */
  async check(row: RowName): Promise<void> {
    await this.#prepare(row, "askP50");
    await this.#client.ask(`${row} check`);
  }

  /** Nanoseconds a message: of processor time where the system tells it; for `askP50` of the median round trip. */
  async run({ row, operation, ms }: Turn): Promise<number> {
    await this.#prepare(row, operation);
    const before = processorNs(this.#pids);
    const [ns, messages] = (await this.#client.ask(`${row} ${operation} ${ms}`)).split(" ").map(Number);
    const after = processorNs(this.#pids);
    if (operation === "askP50") return ns!;
    return (before === undefined || after === undefined ? ns! : after - before) / messages!;
  }

  stop(): void {
    this.#client.stop();
    this.#server.stop();
  }

  async #prepare(row: RowName, operation: OperationName): Promise<void> {
    await this.#server.ask(`${row} ${operation}`);
  }
}
