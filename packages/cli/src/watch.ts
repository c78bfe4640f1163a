// `hewn generate --watch`: keeps the codecs right while sources, their dependencies, tsconfig or wire.lock change.
import { isCodecPath } from "@hewn/plugin";
import type { CompilerLibrary } from "./compiler.ts";
import { ConfigurationError } from "./configuration-error.ts";
import type { CommonOptions, Context } from "./context.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { reportConfigurationError } from "./failure.ts";
import { until } from "./interrupt.ts";
import { sayLeftOut } from "./left-out.ts";
import { openSolution } from "./open-solution.ts";
import { projectLock } from "./project-lock.ts";
import { report } from "./report.ts";
import type { Solution } from "./solution.ts";
import { findTsconfig, readProjects } from "./tsconfig.ts";
import { type Batch, WatchEvents } from "./watch-events.ts";
import { reportWatch } from "./watch-report.ts";
import { WatchZone } from "./watch-zone.ts";

/** Ends by Ctrl-C, SIGTERM or a closed stdout, with exit code 0: it has no other end. */
export async function watch(
  library: CompilerLibrary,
  options: CommonOptions,
  context: Context,
): Promise<ExitCode> {
  const watching = new Watching(library, options, context);
  await until(watching.run(), () => watching.close());
  return exitCode.ok;
}

class Watching {
  readonly #library: CompilerLibrary;
  readonly #options: CommonOptions;
  readonly #context: Context;
  readonly #tsconfig: string;
  /** Files whose change means reading the configuration again. */
  #configuration: ReadonlySet<string> = new Set();
  #zone: WatchZone | undefined;
  #events: WatchEvents | undefined;
  /** Undefined while the configuration cannot be read. */
  #solution: Solution | undefined;
  #closed = false;

  constructor(library: CompilerLibrary, options: CommonOptions, context: Context) {
    this.#library = library;
    this.#options = options;
    this.#context = context;
    this.#tsconfig = findTsconfig(context.directory, options.project);
  }

  async run(): Promise<void> {
    await this.#listen();
    if (this.#closed) return;
    const startedMs = performance.now();
    this.#load();
    this.#settle(undefined, startedMs);
    if (!this.#options.json && !this.#options.quiet)
      this.#context.terminal.out("hewn: watching; Ctrl-C ends it");
    for (let batch = await this.#next(); batch; batch = await this.#next()) await this.#guard(batch);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#events?.close();
  }

  async #next(): Promise<Batch | undefined> {
    return this.#closed ? undefined : this.#events?.next();
  }

  /** Listens before it loads, so that no edit falls between the two. */
  async #listen(): Promise<void> {
    const projects = readProjects(this.#library.ts, this.#tsconfig);
    this.#configuration = new Set([
      ...projects.flatMap((project) => project.configFiles),
      ...projects.map((project) => projectLock(project.file, this.#tsconfig).path),
    ]);
    this.#zone = new WatchZone(projects, [
      ...this.#configuration,
      ...projects.flatMap((project) => project.fileNames),
    ]);
    await this.#events?.close();
    this.#events = new WatchEvents(this.#zone);
    await this.#events.ready();
  }

  /** A configuration that cannot be read is said, and the watch goes on until it can. */
  async #guard(batch: Batch): Promise<void> {
    try {
      await this.#handle(batch);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.#solution = undefined;
      reportConfigurationError(this.#context, this.#options, error);
    }
  }

  async #handle(batch: Batch): Promise<void> {
    const startedMs = performance.now();
    const files = [...batch.edited, ...batch.moved];
    if (files.some((file) => this.#configuration.has(file))) {
      await this.#listen();
      this.#load();
    } else if (!this.#solution || batch.moved.some((file) => this.#belongs(file))) {
      this.#load();
    } else {
      this.#update(files);
    }
    this.#settle(
      files.filter((file) => !isCodecPath(file)),
      startedMs,
    );
  }

  /** Whether a file that came or went can change a program: codecs cannot. */
  #belongs(file: string): boolean {
    const known = this.#solution?.projects.some((project) => project.has(file)) ?? false;
    return known || (/\.[mc]?tsx?$/.test(file) && !isCodecPath(file));
  }

  #load(): void {
    const { solution, progress } = openSolution(this.#library, this.#options, this.#context);
    this.#solution = solution;
    solution.analyze();
    progress.done();
    this.#listenToDependencies(solution);
  }

  #update(changed: readonly string[]): void {
    if (!this.#solution) return;
    this.#solution.refresh(changed);
    this.#listenToDependencies(this.#solution);
  }

  #listenToDependencies({ generated }: Solution): void {
    const dependencies = [...generated.values()].flatMap((one) => one.dependencies);
    this.#events?.add(this.#zone?.add(dependencies) ?? []);
  }

  /** @param causes the edited files; undefined for the first pass, which is reported like a plain `generate` */
  #settle(causes: readonly string[] | undefined, startedMs: number): void {
    if (!this.#solution) return;
    sayLeftOut(this.#solution, this.#options, this.#context);
    const files = this.#solution.settle("write");
    const elapsedMs = Math.round(performance.now() - startedMs);
    const pass = { files, diagnostics: this.#solution.diagnostics, elapsedMs };
    if (causes) reportWatch({ ...pass, causes }, this.#options, this.#context);
    else report(pass, this.#options, this.#context);
  }
}
