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
const confirmed = (attempt: number): Event => ({ kind: "dialConfirmed", attempt });
const hello = (attempt: number, taken?: Taken): Event => ({ kind: "candidateOpened", attempt, taken });
const done = (attempt: number, taken?: Taken): Event => ({ kind: "candidateConfirmed", attempt, taken });
const ended = (origin: "dialled" | "accepted", attempt: number): Event => ({
  kind: "streamEnded",
  stream: { origin, attempt },
});
/** A dial of ours that is the lane. */
const lane = (attempt: number): Event[] => [dialled(attempt), welcomed(attempt), confirmed(attempt)];

describe("of a hello the acceptor", () => {
  const rows: [string, NodeId, Event[], string][] = [
    ["welcomes it where it is not dialling", small, [hello(1)], "admit"],
    ["refuses it where it dials itself and is the smaller one", small, [dialled(1), hello(1)], "refuse"],
    ["welcomes it where it dials itself and is the larger one", large, [dialled(7), hello(1)], "admit"],
    ["welcomes it after its own dial has ended", small, [dialled(1), ended("dialled", 1), hello(1)], "admit"],
    ["refuses an attempt that has been the lane", small, [done(2), hello(2)], "refuse"],
    ["refuses an earlier one", small, [done(2), ended("accepted", 2), hello(1)], "refuse"],
    ["welcomes a later one", large, [done(1), hello(2)], "admit"],
    ["refuses it where it knows nothing of a dial that is the lane", large, [...lane(3), hello(1)], "refuse"],
  ];
  test.each(rows)("%s", (_, self, events, expected) => {
    expect(after(self, events).last).toBe(expected);
  });

  test("keeps nothing, whatever it says", () => {
    for (const before of [[], [dialled(3)], lane(3), [done(2)], [done(2), ended("accepted", 2)]]) {
      const { settling } = after(large, before);
      const state = { ...settling };
      for (const attempt of [1, 3, 2 ** 32 - 1]) {
        step(settling, hello(attempt, { instance: 4n, attempt: 2 ** 32 - 1 }));
      }
      expect(settling).toEqual(state);
    }
  });
});

describe("the acceptor decides when the handshake is done", () => {
  const rows: [string, NodeId, Event[], string][] = [
    ["it is not dialling: it takes the stream", small, [hello(1), done(1)], "admit"],
    [
      "the smaller one, whose own dial has been welcomed, refuses",
      small,
      [hello(1), dialled(1), welcomed(1), done(1)],
      "refuse",
    ],
    [
      "the smaller one gives up a dial that it began after it had welcomed the other's",
      small,
      [hello(1), dialled(1), done(1)],
      "abandon 1, admit",
    ],
    [
      "the larger one that dials itself takes it and gives up",
      large,
      [dialled(7), hello(1), welcomed(7), done(1)],
      "abandon 7, admit",
    ],
    [
      "an attempt that was taken meanwhile is refused",
      small,
      [hello(2), hello(2), done(2), done(2)],
      "refuse",
    ],
    ["an earlier attempt is refused", small, [hello(1), hello(2), done(2), done(1)], "refuse"],
    [
      "a later one takes the open one's place",
      large,
      [done(1), hello(2), done(2)],
      "supersede accepted 1, admit",
    ],
    [
      "it holds its own dial, of which the hello knows nothing",
      large,
      [hello(1), ...lane(3), done(1)],
      "refuse",
    ],
    [
      "the hello knows of an earlier dial alone",
      large,
      [...lane(3), done(1, { instance: 4n, attempt: 2 })],
      "refuse",
    ],
    [
      "the hello knows of a dial of an earlier start",
      large,
      [...lane(3), done(1, { instance: 99n, attempt: 3 })],
      "refuse",
    ],
    [
      "the hello knows of the dial, and so that it is dead",
      large,
      [...lane(3), done(1, { instance: 4n, attempt: 3 })],
      "supersede dialled 3, admit",
    ],
  ];
  test.each(rows)("%s", (_, self, events, expected) => {
    expect(after(self, events).last).toBe(expected);
  });
});

describe("the dialler", () => {
  const rows: [string, NodeId, Event[], string][] = [
    ["goes on where nothing came in between", small, [dialled(1), welcomed(1)], "admit"],
    ["goes on where nobody knew the dial to be this peer's", small, [welcomed(1)], "admit"],
    ["goes on beside a hello of the peer's", large, [hello(1), dialled(4), welcomed(4)], "admit"],
    ["gives up where it has taken another stream", small, [done(1), welcomed(4)], "refuse"],
    ["gives up where another dial is the lane already", small, [...lane(1), welcomed(2)], "refuse"],
    ["gives up where another dial is under way", small, [dialled(1), welcomed(2)], "refuse"],
    ["has the lane when the acceptor has taken it", small, lane(1), "admit"],
    ["has it not where it has given up", large, [...lane(1).slice(0, 2), done(1), confirmed(1)], "refuse"],
  ];
  test.each(rows)("%s", (_, self, events, expected) => {
    expect(after(self, events).last).toBe(expected);
  });
});

test("the end of a stream that has lost its place changes nothing", () => {
  const { settling } = after(large, [done(1), done(2), ended("accepted", 1)]);
  expect(settling.held).toEqual({ origin: "accepted", attempt: 2 });
  step(settling, ended("accepted", 2));
  expect(isVacant(settling)).toBe(true);
  expect(takenOf(settling)).toEqual({ instance: 5n, attempt: 2 });
});

