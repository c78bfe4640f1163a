// A thread of a campaign: one that compiles the types of jobs, or one that runs the cases of a single job.
import { parentPort, workerData } from "node:worker_threads";
import type { BlackBox } from "./black-box.ts";
import type { Job, Kind } from "./job.ts";

/** What a thread that runs a job is told. */
export interface RunOrder {
  readonly role: "run";
  readonly job: Job;
  readonly bundle: string;
  readonly shared: BlackBox["shared"];
  readonly only: readonly Kind[] | undefined;
}

/** What a thread that compiles is told first; jobs and folders come as messages. */
export interface CompileOrder {
  readonly role: "compile";
}

export async function work(): Promise<void> {
  const order = workerData as RunOrder | CompileOrder;
  if (order.role === "compile") {
    const { serveCompilations } = await import("./compile-job.ts");
    return serveCompilations();
  }
  const { BlackBox } = await import("./black-box.ts");
  const { runJob } = await import("./run-job.ts");
  parentPort?.postMessage(await runJob(order.job, order.bundle, new BlackBox(order.shared), order.only));
}
