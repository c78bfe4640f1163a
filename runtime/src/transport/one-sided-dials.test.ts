// A lane that broke, where one of the two nodes cannot dial the other.
import { expect, test } from "@jest/globals";
import { handshakeDeadlineMs } from "./limits.ts";
import { pair } from "./nodes.testing.ts";
import { expectOneStreamALane, living } from "./streams.testing.ts";

test.each([
  ["control", "b"],
  ["user", "b"],
  ["control", "a"],
  ["user", "a"],
] as const)(
  "a lane that breaks is opened again by the side that can dial, and nobody is given up: %s, first seen by %s",
  async (lane, first) => {
    const { network, a, b, atA, atB } = await pair();
    b.host.refuses = { code: "refused", text: "a firewall" };
    const ends = [living(first === "b" ? b : a)[lane === "control" ? 0 : 1]!];
    ends.push(ends[0]!.peer!);
    for (const stream of ends) {
      stream.fail({ code: "reset", text: "test" });
      await network.settled();
    }
    await network.advance(3000);
    expectOneStreamALane({ a, b });
    expect([a.transport.peers, b.transport.peers]).toEqual([[atA], [atB]]);
    expect([...a.ends, ...b.ends]).toEqual([]);
    expect(b.log).toContain(`verdict ${lane}: reopened`);
  },
);

test("a lane that neither can dial for long ends the peer without a goodbye: who wants it connects again", async () => {
  const { network, a, b, atA } = await pair();
  for (const { host } of [a, b]) host.refuses = { code: "refused", text: "a firewall" };
  const [, user] = living(b);
  user!.peer!.fail({ code: "reset", text: "test" });
  user!.fail({ code: "reset", text: "test" });
  await network.advance(2 * handshakeDeadlineMs);
  expect(b.ends).toMatchObject([{ code: "lost" }]);
  expect([...a.log, ...b.log].filter((line) => line === `verdict user: refused`)).toEqual([]);
  a.host.refuses = undefined;
  await network.advance(30_000);
  expect(a.ends).toEqual([]);
  expect(a.transport.peers).toEqual([atA]);
  expectOneStreamALane({ a, b });
});
