// Starts a child here for a supervisor of another node, and says when it has started.

import type { ActorCell } from "../actors/cell.ts";
import { failed } from "../actors/failure.ts";
import type { ActorSystem, Failed, Lease, Rejected, StopReason } from "../actors/index.ts";
import type { AnyActor } from "../actors/protocol.ts";
import type { RemoteCounters } from "./counters.ts";
import type { SpawnRequest } from "./envelope.ts";

/** What is to be started, and who is told. */
export interface HeldStart extends Pick<SpawnRequest, "name" | "mailboxMessages" | "generation" | "args"> {
  readonly actor: AnyActor;
  started(id: number): void;
  /** It ended before it had started. */
  refuse(outcome: Failed | Rejected): void;
}

/** Undefined where its constructor throws. It has started when its `[started]` is over. */
export function startHeld(
  { system, counters }: { readonly system: ActorSystem; readonly counters: RemoteCounters },
  { actor, args, name, mailboxMessages, generation, started, refuse }: HeldStart,
  lease: Lease,
  ended: (reason: StopReason) => void,
): ActorCell | undefined {
  let cell: ActorCell | undefined;
  let hasStarted = false;
  const tell = (): void => {
    hasStarted = true;
    if (cell !== undefined) started(cell.terms.id);
  };
  try {
    cell = system.start(actor, args as readonly unknown[], {
      name,
      generation,
      lease,
      ...(mailboxMessages !== 0 && { mailboxMessages }),
      onStarted: tell,
      onEnded: (reason) => {
        if (!hasStarted) refuse(refusalOf(reason));
        ended(reason);
      },
    });
  } catch (error) {
    refuse(failed(error));
    return undefined;
  }
  counters.spawned++;
  // It was said before there was anything to say it of.
  if (hasStarted) started(cell.terms.id);
  return cell;
}

function refusalOf(reason: StopReason): Failed | Rejected {
  if (reason.reason === "crashed") return { status: "failed", error: reason.error };
  return { status: "rejected", reason: "stopped", text: "It stopped before it had started." };
}
