// Two network namespaces with a cable between them, on Linux and for root alone: there the kernel itself drops packets.
import { spawnSync } from "node:child_process";

const prefix = `hewn${process.pid}`;

function runs(command: string): boolean {
  const [program, ...args] = command.split(" ");
  return spawnSync(program!, args, { stdio: "ignore" }).status === 0;
}

function run(command: string): void {
  const [program, ...args] = command.split(" ");
  const { status, stderr } = spawnSync(program!, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/** Whether there can be namespaces here, and packets dropped in them. */
export function canDropPackets(): boolean {
  const name = `${prefix}probe`;
  if (process.platform !== "linux" || !runs(`ip netns add ${name}`)) return false;
  const works = runs(`ip netns exec ${name} iptables -A INPUT -j DROP`);
  run(`ip netns delete ${name}`);
  return works;
}

export class Cable {
  readonly #names = [`${prefix}a`, `${prefix}b`] as const;
  /** Of the two ends. */
  readonly hosts = ["10.231.17.1", "10.231.17.2"] as const;

  constructor() {
    for (const name of this.#names) run(`ip netns add ${name}`);
    const [one, two] = this.#names;
    run(`ip link add ${one} netns ${one} type veth peer name ${two} netns ${two}`);
    for (const [nth, name] of this.#names.entries()) {
      run(`ip -n ${name} addr add ${this.hosts[nth]}/24 dev ${name}`);
      run(`ip -n ${name} link set ${name} up`);
      run(`ip -n ${name} link set lo up`);
    }
  }

  /** What starts a program at one end. */
  at(end: 0 | 1): readonly string[] {
    return ["ip", "netns", "exec", this.#names[end]];
  }

  /** Every packet that comes to the second end, or that it sends, is gone; nobody is told. */
  drop(chain: "INPUT" | "OUTPUT"): void {
    run(`ip netns exec ${this.#names[1]} iptables -A ${chain} -j DROP`);
  }

  mend(): void {
    run(`ip netns exec ${this.#names[1]} iptables -F`);
  }

  remove(): void {
    for (const name of this.#names) runs(`ip netns delete ${name}`);
  }
}
