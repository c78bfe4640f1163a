// What `--json` prints: one object on stdout, whose shape is public and described in docs/cli.md.
import type { Diagnostic, Span } from "@hewn/plugin";
import type { ConfigurationError } from "./configuration-error.ts";
import { type CodecFile, isUnsettled } from "./file-status.ts";
import { type Locate, locator } from "./locate.ts";
import type { Pass } from "./pass.ts";

/** Paths are relative to the working directory, with forward slashes; lines and columns count from 1. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
}

export interface JsonReport {
  readonly ok: boolean;
  readonly files: readonly CodecFile[];
  readonly diagnostics: readonly JsonDiagnostic[];
  /** What stopped the command, with exit code 2. */
  readonly error?: {
    readonly message: string;
    readonly fix?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  };
  readonly ms: number;
}

type Shown = (file: string) => string;

export function jsonReport({ files, diagnostics, elapsedMs }: Pass, shown: Shown): JsonReport {
  return {
    ok: diagnostics.length === 0 && !files.some(isUnsettled),
    files: jsonFiles(files, shown),
    diagnostics: jsonDiagnostics(diagnostics, locator(), shown),
    ms: elapsedMs,
  };
}

function jsonFiles(files: readonly CodecFile[], shown: Shown): readonly CodecFile[] {
  return files.map(({ source, codec, status }) => ({ source: shown(source), codec: shown(codec), status }));
}

export function jsonDiagnostics(
  diagnostics: readonly Diagnostic[],
  locate: Locate,
  shown: Shown,
): readonly JsonDiagnostic[] {
  const place = (span: Span): JsonPlace => ({ file: shown(span.file), ...locate(span) });
  return diagnostics.map(({ code, path, message, fix, span, related }) => ({
    code,
    ...place(span),
    path,
    message,
    fix,
    related: related.map((hop) => ({ ...place(hop.span), message: hop.message })),
  }));
}

export function jsonFailure(error: ConfigurationError, shown: Shown, ms: number): JsonReport {
  const { message, fix, place } = error;
  return {
    ok: false,
    files: [],
    diagnostics: [],
    error: { message, ...(fix && { fix }), ...(place && { ...place, file: shown(place.file) }) },
    ms,
  };
}
