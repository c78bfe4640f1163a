import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observation } from "@hewn/runtime/simulation";
import { describe, expect, test } from "@jest/globals";
import { type Entry, EventLog, readLog } from "./event-log.testing.ts";
import { merged, verdicts } from "./merged-logs.testing.ts";

const from = "near#1";
const to = "far#1";

function log(process: string, clockMs: number, ...observations: readonly Observation[]): Entry[] {
  return observations.map((observation, order) => ({ process, order, atMs: clockMs + order, observation }));
}
const accepted = (sequence: number): Observation => ({
  kind: "accepted",
  ...{ from, to, pair: 0, sequence, bytes: 1 },
});
const delivered = (sequence: number, at = to): Observation => ({
  kind: "delivered",
  ...{ at, from, to, pair: 0, sequence },
});
const lost = (kind: "lost" | "unknown", messages: number): Observation => ({ kind, from, to, messages });
const tally = (sent: number, unknown = 0): Observation => ({
  kind: "tally",
  ...{ at: from, peer: to, sent, delivered: 0, lost: 0, unknown },
});

test("logs of clocks that do not agree make a history in which nothing comes before its cause", () => {
  const early = log(to, 0, delivered(1), delivered(2));
  const late = log(from, 1000, accepted(1), accepted(2));
  expect(merged([early, late])).toEqual([accepted(1), delivered(1), accepted(2), delivered(2)]);
  expect(verdicts([early, late])).toEqual([]);
});

test("a log is read as it was written, and one with a gap is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "hewn-log-"));
  try {
    const file = join(folder, "a.jsonl");
    const written = new EventLog(file, from);
    written.write(accepted(1));
    written.write(accepted(2));
    expect(readLog(file).map(({ process, order, observation }) => ({ process, order, observation }))).toEqual(
      [
        { process: from, order: 0, observation: accepted(1) },
        { process: from, order: 1, observation: accepted(2) },
      ],
    );
    const second = JSON.stringify(readLog(file)[1]);
    writeFileSync(file, `${second}\n`);
    expect(() => readLog(file)).toThrow("entry 0 is missing");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("a wrong log is found", () => {
  const sender = (...more: readonly Observation[]) => log(from, 0, accepted(1), accepted(2), ...more);
  test.each<[string, readonly Entry[][], string]>([
    [
      "that has a message twice",
      [sender(), log(to, 0, delivered(1), delivered(1), delivered(2))],
      "in-order",
    ],
    ["in which one overtook another", [sender(), log(to, 0, delivered(2), delivered(1))], "in-order"],
    ["that lacks a message", [sender(), log(to, 0, delivered(1))], "accounted"],
    [
      "that calls a message lost that came",
      [sender(lost("lost", 1)), log(to, 0, delivered(1), delivered(2))],
      "accounted",
    ],
    [
      "with a message that nobody sent",
      [sender(), log(to, 0, delivered(1), delivered(2), delivered(3))],
      "accounted",
    ],
    [
      "of the next start, with what was for the last",
      [sender(), log("far#2", 0, delivered(1, "far#2"))],
      "right-instance",
    ],
    ["whose counters say something else", [sender(lost("unknown", 2), tally(2, 1)), []], "tallied"],
    [
      "in which a node is accused",
      [
        sender({ kind: "ended", at: from, peer: to, code: "malformed", text: "why" }),
        log(to, 0, delivered(1), delivered(2)),
      ],
      "honest",
    ],
  ])("%s", (_, logs, rule) => {
    expect(verdicts(logs).map((text) => text.split(":")[0])).toContain(rule);
  });
  test("and a right one is not", () => {
    const far = log(to, 0, delivered(1), {
      kind: "tally",
      at: to,
      peer: from,
      sent: 0,
      delivered: 1,
      lost: 0,
      unknown: 0,
    });
    expect(verdicts([sender(lost("unknown", 1), tally(2, 1)), far])).toEqual([]);
  });
});
