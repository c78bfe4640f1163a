import { expect, test } from "@jest/globals";
import type { Refusal, RefusalCode } from "./refusal.ts";
import { RefusalLog } from "./refusal-log.ts";

const refusal = (code: RefusalCode, text = "Why."): Refusal => ({
  code,
  text,
  from: { host: "10.0.0.9", port: 7 },
});

function newLog() {
  const timers: { afterMs: number; run: () => void }[] = [];
  const lines: string[] = [];
  const setTimer = (afterMs: number, run: () => void) => timers.push({ afterMs, run });
  return { timers, lines, log: new RefusalLog((line) => lines.push(line), { setTimer }) };
}

test("a refusal is a line with its source, code and reason", () => {
  const { log, lines } = newLog();
  log.tell(refusal("plaintext"));
  expect(lines).toEqual(["hewn: refused 10.0.0.9:7: plaintext: Why."]);
});

test("of each kind five are told in ten seconds; at their end it is told how many were not", () => {
  const { log, lines, timers } = newLog();
  for (let i = 0; i < 1000; i++) log.tell(refusal("timedOut"));
  log.tell(refusal("wrongSecret"));
  expect(lines).toHaveLength(6);
  expect(timers.map(({ afterMs }) => afterMs)).toEqual([10_000, 10_000]);
  for (const { run } of timers.splice(0)) run();
  expect(lines.slice(6)).toEqual(["hewn: refused 995 more in 10 s: timedOut"]);
  log.tell(refusal("timedOut"));
  expect(lines.slice(7)).toEqual(["hewn: refused 10.0.0.9:7: timedOut: Why."]);
  expect(timers).toHaveLength(1);
});

test("a text cannot break a line or move a cursor", () => {
  const { log, lines } = newLog();
  log.tell(refusal("badCertificate", "a\nb\u001b[2J"));
  expect(lines).toEqual(["hewn: refused 10.0.0.9:7: badCertificate: a\\u{a}b\\u{1b}[2J"]);
});
