// The rule by which the arms of a union that are no objects are told apart: by what a program and JSON can see.
import { arrayLengthsOf, type Clash, clashOf, type Kinds } from "@hewn/schema";

/** Two arms, by position, and what they share. */
export interface ArmClash {
  readonly first: number;
  readonly second: number;
  readonly shared: Clash;
  readonly kinds: readonly [Kinds, Kinds];
}

/** The first arms that nothing tells apart. */
export function firstClash(arms: readonly Kinds[]): ArmClash | undefined {
  for (const [second, b] of arms.entries()) {
    for (const [first, a] of arms.slice(0, second).entries()) {
      const shared = clashOf(a, b);
      if (shared) return { first, second, shared, kinds: [a, b] };
    }
  }
  return undefined;
}

const plurals: Readonly<Partial<Record<Clash["kind"], string>>> = {
  boolean: "booleans",
  number: "numbers",
  bigint: "bigints",
  string: "strings",
  array: "arrays",
  Set: "sets",
  Map: "maps",
  object: "objects",
};

/** The words of the diagnostic. @param texts the arms as TypeScript */
export function explainClash(
  { shared, kinds }: ArmClash,
  texts: readonly string[],
): { readonly reason: string } {
  const [first = "", second = ""] = texts;
  const both = `'${first}' and '${second}' are both ${pluralOf(shared.kind)}`;
  if (shared.in === "JavaScript") return { reason: both + lengthWords(shared.kind, kinds) };
  const whys = new Set(kinds.flatMap((each) => whyInJson(each, shared.kind) ?? []));
  return { reason: `${both} in JSON, ${[...whys].join(", ")}` };
}

/** Tuples of other lengths could be arms. */
function lengthWords(kind: Clash["kind"], [a, b]: ArmClash["kinds"]): string {
  const isSized = [...a.javaScript, ...b.javaScript].some((each) => arrayLengthsOf(each) && each !== "array");
  return kind === "array" && isSized ? " that may have the same length" : "";
}

function pluralOf(kind: Clash["kind"]): string {
  const lengths = arrayLengthsOf(kind);
  if (lengths && kind !== "array") return kind.replace("array", "arrays");
  return plurals[kind] ?? `a ${kind}`;
}

/** Where JSON has something else than the program. */
function whyInJson({ javaScript }: Kinds, kind: Clash["kind"]): string | undefined {
  if (javaScript.some((each) => each.endsWith("Array"))) return "which has bytes as base64";
  if (javaScript.includes("Date")) return "which has a date as its text";
  if (javaScript.includes("Set")) return "which has a set as an array";
  if (javaScript.includes("bigint")) {
    return kind === "string" ? "which has large bigints as strings" : "which has small bigints as numbers";
  }
  if (!javaScript.includes("Map")) return undefined;
  return kind === "object"
    ? "which has a map with string keys as an object"
    : "which has a map whose keys are no strings as an array of pairs";
}
