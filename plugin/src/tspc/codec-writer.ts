// Brings a codec on the disk up to date, through the compiler's host, whose caches would else not hear of it.
import { bearsHeader } from "../codec-path.ts";
import type { Generated } from "../generate.ts";
import type { Compile } from "./compile.ts";
import type { Failure } from "./failure.ts";

export interface Written {
  /** `kept`: the file says that already. `foreign`: somebody else's file, left alone. */
  readonly state: "kept" | "written" | "foreign";
  readonly failure?: Failure;
}

export function writeCodec(compile: Compile, { codec, source, text }: Generated): Written {
  const present = textOf(compile, codec);
  if (present === text) return { state: "kept" };
  if (present !== undefined && present.trim() !== "" && !bearsHeader(present)) {
    return { state: "foreign", failure: { kind: "foreign", at: source, file: codec } };
  }
  let reason: string | undefined;
  compile.host.writeFile(codec, text, false, (message) => {
    reason = message;
  });
  if (reason === undefined) return { state: "written" };
  return { state: "written", failure: { kind: "unwritable", at: source, file: codec, reason } };
}

/** What the codec says now. The program has just read it, if it is one of its files. */
function textOf({ program, host }: Compile, codec: string): string | undefined {
  const parsed = program.getSourceFile(codec);
  if (parsed !== undefined) return parsed.text;
  return host.fileExists(codec) ? host.readFile(codec) : undefined;
}
