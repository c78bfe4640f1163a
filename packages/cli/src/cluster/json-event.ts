// An event as `--json` prints it.
import type { EventReport } from "@hewn/runtime/node";
import { jsonId, jsonIds } from "./members-view.ts";

type Cause = (EventReport & { readonly kind: "restarting" })["cause"];

function causeOf({ msAgo: _, ...cause }: Cause): object {
  return cause;
}

export function jsonEvent(event: EventReport): object {
  if (event.kind === "missed") return { event: "missed", count: event.count };
  const at = new Date(Date.now() - event.msAgo).toISOString();
  switch (event.kind) {
    case "status": {
      const { member, name, was, status, incarnation, evidence, accusers } = event;
      const claim = { ...(was !== undefined && { was }), status, incarnation, evidence };
      return { event: "status", at, ...jsonId(member), name, ...claim, accusers: jsonIds(accusers) };
    }
    case "metadata":
      return { event: "metadata", at, ...jsonId(event.member), name: event.name };
    case "reborn": {
      const { was, self, evidence, accusers } = event;
      return {
        event: "reborn",
        at,
        ...jsonId(self),
        was: jsonId(was).instance,
        evidence,
        accusers: jsonIds(accusers),
      };
    }
    case "restarting": {
      const { path, children, more, cause, afterMs } = event;
      return {
        event: "restarting",
        at,
        path,
        children,
        ...(more > 0 && { more }),
        afterMs,
        cause: causeOf(cause),
      };
    }
    case "supervisorFailed":
      return {
        event: "supervisorFailed",
        at,
        path: event.path,
        failure: event.failure,
        cause: causeOf(event.cause),
      };
    case "standDown":
    case "left":
      return { event: event.kind, at };
    default:
      return event satisfies never;
  }
}
