// What a message holds, as its type says: neither the program's objects nor JSON, but enough to print it.
import type { Struct, Variant } from "@hewn/schema";

export type WireValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | ArrayBufferView
  | Date
  | readonly WireValue[]
  | ReadonlySet<WireValue>
  | ReadonlyMap<WireValue, WireValue>
  | StructValue
  | RecordValue;

/** A struct, or the payload of a variant. */
export class StructValue {
  readonly struct: Struct;
  /** In the order of the struct's fields; `undefined` for what is absent. */
  readonly fields: readonly WireValue[];
  readonly variant: Variant | undefined;

  constructor(struct: Struct, fields: readonly WireValue[], variant?: Variant) {
    this.struct = struct;
    this.fields = fields;
    this.variant = variant;
  }
}

/** A record keeps its entries in an object, so that its keys come out in the order in which an object lists them. */
export class RecordValue {
  readonly entries: Readonly<Record<string, WireValue>>;

  constructor(entries: Readonly<Record<string, WireValue>>) {
    this.entries = entries;
  }
}
