// What the adapters of the peers give: see scripts/bench/peers/adapters/contestant.js.
import { pathToFileURL } from "node:url";
import type { WorkloadName } from "./values.ts";

export interface Peer {
  readonly name: string;
  readonly toNative: (value: unknown) => unknown;
  readonly fromNative?: (decoded: unknown) => unknown;
  readonly encode: (native: unknown) => Uint8Array;
  readonly encodeView?: (native: unknown) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
  /** Integers beyond 2^53 come back rounded. */
  readonly lossy?: boolean;
}

/** @param folder of the adapters */
export async function peersOf(workload: WorkloadName, folder: string): Promise<readonly Peer[]> {
  const { adapters } = (await import(pathToFileURL(`${folder}/index.js`).href)) as {
    readonly adapters: readonly ((workload: WorkloadName) => Peer | undefined)[];
  };
  return adapters.map((adapter) => adapter(workload)).filter((peer) => peer !== undefined);
}