test("nothing was taken: the hello says nothing about it", () => {
  expect(takenOf(newSettling(small, large))).toBeUndefined();
});

interface Dial {
  readonly name: string;
  readonly side: "small" | "large";
  readonly other: "small" | "large";
  readonly attempt: number;
  readonly taken: Taken | undefined;
  readonly isBlind: boolean;
}

/** Two nodes whose hellos, welcomes and answers cross in any order; every stream is settled by both state machines. */
class Crossing {
  readonly nodes = { small: newSettling(small, large), large: newSettling(large, small) };
  readonly #attempts = { small: 0, large: 0 };
  /** What is under way, each stream's in order. */
  readonly wire = new Map<string, (() => void)[]>();
  /** Where each stream stands at its two ends. */
  readonly open = { small: new Set<string>(), large: new Set<string>() };
  dials = 0;
  /** Both were dialling before anything had arrived. */
  isCrossed = false;
  #arrived = 0;

  choices(): string[] {
    return [...this.wire.keys()].filter((name) => this.wire.get(name)!.length > 0);
  }
  happen(name: string): void {
    this.#arrived++;
    this.wire.get(name)!.shift()!();
  }

  /** `isBlind`: by an address that it does not know to be the other's. */
  dial(side: "small" | "large", isBlind = false): void {
    const settling = this.nodes[side];
    if (!isVacant(settling) || this.dials >= 6) return;
    this.dials++;
    if (this.dials === 2) this.isCrossed = this.#arrived === 0;
    const other = side === "small" ? "large" : "small";
    const attempt = ++this.#attempts[side];
    if (!isBlind) step(settling, dialled(attempt));
    const taken = isBlind ? undefined : takenOf(settling);
    const name = `${side}${attempt}`;
    this.wire.set(name, [() => this.#helloArrives({ name, side, other, attempt, taken, isBlind })]);
  }

  #helloArrives(dial: Dial): void {
    const { name, side, other, attempt, taken } = dial;
    const isWelcome = this.#perform(other, step(this.nodes[other], hello(attempt, taken)));
    this.#next(name, () => {
      if (isWelcome) this.#welcomeArrives(dial);
      else step(this.nodes[side], ended("dialled", attempt));
    });
  }

  #welcomeArrives(dial: Dial): void {
    const { name, side, attempt, isBlind } = dial;
    // It may have been given up meanwhile: then the other end hears no answer.
    if (!isBlind && this.nodes[side].dialling !== attempt) return;
    if (!this.#perform(side, step(this.nodes[side], welcomed(attempt)))) return;
    this.#next(name, () => this.#answerArrives(dial));
  }

  #answerArrives({ name, side, other, attempt, taken }: Dial): void {
    const isTaken = this.#perform(other, step(this.nodes[other], done(attempt, taken)));
    if (isTaken) this.open[other].add(name);
    this.#next(name, () => {
      if (!isTaken) return void step(this.nodes[side], ended("dialled", attempt));
      // The acceptor may have sent already: the dialler must still want the stream, or frames would be lost.
      expect(this.#perform(side, step(this.nodes[side], confirmed(attempt)))).toBe(true);
      this.open[side].add(name);
    });
  }

  #next(name: string, run: () => void): void {
    this.wire.get(name)!.push(run);
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
  /** Runs every order of what can happen; calls `check` at the end of each. `blind`: dials that do not know their peer. */
  function enumerate(blind: readonly string[], check: (crossing: Crossing) => void): number {
    let runs = 0;
    const prefixes: number[][] = [[]];
    for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
      const crossing = new Crossing();
      const starts = new Set(["small", "large"]);
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
        if (starts.delete(choice))
          crossing.dial(choice === "small" ? "small" : "large", blind.includes(choice));
        else crossing.happen(choice);
      }
      runs++;
      check(crossing);
    }
    return runs;
  }

  test.each([[[]], [["small"]], [["large"]], [["small", "large"]]])(
    "hold the same stream, exactly one, in every order of events; blind: %j",
    (blind) => {
      const ends = new Set<string>();
      const runs = enumerate(blind, ({ nodes, open }) => {
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
    },
  );

  test("of which both begin before either hears of the other keep the smaller one's", () => {
    enumerate([], ({ open, isCrossed }) => {
      if (isCrossed) expect([...open.small]).toEqual(["small1"]);
    });
  });
});

test("whatever happens, at most one stream is held, and attempts that were taken are not taken again", () => {
  const events = fc.array(
    fc.oneof(
      fc.nat(5).map((n) => hello(n)),
      fc.nat(5).map((n) => done(n)),
      fc.tuple(fc.nat(5), fc.nat(5)).map(([n, attempt]) => done(n, { instance: 4n, attempt })),
      fc.nat(5).map(confirmed),
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
        if (event.kind !== "candidateConfirmed" || !admitted) continue;
        expect(takenAttempts.has(event.attempt)).toBe(false);
        takenAttempts.add(event.attempt);
        expect(settling.held).toEqual({ origin: "accepted", attempt: event.attempt });
        expect(effects.some(({ kind }) => kind === "supersede")).toBe(held !== undefined);
      }
    }),
  );
});
