// `hewn generate --watch` over a workspace: how long it takes from an edit until the codec is right again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { hewn } from "./commands.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds after which a watch that says nothing counts as hung. */
const deadlineMs = 120_000;

export class Watching {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #stop = (): void => void this.#child.kill();

  constructor({ folder }: Workspace) {
    this.#child = spawn(process.execPath, [hewn, "generate", "--watch"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#lines = createInterface({ input: this.#child.stdout! });
    process.prependOnceListener("SIGINT", this.#stop);
    process.prependOnceListener("SIGTERM", this.#stop);
  }

  /** Resolves when an edit would be seen. */
  async ready(): Promise<void> {
    await this.#said("watching");
  }

  /** Edits one interface; milliseconds until its codec is written and said to be. */
  async rebuild(workspace: Workspace, source: string): Promise<number> {
    const said = this.#said(source.replace(/\.ts$/, ".codec.ts"));
    const startMs = performance.now();
    workspace.edit(source);
    await said;
    return performance.now() - startMs;
  }

  async close(): Promise<void> {
    process.off("SIGINT", this.#stop);
    process.off("SIGTERM", this.#stop);
    const ended = once(this.#child, "close");
    this.#child.kill();
    await ended;
  }

  /** Listens to every line: several can come at once. */
  async #said(words: string): Promise<void> {
    const signal = AbortSignal.timeout(deadlineMs);
    await new Promise<void>((resolve, reject) => {
      const listen = (line: string): void => {
        if (!line.includes(words)) return;
        this.#lines.off("line", listen);
        resolve();
      };
      this.#lines.on("line", listen);
      this.#lines.once("close", () => reject(new Error("the watch has ended by itself")));
      signal.addEventListener("abort", () => reject(new Error(`the watch did not say ${words}`)));
    });
  }
}
