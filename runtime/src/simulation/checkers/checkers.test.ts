import { describe, expect, test } from "@jest/globals";
import type { Observation } from "../observation.ts";
import { Accounted } from "./accounted.ts";
import { Bounded } from "./bounded.ts";
import { Forward } from "./forward.ts";
import { Grounded } from "./grounded.ts";
import { Honest } from "./honest.ts";
import { InOrder } from "./in-order.ts";
import { LanesReopen } from "./lanes-reopen.ts";
import { NoAlarm } from "./no-alarm.ts";
import { Prompt } from "./prompt.ts";
import { RightInstance } from "./right-instance.ts";
import { SameView } from "./same-view.ts";
import { SettledDials } from "./settled-dials.ts";
import { Steady } from "./steady.ts";
import { Tallied } from "./tallied.ts";
import { verdicts } from "./verdicts.testing.ts";

const from = "a#1";
const to = "b#1";
const delivered = (sequence: number, more: { pair?: number; at?: string } = {}): Observation => ({
  kind: "delivered",
  at: to,
  from,
  to,
  pair: 0,
  sequence,
  ...more,
});
const accepted = (sequence: number): Observation => ({
  kind: "accepted",
  from,
  to,
  pair: 0,
  sequence,
  bytes: 1,
});
const well: Observation = { kind: "well", atMs: 1000 };
const frame = (name: string, role: "dialler" | "acceptor"): Observation => ({
  kind: "frame",
  connection: "s1",
  from,
  role,
  frame: name,
  bytes: 1,
});

describe("in-order", () => {
  test("is content with gaps and with other pairs", () => {
    const seen = [delivered(1), delivered(5), delivered(2, { pair: 1 }), delivered(6)];
    expect(verdicts(new InOrder(), seen)).toEqual([]);
  });
  test("finds a message that comes twice, and one that was overtaken", () => {
    expect(verdicts(new InOrder(), [delivered(1), delivered(1)])).toEqual([
      "a#1 to b#1, pair 0: message 1 was delivered twice",
    ]);
    expect(verdicts(new InOrder(), [delivered(3), delivered(2)])).toEqual([
      "a#1 to b#1, pair 0: message 2 was delivered after message 3",
    ]);
  });
});

test("right-instance finds what came to the next process at the same address", () => {
  expect(verdicts(new RightInstance(), [delivered(1)])).toEqual([]);
  expect(verdicts(new RightInstance(), [delivered(1, { at: "b#2" })])).toEqual([
    "message 1 of pair 0 from a#1 was meant for b#1 and came to b#2",
  ]);
});

describe("accounted", () => {
  const report = (kind: "lost" | "unknown", messages: number): Observation => ({ kind, from, to, messages });
  test("is content where each message arrived or was reported; what is unknown may have arrived", () => {
    const sent = [accepted(1), accepted(2), accepted(3)];
    expect(
      verdicts(new Accounted(), [...sent, delivered(1), report("lost", 1), report("unknown", 1)]),
    ).toEqual([]);
    expect(verdicts(new Accounted(), [...sent, delivered(1), delivered(2), report("unknown", 3)])).toEqual(
      [],
    );
  });
  test.each([
    ["is missing", [accepted(1), accepted(2), delivered(1)], /messages are missing: 2 accepted, 1 delivered/],
    ["was called lost and arrived", [accepted(1), delivered(1), report("lost", 1)], /called lost arrived/],
    ["was never sent", [delivered(1)], /more was delivered than sent/],
    ["was reported and never sent", [accepted(1), report("unknown", 2)], /more was reported than sent/],
  ])("finds a message that %s", (_, observations, expected) => {
    expect(verdicts(new Accounted(), observations)[0]).toMatch(expected);
  });
  test("asks nothing of the dead", () => {
    expect(verdicts(new Accounted(), [accepted(1), { kind: "died", process: from }])).toEqual([]);
  });
});

