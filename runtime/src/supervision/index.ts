// The rules of supervision as state machines without any I/O: which children are started again, and which of two nodes may
// run one. A host starts and stops, and carries requests and grants.

export {
  type ChildEnd,
  type ChildSpec,
  isNormal,
  type Restart,
  type Strategy,
  type SupervisorSpec,
} from "./child-spec.ts";
export {
  checkLeaseTimes,
  driftMax,
  type Granter,
  type GranterEffect,
  type GranterEvent,
  granterWakeAtMs,
  type Holder,
  type HolderEffect,
  type HolderEvent,
  holderWakeAtMs,
  isHeld,
  type LeaseRequest,
  type LeaseTimes,
  leaseTimes,
  newGranter,
  newHolder,
  stepGranter,
  stepHolder,
} from "./lease.ts";
export {
  type Child,
  type ChildStatus,
  type Effect,
  type EndOf,
  type Event,
  newSupervisor,
  type Phase,
  type Start,
  type Supervisor,
  type SupervisorFailure,
  step,
  wakeAtMs,
} from "./supervisor.ts";
