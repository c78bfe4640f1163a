// What to write instead of a union whose arms cannot be told apart: the change that keeps most of it.
import { arrayLengthsOf, clashOf, type Kinds } from "@hewn/schema";
import type { ArmClash } from "./mixed-union.ts";

/** An arm in the words of a message. */
export interface ShownArm {
  readonly kinds: Kinds;
  /** As TypeScript. */
  readonly text: string;
  /** Listed: literals and members of an enum. */
  readonly is: "listed" | "record" | "other";
  /** What an array holds; its kinds where they are known without looking into other types. */
  readonly element?: { readonly text: string; readonly kinds: Kinds | undefined };
}

/** The sentence that says it. @param arms all arms of the union */
export function mixedRemedy({ first, second, shared }: ArmClash, arms: readonly ShownArm[]): string {
  const a = arms[first];
  const b = arms[second];
  if (!a || !b) return "";
  if (shared.in === "JavaScript" && isPrimitive(shared.kind)) return choose(a, b);
  if (shared.in === "JSON" && shared.kind === "number") return chooseNumber(a, b);
  return joinedArray(a, b) ?? wrapped(a, b, arms) ?? discriminated(a, b);
}

const primitives: readonly string[] = ["boolean", "number", "bigint", "string"];

function isPrimitive(kind: string): boolean {
  return primitives.includes(kind);
}

/** Types and literals of one primitive. */
function choose(a: ShownArm, b: ShownArm): string {
  const [literals, other] = a.is === "listed" ? [a, b] : [b, a];
  if (other.is === "listed")
    return `Make all of them members of one enum, or plain literals, instead of ${both(a, b)}.`;
  if (literals.is === "listed")
    return `Let '${other.text}' stand for the values of '${literals.text}' as well, or list all values as literals.`;
  return `Choose one of ${both(a, b)} for all values.`;
}

function chooseNumber(a: ShownArm, b: ShownArm): string {
  const number = a.kinds.javaScript.includes("bigint") ? b : a;
  const integers = "Choose 'bigint' (or 'i64', up to 64 bits) for all values";
  // Those that may be infinite may also have a fraction.
  return number.kinds.hasNonFinite
    ? `${integers} if they are integers, and '${number.text}' otherwise.`
    : `${integers}.`;
}

function both(a: ShownArm, b: ShownArm): string {
  return `'${a.text}' and '${b.text}'`;
}

/** One array of both, if what they hold can be told apart. */
function joinedArray(a: ShownArm, b: ShownArm): string | undefined {
  if (!a.element?.kinds || !b.element?.kinds) return undefined;
  if (clashOf(withoutEmpty(a.element.kinds), withoutEmpty(b.element.kinds))) return undefined;
  return `Write 'readonly (${a.element.text} | ${b.element.text})[]'.`;
}

/** Null in both elements is one null. */
function withoutEmpty(kinds: Kinds): Kinds {
  const javaScript = kinds.javaScript.filter((kind) => kind !== "null" && kind !== "undefined");
  return { ...kinds, javaScript, json: kinds.json.filter((kind) => kind !== "null") };
}

/** One of two arms that only JSON confuses as an object, unless another arm is one already. */
function wrapped(a: ShownArm, b: ShownArm, arms: readonly ShownArm[]): string | undefined {
  if (arms.some(({ kinds }) => kinds.json.includes("object"))) return undefined;
  if (a.kinds.javaScript.join() === b.kinds.javaScript.join()) return undefined;
  const [plain, odd] = isPlain(b) ? [b, a] : [a, b];
  const object = `{ readonly ${propertyOf(odd)}: ${brief(odd)} }`;
  return `Choose one of ${both(a, b)}, or put one into an object: '${brief(plain)} | ${object}'.`;
}

/** In JSON what it is in the program. */
function isPlain({ kinds }: ShownArm): boolean {
  return kinds.javaScript.every((kind) => kinds.json.some((each) => each === kind));
}

function discriminated(a: ShownArm, b: ShownArm): string {
  const [one, other] = propertyOf(a) === propertyOf(b) ? ["one", "other"] : [propertyOf(a), propertyOf(b)];
  const armOf = (tag: string, arm: ShownArm): string =>
    `{ readonly kind: "${tag}"; readonly value: ${brief(arm)} }`;
  return `Make them objects with a discriminant: '${armOf(one, a)} | ${armOf(other, b)}'.`;
}

const properties: Readonly<Record<string, string>> = {
  string: "text",
  Date: "date",
  bigint: "integer",
  Uint8Array: "bytes",
  Set: "set",
  Map: "map",
  object: "value",
};

/** A name for a property that holds the values of an arm, or for their tag. */
function propertyOf({ kinds, is }: ShownArm): string {
  if (is === "record") return "record";
  const kind = kinds.javaScript[0] ?? "object";
  if (arrayLengthsOf(kind)) return "list";
  return properties[kind] ?? (kind.endsWith("Array") ? "numbers" : kind);
}

const textMax = 40;

/** Without what the compiler adds by default, and cut where it is long. */
function brief({ text }: ShownArm): string {
  const short = text.replace("<ArrayBufferLike>", "");
  return short.length > textMax ? `${short.slice(0, textMax - 1)}…` : short;
}
