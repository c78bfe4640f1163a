// What the analyzer knows of types that it never looks into: the standard library, the platform and Node's own types.
import type ts from "typescript";
import type { Title } from "../diagnostic/catalog.ts";
import { libraryFixes, memoryFixes, openFix, otherLibraryFix } from "../diagnostic/library-fixes.ts";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";

/** Whether a file belongs to the compiler's library or to Node's types; their declarations are leaves. */
export function isLibraryFile({ program }: Compiler, file: ts.SourceFile): boolean {
  return program.isSourceFileDefaultLibrary(file) || fileNameOf(file).includes("/node_modules/@types/node/");
}

/** The name of a library interface or class, such as `Date`. */
export function libraryNameOf(compiler: Compiler, symbol: ts.Symbol | undefined): string | undefined {
  const { SymbolFlags } = compiler.ts;
  if (!symbol || !(symbol.flags & (SymbolFlags.Interface | SymbolFlags.Class))) return undefined;
  const isLibrary = declarationsOf(symbol).some((node) => isLibraryFile(compiler, node.getSourceFile()));
  return isLibrary ? symbol.name : undefined;
}

export interface Refusal {
  readonly title: Title;
  readonly remedy?: string;
}

const promises = new Set(["Promise", "PromiseLike"]);
const functions = new Set(["Function", "CallableFunction", "NewableFunction"]);
const shapeless = new Set(["Object"]);

const iterators =
  /^(?:Async)?(?:Iterable|Iterator|IterableIterator|IteratorObject|Generator|GeneratorFunction|Disposable)$|Iterator$/;

/** Names by which memory, streams and handles are known, in the platform's library and in Node's. */
const resources =
  /Buffer$|Stream|Socket|Server$|FileHandle|Emitter|EventTarget|MessagePort|MessageChannel|Worker|^Blob$|^File$|Handle$|ReadWriteStream|Request$|Response$|AbortSignal|AbortController|^DataView$|^Atomics$|^ChildProcess$|^Process$|^Timeout$|^Immediate$|^Timer$/;

/** Why a library type cannot cross the wire. The ones that can are lowered before this is asked. */
export function refusalOf(compiler: Compiler, symbol: ts.Symbol): Refusal {
  const { name } = symbol;
  if (promises.has(name)) return { title: "promise" };
  if (functions.has(name)) return { title: "function" };
  if (shapeless.has(name)) return { title: "shapeless" };
  if (iterators.test(name)) return { title: "iterator" };
  const known = libraryFixes[name];
  if (resources.test(name) || (known === undefined && !isStandard(compiler, symbol))) {
    return { title: "local-resource", remedy: memoryFixes[name] ?? openFix };
  }
  return { title: "library-object", remedy: known ?? otherLibraryFix(name) };
}

/** Declared by the language, not by a platform. */
function isStandard({ program }: Compiler, symbol: ts.Symbol): boolean {
  return declarationsOf(symbol).some((node) => {
    const file = node.getSourceFile();
    return (
      program.isSourceFileDefaultLibrary(file) && !/lib\.(?:dom|webworker|scripthost)/.test(file.fileName)
    );
  });
}
