// The rules that campaigns of actors are held against.
import { describe, expect, test } from "@jest/globals";
import type { Observation } from "../observation.ts";
import { HonestOutcomes } from "./honest-outcomes.ts";
import { NoSilentLoss } from "./no-silent-loss.ts";
import { OneGeneration } from "./one-generation.ts";
import { OneNotice } from "./one-notice.ts";
import { SameNames } from "./same-names.ts";
import { verdicts } from "./verdicts.testing.ts";

const well: Observation = { kind: "well", atMs: 1000 };

describe("one-notice", () => {
  const [watcher, other] = ["a#1/0", "b#1/0"];
  const begun: readonly Observation[] = [
    { kind: "named", process: "a#1", name: "a#1" },
    { kind: "named", process: "b#1", name: "b#1" },
    { kind: "actorStarted", actor: watcher, at: "a#1" },
    { kind: "actorStarted", actor: other, at: "b#1" },
    { kind: "watched", watch: "w", by: watcher, of: other },
  ];
  const ended: Observation = { kind: "actorEnded", actor: other };
  const died: Observation = { kind: "died", process: "b#1" };
  const reborn: Observation = { kind: "named", process: "b#1", name: "b#2" };
  const line: Observation = {
    kind: "delivered",
    at: watcher,
    from: other,
    to: watcher,
    pair: 0,
    sequence: 1,
  };
  const noticed = (reason: string): Observation => ({ kind: "noticed", watch: "w", reason });
  const said = (...seen: readonly Observation[]) => verdicts(new OneNotice(), [...begun, ...seen]);

  test("is content with one notice behind the last line, and with none of one that lives", () => {
    expect(said(line, ended, line, noticed("exited"))).toEqual([]);
    expect(said(died, noticed("nodeDied"))).toEqual([]);
    expect(said(noticed("nodeDied"), line, reborn)).toEqual([]);
    expect(said(noticed("unreachable"), line)).toEqual([]);
    expect(said(line)).toEqual([]);
  });
  test("finds a notice that is missing, unless nobody is left to be told", () => {
    expect(said(ended)).toEqual([`${watcher} was never told that ${other} is gone`]);
    expect(said(died)).toEqual([`${watcher} was never told that ${other} is gone`]);
    expect(said(ended, { kind: "unwatched", watch: "w" })).toEqual([]);
    expect(said(ended, { kind: "actorEnded", actor: watcher })).toEqual([]);
    expect(said(ended, { kind: "died", process: "a#1" })).toEqual([]);
    expect(said(ended, { kind: "lastFault", process: "a#1", fault: "freeze" })).toEqual([]);
  });
  test("finds a watch that is told nothing when its watcher's own node is born again", () => {
    expect(said({ kind: "named", process: "a#1", name: "a#2" })).toEqual([
      `${watcher} was never told that ${other} is gone`,
    ]);
  });
  test("finds a second notice, one of no watch, and one behind the end of a watch", () => {
    expect(said(ended, noticed("exited"), noticed("nodeDied"))).toEqual([
      `${watcher} was told exited of ${other}, and then nodeDied again`,
    ]);
    expect(said({ kind: "noticed", watch: "v", reason: "exited" })).toEqual([
      "'v' was told exited, which is no watch",
    ]);
    expect(said({ kind: "unwatched", watch: "w" }, ended, noticed("exited"))).toEqual([
      `${watcher} was told exited of ${other}, which it watched no longer`,
    ]);
  });
  test("finds a reason that is not so", () => {
    expect(said(noticed("exited"))).toEqual([`${watcher} was told exited of ${other}, which lives`]);
    expect(said(noticed("neverExisted"))).toEqual([
      `${watcher} was told neverExisted of ${other}, which lives`,
    ]);
    expect(said(noticed("nodeDied"))).toEqual([
      `${watcher} was told that the node of ${other} died, and it lives`,
    ]);
    expect(said(well, noticed("unreachable"))).toEqual([
      `${watcher} was told unreachable of ${other}, which lives`,
    ]);
  });
  test("finds a line behind the notice", () => {
    expect(said(ended, noticed("crashed"), line)).toEqual([
      `${watcher} was told crashed of ${other}, and then heard of it`,
    ]);
  });
});

