// Bad weather over a cluster of real processes: they are killed and started again, stopped, blocked, cut off from all or from
// one other, and leave and come back, several at a time, while all of them write letters to each other. Then it clears up, and
// what all have written down is held against the rules that simulations are held against.
import { setTimeout as sleep } from "node:timers/promises";
import { type Random, seededRandom } from "../bench/codec/random.ts";
import { Fleet, nameOf } from "./fleet.testing.ts";
import { FleetHistories } from "./fleet-histories.testing.ts";

export interface WeatherOptions {
  /** The program, as it was built. */
  readonly file: string;
  readonly size: number;
  readonly lastsMs: number;
  readonly seed: number;
  /** Tells what is done. */
  readonly say?: (text: string) => void;
}

export interface Weather {
  /** What is against a rule. */
  readonly wrong: readonly string[];
  /** How often each of these was done, and how often each status was said. */
  readonly harms: Readonly<Record<string, number>>;
  readonly said: Readonly<Record<string, number>>;
  /** Letters that arrived. */
  readonly letters: number;
  /** How long it took until all saw all again. */
  readonly clearedMs: number;
}

/** So many nodes may be in trouble at a time. */
const harmedMax = 3;
const letterEveryMs = 20;

/** Does something to a node, and undoes it; lasts as long as that takes. */
type Harm = (sky: Sky, node: number) => Promise<void>;

const harms: Readonly<Record<string, Harm>> = {
  kill: async (sky, node) => {
    await sky.kill(node);
    await sleep(sky.random.integer(0, 1500));
    await sky.start(node);
  },
  leave: async (sky, node) => {
    await sky.fleet.process(node).tell({ kind: "leave", name: nameOf(node) });
    await sky.kill(node);
    await sky.start(node);
  },
  restart: async (sky, node) => {
    const times = sky.random.integer(1, 5);
    await sky.fleet.process(node).tell({ kind: "restart", name: nameOf(node), times });
  },
  freeze: async (sky, node) => {
    sky.fleet.process(node).freeze();
    await sleep(sky.random.integer(100, 4000));
    sky.fleet.process(node).thaw();
  },
  block: async (sky, node) => {
    const ms = sky.random.integer(100, 3000);
    await sky.fleet.process(node).tell({ kind: "block", ms });
    await sleep(ms);
  },
  cut: async (sky, node) => {
    await sky.fleet.network.cutOff(node, sky.random.pick(["discard", "hold"]));
    await sleep(sky.random.integer(200, 4000));
    await sky.fleet.network.mend(node);
  },
  "cut pair": async (sky, node) => {
    await sky.fleet.network.cutPair(node, (node + 1) % sky.fleet.size);
    await sleep(sky.random.integer(200, 4000));
    await sky.fleet.network.mend(node);
  },
};

class Sky {
  readonly fleet: Fleet;
  readonly random: Random;
  readonly counts: Record<string, number> = Object.fromEntries(Object.keys(harms).map((name) => [name, 0]));
  readonly #options: WeatherOptions;
  readonly #histories: FleetHistories;
  #harmed = 0;

  constructor(fleet: Fleet, histories: FleetHistories, options: WeatherOptions) {
    this.fleet = fleet;
    this.random = seededRandom(options.seed);
    this.#histories = histories;
    this.#options = options;
  }

  async kill(node: number): Promise<void> {
    await this.fleet.process(node).kill();
    this.#histories.died(node);
    await this.fleet.network.refuse(node, true);
  }

  async start(node: number): Promise<void> {
    await this.fleet.network.refuse(node, false);
    await this.fleet.join(node);
    await this.fleet.process(node).tell({ kind: "write", everyMs: letterEveryMs });
  }

  /** What befalls one node, until the time is over. */
  async over(node: number, untilMs: number): Promise<void> {
    while (performance.now() < untilMs) {
      await sleep(this.random.integer(100, 1500));
      if (this.#harmed >= harmedMax) continue;
      this.#harmed++;
      const name = this.random.pick(Object.keys(harms));
      this.counts[name]!++;
      this.#options.say?.(`${nameOf(node)}: ${name}`);
      await harms[name]!(this, node);
      this.#harmed--;
    }
  }
}

export async function badWeather(options: WeatherOptions): Promise<Weather> {
  const { file, size, lastsMs } = options;
  const histories = new FleetHistories();
  const logFile = (node: number): string => histories.file(node);
  const fleet = await Fleet.start({ file, size, profile: "local", isProxied: true, logFile });
  try {
    const sky = new Sky(fleet, histories, options);
    for (const node of fleet.nodes) await fleet.process(node).tell({ kind: "write", everyMs: letterEveryMs });
    const untilMs = performance.now() + lastsMs;
    await Promise.all(fleet.nodes.map((node) => sky.over(node, untilMs)));
    await fleet.network.heal();
    const clearMs = performance.now();
    await fleet.settled();
    const clearedMs = Math.round(performance.now() - clearMs);
    for (const node of fleet.nodes) await fleet.process(node).tell({ kind: "view", name: nameOf(node) });
    return { ...histories.judge(), harms: sky.counts, clearedMs };
  } finally {
    await fleet.stop();
    histories.remove();
  }
}
