import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { brokenPromises, overload } from "./overload.testing.ts";
import { buildPrograms } from "./programs.testing.ts";

let programs: Awaited<ReturnType<typeof buildPrograms>>;

beforeAll(async () => {
  programs = await buildPrograms(["overload-program.testing.ts"]);
});
afterAll(() => programs.remove());

test("slow actors that are sent ten times what they can take: nothing is lost but what is counted, in order, in little memory", async () => {
  const file = join(programs.folder, "overload-program.mjs");
  const found = await overload({ file, lastsMs: 3_000, times: 10, bytes: 1_000 });
  expect(brokenPromises(found, false)).toEqual([]);
  const { wait, reject, dropOldest } = found.policies;
  for (const { handled } of [wait, reject, dropOldest]) expect(handled).toBeGreaterThan(500);
  expect(wait.counted).toBe(0);
  expect(reject.counted).toBeGreaterThan(reject.handled);
  expect(dropOldest.counted).toBeGreaterThan(dropOldest.handled);
}, 120_000);

test("judges what was lost, out of order, grew, and kept strangers waiting", () => {
  const fine = { offered: 10, handled: 4, counted: 6, lost: 0, misordered: 0 };
  const found = {
    policies: { wait: { ...fine, lost: 1 }, reject: { ...fine, misordered: 2 }, dropOldest: fine },
    memory: [
      {
        process: "consumer",
        heldBefore: 2 ** 26,
        heldAtEnd: 2 ** 27,
        residentBefore: 0,
        residentAtHalf: 2 ** 27,
        residentAtEnd: 2 ** 28,
      },
    ],
    idleP99: 1,
    busyP99: 3,
  };
  const untimed = [
    "wait: 1 neither handled nor counted",
    "reject: 2 out of order",
    "the consumer holds 64 MB more",
    "the consumer goes on growing: 128 MB",
  ];
  expect(brokenPromises(found, false)).toEqual(untimed);
  expect(brokenPromises(found, true)).toEqual([...untimed, "strangers waited 3.0 times as long"]);
});
