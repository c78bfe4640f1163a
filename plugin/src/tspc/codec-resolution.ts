// Imports of codecs that did not exist when the host looked for them. Hosts of builds and watches cache each
// resolution, also the failed ones, and the codecs are written after that.
import type ts from "typescript";
import type { Compiler } from "./internals.ts";

type Resolve = NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>;

const codecSpecifier = /\.codec(?:\.[mc]?[jt]s)?$/;

/** Resolves as `host` does, and once more past its cache where an import of a codec failed. */
export function resolveCodecsAgain(
  compiler: Compiler,
  host: ts.CompilerHost,
  overlay: ts.CompilerHost,
): void {
  if (host.resolveModuleNameLiterals === undefined) return;
  const resolve: Resolve = (literals, containing, redirected, options, file, reused) => {
    const found = host.resolveModuleNameLiterals!(literals, containing, redirected, options, file, reused);
    return literals.map((literal, index) => {
      const first = found[index]!;
      if (first.resolvedModule !== undefined || !codecSpecifier.test(literal.text)) return first;
      const mode = compiler.getModeForUsageLocation(file, literal, options);
      return compiler.resolveModuleName(
        literal.text,
        containing,
        options,
        overlay,
        undefined,
        redirected,
        mode,
      );
    });
  };
  overlay.resolveModuleNameLiterals = resolve;
}
