// Runs Hewn's generator over the sources, as a library and as the command, and tells which types it refused and why.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, type Generated, generate } from "@hewn/plugin";
import ts from "typescript";
import { type ForeignModule, sourceText } from "./foreign-module.ts";
import { type PackageConfig, repository } from "./package-config.ts";
import { sourceOf, type Workspace } from "./workspace.ts";

/** Why one type was refused. */
export interface Refusal {
  readonly type: string;
  /** Each once, sorted. */
  readonly codes: readonly string[];
}

/** A declaration that some types were refused for. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  /** The types that reach it. */
  readonly types: readonly string[];
}

export interface ModuleGeneration {
  readonly module: ForeignModule;
  readonly generated: Generated;
  readonly accepted: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly reasons: readonly Reason[];
}

export interface Generation {
  readonly modules: readonly ModuleGeneration[];
  /** Processor time, so that what else the machine does has no part in it; parsing and binding included. */
  readonly seconds: number;
}

export function generateAll(
  workspace: Workspace,
  config: PackageConfig,
  modules: readonly ForeignModule[],
): Generation {
  const start = process.cpuUsage();
  const program = workspace.program(modules.map(({ source }) => source));
  program.getTypeChecker();
  const generated = modules.map((module) => codecOf(program, module.source));
  const { user, system } = process.cpuUsage(start);
  return {
    modules: modules.map((module, index) => {
      const made = generated[index];
      if (!made) throw new Error(`nothing was generated for ${module.source}`);
      return { module, generated: made, ...verdicts(workspace, config, module, made) };
    }),
    seconds: (user + system) / 1e6,
  };
}

function codecOf(program: ts.Program, source: string): Generated {
  const generated = generate(ts, program, sourceOf(program, source));
  if (!generated) throw new Error(`${source} has no tag`);
  return generated;
}

function verdicts(
  workspace: Workspace,
  config: PackageConfig,
  module: ForeignModule,
  { schema, diagnostics }: Generated,
): Pick<ModuleGeneration, "accepted" | "refusals" | "reasons"> {
  const reasons = new Map<string, Reason>();
  addReasons(reasons, diagnostics);
  // Each declaration is told of once in a file and only so many for a type: the rest is asked for type by type.
  const told = new Set([...reasons.values()].flatMap(({ types }) => types));
  const silent = schema.refused.filter((name) => !told.has(name));
  for (const [index, name] of silent.entries()) {
    const type = module.types.find((each) => each.name === name);
    if (!type) continue;
    const text = sourceText(config, module.module, [type]);
    workspace.write(`alone/${module.slug}-${index}.ts`, text);
  }
  const files = silent.map((_, index) => workspace.path(`alone/${module.slug}-${index}.ts`));
  const program = files.length > 0 ? workspace.program(files) : undefined;
  for (const file of files) if (program) addReasons(reasons, codecOf(program, file).diagnostics);
  const all = [...reasons.values()].filter(({ types }) => types.length > 0);
  return {
    accepted: schema.roots.flatMap((id) => schema.declarations.get(id)?.name ?? []),
    refusals: schema.refused.map((type) => ({ type, codes: codesOf(all, type) })),
    reasons: all.sort((a, b) => b.types.length - a.types.length),
  };
}

const counting = "HEWN1999";

function addReasons(reasons: Map<string, Reason>, diagnostics: readonly Diagnostic[]): void {
  for (const { code, path, message, related } of diagnostics) {
    if (code === counting) continue;
    const others = related.flatMap(
      (each) => /^'(.*)' is the same declaration$/.exec(each.message)?.[1] ?? [],
    );
    const types = [path, ...others].map((each) => /^[\p{L}\p{N}_$]+/u.exec(each)?.[0] ?? each);
    const declared = related.findLast((each) => each.message.endsWith("is declared here"))?.span;
    const key = `${code} ${declared ? `${declared.file}:${declared.start}` : message}`;
    const known = reasons.get(key);
    const all = [...new Set([...(known?.types ?? []), ...types])];
    reasons.set(key, { code, message: known?.message ?? message, types: all });
  }
}

function codesOf(reasons: readonly Reason[], type: string): readonly string[] {
  const codes = reasons.filter(({ types }) => types.includes(type)).map(({ code }) => code);
  return [...new Set(codes)].sort();
}

/** Runs `hewn generate` and answers what it did otherwise than the library; undefined if nothing. */
export function tryCommand(workspace: Workspace, { modules }: Generation): string | undefined {
  const command = join(repository, "packages/cli/dist/main.js");
  const { status, stderr, stdout, error } = spawnSync(
    process.execPath,
    [command, "generate", "-p", workspace.path("tsconfig.json")],
    { cwd: workspace.folder, encoding: "utf8" },
  );
  const expected = modules.some(({ refusals }) => refusals.length > 0) ? 1 : 0;
  if (error || status !== expected)
    return `hewn generate ended with ${error?.message ?? status}: ${stderr}${stdout}`.slice(0, 2000);
  const other = modules.find(({ generated }) => readFileSync(generated.codec, "utf8") !== generated.text);
  return other && `hewn generate wrote another ${other.generated.codec} than the library`;
}
