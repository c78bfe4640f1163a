// An actor that does what tests hand it as functions, and the system around it. Its protocol is local: functions are no
// wire values.
import type { ActorContext, LocalActorDefinition } from "./actor.ts";
import { defineLocalActor } from "./actor.ts";
import { ActorHandle, type ActorRef } from "./actor-ref.ts";
import { type Signal, type StopReason, signalled, started, stopping } from "./hooks.ts";
import { port } from "./port.ts";
import type { IdempotentReply, Reply } from "./reply.ts";
import type { ActorReport } from "./report.ts";
import type { LocalActorSpecification } from "./specification.ts";
import { ActorSystem, type ActorSystemOptions } from "./system.ts";
import type { Told } from "./told.ts";
import { VirtualHost } from "./virtual-host.testing.ts";

export type Act = (context: ActorContext<Probe>, probe: Probe) => unknown;

export interface Plan {
  readonly construct?: Act;
  readonly started?: Act;
  readonly stopping?: (reason: StopReason, context: ActorContext<Probe>) => unknown;
  readonly signalled?: (signal: Signal, context: ActorContext<Probe>) => unknown;
}

export class Probe {
  readonly context: ActorContext<Probe>;
  readonly plan: Plan;
  constructor(context: ActorContext<Probe>, plan: Plan = {}) {
    this.context = context;
    this.plan = plan;
    plan.construct?.(context, this);
  }
  [started](): Promise<void> {
    return this.plan.started?.(this.context, this) as Promise<void>;
  }
  [stopping](reason: StopReason): Promise<void> {
    return this.plan.stopping?.(reason, this.context) as Promise<void>;
  }
  [signalled](signal: Signal): Promise<void> {
    return this.plan.signalled?.(signal, this.context) as Promise<void>;
  }
  tell(act: Act): void {
    return nothing(act(this.context, this));
  }
  ask(act: Act): unknown {
    return act(this.context, this);
  }
  again(act: Act): unknown {
    return act(this.context, this);
  }
  reject(act: Act): void {
    return nothing(act(this.context, this));
  }
  askReject(act: Act): unknown {
    return act(this.context, this);
  }
  newest(act: Act): void {
    return nothing(act(this.context, this));
  }
}

/** What a handler of a tell returns, which TypeScript lets nobody return. */
function nothing(result: unknown): void {
  return result as undefined;
}

class ProbeHandle extends ActorHandle {
  tell(act: Act): Told {
    return this[port].tell(0, [act]);
  }
  ask(act: Act): Reply<unknown> {
    return this[port].ask(1, [act]);
  }
  again(act: Act): IdempotentReply<unknown> {
    return this[port].ask(2, [act]);
  }
  reject(act: Act): Told {
    return this[port].tell(3, [act]);
  }
  askReject(act: Act): Reply<unknown> {
    return this[port].ask(4, [act]);
  }
  newest(act: Act): Told {
    return this[port].tell(5, [act]);
  }
}

type Args = readonly [act: Act];
const specification: LocalActorSpecification<Probe, "again"> = {
  name: "test/Probe",
  handle: ProbeHandle,
  methods: [
    { name: "tell", kind: "tell", run: (probe: Probe, args: Args) => probe.tell(args[0]) },
    { name: "ask", kind: "ask", run: (probe: Probe, args: Args) => probe.ask(args[0]) },
    { name: "again", kind: "ask", idempotent: true, run: (probe: Probe, args: Args) => probe.again(args[0]) },
    {
      name: "reject",
      kind: "tell",
      overflow: "reject",
      run: (probe: Probe, args: Args) => probe.reject(args[0]),
    },
    {
      name: "askReject",
      kind: "ask",
      overflow: "reject",
      run: (probe: Probe, args: Args) => probe.askReject(args[0]),
    },
    {
      name: "newest",
      kind: "tell",
      overflow: "dropOldest",
      run: (probe: Probe, args: Args) => probe.newest(args[0]),
    },
  ],
};

type ProbeDefinition = LocalActorDefinition<Probe, readonly [plan?: Plan], "again">;
export const ProbeActor: ProbeDefinition = defineLocalActor(specification);
export const ReentrantActor: ProbeDefinition = defineLocalActor({
  ...specification,
  name: "test/Reentrant",
  reentrant: true,
});

export type ProbeRef = ActorRef<Probe, "again">;

export interface TestSystem {
  readonly host: VirtualHost;
  readonly system: ActorSystem;
  readonly reports: ActorReport[];
  readonly spawn: (plan?: Plan, mailboxMessages?: number) => ProbeRef;
}

export function testSystem(options: Partial<ActorSystemOptions> = {}): TestSystem {
  const host = new VirtualHost();
  const reports: ActorReport[] = [];
  const system = new ActorSystem({
    host,
    report: (report) => reports.push(report),
    actors: [ProbeActor.from(Probe), ReentrantActor.from(Probe)],
    ...options,
  });
  const spawn = (plan: Plan = {}, mailboxMessages = 8192): ProbeRef =>
    system.spawn(ProbeActor, [plan], { mailboxMessages });
  return { host, system, reports, spawn };
}

/** A promise and what fulfils it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
