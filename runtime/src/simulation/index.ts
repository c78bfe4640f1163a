// A network, a clock and chance that are made of nothing but a seed: for tests of what runs on them.

export { Accounted } from "./checkers/accounted.ts";
export { Bounded } from "./checkers/bounded.ts";
export { Forward } from "./checkers/forward.ts";
export { Grounded } from "./checkers/grounded.ts";
export { Honest } from "./checkers/honest.ts";
export { HonestOutcomes } from "./checkers/honest-outcomes.ts";
export { InOrder } from "./checkers/in-order.ts";
export { LanesReopen } from "./checkers/lanes-reopen.ts";
export { NoAlarm } from "./checkers/no-alarm.ts";
export { NoSilentLoss } from "./checkers/no-silent-loss.ts";
export { OneGeneration } from "./checkers/one-generation.ts";
export { OneNotice } from "./checkers/one-notice.ts";
export { Prompt } from "./checkers/prompt.ts";
export { RightInstance } from "./checkers/right-instance.ts";
export { SameNames } from "./checkers/same-names.ts";
export { SameView } from "./checkers/same-view.ts";
export { SettledDials } from "./checkers/settled-dials.ts";
export { Steady } from "./checkers/steady.ts";
export { Tallied } from "./checkers/tallied.ts";
export { intruderMachine } from "./intruder.ts";
export { simulate } from "./kit/simulate.ts";
export type { SimulateOptions, Simulations } from "./kit/simulate-options.ts";
export type { Simulated } from "./kit/simulated.ts";
export { SimulationError } from "./kit/simulation-error.ts";
export type { LinkQuality } from "./link.ts";
export type { Checker, Observation } from "./observation.ts";
export { type Action, type ActionKind, formatPlan, type Plan, PlanError, parsePlan } from "./plan.ts";
export { Random } from "./random.ts";
export {
  type PlanOptions,
  type PlanProfile,
  type ProfileName,
  profileNames,
  profiles,
  randomPlan,
} from "./random-plan.ts";
export { type RunOptions, type RunResult, runPlan } from "./run-plan.ts";
export { type Shrunk, shrink } from "./shrink.ts";
export { type Failure, Simulation, type SimulationOptions, type Turns } from "./simulation.ts";
export type { StreamEnd } from "./stream-end.ts";
export type { Commands, SendOrder, SimulatedNode, SimulatedSystem } from "./system.ts";
export type { NetworkWatch, VirtualConnection } from "./virtual-connection.ts";
export { type NetworkOptions, VirtualNetwork } from "./virtual-network.ts";
export type { ProcessClock, VirtualProcess } from "./virtual-process.ts";
export { Campaign, type CampaignOptions, type SeedFinding } from "./worker/campaign.ts";
export type { Finding, RunReport } from "./worker/orders.ts";
