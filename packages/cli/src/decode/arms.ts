// The arms of mixed unions, by what their values look like.
import {
  type Arm,
  areTagged,
  type Kinds,
  kindsOf,
  type Mixed,
  overlap,
  type Schema,
  type Type,
} from "@hewn/schema";
import { RecordValue, StructValue, type WireValue } from "./wire-value.ts";

/** What tells the arms of a mixed union apart; a value may have millions of parts of one type. */
interface ArmTable {
  /** In the order of the union's arms. */
  readonly kinds: readonly Kinds[];
  readonly isTagged: boolean;
  /** By ordinal where the union is tagged, else by what `nextKind` answers. */
  readonly binary: ReadonlyMap<number | string, Arm>;
}

const tables = new WeakMap<Mixed, ArmTable>();

/** @param schema the one that has `mixed` */
export function armTable(schema: Schema, mixed: Mixed): ArmTable {
  const known = tables.get(mixed);
  if (known !== undefined) return known;
  const kinds = mixed.arms.map((arm) => kindsIn(schema, arm.type));
  const isTagged = areTagged(kinds);
  const binary = new Map<number | string, Arm>();
  for (const [i, arm] of mixed.arms.entries()) {
    const labels = isTagged ? [arm.ordinal] : kinds[i]!.binary;
    for (const label of labels) if (!binary.has(label)) binary.set(label, arm);
  }
  const table = { kinds, isTagged, binary };
  tables.set(mixed, table);
  return table;
}

/** The kinds of a type's values. */
function kindsIn({ declarations }: Schema, type: Type): Kinds {
  const kinds = kindsOf(type, (id) => declarations.get(id)?.type);
  if (kinds === undefined) throw new Error("the schema has an arm without a type");
  return kinds;
}

/** The arm of which a value is. */
export function armOf(schema: Schema, mixed: Mixed, value: WireValue): Arm | undefined {
  const kind = kindOf(value);
  const { kinds } = armTable(schema, mixed);
  return mixed.arms.find((_, i) => kinds[i]!.javaScript.some((own) => overlap(own, kind)));
}

function kindOf(value: WireValue): string {
  if (typeof value !== "object") return typeof value;
  if (value === null) return "null";
  if (Array.isArray(value)) return `array of ${value.length}`;
  return value instanceof StructValue || value instanceof RecordValue ? "object" : value.constructor.name;
}
