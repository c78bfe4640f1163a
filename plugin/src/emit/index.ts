// Schema to text: the codec file of one source file. Pure; knows no compiler.
import type { Schema } from "@hewn/schema";
import { actorName, codecNames } from "../codec-names.ts";
import { codecHeader, codecPath } from "../codec-path.ts";
import { emitActor, emitRefusedActor } from "./actor/definition.ts";
import { defineRead } from "./binary-read.ts";
import { defineWrite } from "./binary-write.ts";
import { defineCopy } from "./clone.ts";
import { CodeFile } from "./code-file.ts";
import { CodecFile } from "./codec-file.ts";
import { type CodecFacts, emitEntry, emitRefused } from "./entry.ts";
import { defineAttempt } from "./json-attempt.ts";
import { definePutJson } from "./json-put.ts";
import { defineFromJson } from "./json-read.ts";
import { defineJson } from "./json-write.ts";
import { moduleSpecifier } from "./module-specifier.ts";
import { defineTry } from "./try-read.ts";
import { defineMismatch } from "./validate.ts";

export interface EmitOptions {
  /** Whether import paths end in `.js` (as compiled) or `.ts` (as written, for projects that run their sources). */
  readonly importExtension: ".js" | ".ts";
  /** What the codec of a root says of itself. */
  readonly factsOf: (id: string) => CodecFacts;
}

/** The text of the codec file beside `schema.file`. The same schema gives the same text, byte for byte. */
export function emitCodec(schema: Schema, options: EmitOptions): string {
  const names = [...schema.roots.map((id) => schema.declarations.get(id)!.name), ...schema.refused];
  const here = codecPath(schema.file);
  const { actors = [], refusedActors = [] } = schema;
  const classes = [...actors.map(({ name }) => name), ...refusedActors];
  const exported = [...names.flatMap(codecNames), ...classes.map(actorName)];
  const code = new CodeFile(exported, (file) => moduleSpecifier(here, file, options.importExtension));
  const define = {
    write: defineWrite,
    read: defineRead,
    try: defineTry,
    json: defineJson,
    putJson: definePutJson,
    fromJson: defineFromJson,
    attempt: defineAttempt,
    mismatch: defineMismatch,
    copy: defineCopy,
  };
  const file = new CodecFile(schema, code, codecPath, define);
  for (const id of schema.roots) {
    emitEntry(file, file.root(id), id, options.factsOf);
    file.flush();
  }
  for (const actor of actors) {
    emitActor(file, actor, options.factsOf(actor.id));
    file.flush();
  }
  for (const name of schema.refused) emitRefused(file, name);
  for (const name of refusedActors) emitRefusedActor(file, name);
  // All tags of the source were misplaced: the file says so little, but it is a module.
  if (exported.length === 0) code.line("export {};");
  return code.toString([`${codecHeader}${oneLine(moduleSpecifier(here, schema.file, ".ts"))}: do not edit.`]);
}

/** A file's name may have line breaks, which end a comment, and signs that make its reader see another text. */
function oneLine(name: string): string {
  return name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}
