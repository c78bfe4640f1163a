// Actors through the real tspc: definitions on a clean checkout, and what is said where they are spawned and sent to.
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { TestProject, timeout, tsconfig } from "./project.testing.ts";

jest.setTimeout(timeout);
let project: TestProject;

afterEach(() => project.close());

const worker = `import type { ActorContext, i32 } from "@hewn/runtime";

/** @wire */
export interface Task {
  readonly samples: readonly i32[];
}

/** @actor */
export class Worker {
  #sum = 0;

  constructor(_context: ActorContext, first: i32) {
    this.#sum = first;
  }

  process(task: Task): i32 {
    this.#sum += task.samples.length;
    return this.#sum;
  }
}
`;

const main = (body: string): string => `import type { ActorContext } from "@hewn/runtime";
import { WorkerActor } from "./worker.codec.js";
import { Worker } from "./worker.js";

export async function run(context: ActorContext, samples: number[]): Promise<void> {
  const bound = WorkerActor.from(Worker);
  const near = context.spawn(bound, [1]);
  const far = await context.spawn(bound, [1], { on: "other" });
  if (far.status !== "ok") throw new Error(far.status);
  ${body}
}
`;

describe("tspc with actors", () => {
  test("makes a definition that compiles where it is bound, spawned and sent to", async () => {
    const sound = "await Promise.all([near, far.value].map((each) => each.process({ samples: [1] })));";
    project = new TestProject({
      "tsconfig.json": tsconfig({ skipLibCheck: true }),
      "src/worker.ts": worker,
      "src/main.ts": main(`samples.push(1);\n  ${sound}`),
    });

    expect(await project.compile("-p", ".")).toEqual({ code: 0, output: "" });
    expect(project.read("src/worker.codec.ts")).toContain("export const WorkerActor: ActorDefinition<Worker");
  });

  test("says what is wrong with calls, on a clean checkout and when only the caller changes", async () => {
    project = new TestProject({
      "tsconfig.json": tsconfig({ skipLibCheck: true }),
      "src/worker.ts": worker,
      "src/main.ts": main("near.process({ samples });"),
    });

    const { code, output } = await project.compile("-p", ".");
    expect(code).toBe(2);
    expect(output).toMatch(/src\/main\.ts\(10,3\): error TS901701: HEWN1701: 'near\.process\(\)'/);
    expect(output).toMatch(
      /src\/main\.ts\(10,18\): error TS901702: HEWN1702: 'near\.process\(task\)\.samples'/,
    );

    project.write({ "src/main.ts": main("await near.process({ samples: [...samples] });") });
    expect(await project.compile("-p", ".")).toEqual({ code: 0, output: "" });
    project.write({ "src/main.ts": main("void far.value.process({ samples: [...samples] });") });
    expect((await project.compile("-p", ".")).output).toMatch(/main\.ts\(10,8\): error TS901701/);
  });
});
