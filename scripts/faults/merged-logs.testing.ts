// Makes one history of the logs of several processes, and holds the simulator's rules against it. Clocks decide only what
// nothing else does: within a process the order of its log holds, and what was delivered had been accepted before.
import {
  Accounted,
  type Checker,
  Honest,
  InOrder,
  type Observation,
  RightInstance,
  Tallied,
} from "@hewn/runtime/simulation";
import type { Entry } from "./event-log.testing.ts";

/** What no two sound nodes ever accuse each other of, whatever is between them. */
const accusations =
  "malformed frameTooLong frameEmpty unexpectedFrame creditExceeded chunksMixedUp notHewn versionUnsupported";

function rules(): readonly Checker[] {
  return [
    new InOrder(),
    new RightInstance(),
    new Accounted(),
    new Tallied(),
    new Honest(accusations.split(" ")),
  ];
}

/** Everything that is wrong with what happened, each with the rule's name; empty where nothing is. */
export function verdicts(logs: readonly (readonly Entry[])[]): readonly string[] {
  return judged(merged(logs), rules());
}

/** The same of one history, by other rules. */
export function judged(history: readonly Observation[], rules: readonly Checker[]): readonly string[] {
  return rules.flatMap((rule) => {
    const during = history.map((each) => rule.observe(each)).filter((text) => text !== undefined);
    return [...during, ...rule.finish()].map((text) => `${rule.name}: ${text}`);
  });
}

export function merged(logs: readonly (readonly Entry[])[]): readonly Observation[] {
  const accepted = new Set<string>();
  const rest = logs.map((log) => ({ log, next: 0 })).filter(({ log }) => log.length > 0);
  const history: Observation[] = [];
  for (;;) {
    const open = rest.filter(({ log, next }) => next < log.length);
    const first = earliest(open.filter((at) => isPossible(current(at), accepted))) ?? earliest(open);
    if (first === undefined) return history;
    const { observation } = current(first);
    if (observation.kind === "accepted") accepted.add(nameOf(observation));
    history.push(observation);
    first.next++;
  }
}

interface Place {
  readonly log: readonly Entry[];
  next: number;
}

function current({ log, next }: Place): Entry {
  return log[next]!;
}

function earliest(places: readonly Place[]): Place | undefined {
  return places.reduce<Place | undefined>(
    (best, place) => (best === undefined || current(place).atMs < current(best).atMs ? place : best),
    undefined,
  );
}

/** Not before its cause. A message that nobody ever accepted comes last, for the rules to find. */
function isPossible({ observation }: Entry, accepted: ReadonlySet<string>): boolean {
  return observation.kind !== "delivered" || accepted.has(nameOf(observation));
}

type Message = Extract<Observation, { readonly kind: "accepted" | "delivered" }>;

function nameOf({ from, to, pair, sequence }: Message): string {
  return `${from} ${to} ${pair} ${sequence}`;
}
