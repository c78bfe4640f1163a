// The members of a union of literals, as errors list them.
import { quoted } from "./error-path.ts";

const shownMax = 8;

/** `"a" | "b" | 3`, the first few of many; null stands for reserved ordinals and is left out. */
export function membersText(values: readonly unknown[]): string {
  const members = values.filter((value) => value !== null);
  const shown = members
    .slice(0, shownMax)
    .map((value) => (typeof value === "string" ? quoted(value) : String(value)));
  return shown.join(" | ") + (members.length > shownMax ? " | …" : "");
}
