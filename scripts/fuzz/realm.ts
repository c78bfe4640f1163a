// The world that codecs run in: as it should be, with frozen prototypes, or with a prototype that somebody has added
// to. And whether it is still as it was.
import type { Setting } from "./job.ts";

const prototypes: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  Map.prototype,
  Set.prototype,
  String.prototype,
  Number.prototype,
  BigInt.prototype,
  Boolean.prototype,
  Date.prototype,
  RegExp.prototype,
  Error.prototype,
  Uint8Array.prototype,
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  ArrayBuffer.prototype,
  DataView.prototype,
];

/**
 * Names that codecs and options look up, with values of many types. Not `get` and `value`: bundles do not even load then, because
 * every property descriptor has them.
 */
const pollution: Readonly<Record<string, unknown>> = {
  label: "x",
  a: 1,
  b: "polluted",
  key: null,
  items: [],
  kind: "a",
  more: ["polluted"],
  depthMax: 0,
  copy: true,
  toJSON: 1,
  "0": "polluted",
  "-1": 1,
};

/** Prepares the realm. To be called after everything but the codecs has been loaded. */
export function prepareRealm(setting: Setting): void {
  if (setting === "frozen") for (const prototype of prototypes) Object.freeze(prototype);
  if (setting !== "polluted") return;
  for (const [name, value] of Object.entries(pollution)) {
    // Not enumerable: bundles do not load where `for in` finds more than they have.
    const own = { __proto__: null, value, writable: true, configurable: true };
    Object.defineProperty(Object.prototype, name, own);
  }
}

/** Everything that the prototypes hold, as text and identities to be compared. */
export function prototypeState(): readonly unknown[] {
  return prototypes.flatMap((prototype) => {
    return [
      Object.getPrototypeOf(prototype) as unknown,
      ...Reflect.ownKeys(prototype).flatMap((key) => {
        const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
        return [key, descriptor?.value, descriptor?.get, descriptor?.set] as unknown[];
      }),
    ];
  });
}
