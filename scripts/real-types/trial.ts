// One package from its declarations to values that crossed the wire and came back.
import type ts from "typescript";
import { importCodecs, typeErrors, writeCodecs } from "./compiled-codecs.ts";
import { exportedTypes } from "./exported-types.ts";
import { type Failure, Findings, type ValueCounts } from "./findings.ts";
import { foreignModules } from "./foreign-module.ts";
import {
  type Generation,
  generateAll,
  type ModuleGeneration,
  type Reason,
  tryCommand,
} from "./generation.ts";
import { mutate } from "./mutations.ts";
import { askCompiler, type Question } from "./oracle.ts";
import { manifestOf, type PackageConfig } from "./package-config.ts";
import { Random, seedOf } from "./random.ts";
import { NoValue, RandomValues } from "./random-values.ts";
import { sourceOf, Workspace } from "./workspace.ts";

export interface TrialOptions {
  /** An empty folder to work in. */
  readonly folder: string;
  readonly seed: number;
  /** Random values of each accepted type; as many again are made wrong. */
  readonly values: number;
  readonly typesMax?: number;
  readonly say?: (text: string) => void;
}

export interface Trial {
  readonly package: string;
  readonly version: string;
  readonly license: string;
  readonly types: number;
  readonly accepted: number;
  /** Generic types without arguments, which were not tried. */
  readonly generic: readonly string[];
  /** How many types were refused by each rule; a type may break several. */
  readonly refusedBy: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
  readonly refused: readonly string[];
  readonly seconds: number;
  readonly codecBytes: number;
  readonly typeErrors: readonly string[];
  /** What the command did otherwise than the library. */
  readonly command?: string | undefined;
  readonly values: ValueCounts;
  /** Accepted types of which no value could be made. */
  readonly valueless: readonly string[];
  readonly failures: readonly Failure[];
}

export async function tryPackage(config: PackageConfig, options: TrialOptions): Promise<Trial> {
  const say = options.say ?? (() => {});
  const workspace = new Workspace(options.folder, config.lib);
  const modules = foreignModules(workspace, config, options.typesMax);
  const generation = generateAll(workspace, config, modules);
  say(`generated in ${generation.seconds.toFixed(1)} s`);
  const command = config.withCommand ? tryCommand(workspace, generation) : undefined;
  writeCodecs(generation);
  const errors = typeErrors(workspace, generation);
  say("checked by tsc");
  const codecs = await importCodecs(workspace, generation);
  const found = new Findings();
  for (const [index, module] of generation.modules.entries()) {
    const questions = questionsOf(workspace, config, module, options, found);
    say(`${questions.length} values of ${module.module.module}`);
    const verdicts = askCompiler(workspace, module.module, questions);
    for (const [at, question] of questions.entries())
      found.judge(question, verdicts[at], codecs[index]?.get(question.type));
  }
  return {
    ...summary(config, generation),
    typeErrors: errors,
    ...(command === undefined ? {} : { command }),
    values: found.counts,
    valueless: found.valueless,
    failures: found.failures,
  };
}

/** What must not be, as text, a line for each; `recorded` is how many types have to be accepted at least. */
export function troublesOf(trial: Trial, recorded = 0): readonly string[] {
  const shown = (texts: readonly string[]): readonly string[] =>
    texts.length <= troublesMax
      ? texts
      : [...texts.slice(0, troublesMax), `and ${texts.length - troublesMax} more`];
  const fewer = `${trial.accepted} types are accepted, the document says ${recorded}`;
  const late = `generation takes ${trial.seconds.toFixed(1)} s, the limit is ${secondsMax} s`;
  return [
    ...(trial.accepted < recorded ? [fewer] : []),
    ...(trial.seconds > secondsMax ? [late] : []),
    ...(trial.command === undefined ? [] : [trial.command]),
    ...shown(trial.typeErrors),
    ...shown(trial.valueless.map((text) => `no value can be made of ${text}`)),
    ...shown(trial.failures.map(({ type, what, value }) => `${type}: ${what}: ${value}`)),
  ].map((text) => `${trial.package}: ${text}`);
}

/** Lines of one kind of trouble. */
const troublesMax = 10;

/** Seconds that the generator may take for a package. */
const secondsMax = 20;

function summary(config: PackageConfig, { modules, seconds }: Generation) {
  const { version, license } = manifestOf(config);
  const refusedBy: Record<string, number> = {};
  const refusals = modules.flatMap((each) => each.refusals);
  for (const code of refusals.flatMap(({ codes }) => codes)) refusedBy[code] = (refusedBy[code] ?? 0) + 1;
  const count = (of: (each: ModuleGeneration) => number): number =>
    modules.reduce((sum, each) => sum + of(each), 0);
  return {
    package: config.package,
    version,
    license,
    types: count(({ module }) => module.types.length),
    accepted: count(({ accepted }) => accepted.length),
    generic: modules.flatMap(({ module }) => module.generic),
    refusedBy: Object.fromEntries(Object.entries(refusedBy).sort(([a], [b]) => (a < b ? -1 : 1))),
    reasons: modules.flatMap(({ reasons }) => reasons),
    refused: refusals.map(({ type, codes }) => `${type}: ${codes.join(" ")}`),
    seconds,
    codecBytes: count(({ generated }) => Buffer.byteLength(generated.text)),
  };
}

function questionsOf(
  workspace: Workspace,
  config: PackageConfig,
  { module, accepted }: ModuleGeneration,
  { seed, values }: TrialOptions,
  findings: Findings,
): readonly Question[] {
  const program = workspace.program([module.source]);
  const checker = program.getTypeChecker();
  const file = sourceOf(program, module.source);
  const { enums } = exportedTypes(program, file, config);
  const exported = checker.getSymbolAtLocation(file);
  const symbols = exported ? checker.getExportsOfModule(exported) : [];
  const types = new Map(symbols.map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]));
  return accepted.flatMap((name) => {
    const type = types.get(name);
    if (!type) throw new Error(`${module.source} exports no ${name}`);
    const random = new Random(seedOf(seed, name));
    try {
      return valuesOf(new RandomValues(checker, enums, random), type, random, values).map((each) => ({
        type: name,
        ...each,
      }));
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      findings.valueless.push(`${name}: ${error.message}`);
      return [];
    }
  });
}

/** As many values of a type as wanted, and as many again that were changed once or twice. */
function valuesOf(
  make: RandomValues,
  type: ts.Type,
  random: Random,
  count: number,
): readonly Omit<Question, "type">[] {
  const whole = Array.from({ length: count }, () => make.make(type));
  const changed = whole.flatMap((value) => {
    const once = mutate(value, random) ?? mutate(value, random);
    return once === undefined ? [] : ((random.chance(20) ? mutate(once, random) : undefined) ?? once);
  });
  return [
    ...whole.map((value) => ({ value, isChanged: false })),
    ...changed.map((value) => ({ value, isChanged: true })),
  ];
}
