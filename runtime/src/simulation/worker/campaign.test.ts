import { describe, expect, test } from "@jest/globals";
import { Campaign, type CampaignOptions } from "./campaign.ts";

const at = (file: string) => new URL(file, import.meta.url);

async function campaign(options: Partial<CampaignOptions>): Promise<Campaign> {
  const it = new Campaign({ system: at("./ways-out.testing.ts"), seed: 1, ...options });
  await it.run();
  return it;
}

const attempt = (pair: number) => `machines a b\n10 send a>b pair=${pair}`;

describe("simulated code", () => {
  test("has virtual time and chance wherever it looks for them, the same in each run of a seed", async () => {
    const options = { plan: attempt(0), keepsTrace: true, checks: true };
    const [one, other] = [await campaign(options), await campaign({ ...options, seed: 2 })];
    expect(one.findings).toEqual([]);
    const saw = one.reports[0]?.trace?.find((line) => line.includes(" saw "));
    expect(saw).toMatch(/saw 978\d+ 2001-01-[\w:.-]+Z [\d.]+ 0\.\d+ [0-9a-f-]{36} [\d,]+ \d+ 36$/);
    expect(one.reports[0]?.trace?.some((line) => line.endsWith("ticks 3"))).toBe(true);
    expect(other.reports[0]?.trace).not.toContain(saw);
    expect(one.seconds).toBeLessThan(60);
  });

  test.each([
    [1, "node:net.connect"],
    [2, "node:fs/promises.readFile"],
    [3, "node:fs.readFileSync"],
    [4, "fetch"],
    [5, "crypto.subtle.digest"],
    [6, "BroadcastChannel"],
  ])("fails the run when it tries way out %i, and the error says what was called", async (pair, what) => {
    const { findings } = await campaign({ plan: attempt(pair) });
    expect(findings).toMatchObject([{ seed: 1, failure: { rule: "realIo" } }]);
    expect(findings[0]?.failure.text).toContain(`a#1 called ${what}`);
  });

  test.each([
    [7, "nobody waits for me"],
    [8, "in a microtask"],
  ])("fails the run when an error of its %i is caught by nobody", async (pair, text) => {
    const { findings } = await campaign({ plan: attempt(pair) });
    expect(findings).toMatchObject([{ failure: { rule: "thrown" } }]);
    expect(findings[0]?.failure.text).toContain(text);
  });

  test("sees no other event in the middle of a chain of promises", async () => {
    expect((await campaign({ plan: attempt(9) })).findings).toEqual([]);
  });
});

describe("a campaign", () => {
  const options = { system: at("./careless-letters.testing.ts"), seeds: 12, profile: "dials", machines: 3 };

  test("finds what breaks a rule, with the plan that it takes and the end of its trace", async () => {
    const { findings, reports } = await campaign({ ...options, findingsMax: 1 });
    const [first] = findings;
    expect(first?.failure.rule).toBe("accounted");
    expect(first?.plan.actions.length).toBeLessThan(first?.actionsBefore ?? 0);
    expect(first?.trace.at(-1)).toContain("FAILED accounted");
    expect(reports.length).toBeLessThanOrEqual(12);
  });

  test("has the same hash in one thread and in two", async () => {
    const sound = { ...options, system: at("./careful-letters.testing.ts") };
    const [one, two] = [await campaign(sound), await campaign({ ...sound, threads: 2 })];
    expect(one.findings).toEqual([]);
    expect(one.reports).toHaveLength(12);
    expect(two.hash).toBe(one.hash);
    expect(two.counts).toEqual(one.counts);
  });

  test("ends when it is told to", async () => {
    const stop = new AbortController();
    const sound = { ...options, system: at("./careful-letters.testing.ts"), seeds: 1e6 };
    const it = await campaign({ ...sound, signal: stop.signal, onReport: () => stop.abort() });
    expect(it.reports).toHaveLength(1);
  });

  test("rejects where the module has no system", async () => {
    await expect(campaign({ system: new URL("./orders.ts", import.meta.url) })).rejects.toThrow(
      "no system as its default export",
    );
  });
});
