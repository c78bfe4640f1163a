import { describe, expect, test } from "@jest/globals";
import { formatPlan, PlanError, parsePlan, waysOf } from "./plan.ts";

describe("a plan", () => {
  test("has its actions by time, with every number of their kind", () => {
    const plan = parsePlan("# why\nmachines a b c\n\n200 crash b # soon\n100 send a>b,c count=3\n");
    expect(plan.machines).toEqual(["a", "b", "c"]);
    expect(plan.actions).toMatchObject([
      { atMs: 100, kind: "send", from: ["a"], to: ["b", "c"], numbers: { pair: 0, count: 3, bytes: 10 } },
      { atMs: 200, kind: "crash", from: ["b"], numbers: {} },
    ]);
  });

  test("names every way of an action, both of them where it is mutual", () => {
    const [cut] = parsePlan("machines a b c\n0 cut a,b<>c").actions;
    expect(waysOf(cut!).map((way) => way.join(">"))).toEqual(["a>c", "c>a", "b>c", "c>b"]);
  });

  test("is written as it is read, without the numbers that are as usual", () => {
    const text = "machines a b\n0      connect a<>b\n10     send a>b count=2\n20     calm";
    expect(formatPlan(parsePlan(text))).toBe(text);
  });

  test.each([
    ["", "begins with"],
    ["0 crash a", "begins with"],
    ["machines", "no machine"],
    ["machines a a", "twice"],
    ["machines A", "'A' is no name"],
    ["machines a\n-1 crash a", "line 2: '-1' is no time"],
    ["machines a\nsoon crash a", "'soon' is no time"],
    ["machines a\n1 explode a", "'explode' is no action"],
    ["machines a\n1 crash b", "no machine 'b'"],
    ["machines a b\n1 cut a", "names no way"],
    ["machines a b\n1 crash a>b", "names no machine"],
    ["machines a b\n1 send a>b weight=1", "send knows no 'weight'"],
    ["machines a b\n1 send a>b count=", "'' is no number"],
    ["machines a b\n1 send a>b __proto__=1", "send knows no '__proto__'"],
  ])("%j is refused", (text, message) => {
    expect(() => parsePlan(text)).toThrow(PlanError);
    expect(() => parsePlan(text)).toThrow(message);
  });
});
