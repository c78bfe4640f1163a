// What happened, as messages say it.

import type { ClusterEvent } from "../cluster-event.ts";
import type { EventReport } from "./messages.ts";

/** Undefined for a snapshot: members are asked for. */
export function eventReport(event: ClusterEvent, nowMs: number): EventReport | undefined {
  const msAgo = Math.round(nowMs - event.atMs);
  switch (event.kind) {
    case "members":
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
    case "left":
      return { kind: "left", msAgo };
    case "missed":
      return { kind: "missed", count: event.count };
    default:
      return event satisfies never;
  }
}
