// Unions whose arms differ in kind: which question tells each arm apart, in a program and in JSON.
import {
  areTagged,
  armWords,
  arrayLengthsOf,
  askedKindsOf,
  type JsonKind,
  jsonKindsOf,
  type Kinds,
  type Lengths,
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
  /** Array.isArray would narrow the union to some of its arrays, or to arrays of anything. */
  readonly losesArrays: boolean;
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
  const losesArrays = hasArraysToLose(arms.map((arm) => declaredType(file, arm.type)));
  const plans = arms.map(({ type, ordinal }, index): ArmPlan => {
    const [own, forms] = [kinds[index]!, json[index]!];
    const finite = own.hasNonFinite && !forms.includes("string");
    return { type, ordinal, kinds: own, json: forms, finite, losesArrays };
  });
  return {
    tagged: areTagged(kinds),
    arms: plans.toSorted((a, b) => stageOf(a) - stageOf(b)),
    objects: plans.filter((arm) => stageOf(arm) > 0),
    expected: armWords({ kind: "mixed", arms }, (id) => file.declaration(id)),
  };
}

function declaredType(file: CodecFile, type: Type): Type {
  return type.kind === "ref" ? declaredType(file, file.declaration(type.id).type) : type;
}

/** TypeScript takes `any[]` for no readonly array, and for an object where it has all of its properties. */
function hasArraysToLose(arms: readonly Type[]): boolean {
  const arrays = arms.filter((arm) => arm.kind === "array" || arm.kind === "tuple");
  if (new Set(arrays.map((arm) => arm.mutable === true)).size > 1) return true;
  const isTuple = arrays.some(({ kind }) => kind === "tuple");
  return (
    isTuple && arms.some((arm) => arm.kind === "struct" && arm.fields.every(({ name }) => name === "length"))
  );
}

/** What `typeof` tells comes first, and objects of no other kind last: a Map or a Uint8Array is an object too. */
function stageOf({ kinds }: ArmPlan): number {
  if (kinds.javaScript.includes("object")) return 2;
  return kinds.javaScript.every((kind) => narrowing.has(kind)) ? 0 : 1;
}

const narrowing: ReadonlySet<string> = new Set(["boolean", "number", "bigint", "string"]);

/** A condition that holds for the values of an arm, and for those of no other arm that is asked for later. */
export function valueTest(file: CodecFile, { kinds, losesArrays }: ArmPlan, value: string): string {
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
      default: {
        const lengths = arrayLengthsOf(kind);
        if (!lengths) return `${file.code.use("isArrayOf")}(${kind}, ${value})`;
        return arrayTest(lengths, value, losesArrays ? file.code.use("isArray") : "Array.isArray");
      }
    }
  });
  return tests.join(" || ");
}

function arrayTest({ least, most }: Lengths, value: string, isArray = "Array.isArray"): string {
  const tests = [
    `${isArray}(${value})`,
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
    const lengths = arrayLengthsOf(kind);
    return lengths ? arrayTest(lengths, value) : `typeof ${value} === "${kind}"`;
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
