import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { generate } from "../generate.ts";
import { createEsbuildPlugin } from "./esbuild-plugin.ts";
import { Workspace } from "./workspace.testing.ts";

const hewn = createEsbuildPlugin(generate);

const files = {
  "src/worker.ts": `import type { i32 } from "@hewn/runtime";
/** @actor */
export class Worker {
  add(amounts: readonly i32[]): i32 {
    return amounts.length;
  }
}
`,
  "src/amounts.ts": "export type Amounts = number[];\n",
  "src/main.ts": `import type { ActorContext } from "@hewn/runtime";
import type { Amounts } from "./amounts.js";
import { WorkerActor } from "./worker.codec.js";
export async function run(context: ActorContext, amounts: Amounts): Promise<void> {
  await context.spawn(WorkerActor, []).add(amounts);
}
`,
  "src/unbundled.ts": `import type { ActorRef } from "@hewn/runtime";
import type { Worker } from "./worker.js";
export function drop(worker: ActorRef<Worker>): void {
  worker.add([]);
}
`,
};

const shared = "is a mutable array ('number[]'): its sender could change it after it was sent [HEWN1702]";

describe("calls of actors", () => {
  test("are looked at in the files of the bundle, and in no others", async () => {
    using workspace = new Workspace(files);
    const { errors } = await workspace.build(hewn({ typescript: ts }), { external: ["@hewn/*"] });
    expect(
      errors.map(({ text, location }) => ({ text, file: location?.file, line: location?.line })),
    ).toEqual([
      { text: `'context.spawn(WorkerActor, []).add(amounts)' ${shared}`, file: "src/main.ts", line: 5 },
    ]);
  });

  test("are looked at again when only a type has changed that no module imports", async () => {
    using workspace = new Workspace(files);
    await using watching = await workspace.watch(hewn({ typescript: ts }), { external: ["@hewn/*"] });
    expect((await watching.next()).errors).toHaveLength(1);
    workspace.write({ "src/amounts.ts": "export type Amounts = readonly number[];\n" });
    const built = await watching.until(({ errors }) => errors.length === 0);
    expect(built.outputFiles?.[0]?.text).toContain("amounts");
    workspace.write({ "src/amounts.ts": files["src/amounts.ts"] });
    expect((await watching.until(({ errors }) => errors.length > 0)).errors).toHaveLength(1);
  });

  test("cost nothing where no codec is about actors", async () => {
    const point = "/** @wire */\nexport interface Point { readonly x: number }\n";
    const main = 'import { isPoint } from "./point.codec.js";\nconsole.log(isPoint({ x: 1 }));\n';
    using workspace = new Workspace({ "src/point.ts": point, "src/main.ts": main });
    let programs = 0;
    const counting: typeof ts = {
      ...ts,
      createProgram: (...given: readonly unknown[]): ts.Program => {
        programs += 1;
        return Reflect.apply(ts.createProgram, ts, given);
      },
    };
    expect((await workspace.build(hewn({ typescript: counting }))).errors).toEqual([]);
    expect(programs).toBe(1);
  });
});