describe("one-generation", () => {
  const supervised = (generation: number): Observation => ({
    kind: "supervised",
    actor: `child.${generation}`,
    child: "child.",
    generation,
  });
  const handled = (generation: number): Observation => ({
    kind: "began",
    question: "q",
    of: "child.",
    at: `child.${generation}`,
  });

  test("is content with one start after the other", () => {
    const seen = [supervised(1), handled(1), supervised(3), handled(3)];
    expect(verdicts(new OneGeneration(), seen)).toEqual([]);
  });
  test("finds a start that goes on when the next one has begun, and one that begins late", () => {
    const worked: Observation = { kind: "worked", at: "child.1" };
    const late = "child.: start 1 handled a message when start 2 had begun";
    expect(verdicts(new OneGeneration(), [supervised(1), worked, supervised(2), worked])).toEqual([late]);
    expect(verdicts(new OneGeneration(), [supervised(1), supervised(2), handled(1)])).toEqual([
      "child.: start 1 handled a message when start 2 had begun",
    ]);
    expect(verdicts(new OneGeneration(), [supervised(2), supervised(1)])).toEqual([
      "child.: start 1 began after start 2",
    ]);
  });
  test("excuses a start whose process has refused dials, and no other one", () => {
    const placed = (generation: number, at: string): readonly Observation[] => [
      { kind: "actorStarted", actor: `child.${generation}`, at },
      supervised(generation),
    ];
    const both = [...placed(1, "a#1"), ...placed(2, "b#1")];
    const shut = (process: string): Observation => ({ kind: "shut", process });
    expect(verdicts(new OneGeneration(), [shut("a#1"), ...both, handled(1)])).toEqual([]);
    expect(verdicts(new OneGeneration(), [shut("b#1"), ...both, handled(1)])).toEqual([
      "child.: start 1 handled a message when start 2 had begun",
    ]);
  });
});

describe("honest-outcomes", () => {
  const begun: readonly Observation[] = [
    { kind: "actorStarted", actor: "x", at: "a#1" },
    { kind: "asked", question: "q", by: "x", of: "y", withinMs: 1000, atMs: 0 },
  ];
  const began: Observation = { kind: "began", question: "q", of: "y", at: "y" };
  const answered = (status: string, reason: string, atMs = 10): Observation => ({
    kind: "answered",
    question: "q",
    status,
    reason,
    atMs,
  });
  const said = (...seen: readonly Observation[]) => verdicts(new HonestOutcomes(), [...begun, ...seen]);

  test("is content with every outcome that is so", () => {
    expect(said(began, answered("ok", "q"))).toEqual([]);
    expect(said(began, answered("failed", ""))).toEqual([]);
    expect(said(answered("rejected", "stopped"))).toEqual([]);
    expect(said(answered("unknown", "connectionLost"), began)).toEqual([]);
    expect(said(answered("notSent", "expired", 1010))).toEqual([]);
  });
  test("finds an ask that never ends, unless its asker's process did", () => {
    expect(said(began)).toEqual(["q has never ended"]);
    expect(said({ kind: "died", process: "a#1" })).toEqual([]);
    expect(said({ kind: "lastFault", process: "a#1", fault: "freeze" })).toEqual([]);
  });
  test("finds what ends twice, and what begins twice or with nobody's question", () => {
    expect(said(answered("unknown", "nodeDied"), began, answered("ok", "q"))).toEqual([
      "q was unknown, and then ok",
    ]);
    expect(said(began, began, answered("ok", "q"))).toEqual(["y began with q again"]);
    expect(verdicts(new HonestOutcomes(), [began])).toEqual(["y began with q, which nobody asked"]);
  });
  test("finds outcomes that are not so", () => {
    expect(said(answered("ok", "q"))).toEqual(["q is ok, and no handler began with it"]);
    expect(said(answered("failed", ""))).toEqual(["q is failed, and no handler began with it"]);
    expect(said(began, answered("notSent", "unreachable"))).toEqual([
      "q is notSent: unreachable, and a handler began with it",
    ]);
    expect(said(answered("rejected", "mailboxFull"), began)).toEqual(["q was rejected, and y began with it"]);
    expect(said(began, answered("ok", "p"))).toEqual(["q was answered what was not asked: p"]);
  });
  test("finds a question that came to another one than it was for", () => {
    expect(said({ ...began, of: "z", at: "z" }, answered("unknown", "nodeDied"))).toEqual(["q came to z"]);
  });
  test("finds what ends before its time is up, and what ends long after, where nothing held it up", () => {
    expect(said(answered("notSent", "expired", 900))).toEqual(["q is notSent: expired after 900 of 1000 ms"]);
    expect(said(began, answered("ok", "q", 1200))).toEqual(["q took 1200 ms, and had 1000"]);
    expect(said(began, { kind: "stoodStill", process: "a#1" }, answered("ok", "q", 1200))).toEqual([]);
  });
  test("allows for what clocks are off", () => {
    const seen = [...begun, answered("notSent", "expired", 920)];
    expect(verdicts(new HonestOutcomes(0.1), seen)).toEqual([]);
    expect(said(answered("notSent", "expired", 920))).toEqual(["q is notSent: expired after 920 of 1000 ms"]);
  });
});

