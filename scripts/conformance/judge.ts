// The same vectors, judged on whatever engine this runs on: nothing here but JavaScript.

/** One folder of fixtures/wire. */
export interface Case {
  readonly name: string;
  readonly codec: Readonly<Record<string, unknown>>;
  /** By type, in the order of the vectors; missing where an engine cannot load the sources. */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  readonly vectors: readonly Vector[];
}

interface Vector {
  readonly type: string;
  /** Undefined of a type that is tagged for the other format alone, as is `json`. */
  readonly hex?: string;
  readonly json?: string;
}

export interface Report {
  readonly checks: number;
  readonly failures: readonly string[];
}

interface TypeCodec {
  readonly encode: (value: unknown, options?: { readonly copy?: boolean }) => Uint8Array;
  readonly encodeInto: (value: unknown, target: Uint8Array, offset: number) => number;
  readonly decode: (bytes: Uint8Array, options?: object) => unknown;
  readonly stringify: (value: unknown) => string;
  readonly parse: (text: string) => unknown;
  readonly is: (value: unknown) => boolean;
}

export function judge(cases: readonly Case[]): Report {
  const failures: string[] = [];
  let checks = 0;
  const check = (where: string, holds: () => boolean): void => {
    checks++;
    try {
      if (!holds()) failures.push(where);
    } catch (error) {
      failures.push(`${where}: ${String(error)}`);
    }
  };
  for (const one of cases) {
    const values = one.values && Object.values(one.values).flat();
    one.vectors.forEach((vector, index) => {
      const value = values ? { value: values[index] } : undefined;
      judgeVector(codecOf(one.codec, vector.type), vector, value, (what, holds) =>
        check(`${one.name}, ${vector.type}, value ${index}: ${what}`, holds),
      );
    });
  }
  return { checks, failures };
}

type Check = (what: string, holds: () => boolean) => void;

function judgeVector(
  codec: TypeCodec,
  { hex, json }: Vector,
  given: { readonly value: unknown } | undefined,
  check: Check,
): void {
  const decoded = (): unknown => (hex === undefined ? codec.parse(json ?? "") : codec.decode(bytesOf(hex)));
  const value = given ? given.value : decoded();
  if (hex !== undefined) judgeBytes(codec, hex, value, check);
  if (json !== undefined) {
    check("stringify", () => codec.stringify(value) === json);
    check("parse", () => isSame(codec.parse(json), value));
  }
  check("is", () => codec.is(value));
}

function judgeBytes(codec: TypeCodec, hex: string, value: unknown, check: Check): void {
  const bytes = bytesOf(hex);
  check("encode", () => hexOf(codec.encode(value)) === hex);
  check("encode, copied", () => hexOf(codec.encode(value, { copy: true })) === hex);
  check("encode into a target", () => {
    const target = new Uint8Array(bytes.length + 3);
    return codec.encodeInto(value, target, 2) === bytes.length + 2 && hexOf(target) === `0000${hex}00`;
  });
  check("decode", () => isSame(codec.decode(bytes), value));
  check("decode, without a try", () => isSame(codec.decode(bytes, {}), value));
  for (let length = 0; length < bytes.length; length++) {
    check(`the first ${length} bytes`, () => isDecodeError(() => codec.decode(bytes.subarray(0, length))));
  }
}

function codecOf(codec: Readonly<Record<string, unknown>>, type: string): TypeCodec {
  const names = ["encode", "decode", "stringify", "parse", "is"] as const;
  const functions = Object.fromEntries(names.map((name) => [name, codec[name + type]]));
  return { ...functions, encodeInto: codec[`encode${type}Into`] } as unknown as TypeCodec;
}

function isDecodeError(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Error && error.name === "DecodeError";
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Deep equality of what wire types hold; the order of properties does not count. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (tagOf(a) !== tagOf(b)) return false;
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Map || a instanceof Set || ArrayBuffer.isView(a)) {
    return isSame([...(a as Iterable<unknown>)], [...(b as Iterable<unknown>)]);
  }
  const keys = Object.keys(a);
  const other = b as Readonly<Record<string, unknown>>;
  const isEach = (key: string): boolean =>
    Object.hasOwn(b, key) && isSame((a as Record<string, unknown>)[key], other[key]);
  return keys.length === Object.keys(b).length && keys.every(isEach);
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}
