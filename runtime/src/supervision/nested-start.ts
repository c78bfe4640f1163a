// A supervisor as the child of another one.

import type { SupervisionEvent } from "./event.ts";
import type { ChildStart, Starter } from "./starts.ts";
import type { Start, SupervisorFailure } from "./supervisor.ts";

/** What is needed of the supervisor below. */
export interface Nested {
  on(listener: (event: SupervisionEvent) => void): () => void;
  begin(): unknown;
  stop(): Promise<void>;
}

export class NestedStart<S extends Nested> implements ChildStart {
  readonly ref = undefined;
  readonly supervisor: S;

  /** @param tell told of everything that happens below */
  constructor(supervisor: S, start: Start, by: Starter, tell: (event: SupervisionEvent) => void) {
    this.supervisor = supervisor;
    supervisor.on((event) => {
      tell(event);
      // What is further below tells of its own start and end.
      if (event.path.length > 1) return;
      if (event.kind === "ready") by.started(start);
      else if (event.kind === "stopped") by.ended([{ ...start, end: { reason: "shutdown" } }]);
      else if (event.kind === "failed") {
        by.ended([{ ...start, end: { reason: "crashed", error: errorOf(event.failure) } }]);
      }
    });
  }

  stop(): void {
    void this.supervisor.stop();
  }

  /** What is below it ends in its own time. */
  abandon(): void {}
}

function errorOf({ reason, child }: SupervisorFailure): { readonly name: string; readonly message: string } {
  const said = reason === "startFailed" ? "could not be started" : "had to be started too often";
  return { name: "SupervisorFailure", message: `The child '${child}' ${said}.` };
}
