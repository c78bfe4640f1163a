// Reads tsconfig files: which one is meant, what it and the configurations it extends say, and which projects it
// references. What is wrong in one is reported with its place.
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ts as bundled } from "ts-morph";
import type { Compiler } from "./compiler.ts";
import { ConfigurationError, type Place } from "./configuration-error.ts";
import { slashed } from "./paths.ts";

export interface Warning extends Place {
  readonly message: string;
}

export interface ProjectConfig {
  /** Absolute, forward slashes, as every path here. */
  readonly file: string;
  readonly options: bundled.CompilerOptions;
  readonly fileNames: readonly string[];
  /** Directories in which new files belong to the project, with whether that includes their subdirectories. */
  readonly wildcardDirectories: ReadonlyMap<string, boolean>;
  /** This file and every one it extends: a change in any of them changes the project. */
  readonly configFiles: readonly string[];
  readonly parsed: bundled.ParsedCommandLine;
  /** Settings that the compiler inside hewn does not know; the project's own compiler may. */
  readonly warnings: readonly Warning[];
}

/** Unknown options and values of options: newer compilers have more of both, and hewn needs none of those. */
const tolerated: ReadonlySet<number> = new Set([5023, 5025, 5101, 5102, 5107, 5108, 6046]);
/** Nothing to compile: right for a tsconfig that only references others, checked by the caller. */
const empty: ReadonlySet<number> = new Set([18002, 18003]);

/**
 * The tsconfig that `-p` names (a file, or a directory that holds one), or the nearest one at or above `directory`.
 * @throws ConfigurationError when there is none.
 */
export function findTsconfig(directory: string, given?: string): string {
  if (given !== undefined) return givenTsconfig(resolve(directory, given), given);
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const candidate = join(folder, "tsconfig.json");
    if (existsSync(candidate)) return slashed(candidate);
    if (dirname(folder) === folder) break;
  }
  throw new ConfigurationError(`There is no tsconfig.json in ${slashed(resolve(directory))} or above it.`, {
    fix: "Name one with --project, or create one with `npx tsc --init`.",
  });
}

function givenTsconfig(path: string, given: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  const file = stat?.isDirectory() ? join(path, "tsconfig.json") : path;
  if (stat?.isDirectory() ? existsSync(file) : stat !== undefined) return slashed(file);
  throw new ConfigurationError(
    stat ? `The directory ${given} holds no tsconfig.json.` : `The project file ${given} does not exist.`,
    { fix: "Give --project the path of a tsconfig file, or of the directory that holds it." },
  );
}

/**
 * Reads a tsconfig and those it references, each once, the referenced before those that reference them.
 * @throws ConfigurationError for the first thing that is wrong in any of them.
 */
export function readProjects(ts: Compiler, root: string): readonly ProjectConfig[] {
  const projects = new Map<string, ProjectConfig>();
  const entered = new Set<string>();
  const visit = (file: string, from: string | undefined) => {
    if (entered.has(file)) return;
    entered.add(file);
    const project = readProject(ts, file, from);
    for (const reference of project.parsed.projectReferences ?? [])
      visit(slashed(ts.resolveProjectReferencePath(reference)), file);
    projects.set(file, project);
  };
  visit(root, undefined);
  return [...projects.values()];
}

function readProject(ts: Compiler, file: string, from: string | undefined): ProjectConfig {
  if (!existsSync(file))
    throw new ConfigurationError(
      `The referenced project ${file} does not exist.`,
      from ? { place: { file: from } } : {},
    );
  const unreadable: bundled.Diagnostic[] = [];
  const host: bundled.ParseConfigFileHost = {
    ...ts.sys,
    getCurrentDirectory: () => dirname(file),
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => unreadable.push(diagnostic),
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(file, {}, host);
  const syntax = configSourceFile(parsed)?.parseDiagnostics ?? [];
  const problems = [...unreadable, ...syntax, ...(parsed?.errors ?? [])];
  const fatal = problems.filter((problem) => isFatal(problem, parsed)).sort(placedFirst)[0];
  if (fatal || !parsed) throw configurationError(ts, fatal, file);
  return {
    file,
    options: parsed.options,
    fileNames: parsed.fileNames.map(slashed),
    wildcardDirectories: new Map(
      Object.entries(parsed.wildcardDirectories ?? {}).map(([directory, flags]) => [
        slashed(directory),
        flags === 1,
      ]),
    ),
    configFiles: [file, ...(configSourceFile(parsed)?.extendedSourceFiles ?? []).map(slashed)],
    parsed,
    warnings: problems
      .filter((problem) => tolerated.has(problem.code))
      .map((problem) => warning(ts, problem, file)),
  };
}

/** What the compiler keeps of the file it parsed; its declarations name only part of it. */
interface ConfigSourceFile {
  readonly parseDiagnostics?: readonly bundled.Diagnostic[];
  readonly extendedSourceFiles?: readonly string[];
}

function configSourceFile(parsed: bundled.ParsedCommandLine | undefined): ConfigSourceFile | undefined {
  return parsed?.options["configFile"] as ConfigSourceFile | undefined;
}

function isFatal(problem: bundled.Diagnostic, parsed: bundled.ParsedCommandLine | undefined): boolean {
  if (tolerated.has(problem.code)) return false;
  return !(empty.has(problem.code) && (parsed?.projectReferences?.length ?? 0) > 0);
}

/** "No inputs" is often only what follows from an error that has a place. */
function placedFirst(a: bundled.Diagnostic, b: bundled.Diagnostic): number {
  return Number(b.file !== undefined) - Number(a.file !== undefined);
}

function configurationError(
  ts: Compiler,
  problem: bundled.Diagnostic | undefined,
  file: string,
): ConfigurationError {
  if (!problem)
    return new ConfigurationError(`The project file ${file} cannot be read.`, { place: { file } });
  const message = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
  return new ConfigurationError(message, { place: placeOf(ts, problem) ?? { file } });
}

function placeOf(ts: Compiler, problem: bundled.Diagnostic): Place | undefined {
  if (!problem.file || problem.start === undefined) return undefined;
  const { line, character } = ts.getLineAndCharacterOfPosition(problem.file, problem.start);
  return { file: slashed(problem.file.fileName), line: line + 1, column: character + 1 };
}

function warning(ts: Compiler, problem: bundled.Diagnostic, file: string): Warning {
  const message = ts.flattenDiagnosticMessageText(problem.messageText, " ");
  return { ...(placeOf(ts, problem) ?? { file, line: 1, column: 1 }), message };
}
