import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { NodeId, Taken } from "./messages.ts";
import { type Effect, type Event, isVacant, newSettling, type Settling, step, takenOf } from "./settle.ts";

const small: NodeId = { host: "a", port: 1, instance: 5n };
const large: NodeId = { host: "b", port: 1, instance: 4n };

/** What the effects of the last event say, in a line. */
function says(effects: readonly Effect[]): string {
  return effects
    .map((effect) => {
      if (effect.kind === "abandonDial") return `abandon ${effect.attempt}`;
      if (effect.kind === "supersede") return `supersede ${effect.stream.origin} ${effect.stream.attempt}`;
      return effect.kind;
    })
    .join(", ");
}

function after(self: NodeId, events: readonly Event[]): { settling: Settling; last: string } {
  const settling = newSettling(self, self === small ? large : small);
  let last = "";
  for (const event of events) last = says(step(settling, event));
  return { settling, last };
}

const dialled = (attempt: number): Event => ({ kind: "dialled", attempt });
const welcomed = (attempt: number): Event => ({ kind: "welcomed", attempt });
const hello = (attempt: number, taken?: Taken): Event => ({ kind: "helloReceived", attempt, taken });
const ended = (origin: "dialled" | "accepted", attempt: number): Event => ({
  kind: "streamEnded",
  stream: { origin, attempt },
});

describe("the acceptor decides when it has the hello", () => {
  const rows: [string, NodeId, Event[], string][] = [
    ["it is not dialling: it accepts", small, [hello(1)], "admit"],
    ["the smaller one that dials itself refuses", small, [dialled(1), hello(1)], "refuse"],
    [
      "the larger one that dials itself accepts and gives up",
      large,
      [dialled(7), hello(1)],
      "abandon 7, admit",
    ],
    ["an attempt that it has taken is refused", small, [hello(2), hello(2)], "refuse"],
    ["an earlier attempt is refused", small, [hello(2), ended("accepted", 2), hello(1)], "refuse"],
    ["a later one takes the open one's place", large, [hello(1), hello(2)], "supersede accepted 1, admit"],
    [
      "it holds its own dial, of which the hello knows nothing",
      large,
      [dialled(3), welcomed(3), hello(1)],
      "refuse",
    ],
    [
      "the hello knows of an earlier dial alone",
      large,
      [dialled(3), welcomed(3), hello(1, { instance: 4n, attempt: 2 })],
      "refuse",
    ],
    [
      "the hello knows of a dial of an earlier start",
      large,
      [dialled(3), welcomed(3), hello(1, { instance: 99n, attempt: 3 })],
      "refuse",
    ],
    [
      "the hello knows of the dial, and so that it is dead",
      large,
      [dialled(3), welcomed(3), hello(1, { instance: 4n, attempt: 3 })],
      "supersede dialled 3, admit",
    ],
    ["after its dial has ended it accepts", small, [dialled(1), ended("dialled", 1), hello(1)], "admit"],
  ];
  test.each(rows)("%s", (_, self, events, expected) => {
    expect(after(self, events).last).toBe(expected);
  });
});

describe("the dialler may still give up", () => {
  const rows: [string, NodeId, Event[], string][] = [
    ["nothing came in between: it goes on", small, [dialled(1), welcomed(1)], "admit"],
    ["unknown to be this peer's, it goes on too", small, [welcomed(1)], "admit"],
    ["the larger one accepted another stream", large, [hello(1), welcomed(4)], "refuse"],
    [
      "the smaller one did, and its own dial wins",
      small,
      [hello(1), welcomed(4)],
      "supersede accepted 1, admit",
    ],
    ["another dial is the lane already", small, [dialled(1), welcomed(1), welcomed(2)], "refuse"],
    ["another dial is under way", small, [dialled(1), welcomed(2)], "refuse"],
  ];
  test.each(rows)("%s", (_, self, events, expected) => {
    expect(after(self, events).last).toBe(expected);
  });
});

test("the end of a stream that has lost its place changes nothing", () => {
  const { settling } = after(large, [hello(1), hello(2), ended("accepted", 1)]);
  expect(settling.held).toEqual({ origin: "accepted", attempt: 2 });
  step(settling, ended("accepted", 2));
  expect(isVacant(settling)).toBe(true);
  expect(takenOf(settling)).toEqual({ instance: 5n, attempt: 2 });
});

test("nothing was taken: the hello says nothing about it", () => {
  expect(takenOf(newSettling(small, large))).toBeUndefined();
});

/** Two nodes whose hellos and welcomes cross in any order; every stream is settled by both state machines. */
class Crossing {
  readonly nodes = { small: newSettling(small, large), large: newSettling(large, small) };
  readonly #attempts = { small: 0, large: 0 };
  /** What is under way, each stream's in order. */
  readonly wire = new Map<string, (() => void)[]>();
  /** Where each stream stands at its two ends. */
  readonly open = { small: new Set<string>(), large: new Set<string>() };
  dials = 0;

  choices(): string[] {
    return [...this.wire.keys()].filter((name) => this.wire.get(name)!.length > 0);
  }
  happen(name: string): void {
    this.wire.get(name)!.shift()!();
  }

