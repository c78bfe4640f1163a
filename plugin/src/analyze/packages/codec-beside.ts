// What the codec that a package ships beside a declaration says of itself: the functions that other codecs call, and in
// its JavaScript the fingerprint of the format that it really has.
import { immutabilityOf, Recursion, type Schema, type WireFormat } from "@hewn/schema";
import type ts from "typescript";
import type { ModuleReader } from "./module-reader.ts";

/**
 * The functions of a type that the codec of another file may call, with how many parameters each has.
 * @param formats those that the caller has
 */
export function functionsFor(
  schema: Schema,
  id: string,
  name: string,
  formats: WireFormat,
): ReadonlyMap<string, number> {
  const type = { kind: "ref", id } as const;
  const deep = new Recursion(schema).needsDepth(type) ? 1 : 0;
  const functions = new Map([[`mismatch${name}`, 1 + deep]]);
  if (formats !== "json") functions.set(`write${name}`, 3 + deep).set(`read${name}`, 1 + deep);
  if (formats !== "binary") functions.set(`json${name}`, 1 + deep).set(`fromJson${name}`, 1 + deep);
  const isImmutable = immutabilityOf(schema);
  if (isImmutable(type)) return functions;
  const copies = new Recursion(schema, (each) => isImmutable({ kind: "ref", id: each }));
  return functions.set(`copy${name}`, 1 + (copies.needsDepth(type) ? 1 : 0));
}

/** Whether a codec file declares them all, as this version of Hewn would have written them. */
export function declares(
  compiler: typeof ts,
  reader: ModuleReader,
  codec: string,
  functions: ReadonlyMap<string, number>,
): boolean {
  return [...functions].every(([name, parameters]) =>
    reader
      .declared(codec, name)
      .some((node) => compiler.isFunctionDeclaration(node) && node.parameters.length === parameters),
  );
}

/** The fingerprint in the text of a codec, also of one that was bundled or minified; undefined where it cannot be told. */
export function fingerprintIn(script: string, type: string): string | undefined {
  const name = type.replace(/[$]/g, "\\$&");
  const object = new RegExp(
    `(?<![\\w$])${name}Codec\\s*(?::[^={]*)?=\\s*\\{[^{}]*?\\bfingerprint\\s*:\\s*["'\`]([0-9a-f]+)["'\`]`,
    "u",
  );
  return object.exec(script)?.[1];
}
