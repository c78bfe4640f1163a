// Which types of a project a message could be of.
import { annotate } from "../annotate/annotate.ts";
import { MessageDecoder } from "./message.ts";
import type { ProjectType } from "./project-types.ts";

export interface Candidate {
  readonly type: ProjectType;
  /** The whole message is a value of the type, and nothing follows. */
  readonly fits: boolean;
  /** Bytes that the type explains: of one that does not fit, those before the error. */
  readonly explainedBytes: number;
}

/** Items of a message that are looked at to tell which of several fitting types says most about it. */
const itemsMax = 2000;

/** All types, those first that fit, and of those the ones that explain most of the message. */
export function rankTypes(bytes: Uint8Array, types: readonly ProjectType[]): readonly Candidate[] {
  return types
    .map((type) => candidate(bytes, type))
    .sort(
      (a, b) =>
        Number(b.fits) - Number(a.fits) ||
        b.explainedBytes - a.explainedBytes ||
        (a.type.full < b.type.full ? -1 : 1),
    );
}

function candidate(bytes: Uint8Array, type: ProjectType): Candidate {
  const { error, length } = new MessageDecoder(bytes, type).at(0);
  if (error !== undefined) return { type, fits: false, explainedBytes: error.offset };
  const { schema, id } = type;
  const items = annotate(bytes.subarray(0, length), { typed: { schema, id }, itemsMax });
  const known = items.filter((item) => item.known).reduce((sum, item) => sum + item.bytes.length, 0);
  return { type, fits: length === bytes.length, explainedBytes: known };
}
