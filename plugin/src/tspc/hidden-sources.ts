// Tagged sources that a program cannot reach, because the only way to them leads through codecs that do not exist
// yet: a main file that imports nothing but codecs, in a project that lists its entry points.
import { dirname } from "node:path";
import type ts from "typescript";
import { codecImport, codecSpecifier, isPath, sourceSpecifier } from "../bundler/codec-import.ts";
import { isCodecPath } from "../codec-path.ts";
import type { Compile } from "./compile.ts";
import { mayBeTagged } from "./generation.ts";
import { emptyOverlay } from "./overlay.ts";
import { rebuildProgram } from "./rebuilt-program.ts";

/** The compile, with a program that has the hidden sources, and what those bring with them, as further roots. */
export function withHiddenSources(compile: Compile): Compile {
  const hidden = hiddenSources(compile);
  if (hidden.length === 0) return compile;
  const roots = [...compile.program.getRootFileNames(), ...hidden];
  return withHiddenSources({ ...compile, program: rebuildProgram(compile, emptyOverlay, roots) });
}

function hiddenSources(compile: Compile): readonly string[] {
  const { compiler, host, program } = compile;
  const importers = program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !isCodecPath(file.fileName) && file.text.includes(".codec"));
  if (importers.length === 0) return [];
  const cache = compiler.createModuleResolutionCache(host.getCurrentDirectory(), host.getCanonicalFileName);
  const hidden = importers.flatMap(({ fileName, text }) =>
    codecSpecifiers(text)
      .filter((specifier) => !isKnown(compile, specifier, fileName))
      .map((specifier) => sourceOf(compile, specifier, fileName, cache))
      .filter((source) => source !== undefined),
  );
  return [...new Set(hidden)];
}

/** Of the texts between quotes those that end like the name of a codec; an import is one of them. */
function codecSpecifiers(text: string): readonly string[] {
  return [...text.matchAll(/(["'])([^"'\n]+)\1/g)]
    .map(([, , quoted = ""]) => quoted)
    .filter((quoted) => codecSpecifier.test(quoted));
}

/** Whether the codec is in the program already; a path says so without any look at the disk. */
function isKnown({ program, host }: Compile, specifier: string, importer: string): boolean {
  if (!isPath(specifier)) return false;
  const { codec } = codecImport(specifier, dirname(importer), (file) => host.fileExists(file));
  return program.getSourceFile(codec) !== undefined;
}

/** The tagged source behind the import of a codec, if the program lacks it. */
function sourceOf(
  { compiler, host, program }: Compile,
  specifier: string,
  importer: string,
  cache: ts.ModuleResolutionCache,
): string | undefined {
  const options = program.getCompilerOptions();
  const source = sourceSpecifier(specifier);
  const { resolvedModule } = compiler.resolveModuleName(source, importer, options, host, cache);
  if (resolvedModule === undefined || resolvedModule.isExternalLibraryImport) return undefined;
  const file = resolvedModule.resolvedFileName;
  if (/\.d\.[cm]?ts$/.test(file) || program.getSourceFile(file) !== undefined) return undefined;
  return mayBeTagged(host.readFile(file) ?? "") ? file : undefined;
}
