// A struct in wire order: which slots are fields, which are reserved, and from where on a message may end early.
import type { Field, Struct } from "./schema.ts";

export interface Slots {
  /** Index is the slot; a reserved slot has no field. */
  readonly items: readonly (Field | undefined)[];
  /** Slots that are always written; behind them stand only fields that may be absent, and reserved slots. */
  readonly required: number;
}

/** Absent on the wire is a value of the field's type. */
export function mayBeAbsent(field: Field): boolean {
  return field.type.kind === "maybe" && field.type.undefined;
}

export function slotsOf(struct: Struct): Slots {
  const last = Math.max(-1, ...struct.fields.map((field) => field.slot));
  const bySlot = new Map(struct.fields.map((field) => [field.slot, field]));
  const items = Array.from({ length: last + 1 }, (_, slot) => bySlot.get(slot));
  let required = items.length;
  for (; required > 0; required--) {
    const item = items[required - 1];
    if (item && !mayBeAbsent(item)) break;
  }
  return { items, required };
}
