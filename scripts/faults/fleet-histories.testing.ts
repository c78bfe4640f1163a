// The logs of all processes of a fleet, and what the rules say of them together.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checker, InOrder, type Observation, RightInstance } from "@hewn/runtime/simulation";
import { type Entry, readLog } from "./event-log.testing.ts";
import { judged, merged } from "./merged-logs.testing.ts";

export interface Judgement {
  readonly wrong: readonly string[];
  /** Letters that arrived. */
  readonly letters: number;
}

export class FleetHistories {
  readonly #folder = mkdtempSync(join(tmpdir(), "hewn-fleet-"));
  readonly #files: string[] = [];
  readonly #latest = new Map<number, string>();
  readonly #killed = new Set<string>();

  /** A file for the log of one more process, which this node is in. */
  file(node: number): string {
    const file = join(this.#folder, `${this.#files.length}.jsonl`);
    this.#files.push(file);
    this.#latest.set(node, file);
    return file;
  }

  /** The latest process of the node was killed. */
  died(node: number): void {
    this.#killed.add(this.#latest.get(node)!);
  }

  /** What is wrong with all that happened. */
  judge(): Judgement {
    const logs = this.#files.filter((file) => existsSync(file)).map((file) => this.#log(file));
    const history = merged(logs);
    const letters = history.filter(({ kind }) => kind === "delivered").length;
    return { wrong: judged(history, rules()), letters };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Who is killed does not write that down. */
  #log(file: string): readonly Entry[] {
    const log = readLog(file);
    const last = log.at(-1);
    const name = log.findLast(({ observation }) => observation.kind === "started")?.observation;
    if (!this.#killed.has(file) || last === undefined || name?.kind !== "started") return log;
    const death: Observation = { kind: "died", process: name.process };
    return [...log, { ...last, order: log.length, observation: death }];
  }
}

function rules(): readonly Checker[] {
  return [new InOrder(), new RightInstance()];
}
