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

/** What a reader has to charge for, of a struct, beyond what it takes for every one. */
export interface StructCharges {
  /** Fields that become properties although the message may end before them. */
  readonly absent: number;
  /** The struct may be empty: then a byte makes an object. */
  readonly bare: boolean;
}

export function structCharges({ items, required }: Slots): StructCharges {
  const absent = items.slice(required).filter((field) => field && !field.optional).length;
  return { absent, bare: required === 0 && items.length > 0 };
}
