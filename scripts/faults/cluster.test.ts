import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { ClusterCommand, ClusterReport } from "./cluster-program.testing.ts";
import { ProgramProcess } from "./program-process.testing.ts";
import { buildPrograms } from "./programs.testing.ts";

class Member extends ProgramProcess<ClusterCommand, ClusterReport> {
  port = 0;

  /** Until it says that somebody has one of these statuses; answers all that it said of it on the way. */
  async says(name: string, ...statuses: readonly string[]): Promise<readonly string[]> {
    const said: string[] = [];
    for (;;) {
      const isIt = (event: ClusterReport): event is ClusterReport & { kind: "status" } =>
        event.kind === "status" && event.name === name;
      const { status } = await this.next(`${name} is ${statuses}`, isIt);
      said.push(status);
      if (statuses.includes(status)) return said;
    }
  }
}

describe("a cluster of three processes", () => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  const running: Member[] = [];

  beforeAll(async () => {
    programs = await buildPrograms(["cluster-program.testing.ts"]);
  });
  afterAll(() => programs.remove());
  afterEach(async () => {
    await Promise.all(running.splice(0).map((member) => member.kill()));
  });

  function process(): Member {
    const member = new Member(join(programs.folder, "cluster-program.mjs"));
    running.push(member);
    return member;
  }

  async function untilMembers(member: Member, expected: readonly string[]): Promise<void> {
    const deadline = performance.now() + 15_000;
    for (;;) {
      const members = (await member.tell({ kind: "members" })) as string[];
      if (JSON.stringify(members) === JSON.stringify(expected)) return;
      if (performance.now() > deadline) throw new Error(`expected ${expected}, there are ${members}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function three(): Promise<readonly [Member, Member, Member]> {
    const [a, b, c] = [process(), process(), process()];
    a.port = (await a.tell({ kind: "join", name: "a", seeds: [] })) as number;
    const seeds = [`127.0.0.1:${a.port}`];
    await Promise.all([
      b.tell({ kind: "join", name: "b", seeds }),
      c.tell({ kind: "join", name: "c", seeds }),
    ]);
    await untilMembers(a, ["b alive +", "c alive +"]);
    await untilMembers(b, ["a alive +", "c alive +"]);
    await untilMembers(c, ["a alive +", "b alive +"]);
    return [a, b, c];
  }

  test("one that is killed is dead to the others, and nothing else", async () => {
    const [a, b, c] = await three();
    await c.kill();
    for (const said of await Promise.all([a.says("c", "dead"), b.says("c", "dead")])) {
      // docs/membership.md, "From SIGKILL to dead", says why `suspect` may come first.
      expect(said.filter((status) => status !== "suspect")).toEqual(["dead"]);
    }
  });

  test("one that is frozen is unreachable, then frozen, and alive again when it goes on", async () => {
    const [a, b, c] = await three();
    c.freeze();
    for (const said of await Promise.all([a.says("c", "frozen"), b.says("c", "frozen")])) {
      expect(said).not.toContain("stalled");
      expect(said).not.toContain("dead");
    }
    c.thaw();
    await untilMembers(a, ["b alive +", "c alive +"]);
    await untilMembers(b, ["a alive +", "c alive +"]);
    await untilMembers(c, ["a alive +", "b alive +"]);
    expect(await c.tell({ kind: "counters" })).toMatchObject({ rebirths: 0 });
  });

  test("one whose loop is blocked is stalled and nothing worse, and accuses nobody afterwards", async () => {
    const [a, b, c] = await three();
    await c.tell({ kind: "block", ms: 2_500 });
    const said = await Promise.all([a.says("c", "stalled"), b.says("c", "stalled")]);
    const again = await Promise.all([a.says("c", "alive"), b.says("c", "alive")]);
    for (const all of [...said, ...again]) {
      for (const worse of ["unreachable", "frozen", "dead"]) expect(all).not.toContain(worse);
    }
    await untilMembers(c, ["a alive +", "b alive +"]);
    expect(c.untaken.filter(({ kind }) => kind === "status")).toEqual([]);
  });

  test("one that leaves has left, and is never called dead", async () => {
    const [a, b, c] = await three();
    await c.tell({ kind: "leave" });
    expect(await Promise.all([a.says("c", "left"), b.says("c", "left")])).toEqual([["left"], ["left"]]);
    await c.kill();
    // Whatever its end would set off is under way before somebody comes in who is killed in turn.
    const d = process();
    await d.tell({ kind: "join", name: "d", seeds: [`127.0.0.1:${a.port}`] });
    await untilMembers(a, ["b alive +", "c left", "d alive +"]);
    await d.kill();
    await a.says("d", "dead");
    const ofC = a.untaken.filter((event) => event.kind === "status" && event.name === "c");
    expect(ofC).toEqual([]);
  });
});
