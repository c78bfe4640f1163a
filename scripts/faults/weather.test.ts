import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Fleet, nameOf } from "./fleet.testing.ts";
import { FleetHistories } from "./fleet-histories.testing.ts";
import type { Letters } from "./fleet-program.testing.ts";
import { buildPrograms } from "./programs.testing.ts";
import { badWeather } from "./weather.testing.ts";

let programs: Awaited<ReturnType<typeof buildPrograms>>;

beforeAll(async () => {
  programs = await buildPrograms(["fleet-program.testing.ts"]);
});
afterAll(() => programs.remove());

const programFile = () => join(programs.folder, "fleet-program.mjs");

test("five processes that are killed, stopped, blocked, cut off and started again keep every rule, and agree at the end", async () => {
  const weather = await badWeather({ file: programFile(), size: 5, lastsMs: 12_000, seed: 1 });
  expect(weather.wrong).toEqual([]);
  expect(Object.values(weather.harms).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(5);
  expect(weather.said["dead"]).toBeGreaterThan(0);
  expect(weather.letters).toBeGreaterThan(500);
}, 60_000);

test("a hundred quick restarts at one address: no letter reaches an instance that it was not meant for", async () => {
  const histories = new FleetHistories();
  const logFile = (node: number): string => histories.file(node);
  const fleet = await Fleet.start({ file: programFile(), size: 3, profile: "local", pulse: false, logFile });
  try {
    for (const node of fleet.nodes) await fleet.process(node).tell({ kind: "write", everyMs: 1 });
    for (let turn = 0; turn < 10; turn++) {
      await fleet.process(2).tell({ kind: "restart", name: nameOf(2), times: 10 });
      await fleet.settled();
    }
    const all = await Promise.all(fleet.nodes.map((node) => fleet.process(node).tell({ kind: "letters" })));
    const letters = all as readonly Letters[];
    expect(letters.map(({ misled }) => misled)).toEqual([0, 0, 0]);
    expect(letters[2]!.received).toBeGreaterThan(100);
    for (const node of fleet.nodes) await fleet.process(node).tell({ kind: "view", name: nameOf(node) });
    expect(histories.judge().wrong).toEqual([]);
  } finally {
    await fleet.stop();
    histories.remove();
  }
}, 60_000);
