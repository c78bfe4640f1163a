import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { type Effect, type Event, newRedial, type Redial, type RedialConfig, step } from "./redial.ts";

const config: RedialConfig = { canDial: true, firstMs: 100, longestMs: 10_000, patienceMs: 5000 };

function says(effects: readonly Effect[]): string {
  return effects
    .filter(({ kind }) => kind !== "clearTimer")
    .map((effect) => {
      if (effect.kind === "setTimer") return `wait ${effect.afterMs}`;
      return effect.kind === "verdict" ? effect.verdict : effect.kind;
    })
    .join(", ");
}

type Happening = Event | ((redial: Redial) => Event);

function after(wanted: boolean, events: readonly Happening[], more: Partial<RedialConfig> = {}): string[] {
  const redial = newRedial({ ...config, ...more }, wanted);
  return events.map((event) => says(step(redial, typeof event === "function" ? event(redial) : event)));
}

const needed: Event = { kind: "needed" };
const opened: Event = { kind: "opened" };
const broken: Event = { kind: "broken" };
const reached: Event = { kind: "dialled" };
const lost: Event = { kind: "dialLost", random: 1 };
const failed = (verdict: "refused" | "silent" | "unreachable", random = 1): Event => {
  return { kind: "failed", verdict, random, otherIsOpen: false };
};
const fired = (token: number): Event => ({ kind: "timerFired", token, random: 1, otherIsOpen: false });
/** The same while the peer's other lane is open. */
const beside = <E extends Event>(event: E): E => ({ ...event, otherIsOpen: true });

describe("a lane that breaks", () => {
  test("is dialled at once, and what comes of it is the verdict", () => {
    expect(after(false, [needed, opened, broken, opened])).toEqual(["dial", "", "dial", "reopened"]);
    for (const verdict of ["refused", "silent", "unreachable"] as const) {
      expect(after(false, [needed, opened, broken, failed(verdict)]).at(-1)).toBe(`${verdict}, giveUp`);
    }
  });

  test("is dialled again while somebody wants the peer, after twice the time each time, with one verdict", () => {
    const redial = newRedial(config, true);
    for (const event of [needed, opened, broken]) step(redial, event);
    const waits: string[] = [];
    for (let i = 0; i < 9; i++) {
      waits.push(says(step(redial, failed("refused"))));
      expect(says(step(redial, fired(redial.timer)))).toBe("dial");
    }
    expect(waits.slice(0, 3)).toEqual(["refused, wait 200", "wait 400", "wait 800"]);
    expect(waits.at(-1)).toBe("wait 10000");
    step(redial, opened);
    step(redial, broken);
    expect(says(step(redial, failed("silent", 0)))).toBe("silent, wait 100");
  });

  test("that lost its dial waits, and the verdict waits with it", () => {
    expect(after(false, [needed, opened, broken, lost, opened])).toEqual([
      "dial",
      "",
      "dial",
      "wait 100",
      "reopened",
    ]);
  });

  test("is dialled no second time where a dial that was meant for anybody has reached the peer", () => {
    expect(after(true, [needed, failed("refused"), reached, fired(1), failed("refused")])).toEqual([
      "dial",
      "wait 200",
      "",
      "",
      "wait 400",
    ]);
    expect(after(false, [reached, opened, broken])).toEqual(["", "", "dial"]);
  });

  test("whose dial is broken off is dialled again in a moment: a process that ends has its listener a little longer", () => {
    const reset: Event = { kind: "reset", random: 1, otherIsOpen: false };
    const ending = [needed, opened, broken, reset, fired(4), failed("refused")];
    expect(after(false, ending).slice(3)).toEqual(["wait 2", "dial", "refused, giveUp"]);
  });

  test("whose dials are all broken off is unreachable", () => {
    const redial = newRedial(config, false);
    for (const event of [needed, opened, broken]) step(redial, event);
    const said: string[] = [];
    do {
      said.push(says(step(redial, { kind: "reset", random: 1, otherIsOpen: false })));
      step(redial, fired(redial.timer));
    } while (redial.phase !== "over");
    expect(said).toEqual(["wait 2", "wait 4", "wait 8", "wait 16", "wait 32", "unreachable, giveUp"]);
  });

  test("because the peer has opened another stream is no loss", () => {
    expect(after(false, [needed, opened, opened])).toEqual(["dial", "", "reopened"]);
  });
});

