// The files that one compile made or removed, and a compiler host that shows them. Hosts of builds and watches
// remember that a codec was missing, so the disk alone does not make them see it.
import type ts from "typescript";
import type { Compile } from "./compile.ts";
import { internalsOf } from "./internals.ts";

export interface Codec {
  readonly file: string;
  readonly text: string;
}

export interface Overlay {
  /** The codecs that tsc's program has not seen as they are now, by key. */
  readonly codecs: ReadonlyMap<string, Codec>;
  /** Keys of the codecs that were removed. */
  readonly removed: ReadonlySet<string>;
}

export const emptyOverlay: Overlay = { codecs: new Map(), removed: new Set() };

/**
 * A host that answers as the given one does, except for the files of the overlay, and that hands out the source files
 * of a program again instead of parsing them a second time.
 */
export function overlayHost(compile: Compile, overlay: Overlay): ts.CompilerHost {
  const { host, keyOf } = compile;
  const { codecs, removed } = overlay;
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
    if (codec !== undefined) return codecSourceFile(compile, codec, options);
    if (removed.has(key)) return undefined;
    return parsedIn(compile, file) ?? host.getSourceFile(file, options, onError, again);
  };
  return over;
}

/** The source file of the program, where the name means just that file and no redirect to another. */
function parsedIn({ program, keyOf }: Compile, file: string): ts.SourceFile | undefined {
  const found = program.getSourceFile(file);
  if (found === undefined || keyOf(found.fileName) !== keyOf(file)) return undefined;
  return internalsOf(found).redirectInfo?.unredirected ?? found;
}

/** From the host where it reads the new text, so that it watches the file and versions it; else made here. */
function codecSourceFile(
  { compiler, host }: Compile,
  { file, text }: Codec,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  const read = host.getSourceFile(file, options, undefined, true);
  if (read?.text === text) return read;
  const made = compiler.createSourceFile(file, text, options);
  internalsOf(made).version = host.createHash?.(text) ?? text;
  return made;
}
