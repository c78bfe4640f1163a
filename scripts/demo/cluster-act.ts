// The act of the demo in which three processes find each other, one of them freezes and thaws, one is killed, one leaves;
// and in which the others say when they knew, and how.
import { createServer } from "node:net";
import { join } from "node:path";
import type { Running, Stage } from "./stage.ts";

const hewn = join(import.meta.dirname, "../../packages/cli/dist/main.js");

export interface Teller {
  step(text: string): void;
  say(text: string): void;
  expectThat(holds: boolean, otherwise: string): void;
}

const names = ["a", "b", "c"] as const;
type Name = (typeof names)[number];

/** What a node prints with `--json` when a member has another status. */
interface StatusLine {
  readonly at: string;
  readonly name: string;
  readonly status: string;
}

export async function clusterAct(stage: Stage, teller: Teller): Promise<void> {
  teller.step("Three nodes, each started with the same list of seeds, find each other");
  if (process.platform === "win32") return teller.say("Not on Windows, which freezes no process.");
  const cluster = new DemoCluster(stage, teller);
  await cluster.start();
  await cluster.show("members", "--node", "a");
  teller.step("b is frozen (SIGSTOP): its connections stay open, and nothing comes from it any more");
  await cluster.happen("b", "SIGSTOP", "frozen", ["a", "c"]);
  await cluster.show("why", "b", "--node", "a");
  teller.step("b is thawed, and refutes what was said of it");
  await cluster.happen("b", "SIGCONT", "alive", ["a", "c"]);
  teller.step("c is killed (SIGKILL), and has no time to say anything");
  await cluster.happen("c", "SIGKILL", "dead", ["a", "b"]);
  await cluster.show("why", "c", "--node", "b");
  teller.step("b is told to leave (SIGTERM), and says goodbye");
  await cluster.happen("b", "SIGTERM", "left", ["a"]);
  await cluster.show("members", "--node", "a");
  await cluster.end();
}

class DemoCluster {
  readonly #stage: Stage;
  readonly #teller: Teller;
  readonly #nodes = new Map<Name, Running>();
  /** The sockets of these nodes are where nobody else's are. */
  readonly #env: Readonly<Record<string, string>>;

  constructor(stage: Stage, teller: Teller) {
    this.#stage = stage;
    this.#teller = teller;
    this.#env = { XDG_RUNTIME_DIR: stage.folder };
  }

  async start(): Promise<void> {
    const addresses = (await freePorts(names.length)).map((port) => `127.0.0.1:${port}`);
    this.#teller.say(
      `hewn node --bind <its own> --name <a, b, c> --profile local --seeds ${addresses.join(",")}\n\n`,
    );
    for (const [at, name] of names.entries()) {
      const args = ["--json", "--bind", addresses[at]!, "--name", name, "--profile", "local"];
      this.#nodes.set(name, this.#hewn("node", ...args, "--seeds", addresses.join(",")));
    }
    const isThere = (name: Name) => new RegExp(`"event":"(?:status|metadata)".*"name":"${name}"`);
    await Promise.all(
      names.flatMap((name) =>
        names.filter((other) => other !== name).map((other) => this.#node(name).line(isThere(other))),
      ),
    );
  }

  /** Sends a node a signal, and says when each of the witnesses knew what had become of it. */
  async happen(
    name: Name,
    signal: NodeJS.Signals,
    status: string,
    witnesses: readonly Name[],
  ): Promise<void> {
    const pattern = new RegExp(`^\\{"event":"status".*"name":"${name}".*"status":"${status}"`);
    const said = witnesses.map(async (witness) => ({
      witness,
      line: await this.#node(witness).line(pattern),
    }));
    const since = Date.now();
    this.#node(name).signal(signal);
    for (const { witness, line } of await Promise.all(said)) {
      const { at } = JSON.parse(line.input) as StatusLine;
      this.#teller.say(`${witness} knew after ${Date.parse(at) - since} ms: ${name} is ${status}`);
    }
  }

  /** What a command answers. */
  async show(...args: readonly string[]): Promise<void> {
    const { code, output } = await this.#hewn(...args).ended;
    this.#teller.expectThat(code === 0, `hewn ${args.join(" ")} ended with ${code}:\n${output}`);
    this.#teller.say(`\n$ hewn ${args.join(" ")}\n${output}`);
  }

  async end(): Promise<void> {
    const { code: left } = await this.#node("b").ended;
    this.#node("a").signal("SIGINT");
    const { code } = await this.#node("a").ended;
    this.#teller.expectThat(left === 0 && code === 0, `the nodes ended with ${left} and ${code}`);
  }

  #node(name: Name): Running {
    return this.#nodes.get(name)!;
  }

  #hewn(...args: readonly string[]): Running {
    return this.#stage.start([hewn, ...args], () => {}, this.#env);
  }
}

/** Ports that nobody has at the moment. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen({ port: 0, host: "127.0.0.1" }, () => {
            const address = server.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
