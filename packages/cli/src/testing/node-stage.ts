// Nodes as processes of their own, started and asked by the built `hewn` as users would, in a directory that their control
// sockets are in too.
import { join } from "node:path";
import { type Run, TempProject } from "./temp-project.ts";
import type { Watched } from "./watched.ts";

export interface Started {
  readonly process: Watched;
  /** `host:port` */
  readonly address: string;
}

/** What `hewn members --json` says of one. */
export interface SeenMember {
  readonly address: string;
  readonly name: string;
  readonly status: string;
  readonly instance: string;
  readonly incarnation: number;
  readonly isSelf: boolean;
  readonly roles: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly roundTripMs?: number;
  readonly lagMs: number;
}

const deadlineMs = 30_000;

export class NodeStage {
  readonly project: TempProject;
  readonly #env: Readonly<Record<string, string>>;
  readonly #nodes: Watched[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.project = new TempProject(files);
    this.#env = { XDG_RUNTIME_DIR: this.project.directory };
  }

  get sockets(): string {
    return join(this.project.directory, "hewn");
  }

  /** Starts a node with `--json`, on any port and with the fastest profile, and waits until it takes connections. */
  async node(...args: readonly string[]): Promise<Started> {
    const process = this.start("node", "--json", "--bind", "127.0.0.1:0", "--profile", "local", ...args);
    const ready = JSON.parse(await process.line(/"event":"ready"/)) as { readonly address: string };
    return { process, address: ready.address };
  }

  /** The same at an address of its own, started by a command that starts it somewhere else than here. */
  async nodeWithin(within: readonly string[], ...args: readonly string[]): Promise<Started> {
    const process = this.project.startWithin(
      within,
      this.#env,
      "node",
      "--json",
      "--profile",
      "local",
      ...args,
    );
    this.#nodes.push(process);
    const ready = JSON.parse(await process.line(/"event":"ready"/)) as { readonly address: string };
    return { process, address: ready.address };
  }

  /** Starts a command that goes on. */
  start(...args: readonly string[]): Watched {
    const process = this.project.start(this.#env, ...args);
    this.#nodes.push(process);
    return process;
  }

  hewn(...args: readonly string[]): Promise<Run> {
    return this.project.hewnWith(this.#env, ...args);
  }

  /** What a node knows. */
  async members(...args: readonly string[]): Promise<readonly SeenMember[]> {
    const { code, stdout, stderr } = await this.hewn("members", "--json", ...args);
    if (code !== 0) throw new Error(`hewn members ended with ${code}: ${stdout}${stderr}`);
    return (JSON.parse(stdout) as { readonly members: readonly SeenMember[] }).members;
  }

  /** Asks until it is so; answers what was seen then. */
  async until(
    isSo: (members: readonly SeenMember[]) => boolean,
    ...args: readonly string[]
  ): Promise<readonly SeenMember[]> {
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const members = await this.members(...args);
      if (isSo(members)) return members;
      if (performance.now() > deadline)
        throw new Error(`not within ${deadlineMs} ms: ${JSON.stringify(members)}`);
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.kill()));
    this.project.dispose();
  }
}

/** The status of who has that name; of several starts, that of the one that is not over. */
export function statusOf(members: readonly SeenMember[], name: string): string | undefined {
  const starts = members.filter((member) => member.name === name);
  const isOver = ({ status }: SeenMember) => ["dead", "left", "removed"].includes(status);
  return (starts.find((start) => !isOver(start)) ?? starts[0])?.status;
}

/** Runs `work` on a stage, and leaves no process behind. */
export async function onStage(
  files: Readonly<Record<string, string>>,
  work: (stage: NodeStage) => Promise<void>,
): Promise<void> {
  const stage = new NodeStage(files);
  try {
    await work(stage);
  } finally {
    await stage.dispose();
  }
}
