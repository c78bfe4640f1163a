// Which codec an import asks for. The file need not be there yet: its source decides.
import { resolve, sep } from "node:path";
import { sourcePathOf } from "../codec-path.ts";

/** Specifiers that may name a codec: with the extension of the output, of the source, or none. */
export const codecSpecifier = /\.codec(?:\.[cm]?[jt]s)?$/;

/** Files that esbuild loads as codecs. */
export const codecFile = /\.codec\.[cm]?ts$/;

/** The same specifier for the source: `@app/x.codec.js` -> `@app/x.js`. */
export function sourceSpecifier(specifier: string): string {
  return specifier.replace(/\.codec(?=(?:\.[cm]?[jt]s)?$)/, "");
}

/** Whether a specifier is a path, so that no bundler is needed to say which file it names. */
export function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(specifier);
}

export interface CodecImport {
  readonly codec: string;
  readonly source: string;
  /** Whether the source is there. */
  readonly found: boolean;
  /** The sources that would make it a codec. */
  readonly candidates: readonly string[];
}

/** The codec that a path names, seen from a folder. */
export function codecImport(
  specifier: string,
  directory: string,
  exists: (file: string) => boolean,
): CodecImport {
  const path = resolve(directory, specifier)
    .replaceAll(sep, "/")
    .replace(/\.([cm]?)js$/, ".$1ts");
  const codec = codecFile.test(path) ? path : `${path}.ts`;
  const source = sourcePathOf(codec, exists);
  const usual = sourcePathOf(codec);
  const candidates = usual.endsWith(".ts") ? [usual, `${usual}x`] : [usual];
  return { codec, source, found: exists(source), candidates };
}
