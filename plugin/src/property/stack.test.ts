// Values that nest so deep that the stack ends before their depth does: whatever is done with them, the answer is the
// codec's own.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Workspace } from "../bundler/workspace.testing.ts";
import { importedBundle } from "./imported-bundle.testing.ts";

/** Arrays without names that each level of the type has. */
const perLevel = 90;

const source = `import type { i32 } from "@hewn/runtime";

/** @wire copy */
export type Deep = (Deep | string)${"[]".repeat(perLevel)};
/** @wire copy */
export interface Holder { a: i32; deep: Deep }
/** @wire copy */
export interface Wide {
  a: i32;
  wide: Map<string, [i32, Record<string, (Wide | null)[]>][]> | string;
}
`;

type Codecs = Readonly<Record<string, (...values: unknown[]) => unknown>>;

const workspace = new Workspace({ "src/types.ts": source });
let codecs: Codecs;

beforeAll(async () => {
  codecs = (await importedBundle(workspace, "src/types.codec.ts")) as Codecs;
}, 60_000);

afterAll(() => workspace[Symbol.dispose]());

/** What a call throws, in so far as it is of interest. */
function failure(name: string, ...values: unknown[]): unknown {
  try {
    codecs[name]!(...values);
    return "no error";
  } catch (error) {
    const { name, code, path, message } = error as Error & { code?: string; path?: string };
    return code === undefined ? `${name}: ${message}` : `${name} ${code} ${path}`;
  }
}

function deep(levels: number): unknown {
  let value: unknown = [];
  for (let i = 1; i < levels * perLevel; i++) value = [value];
  return value;
}

function wide(levels: number): unknown {
  let value: unknown = { a: 1, wide: "" };
  for (let i = 1; i < levels; i++) value = { a: 1, wide: new Map([["k", [[1, { r: [value] }]]]]) };
  return value;
}

describe("where the stack ends", () => {
  test("encoders, decoders and clones of a type that contains itself throw tooDeep", () => {
    const value = deep(128);
    const bytes = new Uint8Array(128 * perLevel).fill(0x91);
    bytes[bytes.length - 1] = 0x90;
    const text = "[".repeat(bytes.length) + "]".repeat(bytes.length);
    expect(failure("encodeDeep", value)).toBe("EncodeError tooDeep Deep");
    expect(failure("encodeDeepInto", value, new Uint8Array(100_000))).toBe("EncodeError tooDeep Deep");
    expect(failure("stringifyDeep", value)).toBe("EncodeError tooDeep Deep");
    expect(failure("cloneDeep", value)).toBe("EncodeError tooDeep Deep");
    expect(failure("decodeDeep", bytes)).toBe("DecodeError tooDeep Deep");
    expect(failure("parseDeep", text)).toBe("DecodeError tooDeep Deep");
  });

  test("so do those of types that such a type is a part of", () => {
    const value = { a: 1, deep: deep(128) };
    expect(failure("encodeHolder", value)).toBe("EncodeError tooDeep Holder");
    const bytes = new Uint8Array(2 + 128 * perLevel).fill(0x91);
    bytes.set([0x92, 1]);
    expect(failure("decodeHolder", bytes)).toBe("DecodeError tooDeep Holder");
  });

  test("and those of a caller who raised the depth", () => {
    const options = { depthMax: 1000 };
    const value = wide(1000);
    for (const call of ["encodeWide", "stringifyWide", "cloneWide"])
      expect(failure(call, value, options)).toBe("EncodeError tooDeep Wide");
    const middle = '{"a":1,"wide":{"k":[[1,{"r":[';
    const text = `${middle.repeat(999)}{"a":1,"wide":""}${"]}]]}}".repeat(999)}`;
    expect(failure("parseWide", text, options)).toBe("DecodeError tooDeep Wide");
  });

  test("checks answer", () => {
    const value = deep(128);
    expect(codecs["isDeep"]!(value)).toBe(false);
    expect(codecs["explainDeep"]!(value)).toEqual({ path: "Deep", expected: "less nesting" });
    expect(codecs["isHolder"]!({ a: 1, deep: value })).toBe(false);
  });

  test("what the stack has room for is taken", () => {
    const value = deep(10);
    expect(codecs["isDeep"]!(value)).toBe(true);
    expect(codecs["decodeDeep"]!(codecs["encodeDeep"]!(value))).toEqual(value);
    expect(codecs["parseDeep"]!(codecs["stringifyDeep"]!(value))).toEqual(value);
  });

  test("a getter's own error stays what it is", () => {
    const value = (error: Error) => ({
      get a(): number {
        throw error;
      },
      deep: [],
    });
    for (const call of ["encodeHolder", "stringifyHolder", "cloneHolder", "isHolder"]) {
      expect(failure(call, value(new RangeError("Invalid array length")))).toBe(
        "RangeError: Invalid array length",
      );
      expect(failure(call, value(new Error("Maximum call stack size exceeded")))).toMatch(/^Error: Maximum/);
    }
  });
});
