// What a supervisor tells of its children.

import type { ChildEnd } from "./child-spec.ts";
import type { SupervisorFailure } from "./supervisor.ts";

/** Something that happened below a supervisor; `atMs` is on the clock of its node. */
export type SupervisionEvent = {
  readonly atMs: number;
  /** The names of the supervisors from the one that is asked down to the one that tells. */
  readonly path: readonly string[];
} & (
  | {
      readonly kind: "childStarted";
      readonly child: string;
      readonly generation: number;
      /** The node that it is on, as text; undefined for the supervisor's own. */
      readonly node: string | undefined;
    }
  /** Also where a start failed. */
  | {
      readonly kind: "childEnded";
      readonly child: string;
      readonly generation: number;
      readonly end: ChildEnd;
    }
  | {
      readonly kind: "restarting";
      readonly children: readonly string[];
      /** Whose end is the cause. */
      readonly because: string;
      readonly end: ChildEnd;
      /** The wait before it. */
      readonly afterMs: number;
    }
  /** It did not end in its time, and is awaited no longer: it handles nothing more. */
  | { readonly kind: "childAbandoned"; readonly child: string; readonly generation: number }
  /** No node fits, and it waits for one. */
  | { readonly kind: "childWaits"; readonly child: string; readonly text: string }
  /** All children were started for the first time. */
  | { readonly kind: "ready" }
  /** It has given up: its own supervisor decides, where there is one. */
  | { readonly kind: "failed"; readonly failure: SupervisorFailure }
  | { readonly kind: "stopped" }
);

/** Whether it is worth telling those who do not look at that supervisor: starts and ends may be many, and are as wanted. */
export function isTrouble({ kind }: SupervisionEvent): boolean {
  return kind === "restarting" || kind === "failed" || kind === "childAbandoned" || kind === "childWaits";
}

type Untimed<E> = E extends unknown ? Omit<E, "atMs" | "path"> : never;

/** Before it is said when and where. */
export type SupervisionHappening = Untimed<SupervisionEvent>;

/** As a line for people, with how bad it is. */
export function wordsOf(event: SupervisionEvent): readonly [level: "info" | "warn" | "error", text: string] {
  switch (event.kind) {
    case "childStarted":
      return ["info", `supervisor: started ${event.child}`];
    case "childEnded":
      return ["info", `supervisor: ${event.child} has ended: ${event.end.reason}`];
    case "restarting":
      return ["warn", `supervisor: starts ${event.children.join(", ")} again because of ${event.because}`];
    case "childAbandoned":
      return ["warn", `supervisor: ${event.child} did not end in its time`];
    case "childWaits":
      return ["warn", `supervisor: ${event.child} waits for a node`];
    case "failed":
      return ["error", `supervisor: gave up because of ${event.failure.child}`];
    case "ready":
    case "stopped":
      return ["info", `supervisor: ${event.kind}`];
    default:
      return event satisfies never;
  }
}
