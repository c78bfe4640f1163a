// A type under test: its shape, its codec's functions, and a stock of values with their encodings.
import fc from "fast-check";
import type { RandomModule } from "../../plugin/src/property/random-modules.testing.ts";
import type { Named } from "../../plugin/src/property/shape.testing.ts";
import { valuesOf } from "../../plugin/src/property/shape-values.testing.ts";

interface Options {
  readonly depthMax?: number;
  readonly copy?: boolean;
}

export interface Functions {
  readonly encode: (value: unknown, options?: Options) => Uint8Array;
  readonly encodeInto: (value: unknown, target: Uint8Array, offset?: number) => number;
  readonly decode: (bytes: Uint8Array, options?: Options) => unknown;
  readonly stringify: (value: unknown, options?: Options) => string;
  readonly parse: (text: string, options?: Options) => unknown;
  readonly stringifyToBytes: (value: unknown, options?: Options) => Uint8Array;
  readonly parseFromBytes: (bytes: Uint8Array, options?: Options) => unknown;
  readonly is: (value: unknown) => boolean;
  readonly explain: (value: unknown) => unknown;
  /** Of types in which something can be changed. */
  readonly clone?: (value: unknown) => unknown;
}

/** What is known before the codecs are loaded. */
export interface Stock {
  readonly named: Named;
  readonly module: RandomModule;
  readonly values: readonly unknown[];
}

export interface Subject extends Stock, Functions {
  /** `module3.ts Order` */
  readonly title: string;
  /** Encodings of the values. */
  readonly messages: readonly Uint8Array[];
  readonly texts: readonly string[];
}

/** Every tagged type with some values, the same for the same seed. */
export function stocksOf(
  modules: readonly RandomModule[],
  seed: number,
  valuesEach: number,
): readonly Stock[] {
  return modules.flatMap((module) => {
    return module.declarations
      .filter(({ tagged }) => tagged)
      .map((named, index) => {
        const values = fc.sample(valuesOf(named.shape), {
          seed: seed + module.index * 1009 + index,
          numRuns: valuesEach,
        });
        return { named, module, values };
      });
  });
}

type Exports = Readonly<Record<string, (...values: unknown[]) => unknown>>;

function functionsOf(name: string, codec: Exports): Functions {
  const names: Readonly<Record<Exclude<keyof Functions, "clone">, string>> = {
    encode: `encode${name}`,
    encodeInto: `encode${name}Into`,
    decode: `decode${name}`,
    stringify: `stringify${name}`,
    parse: `parse${name}`,
    stringifyToBytes: `stringify${name}ToBytes`,
    parseFromBytes: `parse${name}FromBytes`,
    is: `is${name}`,
    explain: `explain${name}`,
  };
  const entries = Object.entries(names).map(([key, exported]) => {
    if (typeof codec[exported] !== "function") throw new Error(`the codec does not export ${exported}`);
    return [key, codec[exported]];
  });
  return Object.fromEntries([...entries, ["clone", codec[`clone${name}`]]]) as unknown as Functions;
}

/** A stock with the functions of its codec. Values that the codec refuses have no encodings: others will notice. */
export function subjectOf(stock: Stock, codec: Exports): Subject {
  const functions = functionsOf(stock.named.name, codec);
  const encodings = stock.values.flatMap((value) => {
    try {
      return [{ message: functions.encode(value).slice(), text: functions.stringify(value) }];
    } catch {
      return [];
    }
  });
  return {
    ...stock,
    ...functions,
    title: `${stock.module.file}.ts ${stock.named.name}`,
    messages: encodings.length > 0 ? encodings.map(({ message }) => message) : [new Uint8Array([0x90])],
    texts: encodings.length > 0 ? encodings.map(({ text }) => text) : ["{}"],
  };
}
