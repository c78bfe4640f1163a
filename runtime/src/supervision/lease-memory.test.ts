import { describe, expect, test } from "@jest/globals";
import { LeaseMemory, LocalWord, type Word } from "./lease-memory.ts";

/** Memory in which somebody else does something right before one of the accesses. */
class RacedWord implements Word {
  accesses = 0;
  readonly #word: Word;
  readonly #at: number;
  readonly #race: () => void;

  constructor(word: Word, at: number, race: () => void) {
    this.#word = word;
    this.#at = at;
    this.#race = race;
  }

  load(): number {
    this.#pass();
    return this.#word.load();
  }

  exchange(expected: number, next: number): boolean {
    this.#pass();
    return this.#word.exchange(expected, next);
  }

  #pass(): void {
    if (this.accesses++ === this.#at) this.#race();
  }
}

/** Runs one thing with the other one in the middle of it, at every point where it could be, until there are no more. */
function atEveryPoint(
  run: (memory: LeaseMemory) => unknown,
  race: (memory: LeaseMemory) => unknown,
): readonly { readonly ran: unknown; readonly raced: unknown; readonly untilMs: number }[] {
  const outcomes = [];
  for (let at = 0; ; at++) {
    const word = new LocalWord(100);
    let raced: unknown;
    const racedWord = new RacedWord(word, at, () => {
      raced = race(new LeaseMemory(word));
    });
    const ran = run(new LeaseMemory(racedWord));
    if (racedWord.accesses <= at) return outcomes;
    outcomes.push({ ran, raced, untilMs: new LeaseMemory(word).untilMs });
  }
}

const never = Number.NEGATIVE_INFINITY;

describe("the memory of a lease", () => {
  test("holds until its time, and not at it; what is over stays over", () => {
    const memory = new LeaseMemory(new LocalWord(100));
    expect([memory.isHeld(99), memory.untilMs]).toEqual([true, 100]);
    expect([memory.isHeld(100), memory.untilMs]).toEqual([false, never]);
    expect([memory.extend(200, 50), memory.isHeld(50), memory.expire(50)]).toEqual([false, false, "over"]);
  });

  test("is extended only while it holds, and never shortened", () => {
    const memory = new LeaseMemory(new LocalWord(100));
    expect([memory.extend(150, 99), memory.extend(120, 99), memory.untilMs]).toEqual([true, true, 150]);
    expect([memory.extend(300, 150), memory.untilMs]).toEqual([false, never]);
  });

  test("is over where one looks that has seen it hold, when another one has extended or ended it", () => {
    const word = new LocalWord(100);
    const [one, other] = [new LeaseMemory(word), new LeaseMemory(word)];
    expect([one.isHeld(10), other.extend(200, 10), one.isHeld(150)]).toEqual([true, true, true]);
    expect([other.expire(200), one.isHeld(200), one.expire(200)]).toEqual(["expired", false, "over"]);
  });

  test("says to only one that it was the one who ended it", () => {
    for (const { ran, raced } of atEveryPoint(
      (memory) => memory.expire(100),
      (memory) => memory.expire(100),
    ))
      expect([ran, raced].sort()).toEqual(["expired", "over"]);
  });
});

describe("of a renewal and an end that meet at any point", () => {
  // The one who renews has looked at the clock before: it does not know yet that the time is over.
  const extend = (memory: LeaseMemory): unknown => memory.extend(200, 99);
  const expire = (memory: LeaseMemory): unknown => memory.expire(100);
  const renewed = { extended: true, expiry: "held", untilMs: 200 };
  const ended = { extended: false, expiry: "expired", untilMs: never };

  test("only one comes true, with the end in the middle of the renewal", () => {
    const outcomes = atEveryPoint(extend, expire).map(({ ran, raced, untilMs }) => {
      return { extended: ran, expiry: raced, untilMs };
    });
    expect(outcomes).toEqual([ended, ended]);
  });

  test("only one comes true, with the renewal in the middle of the end", () => {
    const outcomes = atEveryPoint(expire, extend).map(({ ran, raced, untilMs }) => {
      return { extended: raced, expiry: ran, untilMs };
    });
    expect(outcomes).toEqual([renewed, renewed]);
  });

  test("an end before its time wins in any case", () => {
    for (const { untilMs } of atEveryPoint((memory) => memory.end(), extend)) expect(untilMs).toBe(never);
    for (const { untilMs, ran } of atEveryPoint(extend, (memory) => memory.end()))
      expect([untilMs, ran]).toEqual([never, false]);
  });

  test("two renewals leave the longer one", () => {
    const longer = (memory: LeaseMemory): unknown => memory.extend(300, 99);
    for (const outcomes of [atEveryPoint(extend, longer), atEveryPoint(longer, extend)]) {
      expect(outcomes.length).toBeGreaterThan(1);
      for (const outcome of outcomes) expect(outcome).toEqual({ ran: true, raced: true, untilMs: 300 });
    }
  });
});
