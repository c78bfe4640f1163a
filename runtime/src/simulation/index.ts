// A network, a clock and chance that are made of nothing but a seed: for tests of what runs on them.

export type { LinkQuality } from "./link.ts";
export { Random } from "./random.ts";
export { type Failure, Simulation, type SimulationOptions, type Turns } from "./simulation.ts";
export type { StreamEnd } from "./stream-end.ts";
export type { NetworkWatch, VirtualConnection } from "./virtual-connection.ts";
export { type NetworkOptions, VirtualNetwork } from "./virtual-network.ts";
export type { ProcessClock, VirtualProcess } from "./virtual-process.ts";
