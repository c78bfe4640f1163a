import { describe, expect, test } from "@jest/globals";
import { letters } from "./letters.testing.ts";
import { formatPlan, parsePlan } from "./plan.ts";
import { Random } from "./random.ts";
import { profileNames, randomPlan } from "./random-plan.ts";
import { runPlan } from "./run-plan.ts";
import { shrink } from "./shrink.ts";

const plan = parsePlan(`
machines a b c
0     connect a<>b,c
100   send a>b count=5 bytes=20000
100   send b>a count=3
101   reset a>b
200   cut c>a ms=50
400   send a>c
`);

describe("a run", () => {
  test("of the same seed and plan does the same, of another seed something else", async () => {
    const run = (seed: number) => runPlan({ seed, plan, system: letters() });
    const [one, again, other] = [await run(5), await run(5), await run(6)];
    expect(one).toMatchObject({ seed: 5, failures: [] });
    expect(one.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  test("is failed by what a checker finds at the end, with the rule's name", async () => {
    const { failures } = await runPlan({ seed: 5, plan, system: letters({ isCareless: true }) });
    expect(failures).toMatchObject([
      {
        rule: "accounted",
        text: expect.stringMatching(/^a#1 to b#1: messages are missing: 7 accepted, 2 delivered/),
      },
    ]);
  });

  test("is failed by what a program throws, also in a promise", async () => {
    const system = {
      ...letters(),
      start: async () => ({
        send: async () => {
          await Promise.resolve();
          throw new RangeError("mine");
        },
      }),
    };
    const { failures } = await runPlan({ seed: 5, plan, system });
    expect(failures).toMatchObject([{ rule: "thrown", text: expect.stringContaining("mine") }]);
  });

  test("that never comes to rest is ended", async () => {
    const circle = (process: {
      schedule(run: () => void): void;
      setTimer(ms: number, run: () => void): void;
    }) => {
      const again = () => process.setTimer(0, again);
      again();
    };
    const system = {
      ...letters(),
      start: ({ process }: { process: Parameters<typeof circle>[0] }) => {
        circle(process);
        return {};
      },
    };
    const { failures } = await runPlan({ seed: 1, plan: parsePlan("machines a"), system, eventsMax: 1000 });
    expect(failures).toMatchObject([{ rule: "endless" }]);
  });
});

test("a machine that is still leaving when calm comes is started again when it has left", async () => {
  const started: string[] = [];
  type Process = Parameters<ReturnType<typeof letters>["start"]>[0]["process"];
  const system = {
    ...letters(),
    start: ({ process }: { process: Process }) => {
      started.push(process.name);
      return { leave: () => new Promise<void>((resolve) => process.post(50_000, resolve)) };
    },
  };
  await runPlan({ seed: 1, plan: parsePlan("machines a\n10 leave a\n20 calm"), system });
  expect(started).toEqual(["a#1", "a#2"]);
});

describe("a plan that chance makes", () => {
  test.each(profileNames)("of profile %s reads as it is written", (profile) => {
    for (let seed = 0; seed < 20; seed++) {
      const made = randomPlan(new Random(seed, "plan"), { profile });
      expect(parsePlan(formatPlan(made))).toEqual(made);
    }
  });

  test("has as many machines as it is told to", () => {
    expect(randomPlan(new Random(1), { machines: 30 }).machines).toHaveLength(30);
  });
});

test("a plan that fails is shrunk to what it takes", async () => {
  const full = randomPlan(new Random(3, "plan"), { machines: 4, profile: "dials" });
  const system = letters({ isCareless: true });
  const fails = async (candidate: typeof full) =>
    (await runPlan({ seed: 3, plan: candidate, system })).failures.some(({ rule }) => rule === "accounted");
  expect(await fails(full)).toBe(true);
  const { plan: small, tries } = await shrink(full, fails, 400);
  expect(await fails(small)).toBe(true);
  expect(small.actions.length).toBeLessThan(4);
  expect(small.machines).toHaveLength(2);
  expect(tries).toBeLessThanOrEqual(400);
});
