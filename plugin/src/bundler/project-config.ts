// The tsconfig.json that governs a source file, read as tsc reads it.
import { dirname } from "node:path";
import type ts from "typescript";

export interface ProjectConfig {
  /** Undefined where no tsconfig.json governs the file. */
  readonly path: string | undefined;
  readonly options: ts.CompilerOptions;
  /** The files that the configuration names, absolute. */
  readonly fileNames: readonly string[];
  /** The configuration files of the referenced projects. */
  readonly references: readonly string[];
  /** The files that the compiler would write for one of {@link fileNames}. */
  readonly outputsOf: (source: string) => readonly string[];
  /** The configuration files that were read: this one and those that it extends. */
  readonly files: readonly string[];
  /** What they said: a change of it is a change of the configuration. */
  readonly text: string;
  readonly errors: readonly ts.Diagnostic[];
}

/** A configuration without files of its own is no mistake: the bundler says which files there are. */
const noFiles = new Set([18002, 18003]);

export function readConfig(compiler: typeof ts, path: string): ProjectConfig {
  const json = compiler.readJsonConfigFile(path, compiler.sys.readFile);
  const parsed = compiler.parseJsonSourceFileConfigFileContent(json, compiler.sys, dirname(path), {}, path);
  const files = [path, ...(json.extendedSourceFiles ?? [])];
  return {
    path,
    options: parsed.options,
    fileNames: parsed.fileNames,
    references: (parsed.projectReferences ?? []).map((each) => compiler.resolveProjectReferencePath(each)),
    outputsOf: (source) =>
      compiler.getOutputFileNames(parsed, source, !compiler.sys.useCaseSensitiveFileNames),
    files,
    text: files.map((file) => compiler.sys.readFile(file) ?? "").join("\0"),
    errors: parsed.errors.filter((error) => !noFiles.has(error.code)),
  };
}

/** What holds where there is no tsconfig.json: what esbuild itself assumes of TypeScript, and strict. */
export function defaultConfig(compiler: typeof ts): ProjectConfig {
  const options: ts.CompilerOptions = {
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    strict: true,
  };
  const nothing = { fileNames: [], references: [], outputsOf: () => [], files: [], text: "", errors: [] };
  return { path: undefined, options, ...nothing };
}

/**
 * The configuration at `path`, or the one among its references, followed all the way, that names `source`.
 * @param read how a configuration is read; lets a caller keep them
 */
export function configNaming(
  path: string,
  source: string,
  read: (path: string) => ProjectConfig,
): ProjectConfig {
  const seen = new Set<string>();
  function search(config: ProjectConfig): ProjectConfig | undefined {
    if (config.fileNames.includes(source)) return config;
    for (const file of config.references) {
      if (seen.has(file)) continue;
      seen.add(file);
      const found = search(read(file));
      if (found) return found;
    }
    return undefined;
  }
  const first = read(path);
  return search(first) ?? first;
}
