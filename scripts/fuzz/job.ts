// What a campaign is made of: jobs that can run in any order, each the same for the same seed and index.
import { type RandomModule, randomModules } from "../../plugin/src/property/random-modules.testing.ts";
import { hostileWords } from "../../plugin/src/property/words.testing.ts";
import { giantModules } from "./giants.ts";

/** What a case tries. */
export const kinds = ["values", "bytes", "texts", "hostile", "heap", "limits"] as const;
export type Kind = (typeof kinds)[number];

/** Where the codecs of a job run, or what is special about its types. */
export const settings = ["plain", "names", "giants", "browser", "frozen", "polluted"] as const;
export type Setting = (typeof settings)[number];

export interface Job {
  readonly seed: number;
  readonly index: number;
  readonly setting: Setting;
  readonly modules: number;
  /** How many cases of each kind. */
  readonly quotas: Readonly<Record<Kind, number>>;
}

/** Something that is wrong, small enough to look at. */
export interface Finding {
  readonly job: number;
  readonly kind: Kind | "compile" | "realm";
  /** The type, as `module3.ts Order`; empty where a whole module is to blame. */
  readonly type: string;
  readonly message: string;
  /** What was decoded, parsed or encoded, after shrinking. */
  readonly input: string;
  /** The sources that are needed to see it again, by file name. */
  readonly sources: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly job: number;
  readonly cases: Readonly<Record<Kind, number>>;
  /** How often what happened, by names such as `decode: truncated`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Equal for runs that saw the same inputs and outcomes. */
  readonly digest: string;
  readonly findings: readonly Finding[];
}

/** The types of a job. */
export function modulesOf({ seed, index, setting, modules }: Job): readonly RandomModule[] {
  const own = seed * 1_000_003 + index * 7919;
  if (setting === "giants") return giantModules();
  if (setting === "names") return randomModules(own, modules, 6, hostileWords);
  return randomModules(own, modules, 8);
}