test("tallied finds what was counted otherwise than it happened, at both ends", () => {
  const tally = (at: string, peer: string, more: object): Observation => ({
    kind: "tally",
    at,
    peer,
    ...{ sent: 0, delivered: 0, lost: 0, unknown: 0, ...more },
  });
  const seen: Observation[] = [accepted(1), accepted(2), delivered(1)];
  const unknown: Observation = { kind: "unknown", from, to, messages: 1 };
  const right = [tally(from, to, { sent: 2, unknown: 1 }), tally(to, from, { delivered: 1 })];
  expect(verdicts(new Tallied(), [...seen, unknown, ...right])).toEqual([]);
  expect(verdicts(new Tallied(), [...seen, ...right])).toEqual([
    "a#1, of b#1: counted 2 sent, 0 delivered, 0 lost, 1 unknown; seen 2 sent, 0 delivered, 0 lost, 0 unknown",
  ]);
  expect(verdicts(new Tallied(), [accepted(1), tally(to, from, { delivered: 1 })])).toHaveLength(1);
});

test("bounded finds what is above its bound, and a place without one", () => {
  const waiting = (place: string, amount: number): Observation => ({
    kind: "waiting",
    at: from,
    place,
    amount,
  });
  const checker = () => new Bounded({ "queued bytes": 10 });
  expect(verdicts(checker(), [waiting("queued bytes", 10)])).toEqual([]);
  expect(verdicts(checker(), [waiting("queued bytes", 11)])).toEqual([
    "a#1: queued bytes holds 11, more than its bound of 10",
  ]);
  expect(verdicts(checker(), [waiting("toString", 0)])).toEqual(["a#1: toString has no bound"]);
});

describe("lanes-reopen", () => {
  const lane = (kind: "laneOpened" | "laneClosed", at: string, peer: string): Observation => ({
    kind,
    at,
    peer,
    lane: "user",
  });
  const both: Observation[] = [
    { kind: "started", process: from },
    { kind: "started", process: to },
  ];
  test("wants each lane open as both ends see it", () => {
    const one = [...both, lane("laneOpened", from, to)];
    expect(verdicts(new LanesReopen(["user"]), [...one, lane("laneOpened", to, from)])).toEqual([]);
    expect(verdicts(new LanesReopen(["user"]), one)).toEqual([
      "b#1: the user lane to a#1 is not open after the faults are over",
    ]);
  });
  test("forgets the dead, and finds a lane that opens twice", () => {
    const dead: Observation[] = [...both, { kind: "died", process: to }];
    expect(verdicts(new LanesReopen(["user"]), dead)).toEqual([]);
    const twice = [lane("laneOpened", from, to), lane("laneOpened", from, to)];
    expect(verdicts(new LanesReopen(["user"]), twice)).toEqual([
      "a#1: the user lane to b#1 was reported as open twice",
    ]);
  });
});

describe("settled-dials", () => {
  const hello = frame("hello", "dialler");
  const welcome = frame("welcome", "acceptor");
  test("is content with messages behind a welcome, both ways", () => {
    const seen = [hello, welcome, frame("message", "acceptor"), frame("chunk", "dialler")];
    expect(verdicts(new SettledDials(), seen)).toEqual([]);
  });
  test.each([
    ["before the welcome", [hello, frame("message", "dialler")], /not settled/],
    [
      "on a dial that was refused",
      [hello, frame("goAway", "acceptor"), frame("message", "dialler")],
      /not settled/,
    ],
    [
      "after its own goodbye",
      [hello, welcome, frame("goAway", "dialler"), frame("message", "dialler")],
      /after its goodbye/,
    ],
  ])("finds a message %s", (_, observations, expected) => {
    expect(verdicts(new SettledDials(), observations)).toEqual([expect.stringMatching(expected)]);
  });
});

test("steady finds a connection that ends when all is well, and none that ended before", () => {
  const ended: Observation = {
    kind: "ended",
    at: from,
    peer: to,
    code: "silent",
    text: "Nothing was heard.",
  };
  expect(verdicts(new Steady(), [ended, { kind: "calm" }, ended, well])).toEqual([]);
  expect(verdicts(new Steady(), [well, ended])).toEqual([
    "a#1: a connection to b#1 ended when all was well: silent: Nothing was heard.",
  ]);
});

test("honest finds an end with a code that no two sound programs give each other", () => {
  const ended = (code: string): Observation => ({ kind: "ended", at: from, peer: to, code, text: "Why." });
  expect(verdicts(new Honest(["malformed"]), [ended("reset")])).toEqual([]);
  expect(verdicts(new Honest(["malformed"]), [ended("malformed")])).toEqual([
    "a#1 ended a connection to b#1: malformed: Why.",
  ]);
});

