// What happened, as messages say it.

import { cutText } from "../../remote/index.ts";
import type { SupervisionEvent } from "../../supervision/index.ts";
import type { ClusterEvent } from "../cluster-event.ts";
import { restartReport } from "./forest.ts";
import { restartedNamesMax, supervisedNameMax, treeDepthMax } from "./limits.ts";
import type { EventReport } from "./messages.ts";

/** Undefined for a snapshot, because members are asked for, and for what the tree shows. */
export function eventReport(event: ClusterEvent, nowMs: number): EventReport | undefined {
  const msAgo = Math.round(nowMs - event.atMs);
  switch (event.kind) {
    case "members":
    case "departing":
      return undefined;
    case "joined": {
      const { id, name, status, incarnation, evidence, accusers } = event.member;
      return { kind: "status", msAgo, member: id, name, status, incarnation, evidence, accusers };
    }
    case "statusChanged": {
      const { member, was, status, incarnation, evidence, accusers } = event;
      const claim = { status, incarnation, evidence, accusers, ...(was !== undefined && { was }) };
      return { kind: "status", msAgo, member: member.id, name: member.name, ...claim };
    }
    case "metadataChanged":
      return { kind: "metadata", msAgo, member: event.member.id, name: event.member.name };
    case "reborn": {
      const { was, self, evidence, accusers } = event;
      return { kind: "reborn", msAgo, was, self, evidence, accusers };
    }
    case "standDown":
      return { kind: "standDown", msAgo };
    case "supervision":
      return supervisionReport(event.event, msAgo, nowMs);
    case "left":
      return { kind: "left", msAgo };
    case "missed":
      return { kind: "missed", count: event.count };
    default:
      return event satisfies never;
  }
}

function supervisionReport(event: SupervisionEvent, msAgo: number, nowMs: number): EventReport | undefined {
  const { atMs } = event;
  const path = event.path.slice(0, treeDepthMax).map(cutName);
  if (event.kind === "restarting") {
    const { children: all, because, end, afterMs } = event;
    const children = all.slice(0, restartedNamesMax).map(cutName);
    const cause = restartReport({ because, end, atMs }, nowMs);
    return { kind: "restarting", msAgo, path, children, more: all.length - children.length, cause, afterMs };
  }
  if (event.kind !== "failed") return undefined;
  const { reason, child: because, end } = event.failure;
  const cause = restartReport({ because, end, atMs }, nowMs);
  return { kind: "supervisorFailed", msAgo, path, failure: reason, cause };
}

function cutName(name: string): string {
  return cutText(name, supervisedNameMax);
}
