// The logs of all processes of a fleet, and what the rules say of them together.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Checker,
  Forward,
  InOrder,
  type Observation,
  RightInstance,
  SameView,
} from "@hewn/runtime/simulation";
import { type Entry, readLog } from "./event-log.testing.ts";
import { judged, merged } from "./merged-logs.testing.ts";

export interface Judgement {
  readonly wrong: readonly string[];
  /** How often each status was said. */
  readonly said: Readonly<Record<string, number>>;
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

  /** What is wrong with all that happened, now that everything must be well. */
  judge(): Judgement {
    const logs = this.#files.filter((file) => existsSync(file)).map((file) => this.#log(file));
    const atMs = performance.timeOrigin + performance.now();
    const well: Entry = { process: "all", order: 0, atMs, observation: { kind: "well", atMs } };
    const history = merged([...logs, [well]]);
    const said: Record<string, number> = {};
    for (const each of history) if (each.kind === "says") said[each.status] = (said[each.status] ?? 0) + 1;
    const letters = history.filter(({ kind }) => kind === "delivered").length;
    return { wrong: judged(history, rules()), said, letters };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Who is killed does not write that down. */
  #log(file: string): readonly Entry[] {
    const log = readLog(file);
    const last = log.at(-1);
    const name = log.findLast(({ observation }) => observation.kind === "named")?.observation;
    if (!this.#killed.has(file) || last === undefined || name?.kind !== "named") return log;
    const death: Observation = { kind: "died", process: name.process };
    return [...log, { ...last, order: log.length, observation: death }];
  }
}

function rules(): readonly Checker[] {
  return [new InOrder(), new RightInstance(), new Forward(), new SameView()];
}
