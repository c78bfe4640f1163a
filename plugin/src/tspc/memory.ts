// What an earlier compile of the same project found, so that one in which nothing changed asks the checker nothing.
// The key holds everything that codecs are computed from: all texts of the program, its options, the lock, the
// compiler and this plugin. Only compiles that had nothing to report are remembered.
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import { bearsHeader, isCodecPath } from "../codec-path.ts";
import type { Generated } from "../generate.ts";
import { findLockText } from "../lock-text.ts";
import { type Compile, lockDirectory } from "./compile.ts";
import { internalsOf, optionsOf } from "./internals.ts";
import { digest, digestOf, type Remembered, recall, store } from "./remembered.ts";

export interface Memory {
  /** Whether every codec of the program is what it was generated as, from the same input. */
  knows(compile: Compile): boolean;
  /** Keeps a compile without errors, whose program has the codecs. */
  keep(compile: Compile, codecs: readonly Generated[]): void;
}

/** For a core whose results may differ from one run to the next. */
export const noMemory: Memory = { knows: () => false, keep: () => {} };

/** @param packages entry points of the packages whose code decides what is generated */
export function projectMemory(packages: readonly string[]): Memory {
  let code: string | undefined;
  const keyOf = (compile: Compile): string => {
    code ??= digest(packages.map((entry) => filesOf(dirname(fileURLToPath(entry)))).join("\n"));
    return digest([code, inputOf(compile), lockDigest(compile)].join("\n"));
  };
  return {
    knows: (compile) => {
      const remembered = recall(configOf(compile));
      if (remembered === undefined || !codecsAre(compile.program, remembered)) return false;
      if (!shippedAre(compile, remembered)) return false;
      return remembered.key === keyOf(compile);
    },
    keep: (compile, codecs) => {
      const texts = codecs.map(({ codec, text }) => [codec, digest(text)]);
      const shipped = shippedFiles(compile, codecs).map((file) => [file, fileDigest(compile, file)]);
      store(configOf(compile), {
        key: keyOf(compile),
        lock: lockDigest(compile),
        codecs: Object.fromEntries(texts),
        shipped: Object.fromEntries(shipped),
      });
    },
  };
}

/** Names, sizes and times of the files below a folder: they change with every build of a package. */
function filesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    })
    .join("\n");
}

/** Everything that the analyzer can see: files, options and the compiler, which brings its own libraries. */
function inputOf({ compiler, program, keyOf }: Compile): string {
  const files = program
    .getSourceFiles()
    .filter((file) => !program.isSourceFileDefaultLibrary(file) && !isOwnCodec(file))
    .map((file) => `${keyOf(file.fileName)} ${internalsOf(file).version ?? digest(file.text)}`)
    .sort();
  return [compiler.version, JSON.stringify(program.getCompilerOptions()), ...files].join("\n");
}

function isOwnCodec(file: ts.SourceFile): boolean {
  return isCodecPath(file.fileName) && bearsHeader(file.text);
}

function lockDigest(compile: Compile): string {
  return digest(findLockText(lockDirectory(compile)));
}

function configOf({ program }: Compile): string | undefined {
  return optionsOf(program).configFilePath;
}

/** Whether the program has just these codecs of ours. */
function codecsAre(program: ts.Program, { codecs }: Remembered): boolean {
  const present = program.getSourceFiles().filter((file) => !file.isDeclarationFile && isOwnCodec(file));
  return (
    present.length === Object.keys(codecs).length &&
    present.every(({ fileName, text }) => codecs[fileName] === digest(text))
  );
}

function shippedFiles(compile: Compile, codecs: readonly Generated[]): readonly string[] {
  const files = new Set(codecs.flatMap(({ dependencies }) => dependencies));
  const [lock] = findLockText(lockDirectory(compile)).split("\n");
  return [...files].filter((file) => file !== lock && compile.program.getSourceFile(file) === undefined);
}

function shippedAre(compile: Compile, { shipped = {} }: Remembered): boolean {
  return Object.entries(shipped).every(([file, known]) => fileDigest(compile, file) === known);
}

function fileDigest({ host }: Compile, file: string): string {
  return digestOf(host.fileExists(file) ? host.readFile(file) : undefined);
}
