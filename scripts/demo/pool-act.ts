// The act of the demo in which three processes count the words of this repository, and one of them is killed in the middle.
import { join } from "node:path";
import type { Teller } from "./cluster-act.ts";
import type { Running, Stage } from "./stage.ts";

const root = join(import.meta.dirname, "../..");

/** @param stage of the application `pool`, bundled */
export async function poolAct(stage: Stage, { step, say, expectThat }: Teller): Promise<void> {
  step("A pool: one process hands out the files of this repository, workers in two others count their words");
  const one = await workerNode(stage, "one", []);
  const two = await workerNode(stage, "two", [one.address]);
  const args = ["bundle/main.mjs", root, "one,two", ...flags("pool", [one.address, two.address])];
  const pool = stage.start(args, (line) => say(`pool | ${line}`));
  await pool.line(/^\d+ of \d+ counted/);
  step("two is killed (SIGKILL) in the middle: what its workers were at has another outcome than ok");
  two.process.signal("SIGKILL");
  const { code, output } = await pool.ended;
  expectThat(code === 0, `the pool ended with ${code}:\n${output}`);
  const [, recorded, all] = /(\d+) of (\d+) recorded, each once/.exec(output) ?? [];
  expectThat(recorded !== undefined && recorded === all, `not all files were counted:\n${output}`);
  // Whichever is known first: that its process is gone, or that there is no way to it.
  const isTold = /two\.\d: unknown: (?:nodeDied|connectionLost)/.test(output);
  expectThat(isTold, `no outcome says what became of the workers on two:\n${output}`);
  one.process.signal("SIGTERM");
  expectThat((await one.process.ended).code === 0, "the worker that was left did not leave");
}

interface WorkerNode {
  readonly process: Running;
  readonly address: string;
}

async function workerNode(stage: Stage, name: string, seeds: readonly string[]): Promise<WorkerNode> {
  const process = stage.start(["bundle/worker-node.mjs", ...flags(name, seeds)]);
  const [, address = ""] = await process.line(/ is at (\S+)/);
  return { process, address };
}

function flags(name: string, seeds: readonly string[]): readonly string[] {
  return ["--bind", "127.0.0.1:0", "--name", name, "--profile", "local", "--seeds", seeds.join(",")];
}
