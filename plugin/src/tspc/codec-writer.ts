// Brings a codec on the disk up to date, through the compiler's host, whose caches would else not hear of it.
import type ts from "typescript";
import { bearsHeader } from "../codec-path.ts";
import type { Generated } from "../generate.ts";
import type { Failure } from "./failure.ts";

export interface Written {
  /** `kept`: the file says that already. `foreign`: somebody else's file, left alone. */
  readonly state: "kept" | "written" | "foreign";
  readonly failure?: Failure;
}

export function writeCodec(program: ts.Program, host: ts.CompilerHost, generated: Generated): Written {
  const { codec, source, text } = generated;
  const present = textOf(program, host, codec);
  if (present === text) return { state: "kept" };
  if (present !== undefined && present.trim() !== "" && !bearsHeader(present)) {
    return { state: "foreign", failure: { kind: "foreign", at: source, file: codec } };
  }
  let reason: string | undefined;
  host.writeFile(codec, text, false, (message) => {
    reason = message;
  });
  if (reason === undefined) return { state: "written" };
  return { state: "written", failure: { kind: "unwritable", at: source, file: codec, reason } };
}

/** What the codec says now. The program has just read it, if it is one of its files. */
function textOf(program: ts.Program, host: ts.CompilerHost, codec: string): string | undefined {
  const parsed = program.getSourceFile(codec);
  if (parsed !== undefined) return parsed.text;
  return host.fileExists(codec) ? host.readFile(codec) : undefined;
}
