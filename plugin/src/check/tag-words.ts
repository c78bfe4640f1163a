// The words behind `@wire`: `copy`, and `binary` or `json`, in any order, each at most once.
import type { WireFormat } from "@hewn/schema";

/** `plain`: every part is readonly. `copy`: parts may be mutable, because the value is copied wherever it goes. */
export type TagMode = "plain" | "copy";

export interface TagMeaning {
  readonly mode: TagMode;
  /** What the codec has. */
  readonly formats: WireFormat;
}

/** Why words mean nothing, in the words of the message, and what to write instead. */
export interface TagFault {
  readonly reason: string;
  readonly remedy: string;
}

const known: readonly string[] = ["copy", "binary", "json"];
const otherNames: Readonly<Record<string, string>> = { msgpack: "binary", messagepack: "binary" };

/** @param words as one text with single blanks; those of a second tag follow another `@wire` */
export function readTagWords(words: string): TagMeaning | TagFault {
  const all = words === "" ? [] : words.split(" ");
  if (all.includes("@wire"))
    return { reason: "and two tags that differ contradict each other", remedy: "Keep one of them." };
  if (!all.every(isKnown)) return unknown(all);
  const double = all.find((word, i) => all.indexOf(word) < i);
  if (double !== undefined)
    return { reason: `which says '${double}' twice`, remedy: `Write '${tagText(all)}'.` };
  if (all.includes("binary") && all.includes("json"))
    return {
      reason: "and no codec has 'binary' alone and 'json' alone",
      remedy: `Write '${tagText(all)}', which gives both formats.`,
    };
  const format = all.find((word) => word === "binary" || word === "json");
  return { mode: all.includes("copy") ? "copy" : "plain", formats: format ?? "both" };
}

/** The tag as it is to be written, in its comment. */
export function tagOf({ mode, formats }: TagMeaning): string {
  return tagText([mode, formats]);
}

function isKnown(word: string): boolean {
  return known.includes(word);
}

function unknown(all: readonly string[]): TagFault {
  const strange = all.find((word) => !isKnown(meantBy(word)));
  if (strange === undefined) {
    const reason = `and '${all.find((word) => !isKnown(word))}' means nothing there`;
    return { reason, remedy: `Write '${tagText(all.map(meantBy))}'.` };
  }
  return {
    reason: `and '${strange}' means nothing there`,
    remedy:
      "Write '/** @wire */', with 'copy' behind it if its values may be mutable, and with 'binary' or 'json' if that format is enough; put a description in a line of its own.",
  };
}

/** Other letters, a comma between words, another name of a format. */
function meantBy(word: string): string {
  const bare = word.toLowerCase().replace(/[,;.]$/, "");
  return otherNames[bare] ?? bare;
}

/** With the known words that are asked for; of two formats with none, which gives both. */
function tagText(words: readonly string[]): string {
  const isBoth = words.includes("binary") && words.includes("json");
  const kept = known.filter((word) => words.includes(word) && !(isBoth && word !== "copy"));
  return `/** ${["@wire", ...kept].join(" ")} */`;
}