  dial(side: "small" | "large"): void {
    const settling = this.nodes[side];
    if (!isVacant(settling) || this.dials >= 6) return;
    this.dials++;
    const other = side === "small" ? "large" : "small";
    const attempt = ++this.#attempts[side];
    step(settling, dialled(attempt));
    const taken = takenOf(settling);
    const name = `${side}${attempt}`;
    this.wire.set(name, [() => this.#helloArrives(name, side, other, attempt, taken)]);
  }

  #helloArrives(
    name: string,
    side: "small" | "large",
    other: "small" | "large",
    attempt: number,
    taken?: Taken,
  ) {
    const effects = step(this.nodes[other], hello(attempt, taken));
    const admitted = this.#perform(other, effects);
    this.wire.get(name)!.push(() => {
      if (admitted) this.#welcomeArrives(name, side, other, attempt);
      else step(this.nodes[side], ended("dialled", attempt));
    });
  }

  #welcomeArrives(name: string, side: "small" | "large", other: "small" | "large", attempt: number): void {
    if (this.nodes[side].dialling !== attempt) {
      // It was given up meanwhile; the other end learns that.
      this.wire.get(name)!.push(() => step(this.nodes[other], ended("accepted", attempt)));
      return;
    }
    const admitted = this.#perform(side, step(this.nodes[side], welcomed(attempt)));
    if (admitted) this.open[side].add(name);
    this.wire.get(name)!.push(() => {
      if (admitted) {
        // The dialler may send from now on: the acceptor must still hold the stream, or frames would be lost.
        expect(this.nodes[other].held).toEqual({ origin: "accepted", attempt });
        this.open[other].add(name);
      } else step(this.nodes[other], ended("accepted", attempt));
    });
  }

  #perform(side: "small" | "large", effects: Effect[]): boolean {
    for (const effect of effects) {
      // Nothing that both ends use is ever closed where nothing breaks.
      if (effect.kind === "supersede") throw new Error(`${side} closed a stream that was the lane`);
    }
    return effects.some(({ kind }) => kind === "admit");
  }
}

describe("two nodes that dial at the same time", () => {
  /** Runs every order of what can happen; calls `check` at the end of each. */
  function enumerate(check: (crossing: Crossing) => void): number {
    let runs = 0;
    const prefixes: number[][] = [[]];
    for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
      const crossing = new Crossing();
      const starts = new Set(["dial small", "dial large"]);
      const taken = [...prefix];
      for (let at = 0; ; at++) {
        const choices = [...starts, ...crossing.choices()];
        if (choices.length === 0) break;
        const chosen = taken[at] ?? 0;
        if (at >= prefix.length) {
          for (let other = 1; other < choices.length; other++) prefixes.push([...taken.slice(0, at), other]);
          taken[at] = 0;
        }
        const choice = choices[chosen]!;
        if (starts.delete(choice)) crossing.dial(choice === "dial small" ? "small" : "large");
        else crossing.happen(choice);
      }
      runs++;
      check(crossing);
    }
    return runs;
  }

  test("hold the same stream, exactly one, in every order of events", () => {
    const ends = new Set<string>();
    const runs = enumerate(({ nodes, open }) => {
      expect([...open.small]).toHaveLength(1);
      expect([...open.small]).toEqual([...open.large]);
      const [name] = open.small;
      ends.add(name!);
      expect(nodes.small.held?.origin === "dialled").toBe(name!.startsWith("small"));
      expect(nodes.large.held?.origin === "dialled").toBe(name!.startsWith("large"));
      expect(nodes.small.dialling ?? nodes.large.dialling).toBeUndefined();
    });
    expect(runs).toBeGreaterThan(20);
    expect(ends).toEqual(new Set(["small1", "large1"]));
  });
});

test("whatever happens, at most one stream is held, and attempts that were taken are not taken again", () => {
  const events = fc.array(
    fc.oneof(
      fc.nat(5).map(hello),
      fc.tuple(fc.nat(5), fc.nat(5)).map(([n, attempt]) => hello(n, { instance: 4n, attempt })),
      fc.nat(5).map(dialled),
      fc.nat(5).map(welcomed),
      fc
        .tuple(fc.constantFrom("dialled" as const, "accepted" as const), fc.nat(5))
        .map(([o, n]) => ended(o, n)),
    ),
  );
  fc.assert(
    fc.property(events, fc.constantFrom(small, large), (script, self) => {
      const settling = newSettling(self, self === small ? large : small);
      const takenAttempts = new Set<number>();
      for (const event of script) {
        const { held } = settling;
        const effects = step(settling, event);
        const admitted = effects.some(({ kind }) => kind === "admit");
        if (event.kind !== "helloReceived" || !admitted) continue;
        expect(takenAttempts.has(event.attempt)).toBe(false);
        takenAttempts.add(event.attempt);
        expect(settling.held).toEqual({ origin: "accepted", attempt: event.attempt });
        expect(effects.some(({ kind }) => kind === "supersede")).toBe(held !== undefined);
      }
    }),
  );
});
