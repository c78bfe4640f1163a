// Runs the cases of one job on codecs that have been compiled and bundled.
import { pathToFileURL } from "node:url";
import { bundledName } from "../../plugin/src/property/compiled-modules.testing.ts";
import { moduleText } from "../../plugin/src/property/module-text.testing.ts";
import { evaluationMark } from "../../plugin/src/property/words.testing.ts";
import { Bench, brief, type Runtime, Wrong } from "./bench.ts";
import type { BlackBox } from "./black-box.ts";
import { Dice } from "./dice.ts";
import { heapInput, judgeHeap } from "./heap-cases.ts";
import { hostileInput, judgeHostile } from "./hostile-cases.ts";
import type { Hostile } from "./hostile-values.ts";
import { bytesInput, judgeBytes, judgeText, textInput } from "./input-cases.ts";
import { type Finding, type Job, type JobResult, type Kind, kinds, modulesOf } from "./job.ts";
import { limitCases } from "./limit-cases.ts";
import { prepareRealm, prototypeState } from "./realm.ts";
import { smallestBytes, smallestText, smallestValue } from "./smallest.ts";
import { type Subject, stocksOf, subjectOf } from "./subject.ts";
import { judgeSound } from "./value-cases.ts";

/** A job ends early after so many findings: what follows is mostly the same again. */
const findingsMax = 12;

/** One way of trying a type: what to try, how to judge it, how to make it smaller, and how to show it. */
interface Trial<T> {
  readonly input: (bench: Bench, subject: Subject) => T;
  readonly judge: (bench: Bench, subject: Subject, input: T) => void;
  readonly smallest: (input: T, fails: (input: T) => boolean, subject: Subject) => T;
  readonly show: (input: T) => string;
}

type Run = (bench: Bench, subject: Subject) => { message: string; input: string } | undefined;

function runOf<T>({ input, judge, smallest, show }: Trial<T>): Run {
  return (bench, subject) => {
    const tried = input(bench, subject);
    const failure = failureOf(() => judge(bench, subject, tried));
    if (failure === undefined) return undefined;
    bench.isRecording = false;
    const fails = (less: T) =>
      sameSort(
        failureOf(() => judge(bench, subject, less)),
        failure,
      );
    const least = smallest(tried, fails, subject);
    const message = failureOf(() => judge(bench, subject, least)) ?? failure;
    bench.isRecording = true;
    return { message, input: show(least) };
  };
}

function failureOf(judge: () => void): string | undefined {
  try {
    judge();
    return undefined;
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    return `another exception: ${error instanceof Error ? `${error.stack ?? error.message}` : brief(error)}`;
  }
}

/** Whether two failures are about the same thing: their words up to the first value. */
function sameSort(a: string | undefined, b: string): boolean {
  return a !== undefined && a.slice(0, 12) === b.slice(0, 12);
}

const runs: Readonly<Record<Exclude<Kind, "limits">, Run>> = {
  values: runOf<unknown>({
    input: (bench, subject) => bench.dice.of(subject.values),
    judge: judgeSound,
    smallest: smallestValue,
    show: brief,
  }),
  bytes: runOf({ input: bytesInput, judge: judgeBytes, smallest: smallestBytes, show: hex }),
  texts: runOf({
    input: textInput,
    judge: judgeText,
    smallest: smallestText,
    show: (text) => JSON.stringify(text),
  }),
  hostile: runOf<Hostile>({
    input: hostileInput,
    judge: judgeHostile,
    smallest: (input) => input,
    show: ({ what, isStill, value }) => (isStill ? `${what}, in ${brief(value)}` : what),
  }),
  heap: runOf({ input: heapInput, judge: judgeHeap, smallest: (input) => input, show: hex }),
};

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Only the types that a failure needs. */
function sourcesFor(job: Job, subject: Subject | undefined): Readonly<Record<string, string>> {
  const modules = modulesOf(job);
  const fileOf = (index: number) => modules.find((module) => module.index === index)?.file ?? "";
  const needed = subject ? modules.filter(({ index }) => index <= subject.module.index) : modules;
  return Object.fromEntries(needed.map((module) => [`${module.file}.ts`, moduleText(module, fileOf)]));
}

export async function runJob(
  job: Job,
  bundle: string,
  box: BlackBox,
  only?: readonly Kind[],
): Promise<JobResult> {
  const stocks = stocksOf(modulesOf(job), job.seed + job.index, job.setting === "giants" ? 6 : 24);
  box.beat();
  const before = prototypeState();
  prepareRealm(job.setting);
  const prepared = prototypeState();
  const loaded: Readonly<Record<string, never>> = await import(pathToFileURL(bundle).href);
  const subjects = stocks.map((stock) =>
    subjectOf(stock, loaded[bundledName(stock.module)] ?? ({} as never)),
  );
  const runtime = loaded["runtime"] as unknown as Runtime;
  const bench = new Bench(runtime, subjects, job.setting, new Dice(job.seed, job.index), box);
  const findings: Finding[] = [];
  const found = (kind: Finding["kind"], subject: Subject | undefined, message: string, input: string) => {
    findings.push({
      job: job.index,
      kind,
      type: subject?.title ?? "",
      message,
      input,
      sources: sourcesFor(job, subject),
    });
  };
  const cases = runKinds(job, bench, only ?? kinds, found, findings);
  if (!sameState(prepared, prototypeState())) found("realm", undefined, "a prototype has changed", "");
  if (job.setting !== "polluted" && job.setting !== "frozen" && !sameState(before, prepared))
    throw new Error("the realm was changed by the campaign itself");
  if (evaluationMark in globalThis) found("realm", undefined, "a name was evaluated", "");
  return {
    job: job.index,
    cases,
    counts: Object.fromEntries(bench.counts),
    digest: bench.digest(),
    findings,
  };
}

function sameState(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}

type Found = (kind: Kind, subject: Subject | undefined, message: string, input: string) => void;

function runKinds(
  job: Job,
  bench: Bench,
  chosen: readonly Kind[],
  found: Found,
  findings: readonly Finding[],
): Readonly<Record<Kind, number>> {
  const cases: Record<Kind, number> = { values: 0, bytes: 0, texts: 0, hostile: 0, heap: 0, limits: 0 };
  for (const kind of kinds) {
    if (!chosen.includes(kind)) continue;
    if (kind === "limits") {
      if (job.quotas.limits > 0) cases.limits = runLimits(bench, found);
      continue;
    }
    // Dice of its own, so that a kind tries the same alone as with the others.
    bench.dice = new Dice(job.seed, job.index, kinds.indexOf(kind));
    for (; cases[kind] < job.quotas[kind] && findings.length < findingsMax; cases[kind]++) {
      const subject = bench.subjects[cases[kind] % bench.subjects.length];
      if (!subject) break;
      const failure = runs[kind](bench, subject);
      if (failure) found(kind, subject, failure.message, failure.input);
    }
  }
  return cases;
}

function runLimits(bench: Bench, found: Found): number {
  const subject = (name: string): Subject => {
    const one = bench.subjects.find(({ named }) => named.name === name);
    if (!one) throw new Error(`no giant is called ${name}`);
    return one;
  };
  for (const [name, run] of Object.entries(limitCases)) {
    bench.begin("limits", subject("List"), name);
    const message = failureOf(() => run({ bench, subject }));
    if (message !== undefined) found("limits", undefined, message, name);
  }
  return Object.keys(limitCases).length;
}
