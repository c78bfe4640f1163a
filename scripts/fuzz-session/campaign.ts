// Many cases, and what came of them. A campaign that never got anywhere has proved nothing: some things must happen.
import type { CloseReason } from "@hewn/runtime/transport";
import type { Recording } from "./recording.ts";
import { type Tried, tryCase } from "./try-case.ts";

export interface Plan {
  readonly seed: number;
  readonly first: number;
  readonly cases: number;
}

export interface Finding extends Tried {
  readonly index: number;
}

export interface Report {
  readonly cases: number;
  readonly seconds: number;
  /** Cases in which a session came about in spite of all. */
  readonly opened: number;
  readonly received: number;
  readonly reasons: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  /** What must happen in a campaign, and did not. */
  readonly missing: readonly string[];
}

const mustHappen: readonly CloseReason["code"][] = [
  "notHewn",
  "versionUnsupported",
  "malformed",
  "frameTooLong",
  "frameEmpty",
  "unexpectedFrame",
  "handshakeTimedOut",
  "cutOff",
];

/** Findings are all alike after some. */
const findingsMax = 20;

export async function tryCases(
  recordings: readonly Recording[],
  { seed, first, cases }: Plan,
): Promise<Report> {
  const began = performance.now();
  const reasons = new Map<string, number>();
  const findings: Finding[] = [];
  let [opened, received] = [0, 0];
  for (let index = first; index < first + cases && findings.length < findingsMax; index++) {
    const tried = await tryCase(recordings, { seed, index });
    if (tried.finding !== undefined) findings.push({ ...tried, index });
    if (tried.opened) opened++;
    received += tried.received;
    for (const code of tried.reasons) reasons.set(code, (reasons.get(code) ?? 0) + 1);
  }
  const missing: string[] = mustHappen.filter((code) => !reasons.has(code));
  if (opened === 0) missing.push("a session");
  if (opened === cases) missing.push("a handshake that failed");
  return { cases, seconds: (performance.now() - began) / 1000, opened, received, reasons, findings, missing };
}
