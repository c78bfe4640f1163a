import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "@jest/globals";
import { projectCodecs } from "./project-codecs.ts";

test.each([
  [
    "the runtime's own messages",
    "runtime",
    [
      "src/cluster/control/messages.codec.ts",
      "src/cluster/pulse-place.codec.ts",
      "src/membership/messages.codec.ts",
      "src/registry/messages.codec.ts",
      "src/remote/lease-messages.codec.ts",
      "src/remote/messages.codec.ts",
      "src/remote/system-messages.codec.ts",
      "src/transport/messages.codec.ts",
    ],
  ],
  [
    "the workloads of benchmarks",
    "fixtures/bench",
    ["blob.codec.ts", "carrier.codec.ts", "meter.codec.ts", "sink.codec.ts", "workloads.codec.ts"],
  ],
  ["the pool", "fixtures/apps/pool", ["src/counter.codec.ts", "src/tasks.codec.ts"]],
  ["the actors of simulations", "scripts/simulate/actors", ["player.codec.ts"]],
  ["the actor of processes that lose leases", "scripts/faults/lease-actor", ["blocker.testing.codec.ts"]],
  ["the store and its clients", "fixtures/apps/kv", ["src/store.codec.ts", "src/values.codec.ts"]],
])("the committed codecs of %s are what the generator writes", (_, folder, files) => {
  const codecs = projectCodecs(folder);
  expect(codecs.map(({ file }) => relative(folder, file)).sort()).toEqual(files);
  for (const { file, text } of codecs) expect(readFileSync(file, "utf8")).toBe(text);
});
