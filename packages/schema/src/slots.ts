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

/** Properties that a reader has to charge for beyond those that a message pays for with bytes. */
export interface StructCharges {
  /** Those that can only be undefined, and one where a byte may make an object, which takes more than is kept back. */
  readonly always: number;
  /** Fields that become properties although the message may end before them. */
  readonly absent: number;
}

/** @param isVariant the struct is one of a union, whose ordinal is a byte and a property more */
export function structCharges(struct: Struct, isVariant: boolean): StructCharges {
  const { items, required } = slotsOf(struct);
  const bare = required === 0 && items.length > 0 && !isVariant ? 1 : 0;
  const absent = items.slice(required).filter((field) => field && !field.optional).length;
  const never = (struct.absent ?? []).filter(({ optional }) => !optional).length;
  return { always: bare + never, absent };
}
