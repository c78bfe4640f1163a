// The rule about formats: a codec calls the codecs of the tagged types that it reaches, so these have every format that
// it has.
import type { WireFormat } from "@hewn/schema";
import { type TagMeaning, tagOf } from "./tag-words.ts";

/** A tagged type, as its tag says. */
export interface TaggedType extends TagMeaning {
  readonly name: string;
}

const formatNames = { binary: "binary", json: "JSON" } as const;

/** Whether a codec with the formats `has` cannot serve one with those of `needs`. */
export function lacksFormat(has: WireFormat, needs: WireFormat): boolean {
  return has !== "both" && has !== needs;
}

/** What to say where the codec of `user` needs a format that the one of `used` lacks. */
export function missingFormat(used: TaggedType, user: TaggedType): Readonly<Record<string, string>> {
  const missing = used.formats === "binary" ? "json" : "binary";
  const both = `Tag '${used.name}' '${tagOf({ ...used, formats: "both" })}'`;
  const one = `'${user.name}' '${tagOf({ ...user, formats: used.formats })}'`;
  return {
    name: used.name,
    format: used.formats,
    missing: formatNames[missing],
    remedy:
      user.formats === "both"
        ? `${both}, or ${one} if it needs no ${formatNames[missing]} codec.`
        : `${both}.`,
  };
}