describe("no-silent-loss", () => {
  const begun: readonly Observation[] = [
    { kind: "actorStarted", actor: "x", at: "a#1" },
    { kind: "actorStarted", actor: "y", at: "b#1" },
    { kind: "named", process: "b#1", name: "b#1" },
    { kind: "accepted", from: "x", to: "y", pair: 0, sequence: 0, bytes: 1 },
    { kind: "accepted", from: "x", to: "y", pair: 0, sequence: 1, bytes: 1 },
    { kind: "delivered", at: "y", from: "x", to: "y", pair: 0, sequence: 1 },
  ];
  const said = (...seen: readonly Observation[]) => verdicts(new NoSilentLoss(), [...begun, ...seen]);

  test("is content where what is missing was reported, or nobody can tell", () => {
    expect(said({ kind: "unknown", from: "a#1", to: "b#1", messages: 1 })).toEqual([]);
    expect(said({ kind: "lost", from: "a#1", to: "b#1", messages: 1 })).toEqual([]);
    expect(said({ kind: "actorEnded", actor: "y" })).toEqual([]);
    expect(said({ kind: "died", process: "b#1" })).toEqual([]);
    expect(said({ kind: "named", process: "b#1", name: "b#2" })).toEqual([]);
  });
  test("finds what is missing, whoever else has lost something", () => {
    const missing = ["1 messages from a#1 to b#1 are missing, 0 reported"];
    expect(said()).toEqual(missing);
    expect(said({ kind: "lost", from: "a#1", to: "c#1", messages: 1 })).toEqual(missing);
  });
});

describe("same-names", () => {
  const directory = (at: string, ...holders: readonly string[]): Observation => ({
    kind: "directory",
    at,
    entries: [["king", holders]],
  });
  const begun: readonly Observation[] = [
    { kind: "named", process: "a#1", name: "a#10" },
    { kind: "named", process: "b#1", name: "b#10" },
  ];
  const registered = (at: string, actor: string, address: string): Observation => ({
    ...{ kind: "registered", at, name: "king", actor, address },
  });
  const said = (...seen: readonly Observation[]) => verdicts(new SameNames(), [...begun, ...seen]);
  const own = registered("a#1", "x", "a#10/1");
  const both = (holder: string) => [directory("a#1", holder), directory("b#1", holder)];

  test("is content where all know the same, and who lost a name was told", () => {
    expect(said(own, ...both("a#10/1"))).toEqual([]);
    expect(said(own, { kind: "withdrawn", at: "a#1", name: "king" }, ...both("b#10/1"))).toEqual([]);
    expect(said(own, { kind: "actorEnded", actor: "x" }, ...both("b#10/1"))).toEqual([]);
    expect(said(own, { kind: "named", process: "a#1", name: "a#11" }, ...both("a#11/1"))).toEqual([]);
  });
  test("finds two that know different things", () => {
    expect(said(directory("a#1", "a#10/1"), directory("b#1", "b#10/1"))).toEqual([
      "a#1 knows king: a#10/1, and b#1 king: b#10/1",
    ]);
  });
  test("finds an actor of a member that is gone, unless that may be alive", () => {
    const died: Observation = { kind: "died", process: "b#1" };
    const frozen: Observation = { kind: "lastFault", process: "b#1", fault: "freeze" };
    expect(said(died, directory("a#1", "b#10/1"))).toEqual([
      "a#1 knows b#10/1 as king, whose member is gone",
    ]);
    expect(said(frozen, directory("a#1", "b#10/1"))).toEqual([]);
  });
  test("finds a name that is another one's, although who gave it was not told", () => {
    expect(said(own, ...both("b#10/1"))).toEqual(["a#1 was not told that king is not a#10/1 but b#10/1"]);
  });
});
