// The protocol of an actor. Its messages stand in one declaration of the schema, a struct with a field for the constructor
// and one for each method, so that locks, canonical texts and fingerprints treat a protocol like any other type.
import type { Declarations } from "./canonical-graph.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { ActorMethod, Struct, Tuple, Type } from "./schema.ts";

/** The messages of one method. */
export interface MethodMessages {
  readonly name: string;
  readonly kind: ActorMethod["kind"];
  readonly parameters: Tuple;
  /** Undefined for a tell, and for an ask that is answered without a value. */
  readonly result: Type | undefined;
}

/** By which number methods are known: that of the constructor comes before them. */
const firstMethod = 1;

/** No method can have this name. */
const construction = "constructor";

/** The declaration that stands for a protocol. */
export function protocolType(args: Tuple, methods: readonly MethodMessages[]): Struct {
  const fields = methods.map(({ name, kind, parameters, result }, index) => ({
    name,
    slot: firstMethod + index,
    type: structOf({ kind: literal(kind), parameters, ...(result ? { result } : {}) }),
    optional: false,
  }));
  return {
    kind: "struct",
    fields: [{ name: construction, slot: 0, type: args, optional: false }, ...fields],
  };
}

function structOf(types: Readonly<Record<string, Type>>): Struct {
  const fields = Object.entries(types).map(([name, type], slot) => ({ name, slot, type, optional: false }));
  return { kind: "struct", fields };
}

function literal(value: string): Type {
  return { kind: "choice", members: [{ value, ordinal: 0 }] };
}

/** What the constructor takes behind the context. */
export function constructionOf(protocol: Type): Tuple {
  const type = fieldOf(protocol, construction)?.type;
  if (type?.kind !== "tuple") throw new Error("a protocol without a constructor");
  return type;
}

/** The messages of a method, and its number among the methods. */
export function messagesOf(
  protocol: Type,
  method: string,
): { readonly number: number; readonly parameters: Tuple; readonly result: Type | undefined } {
  const field = fieldOf(protocol, method);
  const parameters = field && fieldOf(field.type, "parameters")?.type;
  if (!field || parameters?.kind !== "tuple") throw new Error(`a protocol without the method ${method}`);
  return { number: field.slot - firstMethod, parameters, result: fieldOf(field.type, "result")?.type };
}

export interface ProtocolFingerprints {
  /** Of what the constructor takes. */
  readonly construction: string;
  /** Of a method's kind, parameters and result, by its name. */
  readonly methods: ReadonlyMap<string, string>;
}

/** What programs compare part by part, so that a protocol that gets a method goes on with those that lack it. */
export function protocolFingerprints({ declarations }: Declarations, id: string): ProtocolFingerprints {
  const protocol = declarations.get(id)?.type;
  const fields = protocol?.kind === "struct" ? protocol.fields : [];
  // No declaration has such an id: ids end in the name of a type.
  const idOf = (name: string): string => `${id} ${name}`;
  const parts = fields.map(({ name, type }) => [idOf(name), { type }] as const);
  const whole = { declarations: new Map([...declarations, ...parts]) };
  const printOf = (name: string): string => fingerprintOf(whole, idOf(name));
  const methods = fields.filter(({ name }) => name !== construction);
  return {
    construction: printOf(construction),
    methods: new Map(methods.map(({ name }) => [name, printOf(name)])),
  };
}

function fieldOf(type: Type, name: string) {
  return type.kind === "struct" ? type.fields.find((field) => field.name === name) : undefined;
}
