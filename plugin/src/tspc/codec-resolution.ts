// Imports of codecs that did not exist when the host looked for them. Hosts of builds and watches cache each
// resolution, also the failed ones, and the codecs are written after that.
import type ts from "typescript";
import { codecSpecifier } from "../bundler/codec-import.ts";
import type { Compile } from "./compile.ts";
import { isWatchHost } from "./internals.ts";
import type { Overlay } from "./overlay.ts";

type Resolve = NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>;

/** Makes `over` resolve as the host does, except for imports of codecs that the host has not found yet. */
export function resolveCodecs(
  { compiler, host, keyOf }: Compile,
  over: ts.CompilerHost,
  { codecs }: Overlay,
): void {
  if (host.resolveModuleNameLiterals === undefined) return;
  const askHost: Resolve = (...rest) => host.resolveModuleNameLiterals!(...rest);
  over.resolveModuleNameLiterals = (literals, containing, redirected, options, file, reused) => {
    const found = askHost(literals, containing, redirected, options, file, reused);
    const repaired = literals.map((literal, index) => {
      const first = found[index]!;
      if (first.resolvedModule !== undefined || !codecSpecifier.test(literal.text)) return first;
      const mode = compiler.getModeForUsageLocation(file, literal, options);
      const { text } = literal;
      const again = compiler.resolveModuleName(text, containing, options, over, undefined, redirected, mode);
      const target = again.resolvedModule?.resolvedFileName;
      return target !== undefined && codecs.has(keyOf(target)) ? again : first;
    });
    const stale = found.filter((first, index) => first !== repaired[index]);
    if (stale.length === 0 || !isWatchHost(host)) return repaired;
    forget(host, stale);
    const asked = askHost(literals, containing, redirected, options, file, reused);
    return repaired.map((ours, index) => (asked[index]!.resolvedModule === undefined ? ours : asked[index]!));
  };
}

/**
 * Makes a watch resolve anew what it failed to find. It would find the codecs by itself, with the next event of
 * the folder, and compile once more for it.
 */
function forget(host: ts.CompilerHost, stale: readonly ts.ResolvedModuleWithFailedLookupLocations[]): void {
  host.getModuleResolutionCache?.()?.clear();
  for (const resolution of stale) Object.assign(resolution, { isInvalidated: true });
}
