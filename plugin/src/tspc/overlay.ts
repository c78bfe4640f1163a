// The files that one run of the plugin made or removed, and a compiler host that shows them. Hosts of builds and
// watches remember that a codec was missing, so the disk alone does not make them see it.
import type ts from "typescript";
import { type Compiler, internalsOf } from "./internals.ts";

/** File names as keys: absolute, with forward slashes, and in the case that the file system tells apart. */
export type PathKey = (file: string) => string;

export interface Codec {
  readonly file: string;
  readonly text: string;
}

export interface Overlay {
  readonly keyOf: PathKey;
  /** The codecs that the first program has not seen as they are now, by key. */
  readonly codecs: ReadonlyMap<string, Codec>;
  /** Names of the codecs that were removed, by key. */
  readonly removed: ReadonlyMap<string, string>;
}

export function pathKeyOf(host: ts.CompilerHost): PathKey {
  const here = host.getCurrentDirectory().replaceAll("\\", "/");
  return (file) => {
    const slashed = file.replaceAll("\\", "/");
    const absolute = /^(?:[a-zA-Z]:)?\//.test(slashed) ? slashed : `${here}/${slashed.replace(/^\.\//, "")}`;
    return host.getCanonicalFileName(absolute);
  };
}

/**
 * A host that answers as `host` does, except for the files of the overlay, and that hands out the source files of
 * `program` again instead of parsing them a second time.
 */
export function overlayHost(
  compiler: Compiler,
  host: ts.CompilerHost,
  program: ts.Program,
  overlay: Overlay,
): ts.CompilerHost {
  const { keyOf, codecs, removed } = overlay;
  // Properties are looked up in `host` at each use: builds swap its methods for caching ones and back.
  const over: ts.CompilerHost = Object.create(host);
  over.fileExists = (file) => codecs.has(keyOf(file)) || (!removed.has(keyOf(file)) && host.fileExists(file));
  over.readFile = (file) => {
    const key = keyOf(file);
    return codecs.get(key)?.text ?? (removed.has(key) ? undefined : host.readFile(file));
  };
  over.getSourceFile = (file, options, onError, again) => {
    const key = keyOf(file);
    const codec = codecs.get(key);
    if (codec !== undefined) return codecSourceFile(compiler, host, codec, options);
    if (removed.has(key)) return undefined;
    return parsedIn(program, file, keyOf) ?? host.getSourceFile(file, options, onError, again);
  };
  return over;
}

/** The source file of the first program, where the name means just that file and no redirect to another. */
function parsedIn(program: ts.Program, file: string, keyOf: PathKey): ts.SourceFile | undefined {
  const found = program.getSourceFile(file);
  if (found === undefined || keyOf(found.fileName) !== keyOf(file)) return undefined;
  return internalsOf(found).redirectInfo?.unredirected ?? found;
}

/** From the host where it reads the new text, so that it watches the file and versions it; else made here. */
function codecSourceFile(
  compiler: Compiler,
  host: ts.CompilerHost,
  { file, text }: Codec,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  const read = host.getSourceFile(file, options, undefined, true);
  if (read?.text === text) return read;
  const made = compiler.createSourceFile(file, text, options);
  internalsOf(made).version = host.createHash?.(text) ?? text;
  return made;
}
