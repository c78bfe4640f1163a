import { describe, expect, jest, test } from "@jest/globals";
import { inProject } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const files = {
  "src/worker.ts": `import type { i32 } from "@hewn/runtime";

/** @actor */
export class Worker {
  #sum = 0;

  add(amounts: readonly i32[]): i32 {
    this.#sum += amounts.length;
    return this.#sum;
  }
}
`,
  "src/main.ts": `import type { ActorContext } from "@hewn/runtime";
import { WorkerActor } from "./worker.codec.js";

export function run(context: ActorContext, amounts: number[]): void {
  context.spawn(WorkerActor, []).add(amounts);
}
`,
};

describe("hewn check", () => {
  test("says what is wrong where actors are sent to, also before their definitions are written", async () => {
    await inProject(files, async (project) => {
      const { code, stdout } = await project.hewn("check");
      expect(code).toBe(1);
      expect(stdout).toContain("src/main.ts:5:3 - error HEWN1701: 'context.spawn(WorkerActor, []).add()'");
      expect(stdout).toContain(
        "src/main.ts:5:38 - error HEWN1702: 'context.spawn(WorkerActor, []).add(amounts)'",
      );
      expect(project.exists("src/worker.codec.ts")).toBe(false);
    });
  });
});
