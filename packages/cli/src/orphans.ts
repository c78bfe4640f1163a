// Finds generated codecs that no wire type stands behind any more.
import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { codecPath, isCodecPath, sourcePathOf } from "@hewn/plugin";
import { isGenerated } from "./resolution.ts";

export interface Orphan {
  readonly codec: string;
  /** The source it was generated from, which may be gone. */
  readonly source: string;
}

/**
 * The codecs in the directories of `sources` that bear our header and whose source is gone or is among `untagged`.
 * The codec of a source that another project compiles is none of ours.
 * @param needed the codec files that are generated
 */
export function findOrphans(
  sources: Iterable<string>,
  untagged: ReadonlySet<string>,
  needed: ReadonlySet<string>,
): readonly Orphan[] {
  const candidates = new Set<string>();
  for (const directory of new Set([...sources].map((source) => dirname(source))))
    for (const name of namesIn(directory)) if (isCodecPath(name)) candidates.add(`${directory}/${name}`);
  for (const source of untagged) candidates.add(codecPath(source));
  return [...candidates]
    .filter((codec) => !needed.has(codec))
    .map((codec) => ({ codec, source: sourcePathOf(codec, existsSync) }))
    .filter(({ codec, source }) => (untagged.has(source) || !existsSync(source)) && isGenerated(codec));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
