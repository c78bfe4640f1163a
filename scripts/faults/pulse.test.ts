import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { ProgramProcess } from "./program-process.testing.ts";
import { buildPrograms, type Make } from "./programs.testing.ts";
import type { PulseCommand, PulseEvent } from "./pulse-program.testing.ts";

interface Place {
  readonly port: number;
  readonly token: readonly number[];
}

class Node extends ProgramProcess<PulseCommand, PulseEvent> {
  async start(): Promise<Place> {
    return (await this.tell({ kind: "start" })) as Place;
  }

  async ask(place: Place): Promise<number> {
    await this.tell({ kind: "ask", ...place });
    return this.lag("answer");
  }

  async lag(kind: PulseEvent["kind"]): Promise<number> {
    const isIt = (event: PulseEvent): event is PulseEvent => event.kind === kind;
    return (await this.next(kind, isIt)).lagMs;
  }

  async counters(): Promise<unknown> {
    return this.tell({ kind: "counters" });
  }
}

describe.each<Make>(["bundle", "minified script", "package"])("a program that is a %s", (make) => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  const running: Node[] = [];

  beforeAll(async () => {
    programs = await buildPrograms(["pulse-program.testing.ts"], make);
  });
  afterAll(() => programs.remove());
  afterEach(async () => {
    await Promise.all(running.splice(0).map((node) => node.kill()));
  });

  async function started(): Promise<readonly [Node, Place]> {
    const extension = make === "minified script" ? "cjs" : "mjs";
    const node = new Node(join(programs.folder, `pulse-program.${extension}`));
    running.push(node);
    return [node, await node.start()];
  }

  test("answers while its loop is blocked, says for how long, and notices it itself", async () => {
    const [[asker], [blocked, place]] = await Promise.all([started(), started()]);
    const isBlocked = blocked.tell({ kind: "block", ms: 1500 });
    await isBlocked;
    let lagMs = 0;
    // Each answer comes while the loop is blocked: the last one says that it has been for most of a second.
    while (lagMs < 800) lagMs = await asker.ask(place);
    expect(lagMs).toBeLessThan(1600);
    expect(await blocked.lag("stalled")).toBeGreaterThan(1000);
    expect(await blocked.counters()).toMatchObject({ forged: 0, timedOut: 0 });
  });
});

describe("a process that is stopped", () => {
  test("does not answer, and does when it goes on", async () => {
    const programs = await buildPrograms(["pulse-program.testing.ts"]);
    const file = join(programs.folder, "pulse-program.mjs");
    const [asker, frozen] = [new Node(file), new Node(file)];
    try {
      await asker.start();
      const place = await frozen.start();
      await asker.ask(place);
      frozen.freeze();
      await asker.tell({ kind: "ask", ...place });
      let counters: unknown = {};
      const unanswered = { asked: 2, heard: 1, unanswered: 1 };
      while (!isLike(counters, unanswered)) counters = await asker.counters();
      frozen.thaw();
      await asker.ask(place);
      expect(await asker.counters()).toMatchObject({ asked: 3, heard: 2, unanswered: 1 });
    } finally {
      await Promise.all([asker.kill(), frozen.kill()]);
      programs.remove();
    }
  });
});

test.each([
  ["by itself", []],
  ["behind the closing of it", ["close"]],
])("a program with a pulse thread ends %s", async (_, args) => {
  const programs = await buildPrograms(["pulse-exit-program.testing.ts"]);
  try {
    const file = join(programs.folder, "pulse-exit-program.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { timeout: 20_000 });
    expect(stdout).toBe("ends");
  } finally {
    programs.remove();
  }
});

function isLike(counters: unknown, expected: Readonly<Record<string, number>>): boolean {
  const found = counters as Readonly<Record<string, number>>;
  return Object.entries(expected).every(([name, count]) => found[name] === count);
}