describe("a lane that breaks beside one that is open", () => {
  const refused = beside(failed("refused"));
  const later = ({ timer }: Redial) => beside(fired(timer));
  /** Nobody listens, nor does anybody in the moments after. */
  const refusing = [refused, later, refused, later, refused, later, refused, later, refused, later, refused];

  test("is dialled again in a moment where nobody listens: the other may be about to close", () => {
    const ending = [needed, opened, broken, refused, later, failed("refused")];
    expect(after(false, ending).slice(3)).toEqual(["wait 2", "dial", "refused, giveUp"]);
  });

  test("is left to the peer for a while where it cannot be dialled, and opens without a verdict against it", () => {
    const said = after(false, [needed, opened, broken, ...refusing, opened]);
    expect(said.filter((line) => line !== "dial" && line !== "")).toEqual([
      "wait 2",
      "wait 4",
      "wait 8",
      "wait 16",
      "wait 32",
      "wait 5000",
      "reopened",
    ]);
  });

  test("is dialled once more after that, and the peer is lost; that nobody listens is no proof", () => {
    const silent = [needed, opened, broken, ...refusing, later];
    expect(after(false, [...silent, refused]).slice(-3)).toEqual([
      "wait 5000",
      "dial",
      "unreachable, giveUp",
    ]);
    expect(after(false, [...silent, failed("refused")]).at(-1)).toBe("refused, giveUp");
  });

  test("is given that time after each loss, and once after each", () => {
    const again = [broken, ...refusing, opened];
    const said = after(false, [needed, opened, ...again, ...again]);
    expect(said.filter((line) => line === "wait 5000")).toHaveLength(2);
    expect(after(false, [{ kind: "awaited" }, later, refused])).toEqual(["wait 5000", "dial", "giveUp"]);
  });

  test("of a peer that is wanted is dialled as ever, and that nobody listens is no proof either", () => {
    expect(after(true, [needed, opened, broken, ...refusing]).at(-1)).toBe("unreachable, wait 200");
  });
});

describe("a peer that cannot be dialled", () => {
  test("is given time to come back", () => {
    const more = { canDial: false };
    expect(after(false, [opened, broken, opened], more)).toEqual(["", "wait 5000", "reopened"]);
    expect(after(false, [opened, broken, fired(2)], more).at(-1)).toBe("silent, giveUp");
  });
});

describe("a lane that the peer is to open", () => {
  test("is dialled when the peer does not", () => {
    expect(after(false, [{ kind: "awaited" }, fired(1)])).toEqual(["wait 5000", "dial"]);
    expect(after(false, [{ kind: "awaited" }, opened, fired(1)])).toEqual(["wait 5000", "", ""]);
  });
});

test("a stale timer does nothing", () => {
  const redial = newRedial(config, true);
  for (const event of [needed, failed("refused")]) step(redial, event);
  const stale = redial.timer;
  for (const event of [needed, failed("refused")]) step(redial, event);
  expect(step(redial, fired(stale))).toEqual([]);
  expect(says(step(redial, fired(redial.timer)))).toBe("dial");
  expect(step(redial, fired(redial.timer))).toEqual([]);
});

test("once ended, nothing is dialled any more", () => {
  const late = [needed, broken, failed("refused"), reached, opened, fired(2), lost];
  expect(after(true, [needed, failed("refused"), { kind: "ended" }, ...late]).slice(3)).toEqual(
    late.map(() => ""),
  );
});

test("whatever happens, a dial is under way at most once, and no wait is longer than the longest", () => {
  const event: fc.Arbitrary<(redial: Redial) => Event> = fc.oneof(
    fc.constantFrom(needed, opened, reached, lost, { kind: "awaited" } as const).map((each) => () => each),
    fc.double({ min: 0, max: 1, noNaN: true }).map((random) => () => failed("refused", random)),
    fc.nat(2).map((age) => (redial: Redial) => fired(redial.timer - age)),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.boolean(), (script, wanted) => {
      const redial = newRedial(config, wanted);
      for (const make of script) {
        const before = redial.phase;
        for (const effect of step(redial, make(redial))) {
          if (effect.kind === "dial") expect(before === "dialling" || before === "up").toBe(false);
          if (effect.kind === "setTimer") {
            expect(effect.afterMs).toBeLessThanOrEqual(config.longestMs);
            expect(effect.afterMs).toBeGreaterThanOrEqual(50);
          }
        }
      }
    }),
  );
});
