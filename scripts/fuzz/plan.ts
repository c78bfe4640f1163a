// Which jobs a campaign has: decided before it begins, so that it is the same however many threads share it.
import { type Job, type Kind, kinds, type Setting } from "./job.ts";

/** The first job has the giants; the others take turns. */
const turns: readonly Setting[] = ["plain", "names", "frozen", "browser", "polluted", "plain", "names"];

/** Of a thousand cases, by kind. */
const shares: Readonly<Record<Kind, number>> = {
  values: 150,
  bytes: 420,
  texts: 230,
  hostile: 196,
  heap: 4,
  limits: 0,
};

const casesEachMax = 20_000;
/** One of each setting at the least. */
const jobsMin = 7;

export interface PlanOptions {
  readonly seed: number;
  readonly cases: number;
  readonly modules: number;
  readonly only: readonly Kind[] | undefined;
}

/** Jobs with at least so many cases together. */
export function planOf({ seed, cases, modules, only }: PlanOptions): readonly Job[] {
  const jobs: Job[] = [];
  const each = Math.min(casesEachMax, Math.ceil(cases / (jobsMin - 0.5)));
  for (let left = cases; left > 0 || jobs.length < jobsMin; ) {
    const index = jobs.length;
    const setting = index === 0 ? "giants" : (turns[(index - 1) % turns.length] ?? "plain");
    const quotas = quotasOf(setting, each, only);
    jobs.push({ seed, index, setting, modules, quotas });
    left -= Object.values(quotas).reduce((sum, quota) => sum + quota, 0);
    // Limits are tried once, however many cases are wanted.
    if (only?.every((kind) => kind === "limits") && jobs.length === jobsMin) break;
  }
  return jobs;
}

function quotasOf(
  setting: Setting,
  cases: number,
  only: readonly Kind[] | undefined,
): Readonly<Record<Kind, number>> {
  // Giants are slow, and what they are about is size.
  const all = setting === "giants" ? cases / 4 : cases;
  const chosen = kinds.filter((kind) => isMeant(setting, kind) && (only?.includes(kind) ?? true));
  const total = chosen.reduce((sum, kind) => sum + shares[kind], 0);
  const entries = kinds.map((kind) => {
    if (!chosen.includes(kind)) return [kind, 0] as const;
    if (kind === "limits") return [kind, 1] as const;
    // With that kind alone a job would last for hours.
    const most = kind === "heap" ? 600 : Number.POSITIVE_INFINITY;
    return [kind, Math.min(most, Math.round((all * shares[kind]) / total))] as const;
  });
  return Object.fromEntries(entries) as Record<Kind, number>;
}

function isMeant(setting: Setting, kind: Kind): boolean {
  if (kind === "limits") return setting === "giants";
  if (kind === "heap") return setting === "giants" || setting === "plain";
  // What an encoder reads from a polluted prototype is the program's own doing.
  return setting !== "polluted" || kind === "bytes" || kind === "texts";
}
