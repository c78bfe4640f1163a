// Schema to text: the codec file of one source file. Pure; knows no compiler.
import { canonicalText, fingerprint, type Schema } from "@hewn/schema";
import { codecHeader, codecPath } from "../codec-path.ts";
import { defineRead } from "./binary-read.ts";
import { defineWrite } from "./binary-write.ts";
import { CodeFile } from "./code-file.ts";
import { CodecFile } from "./codec-file.ts";
import { type CodecFacts, emitEntry, emitRefused, exportedNames } from "./entry.ts";
import { defineFromJson } from "./json-read.ts";
import { defineJson } from "./json-write.ts";
import { moduleSpecifier } from "./module-specifier.ts";
import { defineMismatch } from "./validate.ts";

export interface EmitOptions {
  /** Whether import paths end in `.js` (as compiled) or `.ts` (as written, for projects that run their sources). */
  readonly importExtension: ".js" | ".ts";
  /** The versions each root can talk to, from the lock; by id. */
  readonly compatibleOf?: (id: string) => CodecFacts["compatible"];
}

export { exportedNames } from "./entry.ts";

/** The text of the codec file beside `schema.file`. The same schema gives the same text, byte for byte. */
export function emitCodec(schema: Schema, options: EmitOptions): string {
  const names = [...schema.roots.map((id) => schema.declarations.get(id)!.name), ...schema.refused];
  const here = codecPath(schema.file);
  const code = new CodeFile(names.flatMap(exportedNames), (file) =>
    moduleSpecifier(here, file, options.importExtension),
  );
  const define = {
    write: defineWrite,
    read: defineRead,
    json: defineJson,
    fromJson: defineFromJson,
    mismatch: defineMismatch,
  };
  const file = new CodecFile(schema, code, codecPath, define);
  for (const id of schema.roots) {
    const compatible = options.compatibleOf?.(id) ?? {};
    emitEntry(file, file.root(id), { fingerprint: fingerprint(canonicalText(schema, id)), compatible });
    file.flush();
  }
  for (const name of schema.refused) emitRefused(file, name);
  return code.toString([`${codecHeader}${moduleSpecifier(here, schema.file, ".ts")}: do not edit.`]);
}
