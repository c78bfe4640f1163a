// Unions whose arms differ in kind: which question tells each arm apart, in a program and in JSON.
import {
  areTagged,
  armWords,
  arrayLengthsOf,
  askedKindsOf,
  type JsonKind,
  jsonKindsOf,
  type Kinds,
  type Mixed,
  type Type,
} from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { type Position, typeText } from "./type-text.ts";

export interface ArmPlan {
  readonly type: Type;
  readonly ordinal: number;
  readonly kinds: Kinds;
  /** What its values may be in JSON, beside the other arms. */
  readonly json: readonly JsonKind[];
  /** Numbers that are not finite have no JSON: another arm has strings. */
  readonly finite: boolean;
}

export interface MixedPlan {
  /** Each arm is written behind its ordinal. */
  readonly tagged: boolean;
  /** In the order in which they are asked for. */
  readonly arms: readonly ArmPlan[];
  /** Those that come last: what `typeof` does not tell. */
  readonly objects: readonly ArmPlan[];
  /** What errors say: `string or i32`. */
  readonly expected: string;
}

export function planOf(file: CodecFile, { arms }: Mixed): MixedPlan {
  const kinds = askedKindsOf(arms.map((arm) => file.kindsOf(arm.type)));
  const json = jsonKindsOf(kinds);
  const plans = arms.map(({ type, ordinal }, index): ArmPlan => {
    const [own, forms] = [kinds[index]!, json[index]!];
    return { type, ordinal, kinds: own, json: forms, finite: own.hasNonFinite && !forms.includes("string") };
  });
  return {
    tagged: areTagged(kinds),
    arms: plans.toSorted((a, b) => stageOf(a) - stageOf(b)),
    objects: plans.filter((arm) => stageOf(arm) > 0),
    expected: armWords({ kind: "mixed", arms }, (id) => file.declaration(id)),
  };
}

/** What `typeof` tells comes first, and objects of no other kind last: a Map or a Uint8Array is an object too. */
function stageOf({ kinds }: ArmPlan): number {
  if (kinds.javaScript.includes("object")) return 2;
  return kinds.javaScript.every((kind) => narrowing.has(kind)) ? 0 : 1;
}

const narrowing: ReadonlySet<string> = new Set(["boolean", "number", "bigint", "string"]);

/** A condition that holds for the values of an arm, and for those of no other arm that is asked for later. */
export function valueTest(file: CodecFile, { kinds }: ArmPlan, value: string): string {
  const tests = kinds.javaScript.map((kind) => {
    switch (kind) {
      case "Set":
      case "Map":
        return `${file.code.use(`is${kind}`)}(${value})`;
      case "Uint8Array":
        return `${file.code.use("isBytes")}(${value})`;
      case "Date":
        return `${file.code.use("isDate")}(${value})`;
      case "object":
        return `${file.code.use("isObject")}(${value})`;
      case "boolean":
      case "number":
      case "bigint":
      case "string":
      case "undefined":
        return `typeof ${value} === "${kind}"`;
      case "null":
        return `${value} === null`;
      default:
        return arrayTest(kind, value) ?? `${file.code.use("isArrayOf")}(${kind}, ${value})`;
    }
  });
  return tests.join(" || ");
}

/** Undefined if it is no kind of arrays. */
function arrayTest(kind: string, value: string): string | undefined {
  const lengths = arrayLengthsOf(kind);
  if (!lengths) return undefined;
  const { least, most } = lengths;
  const tests = [
    `Array.isArray(${value})`,
    ...(least === most ? [`${value}.length === ${least}`] : []),
    ...(least < most && least > 0 ? [`${value}.length >= ${least}`] : []),
    ...(least < most && Number.isFinite(most) ? [`${value}.length <= ${most}`] : []),
  ];
  return tests.join(" && ");
}

/** The same of what JSON.parse gives. */
export function jsonTest(file: CodecFile, { json }: ArmPlan, value: string): string {
  const tests = json.map((kind) => {
    if (kind === "object") return `${file.code.use("isObject")}(${value})`;
    return arrayTest(kind, value) ?? `typeof ${value} === "${kind}"`;
  });
  return tests.join(" || ");
}

/**
 * `typeof` narrows a union to the arm; of an object that is not alone TypeScript must be told which it is.
 * @param left what the value may be where the arm is asked for
 */
export function narrowed(
  file: CodecFile,
  left: readonly ArmPlan[],
  arm: ArmPlan,
  value: string,
  position: Position,
): string {
  if (stageOf(arm) === 0 || left.length < 2) return value;
  return `${value} as ${typeText(arm.type, file.names, position)}`;
}
