// By what module and name a codec imports an enum that an installed package declares. A path through node_modules would
// differ from one installation to the next.
import type { Origin } from "@hewn/schema";
import type ts from "typescript";
import { type Compiler, fileNameOf } from "../compiler.ts";
import { exportedName } from "../exports.ts";
import { specifiersTo } from "./import-name.ts";
import { packageOf } from "./installed-package.ts";
import { ModuleReader } from "./module-reader.ts";

const readers = new WeakMap<ts.Program, ModuleReader>();

/** Whether an enum can be imported by the name of a package alone: its file is installed, and is not the importer's. */
export function isInstalled({ files }: Compiler, file: ts.SourceFile): boolean {
  return files !== undefined && fileNameOf(file).includes("/node_modules/");
}

/**
 * @param file of an {@link isInstalled installed} package, which declares the enum
 * @param importer a file of the project
 * @returns undefined where no specifier leads to a module that exports the enum
 */
export function enumImport(
  compiler: Compiler,
  file: ts.SourceFile,
  declared: ts.Symbol,
  importer: string,
): Origin | undefined {
  const { files, program } = compiler;
  const declaring = fileNameOf(file);
  const owner = files && packageOf(files, declaring);
  if (!owner) return undefined;
  const reader = readers.get(program) ?? new ModuleReader(compiler.ts, program, files);
  readers.set(program, reader);
  // Two where a declaration file exports what it does not say that it exports.
  const symbols = [declared, compiler.checker.getExportSymbolOfSymbol(declared)];
  const named = { ...owner, name: typedPackage(owner.name) };
  for (const { specifier } of specifiersTo(named, declaring)) {
    const found = reader.resolve(specifier, importer);
    const module = found === undefined ? undefined : program.getSourceFile(found);
    const [name] = module ? symbols.flatMap((each) => exportedName(compiler, module, each) ?? []) : [];
    if (name !== undefined) return { file: declaring, name, module: specifier };
  }
  return undefined;
}

/** `@scope/x` of `@types/scope__x`: the types of a package are imported by its own name. */
function typedPackage(name: string): string {
  const [, scope, bare] = /^@types\/(?:(.+)__)?(.+)$/.exec(name) ?? [];
  if (bare === undefined) return name;
  return scope === undefined ? bare : `@${scope}/${bare}`;
}
