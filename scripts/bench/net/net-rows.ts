// Rows of the network bench from what was measured: messages a second, or the median round trip in microseconds.
import { ratio, type Samples } from "../interleaved.ts";
import { bestOf, type NetRow, type Share } from "../row.ts";
import { type Median, median } from "../statistics.ts";
import type { RowName } from "./link.ts";
import type { OperationName } from "./load.ts";

/** One row in the clear beside the peers, one behind TLS beside its own limit. */
export function netRows(row: RowName, operation: OperationName, samples: Samples): readonly NetRow[] {
  const isTime = operation === "askP50";
  const unit = isTime ? "us" : "1/s";
  const figure = (name: string): number => shown(median(samples.get(name)!).value, isTime);
  const limit = (ours: string, name: string): { figure: number; of: number } => ({
    figure: figure(name),
    of: ofRaw(samples, ours, name, isTime).ofRaw,
  });
  const peers = [...samples.keys()].filter((name) => !name.startsWith("hewn") && !name.startsWith("raw"));
  const inClear: NetRow = {
    ...{ row, operation, unit, hewn: figure("hewn"), raw: figure("raw") },
    limits: { "raw with codecs": limit("hewn", "raw with codecs") },
    peers: Object.fromEntries(peers.map((name) => [name, figure(name)])),
    ...ofRaw(samples, "hewn", "raw", isTime),
    alone: {
      hewn: figure("hewn alone"),
      raw: figure("raw views"),
      ...ofRaw(samples, "hewn alone", "raw views", isTime),
    },
    ...(peers.length > 0 && bestOf(peers.map((name) => ({ name, ratio: ratio(samples, "hewn", name) })))),
  };
  const secure: NetRow = {
    ...{ row: `${row} tls`, operation, unit, hewn: figure("hewn tls"), raw: figure("raw tls") },
    limits: { "hewn in the clear": limit("hewn tls", "hewn") },
    peers: {},
    ...ofRaw(samples, "hewn tls", "raw tls", isTime),
  };
  return [inClear, secure];
}

/** Actors, beside peers, the socket by hand, and Hewn's own transport without actors. */
export function actorRow(row: RowName, operation: OperationName, samples: Samples): NetRow {
  const isTime = operation === "askP50";
  const figure = (name: string): number => shown(median(samples.get(name)!).value, isTime);
  const peers = [...samples.keys()].filter((name) => !name.startsWith("hewn") && name !== "raw");
  const ours = "hewn actors";
  const transport = { figure: figure("hewn"), of: ofRaw(samples, ours, "hewn", isTime).ofRaw };
  return {
    ...{ row, operation, unit: isTime ? "us" : "1/s", hewn: figure(ours), raw: figure("raw") },
    limits: { "hewn's transport": transport },
    peers: Object.fromEntries(peers.map((name) => [name, figure(name)])),
    ...ofRaw(samples, ours, "raw", isTime),
    ...(peers.length > 0 && bestOf(peers.map((name) => ({ name, ratio: ratio(samples, ours, name) })))),
  };
}

/** Shares of the limit for rates; for times multiples of it. */
function ofRaw(samples: Samples, ours: string, limit: string, isTime: boolean): Share {
  const found: Median = isTime ? ratio(samples, limit, ours) : ratio(samples, ours, limit);
  const digits = (share: number): number => Math.round(share * 100) / 100;
  return { ofRaw: digits(found.value), ofRawLow: digits(found.low), ofRawHigh: digits(found.high) };
}

function shown(nanoseconds: number, isTime: boolean): number {
  if (isTime) return Math.round(nanoseconds / 100) / 10;
  return Number((1e9 / nanoseconds).toPrecision(4));
}
