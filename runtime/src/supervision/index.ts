// Supervision: which children are started again, and which of two nodes may run one, as state machines without any I/O;
// and supervisors that carry out what these want.

export {
  type ActorChild,
  type ActorNames,
  type ChildOptions,
  child,
  type FarChildOptions,
  type RefNamed,
  type SupervisorChild,
  type TreeChild,
  type TreeSpec,
} from "./child.ts";
export {
  type ChildEnd,
  type ChildSpec,
  isNormal,
  type Restart,
  type Strategy,
  type SupervisorSpec,
} from "./child-spec.ts";
export { countEvent, newSupervisionCounters, type SupervisionCounters } from "./counters.ts";
export { isTrouble, type SupervisionEvent } from "./event.ts";
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
export { LeaseMemory, LocalWord, localLeaseMemory, type NewLeaseMemory, type Word } from "./lease-memory.ts";
export { type ChildView, RunningSupervisor } from "./running-supervisor.ts";
export {
  type ChildStart,
  crashOf,
  type Elsewhere,
  endOf,
  handOverPatienceMs,
  type Starter,
  type SupervisionWorld,
  startHere,
} from "./starts.ts";
export { supervise } from "./supervise.ts";
export {
  type Child,
  type ChildStatus,
  type Effect,
  type EndOf,
  type Event,
  newSupervisor,
  type Phase,
  type RestartCause,
  type Start,
  type Supervisor,
  type SupervisorFailure,
  step,
  wakeAtMs,
} from "./supervisor.ts";
