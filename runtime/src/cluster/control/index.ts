// How a node is asked and commanded from outside: messages, and who answers them.

export { type ControlCounters, ControlServer } from "./control-server.ts";
export { controlReplies, controlRequests } from "./control-types.ts";
export { type ControlledClusterOptions, controlledCluster } from "./controlled-cluster.ts";
export type { ControlledNode } from "./controlled-node.ts";
export { eventReport } from "./event-report.ts";
export { findMember, formatInstance } from "./find-member.ts";
export type { Forest } from "./forest.ts";
export type {
  ControlReply,
  ControlRequest,
  EventReport,
  ForestAnswer,
  ForestReport,
  MemberReport,
  NodeReply,
  RefusedCode,
  RestartReport,
  SupervisedReport,
  SupervisedStatus,
  TrailReport,
} from "./messages.ts";
