// One compile's work on the disk: every codec written that has to be, every orphan removed, and what is left to say.
import type { Generated, GenerateOptions } from "../generate.ts";
import { writeCodec } from "./codec-writer.ts";
import type { Compile } from "./compile.ts";
import type { Failure } from "./failure.ts";
import { type Core, generateAll } from "./generation.ts";
import { removeOrphans } from "./orphans.ts";
import type { Codec, Overlay } from "./overlay.ts";

export interface Settlement {
  readonly codecs: readonly Generated[];
  readonly failures: readonly Failure[];
  /** What the program has not seen. */
  readonly overlay: Overlay;
  /** Whether the disk changed; else the overlay can only hold codecs that no file of the program imports. */
  readonly changed: boolean;
}

export function settleCodecs(core: Core, compile: Compile, options: GenerateOptions): Settlement {
  const { program, keyOf } = compile;
  const { codecs, crashes } = generateAll(core, compile, options);
  const unseen = new Map<string, Codec>();
  const failures = [...crashes];
  let written = false;
  for (const generated of codecs.filter(({ hasCodec }) => hasCodec)) {
    const { codec: file, text } = generated;
    const { state, failure } = writeCodec(compile, generated);
    if (failure) failures.push(failure);
    if (state === "written") written = true;
    const seen = state === "kept" ? program.getSourceFile(file) !== undefined : state === "foreign";
    if (!seen) unseen.set(keyOf(file), { file, text });
  }
  const kept = [...codecs.map(({ source }) => source), ...crashes.map(({ at }) => at)];
  const { removed, failures: stuck } = removeOrphans(compile, new Set(kept.map(keyOf)));
  return {
    codecs,
    failures: [...failures, ...stuck],
    overlay: { codecs: unseen, removed },
    changed: written || removed.size > 0,
  };
}
