// How imports of the user's project are resolved: as its compiler does, except that generated codecs are not seen.
// Wire types do not depend on them, so a clean checkout and a generated one give the same program, and checking
// large codecs costs nothing.
import { closeSync, openSync, readSync } from "node:fs";
import { bearsHeader, codecHeader, isCodecPath, type ReferencedDeclarations } from "@hewn/plugin";
import type { ts as bundled, ResolutionHostFactory } from "ts-morph";
import type { Compiler } from "./compiler.ts";
import type { ImportGraph } from "./import-graph.ts";

export function resolution(
  ts: Compiler,
  graph: ImportGraph,
  referenced: ReferencedDeclarations,
): ResolutionHostFactory {
  return (host, getOptions) => {
    const cache = ts.createModuleResolutionCache(process.cwd(), (name) => name, getOptions());
    return {
      resolveModuleNames(names, importer, _reused, redirect, options) {
        // ts-morph leaves the module format of a file open; packages that have no `require` entry need it.
        const mode = ts.getImpliedNodeFormatForFile(importer, cache.getPackageJsonInfoCache(), host, options);
        return names.map((name) => {
          const { resolvedModule } = ts.resolveModuleName(
            name,
            importer,
            options,
            host,
            cache,
            redirect,
            mode,
          );
          const kept = keep(ts, resolvedModule, referenced);
          if (kept) graph.add(importer, kept.resolvedFileName);
          return kept;
        });
      },
    };
  };
}

function keep(
  ts: Compiler,
  resolved: bundled.ResolvedModuleFull | undefined,
  referenced: ReferencedDeclarations,
): bundled.ResolvedModuleFull | undefined {
  if (!resolved || isGenerated(resolved.resolvedFileName)) return undefined;
  const output = referenced.outputOf(resolved.resolvedFileName);
  return output ? { ...resolved, resolvedFileName: output, extension: ts.Extension.Dts } : resolved;
}

/** Whether a file is a codec that hewn wrote: by its name and its first bytes. */
export function isGenerated(file: string): boolean {
  return isCodecPath(file) && bearsHeader(beginningOf(file));
}

function beginningOf(file: string): string {
  const bytes = Buffer.alloc(codecHeader.length + 4);
  try {
    const descriptor = openSync(file, "r");
    try {
      return bytes.toString("utf8", 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
