import { expect, test } from "@jest/globals";
import { addressOf } from "../actors/index.ts";
import { Counter, CounterActor } from "../actors/sample-actors.testing.ts";
import { startActors } from "./start-actors.ts";

test("actors run on Node's own event loop, and their asks expire by its clock", async () => {
  const actors = startActors({ actors: [CounterActor.from(Counter)], environment: {} });
  const ref = actors.spawn(CounterActor, ["a"]);
  for (let i = 0; i < 3; i++) ref.add(2);
  expect(await ref.read().orThrow()).toBe("a: 6");
  expect(addressOf(ref).actor).toBe("test/Counter");
  await actors.stopAll();
});

test("HEWN_DEV=1 has values held against their types", async () => {
  const actors = startActors({ actors: [CounterActor.from(Counter)], environment: { HEWN_DEV: "1" } });
  const ref = actors.spawn(CounterActor, ["a"]);
  expect(ref.add(1e12).status).toBe("notSent");
  await actors.stopAll();
});
