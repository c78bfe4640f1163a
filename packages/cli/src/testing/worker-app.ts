// An application with an actor that can be crashed by a file, for tests of nodes that supervise.

/**
 * Files of a project: after `hewn generate`, `hewn node app.ts -- left right` supervises a `w0` on a node with the role
 * `left` and a `w1` on one with the role `right`. What stands in the file `crash` is the name of one that is to throw, and what.
 */
export const workerApp: Readonly<Record<string, string>> = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2023"],
      module: "nodenext",
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    },
    files: ["worker.ts"],
  }),
  "worker.ts": `
    import type { ActorContext } from "@hewn/runtime";
    /** @actor */
    export class Worker {
      readonly #context: ActorContext;
      constructor(context: ActorContext, name: string) { this.#context = context; }
      crash(why: string): void { throw new RangeError(why); }
      /** @idempotent */
      generation(): number { return this.#context.generation; }
    }`,
  "app.ts": `
    import { existsSync, readFileSync, rmSync } from "node:fs";
    import type { NodeCluster } from "@hewn/runtime/node";
    import { child } from "@hewn/runtime/supervision";
    import { WorkerActor } from "./worker.codec.ts";
    import { Worker } from "./worker.ts";
    export const actors = [WorkerActor.from(Worker)];
    export async function start(cluster: NodeCluster, { args }: { readonly args: readonly string[] }) {
      if (args.length === 0) return;
      const children = args.map((role, at) =>
        child("w" + at, WorkerActor, [role], { on: cluster.anyNode({ role }) }));
      const supervisor = cluster.supervise({ name: "pool", intensity: 10, children });
      const timer = setInterval(() => {
        if (!existsSync("crash")) return;
        const [name = "", ...why] = readFileSync("crash", "utf8").split(" ");
        rmSync("crash");
        supervisor.ref(WorkerActor, name).crash(why.join(" "));
      }, 20);
      await supervisor.ready;
      console.log("supervising");
      return () => clearInterval(timer);
    }`,
};