describe("what processes say of each other", () => {
  const says = (status: string, incarnation = 0, about = "b#1", at = "a#1"): Observation => ({
    kind: "says",
    at,
    about,
    status,
    incarnation,
    isOwn: false,
  });
  const named = (name: string): Observation => ({ kind: "named", process: name, name });
  const view = (at: string, alive: readonly string[], text = ""): Observation => ({
    kind: "view",
    at,
    alive,
    text,
  });

  test("forward finds an incarnation that goes back, and who is final and comes back", () => {
    const sound = [
      says("suspect"),
      says("alive", 1),
      says("dead", 1),
      says("left", 1),
      says("alive", 0, "b#2"),
    ];
    expect(verdicts(new Forward(), sound)).toEqual([]);
    expect(verdicts(new Forward(), [says("alive", 2), says("suspect", 1)])).toEqual([
      "a#1: the incarnation of b#1 went back from 2 to 1",
    ]);
    expect(verdicts(new Forward(), [says("dead"), says("alive", 1)])).toEqual([
      "a#1: b#1 was dead, and is alive",
    ]);
  });

  test("grounded finds what nobody has found, or of another incarnation", () => {
    const own = (observation: Observation): Observation => ({ ...observation, isOwn: true }) as Observation;
    const sound = [
      own(says("suspect")),
      says("suspect", 0, "b#1", "c#1"),
      own(says("dead", 1)),
      says("dead", 3),
    ];
    expect(verdicts(new Grounded(), [...sound, says("left"), says("alive", 9)])).toEqual([]);
    expect(verdicts(new Grounded(), [own(says("suspect", 0)), says("suspect", 1)])).toEqual([
      "a#1 says that b#1 is suspect at incarnation 1, which nobody has found",
    ]);
  });

  test("same-view finds views that differ when all must be well, of those that live", () => {
    const both = [named("a#1"), named("b#1")];
    const early = view("a#1", []);
    const whole = [view("a#1", ["a#1", "b#1"], "x"), view("b#1", ["b#1", "a#1"], "x")];
    expect(verdicts(new SameView(), [...both, early, ...whole, well])).toEqual([]);
    expect(verdicts(new SameView(), [...both, ...whole, early, well])).toEqual([
      "a#1 says that  are alive, and a#1 b#1 are",
    ]);
    const other = view("b#1", ["a#1", "b#1"], "y");
    expect(verdicts(new SameView(), [...both, ...whole, other, well])).toEqual(["a#1 says\nx\nand b#1\ny"]);
    const died: Observation = { kind: "died", process: "b#1" };
    expect(verdicts(new SameView(), [...both, ...whole, died, well])).toEqual([
      "a#1 says that a#1 b#1 are alive, and a#1 are",
    ]);
  });

  test("no-alarm finds an accusation when all is well, but not of whom the last fault happens to", () => {
    const noAlarm = () => new NoAlarm({ freeze: ["frozen"] });
    const both = [named("a#1"), named("b#1")];
    const last: Observation = { kind: "lastFault", process: "b#1", fault: "freeze" };
    expect(verdicts(noAlarm(), [...both, says("dead", 0, "c#1"), well, says("alive", 1)])).toEqual([]);
    expect(verdicts(noAlarm(), [...both, well, says("suspect")])).toEqual([
      "a#1 says that b#1 is suspect, when all was well",
    ]);
    const byTheFrozen = says("suspect", 0, "a#1", "b#1");
    expect(verdicts(noAlarm(), [...both, well, last, says("suspect"), says("frozen"), byTheFrozen])).toEqual(
      [],
    );
    expect(verdicts(noAlarm(), [...both, well, last, says("suspect")])).toEqual([
      "a#1 says that b#1 is suspect, after freeze",
    ]);
    expect(verdicts(noAlarm(), [...both, well, last])).toEqual([
      "a#1 says that b#1 is nothing, after freeze",
    ]);
  });

  test("prompt finds news that come late when all is well", () => {
    const news = (toldAtMs: number, atMs: number): Observation => ({
      kind: "news",
      at: "a#1",
      from: "b#1",
      toldAtMs,
      atMs,
    });
    expect(verdicts(new Prompt(100), [news(0, 500), well, news(900, 2000), news(1000, 1100)])).toEqual([]);
    expect(verdicts(new Prompt(100), [well, news(1000, 1101)])).toEqual([
      "news of b#1 came to a#1 after 101 ms",
    ]);
  });
});
