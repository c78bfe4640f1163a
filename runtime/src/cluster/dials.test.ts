import { describe, expect, test } from "@jest/globals";
import type { MemberId, Place } from "../membership/index.ts";
import type { CloseReason, Connected, Peer } from "../transport/index.ts";
import { type DialAnswer, Dials } from "./dials.ts";
import { dialsMax } from "./limits.ts";

const self: MemberId = { host: "self", port: 1, instance: 1n };
const place: Place = { host: "b", port: 1 };
const b: MemberId = { ...place, instance: 1n };
const next: MemberId = { ...place, instance: 2n };
const elsewhere: MemberId = { host: "other", port: 1, instance: 1n };

type Outcome = Connected<Peer>;

function failure(code: CloseReason["code"], by: CloseReason["by"] = "network"): Outcome {
  return { status: "notConnected", reason: { by, code, text: "" } as CloseReason };
}

function connected(node: MemberId): Outcome {
  return { status: "connected", peer: { node, want: () => {} } as unknown as Peer };
}

function dialsTo(outcomes: readonly Outcome[]) {
  const answers: DialAnswer[] = [];
  const connects: Place[] = [];
  const dials = new Dials({
    self,
    connect: async (to) => outcomes[connects.push(to) - 1] ?? new Promise(() => {}),
    answered: (answer) => answers.push(answer),
  });
  return { dials, answers, connects };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a dial to reach just one member", () => {
  test.each([
    [failure("refused"), "refused"],
    [failure("handshakeTimedOut", "us"), "silent"],
    [failure("silent"), "silent"],
    [failure("timedOut"), "unreachable"],
    [failure("handshakeTimedOut", "peer"), "unreachable"],
    [failure("unauthenticated", "peer"), "unreachable"],
    [failure("closing", "us"), "unreachable"],
    [failure("reset"), "unreachable"],
  ] as const)("is answered once where it failed: %#", async (outcome, verdict) => {
    const { dials, answers } = dialsTo([outcome]);
    dials.dial(place, b);
    expect(answers).toEqual([]);
    await settled();
    expect(answers).toEqual([{ kind: "dialFailed", about: b, verdict }]);
    expect(dials.size).toBe(0);
  });

  test("proves nothing where another instance answers, which may have been connected before, or another node does", async () => {
    const { dials, answers } = dialsTo([connected(next), connected(elsewhere)]);
    dials.dial(place, b);
    await settled();
    expect(answers).toEqual([
      { kind: "dialFailed", about: b, verdict: "unreachable" },
      { kind: "reached", peer: next, dialled: place },
    ]);
    dials.dial(place, b);
    await settled();
    expect(answers.slice(2)).toEqual([
      { kind: "dialFailed", about: b, verdict: "unreachable" },
      { kind: "reached", peer: elsewhere, dialled: place },
    ]);
  });

  test("proves nothing by one that began before it was asked for: the address is dialled again", async () => {
    const { dials, answers, connects } = dialsTo([failure("refused"), connected(b)]);
    dials.dial(place, undefined);
    dials.dial(place, b);
    await settled();
    expect(connects).toHaveLength(2);
    expect(answers).toEqual([{ kind: "reached", peer: b, dialled: place }]);
  });

  test("of this node's own address proves that it was replaced there, by this node", async () => {
    const { dials, answers } = dialsTo([failure("selfConnect", "peer")]);
    const before = { ...self, instance: 0n };
    dials.dial({ host: "self", port: 1 }, before);
    await settled();
    expect(answers).toEqual([
      { kind: "dialFailed", about: before, verdict: "replaced" },
      { kind: "reachedSelf", dialled: { host: "self", port: 1 } },
    ]);
  });

  test("is answered, too, where too many are under way", async () => {
    const { dials, answers, connects } = dialsTo([]);
    for (let port = 1; port <= dialsMax; port++) dials.dial({ host: "b", port }, undefined);
    const last = { host: "last", port: 1, instance: 1n };
    dials.dial(last, last);
    await settled();
    expect(connects).toHaveLength(dialsMax);
    expect(answers).toEqual([{ kind: "dialFailed", about: last, verdict: "unreachable" }]);
  });
});
