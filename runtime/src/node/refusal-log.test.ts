import { expect, test } from "@jest/globals";
import type { Refusal, RefusalCode } from "./refusal.ts";
import { RefusalLog } from "./refusal-log.ts";

const refusal = (code: RefusalCode, text = "Why."): Refusal => ({
  code,
  text,
  from: { host: "10.0.0.9", port: 7 },
});

function newLog() {
  const clock = { now: 0 };
  const lines: string[] = [];
  return {
    clock,
    lines,
    log: new RefusalLog(
      (line) => lines.push(line),
      () => clock.now,
    ),
  };
}

test("a refusal is a line with its source, code and reason", () => {
  const { log, lines } = newLog();
  log.tell(refusal("plaintext"));
  expect(lines).toEqual(["hewn: refused 10.0.0.9:7: plaintext: Why."]);
});

test("of each kind five are told in ten seconds; the next line says how many were not", () => {
  const { log, lines, clock } = newLog();
  for (let i = 0; i < 1000; i++) log.tell(refusal("timedOut"));
  log.tell(refusal("wrongSecret"));
  expect(lines).toHaveLength(6);
  clock.now = 9_999;
  log.tell(refusal("timedOut"));
  expect(lines).toHaveLength(6);
  clock.now = 10_000;
  log.tell(refusal("timedOut"));
  log.tell(refusal("timedOut"));
  expect(lines.slice(6)).toEqual([
    "hewn: refused 10.0.0.9:7: timedOut: Why. (996 more like it before)",
    "hewn: refused 10.0.0.9:7: timedOut: Why.",
  ]);
});

test("a text cannot break a line or move a cursor", () => {
  const { log, lines } = newLog();
  log.tell(refusal("badCertificate", "a\nb\u001b[2J"));
  expect(lines).toEqual(["hewn: refused 10.0.0.9:7: badCertificate: a\\u{a}b\\u{1b}[2J"]);
});
