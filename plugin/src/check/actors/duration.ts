// The values that tags of actors take: how long an answer is waited for, and what a full mailbox does.
import type { Overflow } from "@hewn/schema";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Longer than that no timer of the language runs. */
const millisecondsMax = 2 ** 31 - 1;

/** Milliseconds of `500ms`, `5s`, `2m` or `1h`; undefined for any other text, and for what no timer can wait. */
export function durationOf(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^(\d{1,10}(?:\.\d{1,3})?) ?(ms|s|m|h)$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (units[unit] ?? Number.NaN);
  const isTime = Number.isInteger(milliseconds) && milliseconds > 0 && milliseconds <= millisecondsMax;
  return isTime ? milliseconds : undefined;
}

const overflows: readonly Overflow[] = ["wait", "reject", "dropOldest"];

export function overflowOf(text: string): Overflow | undefined {
  return overflows.find((each) => each === text);
}
