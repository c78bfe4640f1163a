import { describe, expect, test } from "@jest/globals";
import {
  type DepartureEvent,
  type DepartureWork,
  departureTimes,
  newDeparture,
  stepDeparture,
} from "./departure.ts";

type Told = "drain" | "leave" | "closed" | `${DepartureWork} done` | number;

/** What is done, in short, while time passes and things happen. */
function run(...all: readonly Told[]): string {
  const departure = newDeparture();
  let nowMs = 0;
  const said: string[] = [];
  for (const told of all) {
    if (typeof told === "number") nowMs += told;
    const event = { ...eventOf(told), nowMs } as DepartureEvent;
    const effects = stepDeparture(departure, event);
    said.push(
      effects
        .map((effect) => ("work" in effect ? `${effect.kind} ${effect.work}` : effect.kind))
        .join(", ") || "-",
    );
  }
  return said.join(" | ");
}

function eventOf(told: Told): object {
  if (typeof told === "number") return { kind: "woke" };
  if (told === "closed") return { kind: "closed" };
  if (told === "drain" || told === "leave") return { kind: `${told}Requested` };
  return { kind: "done", work: told.split(" ")[0] };
}

const { handOverMs, stopMs, goodbyeMs, closeMs } = departureTimes;

describe("a departure", () => {
  test.each<readonly [string, readonly Told[], string]>([
    [
      "goes from phase to phase",
      ["leave", "intake done", "handOver done", "stop done", "goodbye done", "close done"],
      "begin intake | begin handOver | begin stop | begin goodbye | begin close | over",
    ],
    [
      "of a drain ends when it is empty",
      ["drain", "intake done", "handOver done"],
      "begin intake | begin handOver | empty",
    ],
    [
      "goes on from there when it is to leave",
      ["drain", "intake done", "handOver done", "leave", "stop done"],
      "begin intake | begin handOver | empty | begin stop | begin goodbye",
    ],
    [
      "that is a drain first becomes one that leaves at any moment",
      ["drain", "leave", "intake done", "handOver done"],
      "begin intake | - | begin handOver | begin stop",
    ],
    [
      "that leaves is no drain any more",
      ["leave", "drain", "intake done", "handOver done"],
      "begin intake | - | begin handOver | begin stop",
    ],
    [
      "happens once",
      ["leave", "leave", "drain", "intake done", "leave"],
      "begin intake | - | - | begin handOver | -",
    ],
    [
      "happens once, drained or not",
      ["drain", "drain", "intake done", "handOver done", "drain"],
      "begin intake | - | begin handOver | empty | -",
    ],
    [
      "waits for no phase longer than its time",
      ["leave", "intake done", handOverMs, stopMs, goodbyeMs, closeMs],
      "begin intake | begin handOver | late handOver, begin stop | late stop, begin goodbye | late goodbye, begin close | late close, over",
    ],
    [
      "waits as long as that",
      ["leave", "intake done", handOverMs - 1, 1],
      "begin intake | begin handOver | - | late handOver, begin stop",
    ],
    [
      "gives every phase its own time",
      ["leave", "intake done", handOverMs - 1, "handOver done", stopMs - 1, 1],
      "begin intake | begin handOver | - | begin stop | - | late stop, begin goodbye",
    ],
    [
      "that is a drain is empty when its time is up",
      ["drain", "intake done", handOverMs],
      "begin intake | begin handOver | late handOver, empty",
    ],
    [
      "has no time to be empty in",
      ["drain", "intake done", "handOver done", 1e9],
      "begin intake | begin handOver | empty | -",
    ],
    [
      "takes no notice of what is done too late",
      ["leave", "intake done", handOverMs, "handOver done"],
      "begin intake | begin handOver | late handOver, begin stop | -",
    ],
    [
      "takes no notice of what is done too early",
      ["leave", "stop done", "close done"],
      "begin intake | - | -",
    ],
    [
      "is over when the node is closed",
      ["leave", "closed", "intake done", 1e9, "leave", "drain"],
      "begin intake | over | - | - | - | -",
    ],
    ["is over when the node is closed without one", ["closed", "leave"], "over | -"],
  ])("%s", (_, told, said) => {
    expect(run(...told)).toBe(said);
  });

  test.each([-1, Number.NaN])("takes %p for no time", (ms) => {
    expect(() => newDeparture({ stopMs: ms })).toThrow(RangeError);
  });
});
