// In which formats the codecs of one file need the types that they are made of.
import type { Schema, WireFormat } from "@hewn/schema";
import { refsOf } from "../refs.ts";

/** By the id of a declaration: what the types of this file need of it that are made of it. */
export function neededFormats({ roots, declarations }: Schema): (id: string) => WireFormat {
  const isOneSided = roots.some((id) => declarations.get(id)?.format !== undefined);
  if (!isOneSided) return () => "both";
  const needed = new Map<string, WireFormat>();
  for (const root of roots) {
    const format = declarations.get(root)?.format ?? "both";
    const reached = new Set([root]);
    for (const id of reached) {
      const known = needed.get(id) ?? format;
      needed.set(id, known === format ? format : "both");
      for (const next of refsOf(declarations.get(id)!.type)) reached.add(next);
    }
  }
  return (id) => needed.get(id) ?? "both";
}
