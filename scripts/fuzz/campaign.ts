// Runs the jobs of a campaign in threads, so that one that hangs or dies is a finding and not the campaign's end.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { BlackBox } from "./black-box.ts";
import type { Compiled } from "./compile-job.ts";
import { type Finding, type Job, type JobResult, type Kind, kinds } from "./job.ts";
import type { CompileOrder, RunOrder } from "./worker.ts";

/** A case that takes longer hangs; the slowest sound ones take seconds on a busy machine. */
const caseMsMax = 90_000;
const compileMsMax = 900_000;
/** A thread that wants more has found a message that costs too much. */
const heapMegabytesMax = 2048;

export interface CampaignOptions {
  readonly jobs: readonly Job[];
  readonly threads: number;
  readonly only: readonly Kind[] | undefined;
  /** Ends the campaign early: jobs at work are given up. */
  readonly signal: AbortSignal;
  /** No job is begun after this time, by `performance.now()`. */
  readonly deadline: number;
  readonly progress: (campaign: Campaign) => void;
}

const nothing: JobResult = {
  job: 0,
  cases: { values: 0, bytes: 0, texts: 0, hostile: 0, heap: 0, limits: 0 },
  counts: {},
  digest: "",
  findings: [],
};

export class Campaign {
  readonly results: JobResult[] = [];
  readonly #options: CampaignOptions;
  readonly #start = performance.now();
  /** All that threads write is in here, so that nothing is left of those that are given up. */
  readonly #folder = mkdtempSync(join(tmpdir(), "hewn-campaign-"));
  #compileMs = 0;
  #next = 0;

  constructor(options: CampaignOptions) {
    this.#options = options;
    // Codecs make no code at run time: where it is forbidden they must work as well.
    setFlagsFromString("--disallow-code-generation-from-strings");
    setFlagsFromString("--expose-gc");
  }

  async run(): Promise<void> {
    try {
      await Promise.all(Array.from({ length: this.#options.threads }, () => this.#thread()));
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
    this.results.sort((a, b) => a.job - b.job);
  }

  get cases(): Readonly<Record<Kind, number>> {
    const sums = { ...nothing.cases };
    for (const { cases } of this.results) for (const kind of kinds) sums[kind] += cases[kind];
    return sums;
  }

  get total(): number {
    return Object.values(this.cases).reduce((sum, count) => sum + count, 0);
  }

  get findings(): readonly Finding[] {
    return this.results.flatMap(({ findings }) => findings);
  }

  get counts(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { counts } of this.results) {
      for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
    }
    return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** Seconds that all threads together spent on generating, type-checking and bundling. */
  get compileSeconds(): number {
    return this.#compileMs / 1000;
  }

  /** Over the inputs and outcomes of all jobs: equal for equal campaigns. */
  get hash(): string {
    const hash = createHash("sha256");
    for (const { job, digest } of this.results) hash.update(`${job} ${digest}\n`);
    return hash.digest("hex").slice(0, 16);
  }

  async #thread(): Promise<void> {
    const { jobs, signal, deadline, progress } = this.#options;
    let compiler = this.#newCompiler();
    while (!signal.aborted && performance.now() < deadline) {
      const job = jobs[this.#next++];
      if (!job) break;
      const compiled = await withDeadline(compiledBy(compiler, job), compileMsMax, signal);
      if (compiled === "late") {
        void compiler.terminate();
        compiler = this.#newCompiler();
        this.#add(job, hang(job, "compile", "generating the codecs hangs"));
        continue;
      }
      if (compiled === "ended") break;
      this.#compileMs += compiled.ms;
      const result = compiled.bundle === undefined ? nothing : await this.#run(job, compiled.bundle);
      rmSync(compiled.folder, { recursive: true, force: true });
      if (!result) break;
      this.#add(job, { ...result, findings: [...compiled.findings, ...result.findings] });
      progress(this);
    }
    await compiler.terminate();
  }

  #add(job: Job, result: JobResult): void {
    this.results.push({ ...result, job: job.index });
  }

  /** Runs a job's cases; `undefined` where the campaign ends before it does. */
  #run(job: Job, bundle: string): Promise<JobResult | undefined> {
    const { signal, only } = this.#options;
    const box = new BlackBox();
    const order: RunOrder = { role: "run", job, bundle, shared: box.shared, only };
    const worker = this.#newWorker(order);
    return new Promise((resolve) => {
      let pulse = -1;
      let since = performance.now();
      const end = (result: JobResult | undefined): void => {
        clearInterval(watch);
        signal.removeEventListener("abort", stop);
        void worker.terminate();
        resolve(result);
      };
      const watch = setInterval(() => {
        if (box.pulse === pulse && performance.now() - since > caseMsMax)
          end(hang(job, "values", "a case hangs", box));
        if (box.pulse === pulse) return;
        pulse = box.pulse;
        since = performance.now();
      }, 250);
      const stop = (): void => end(undefined);
      signal.addEventListener("abort", stop);
      worker.once("message", (result: JobResult) => end(result));
      worker.once("error", (error: Error) =>
        end(hang(job, "values", `the thread died: ${error.stack ?? error.message}`, box)),
      );
    });
  }

  #newWorker(order: RunOrder | CompileOrder): Worker {
    return new Worker(new URL("../fuzz.ts", import.meta.url), {
      workerData: order,
      env: { ...process.env, TMPDIR: this.#folder, TEMP: this.#folder },
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
    });
  }

  #newCompiler(): Worker {
    return this.#newWorker({ role: "compile" });
  }
}

/** What was going on when a thread was given up. */
function hang(job: Job, kind: Finding["kind"], message: string, box?: BlackBox): JobResult {
  const { what, input } = box?.read() ?? { what: "", input: "" };
  return { ...nothing, findings: [{ job: job.index, kind, type: what, message, input, sources: {} }] };
}

function compiledBy(compiler: Worker, job: Job): Promise<Compiled> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error);
    compiler.once("error", failed);
    compiler.once("message", (compiled: Compiled) => {
      compiler.off("error", failed);
      resolve(compiled);
    });
    compiler.postMessage(job);
  });
}

async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  signal: AbortSignal,
): Promise<T | "late" | "ended"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve("late"), ms);
    signal.addEventListener("abort", () => resolve("ended"));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
