import { expect, test } from "@jest/globals";
import { redialsAtOnceMax } from "./limits.ts";
import { claimOf, idOf, LoneNode } from "./lone-node.testing.ts";
import { profiles } from "./profile.ts";

test("after a flood of members that are dead, so many are dialled in a gossip interval and no more, and all in turn", () => {
  const node = new LoneNode({ profile: profiles.lan });
  const [teller, count] = [idOf(1), 400];
  for (let index = 2; index < 2 + count; index++) {
    node.gossip(teller, claimOf(idOf(index), { status: "dead", evidence: "refused" }));
  }
  const { gossipIntervalMs, redialLongestMs } = profiles.lan;
  const dialled = new Set<number>();
  let most = 0;
  for (let passedMs = 0; passedMs < 2 * redialLongestMs; passedMs += gossipIntervalMs) {
    const dials = node.pass(gossipIntervalMs, 50).filter((effect) => effect.kind === "dial");
    most = Math.max(most, dials.length);
    for (const { place } of dials) dialled.add(place.port);
  }
  expect(most).toBeLessThanOrEqual(redialsAtOnceMax);
  // Nobody answers: the teller is absent by now.
  dialled.delete(teller.port);
  expect(dialled.size).toBe(count);
});
