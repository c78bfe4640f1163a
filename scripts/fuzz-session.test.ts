import { describe, expect, test } from "@jest/globals";
import { tryCases } from "./fuzz-session/campaign.ts";
import { messagesEach } from "./fuzz-session/node-under-test.ts";
import { record } from "./fuzz-session/recording.ts";
import { tryCase } from "./fuzz-session/try-case.ts";

describe("recordings of sessions", () => {
  test("are the same each time, and play to their end where nothing is spoiled", async () => {
    const [one, two] = [await record(false), await record(false)];
    expect(one).toEqual(two);
    expect(one.received).toEqual({ a: messagesEach, b: messagesEach });
  });

  test("spoiled, throw nothing, hang nothing and leave nothing behind", async () => {
    const recordings = [await record(true), await record(false)];
    const report = await tryCases(recordings, { seed: 1, first: 0, cases: 1000 });
    expect(report.findings).toEqual([]);
    expect(report.missing).toEqual([]);
    expect(report.opened).toBeGreaterThan(100);
  });

  test("spoiled in the same way, come to the same end", async () => {
    const recordings = [await record(true), await record(false)];
    for (const index of [3, 258, 290]) {
      const tried = await tryCase(recordings, { seed: 1, index });
      expect(await tryCase(recordings, { seed: 1, index })).toEqual(tried);
    }
  });
});
