// Before anything is measured: every contestant brings every object back as it was, and bytes that count as owned
// are still the same after later calls.
import { deepStrictEqual } from "node:assert";
import type { Generated } from "./hewn.ts";
import type { Peer } from "./peer.ts";

const rounded = 0x1f_ffff_ffff_ffffn;

export function assertRoundTrips(peer: Peer, values: readonly unknown[]): void {
  const natives = values.map(peer.toNative);
  const bytes = natives.map((native) => peer.encode(native));
  const copies = bytes.map((message) => Buffer.from(message));
  for (const native of natives) peer.encode(native);
  values.forEach((value, i) => {
    deepStrictEqual(Buffer.from(bytes[i]!), copies[i], `${peer.name} overwrote bytes that it had given away`);
    const decoded = peer.decode(copies[i]!);
    const back = peer.fromNative ? peer.fromNative(decoded) : decoded;
    deepStrictEqual(
      plain(back),
      plain(peer.lossy ? round(value) : value),
      `${peer.name} does not round-trip`,
    );
  });
}

export function assertHewn<T>(generated: Generated<T>, values: readonly T[], target: Uint8Array): void {
  const bytes = values.map((value) => generated.encode(value));
  const copies = values.map((value) => generated.encode(value, { copy: true }));
  const texts = values.map((value) => generated.stringifyToBytes(value));
  values.forEach((value, i) => {
    const message = Buffer.from(copies[i]!);
    deepStrictEqual(Buffer.from(bytes[i]!), message);
    deepStrictEqual(Buffer.from(target.subarray(0, generated.encodeInto(value, target))), message);
    deepStrictEqual(generated.decode(message), value);
    deepStrictEqual(generated.parse(generated.stringify(value)), value);
    deepStrictEqual(generated.parseFromBytes(Buffer.from(texts[i]!)), value);
    deepStrictEqual(Buffer.from(texts[i]!), Buffer.from(generated.stringify(value)));
  });
}

/** Own properties in the order of their names, for peers have classes, prototypes and orders of their own. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, plain(inner)]),
  );
}

function round(value: unknown): unknown {
  const { instance, ...rest } = value as { readonly instance: bigint };
  return { ...rest, instance: instance & rounded };
}
