// Compiles the types of jobs in a thread that keeps the compiler loaded.
import { parentPort } from "node:worker_threads";
import { Workspace } from "../../plugin/src/bundler/workspace.testing.ts";
import {
  type GeneratedModules,
  generateModules,
} from "../../plugin/src/property/compiled-modules.testing.ts";
import { moduleText } from "../../plugin/src/property/module-text.testing.ts";
import type { RandomModule } from "../../plugin/src/property/random-modules.testing.ts";
import { withoutDeclarations } from "./fewer-declarations.ts";
import { type Finding, type Job, modulesOf } from "./job.ts";

export interface Compiled {
  readonly bundle: string | undefined;
  readonly folder: string;
  readonly ms: number;
  readonly findings: readonly Finding[];
}

const shrinkTriesMax = 40;

export function serveCompilations(): void {
  const port = parentPort;
  port?.on("message", (job: Job) => {
    compileJob(job).then(
      (compiled) => port.postMessage(compiled),
      (error: unknown) => {
        throw error;
      },
    );
  });
}

async function compileJob(job: Job): Promise<Compiled> {
  const start = performance.now();
  const modules = modulesOf(job);
  const workspace = new Workspace();
  const failure = await failureOf(workspace, modules, job);
  const { folder } = workspace;
  if (failure.text === undefined)
    return { bundle: failure.bundle, folder, ms: performance.now() - start, findings: [] };
  const { module, text } = await smallestModule(modules, job, failure.text);
  const fileOf = (index: number) => modules.find((each) => each.index === index)?.file ?? "";
  const sources = Object.fromEntries(module.map((each) => [`${each.file}.ts`, moduleText(each, fileOf)]));
  const finding: Finding = { job: job.index, kind: "compile", type: "", message: text, input: "", sources };
  return { bundle: undefined, folder, ms: performance.now() - start, findings: [finding] };
}

interface Failure {
  readonly text: string | undefined;
  readonly bundle: string | undefined;
}

async function failureOf(workspace: Workspace, modules: readonly RandomModule[], job: Job): Promise<Failure> {
  try {
    const made: GeneratedModules = await generateModules(
      workspace,
      modules,
      job.setting === "browser" ? "browser" : "node",
    );
    const said = [...made.refusals, ...made.errors].slice(0, 5);
    return { text: said.length > 0 ? said.join("\n") : undefined, bundle: made.bundle };
  } catch (error) {
    return {
      text: error instanceof Error ? (error.stack ?? error.message) : String(error),
      bundle: undefined,
    };
  }
}

/** Leaves out declarations, as long as something is said that begins alike: by halves, last ones first. */
async function smallestModule(
  modules: readonly RandomModule[],
  job: Job,
  text: string,
): Promise<{ module: readonly RandomModule[]; text: string }> {
  let least = modules;
  let said = text;
  let tries = 0;
  const attempt = async (less: readonly RandomModule[]): Promise<boolean> => {
    if (tries++ > shrinkTriesMax) return false;
    using workspace = new Workspace();
    const failure = await failureOf(workspace, less, job);
    if (failure.text === undefined || kindOf(failure.text) !== kindOf(text)) return false;
    least = less;
    said = failure.text;
    return true;
  };
  const all = modules.flatMap(({ declarations }) => declarations).reverse();
  for (let size = all.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < all.length; at += size) {
      const less = withoutDeclarations(least, new Set(all.slice(at, at + size)));
      const count = (list: readonly RandomModule[]) =>
        list.reduce((sum, module) => sum + module.declarations.length, 0);
      if (count(less) < count(least) && less.length > 0) await attempt(less);
    }
  }
  return { module: least, text: said };
}

/** What a failure is about: the compiler's code, or the words before the first name. */
function kindOf(text: string): string {
  return /TS\d+/.exec(text)?.[0] ?? text.replaceAll(/'[^']*'/g, "").slice(0, 40);
}
