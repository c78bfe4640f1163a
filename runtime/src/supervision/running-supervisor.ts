// A supervisor at work: carries out what the state machine wants, on this node and on others.

import { addressOf, type RefIdentity } from "../actors/index.ts";
import type { AnyDefinition } from "../actors/protocol.ts";
import type { ActorChild, ActorNames, RefNamed, SupervisorChild, TreeChild, TreeSpec } from "./child.ts";
import type { ChildPlace } from "./child-place.ts";
import { ChildPlaces } from "./child-places.ts";
import type { ChildEnd, Strategy } from "./child-spec.ts";
import { type SupervisionEvent, type SupervisionHappening, wordsOf } from "./event.ts";
import { NestedStart } from "./nested-start.ts";
import { type ChildStart, type Starter, type SupervisionWorld, startHere } from "./starts.ts";
import {
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
  shutdownMsDefault,
  step,
  wakeAtMs,
} from "./supervisor.ts";

/** What can be seen of a child. */
export interface ChildView {
  readonly name: string;
  /** `waiting`: no node fits. */
  readonly status: ChildStatus | "waiting";
  /** How often it was started. */
  readonly generation: number;
  /** Where it runs, or ran last, as text; undefined for this node. */
  readonly node: string | undefined;
  /** Of an actor that is up, or was. */
  readonly actor: number | undefined;
  readonly lastEnd: ChildEnd | undefined;
  /** Why, and when, it was started again the last time, or is about to be. */
  readonly lastRestart: RestartCause | undefined;
  /** The name of its definition; undefined where it is a supervisor. */
  readonly definition: string | undefined;
  /** Where it is a supervisor: its own, and how it starts them again. */
  readonly children: readonly ChildView[] | undefined;
  readonly strategy: Strategy | undefined;
}

/** What is known of a child beside what the state machine knows. */
interface Entry {
  start: ChildStart | undefined;
  /** The node that it ran on last, as text. */
  node: string | undefined;
  actor: number | undefined;
  /** No node fits: the start that waits. */
  waiting: Start | undefined;
}

type Untimed<E> = E extends unknown ? Omit<E, "nowMs"> : never;
type Happening = Untimed<Event<TreeChild>>;

export class RunningSupervisor<C extends readonly TreeChild[] = readonly TreeChild[]> implements Starter {
  readonly name: string;
  /** Fulfilled when all children were started for the first time, or with what it failed of before. */
  readonly ready: Promise<SupervisorFailure | undefined>;
  /** Fulfilled when it is over and all its children have ended: with what it failed of, or as it was told. */
  readonly over: Promise<SupervisorFailure | undefined>;
  readonly #world: SupervisionWorld;
  readonly #state: Supervisor<TreeChild>;
  readonly #patienceMs: number;
  readonly #entries = new Map<string, Entry>();
  readonly #places: ChildPlaces;
  readonly #listeners = new Set<(event: SupervisionEvent) => void>();
  readonly #endChange: () => void;
  #happenings: Happening[] = [];
  #isStepping = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};
  #isReady: (failure: SupervisorFailure | undefined) => void = () => {};
  #isOver: (failure: SupervisorFailure | undefined) => void = () => {};

  /** Use `supervise`, or that of a cluster. Throws a RangeError where two children have the same name. */
  constructor(world: SupervisionWorld, spec: TreeSpec<C>, places = new ChildPlaces(world.system)) {
    this.name = spec.name ?? "supervisor";
    this.#world = world;
    this.#places = places;
    if (spec.onEvent !== undefined) this.#listeners.add(spec.onEvent);
    this.#patienceMs = world.elsewhere?.patienceMs ?? 0;
    const children = spec.children.map((child) => this.#patient(child));
    this.#state = newSupervisor(
      spec,
      children,
      () => world.system.host.random(),
      (name) => places.generations.get(name) ?? 0,
    );
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.over = new Promise((resolve) => {
      this.#isOver = resolve;
    });
    this.#endChange = world.elsewhere?.onChange(() => this.#tryAgain()) ?? (() => {});
  }

  /** For `supervise`: starts all children. */
  begin(): this {
    this.#happened({ kind: "begun" });
    return this;
  }

  get phase(): Phase {
    return this.#state.phase;
  }

  get strategy(): Strategy {
    return this.#state.strategy;
  }

  /**
   * A handle of a child that leads, at each use, to the start of it that is up. While none is, tells are lost and counted,
   * and asks are `notSent: unreachable`. Sent to others, it is a handle of the start that is up then.
   */
  ref<N extends ActorNames<C> & string>(name: N): RefNamed<C, N>;
  /**
   * The same for a child that was added later, or by its path for one further below: `pool/first`. Throws a TypeError where
   * a child of that name is of another definition.
   */
  ref<R extends RefIdentity>(
    definition: AnyDefinition & { readonly handle: new (to: ChildPlace) => R },
    path: string,
  ): R;
  ref(which: string | AnyDefinition, path?: string): RefIdentity {
    const place = typeof which === "string" ? this.#ownPlace(which) : this.#placeAt(which, path ?? "");
    return new place.definition.handle(place);
  }

  /** Adds a child behind the others, and starts it. Throws a RangeError where its name is taken, or it is over. */
  add(child: TreeChild): void {
    const { phase } = this.#state;
    if (phase !== "starting" && phase !== "running")
      throw new RangeError(`${this.name} takes no children: ${phase}`);
    this.#happened({ kind: "added", spec: this.#patient(child) });
  }

  /** Ends a child, if there is one of that name, and forgets it. */
  remove(name: string): void {
    this.#happened({ kind: "removed", name });
  }

  /** In the order of their starts. */
  children(): readonly ChildView[] {
    return this.#state.children.map(({ spec, status, generation, lastEnd, lastRestart }) => {
      const { start, node, actor, waiting } = this.#entryOf(spec.name);
      const nested = start instanceof NestedStart ? (start.supervisor as RunningSupervisor) : undefined;
      return {
        name: spec.name,
        status: waiting === undefined ? status : "waiting",
        generation,
        node,
        actor,
        lastEnd,
        lastRestart,
        definition: "definition" in spec ? spec.definition.name : undefined,
        children: nested?.children(),
        strategy: nested?.strategy,
      };
    });
  }

  /** How many actors below it, further down too, are on that node or on their way there. */
  readonly actorsOn = (node: string): number => {
    let count = 0;
    for (const { spec, status } of this.#state.children) {
      const { start } = this.#entryOf(spec.name);
      if (status === "down") continue;
      if (start instanceof NestedStart) count += (start.supervisor as RunningSupervisor).actorsOn(node);
      else if (start?.node === node) count++;
    }
    return count;
  };

  /** Has those of these, on that node in this process, end, to be started on another one: its node takes none any more. */
  handOver(node: string): void {
    for (const { spec, status } of this.#state.children) {
      const { start } = this.#entryOf(spec.name);
      if (start instanceof NestedStart) (start.supervisor as RunningSupervisor).handOver(node);
      else if (status === "up" && start?.node === node) start.handOver?.();
    }
  }

  /** Tells everything that happens to this supervisor and those below it. Returns what ends that. */
  on(listener: (event: SupervisionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all children, the last first, each within its time. Fulfilled when they have. */
  async stop(): Promise<void> {
    this.#happened({ kind: "shutdownRequested" });
    await this.over;
  }

  // For starts.

  started(start: Start): void {
    this.#happened({ kind: "started", ...start });
  }

  ended(ends: readonly EndOf[]): void {
    this.#happened({ kind: "ended", ends });
  }

  // Carrying out.

  /** Whatever happens while something is carried out comes after it. */
  #happened(happening: Happening): void {
    if (happening.kind === "added") this.#refuseTaken(happening.spec.name);
    this.#happenings.push(happening);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#happenings.shift(); next !== undefined; next = this.#happenings.shift())
        this.#take(next);
    } finally {
      this.#isStepping = false;
    }
    this.#wake();
  }

  #refuseTaken(name: string): void {
    const isTaken = this.#state.children.some(({ spec }) => spec.name === name);
    if (isTaken) throw new RangeError(`there is a child '${name}' already`);
  }

  #take(happening: Happening): void {
    this.#notice(happening);
    const event = { ...happening, nowMs: this.#world.system.host.now() } as Event<TreeChild>;
    for (const effect of step(this.#state, event)) this.#carryOut(effect);
    if (happening.kind !== "started") this.#forgetLeft();
  }

  /** What becomes of the handles, and what is told. Of a start that is not the latest nothing counts. */
  #notice(happening: Happening): void {
    if (happening.kind === "started") this.#noticeStart(happening);
    else if (happening.kind === "ended") {
      for (const { name, generation, end } of happening.ends) {
        if (!this.#isLatest(name, generation)) continue;
        this.#places.find(name)?.lead(undefined);
        this.#tell({ kind: "childEnded", child: name, generation, end });
      }
    }
  }

  #noticeStart({ name, generation }: Start): void {
    if (!this.#isLatest(name, generation)) return;
    const entry = this.#entryOf(name);
    const ref = entry.start?.ref;
    if (ref !== undefined) {
      entry.actor = addressOf(ref).id;
      this.#ownPlace(name).lead(ref);
    }
    this.#tell({ kind: "childStarted", child: name, generation, node: entry.node });
  }

  #isLatest(name: string, generation: number): boolean {
    return this.#state.children.some((child) => {
      return child.spec.name === name && child.generation === generation && child.status !== "down";
    });
  }

  #carryOut(effect: Effect<TreeChild>): void {
    switch (effect.kind) {
      case "start":
        return this.#start(effect.child.spec, {
          name: effect.child.spec.name,
          generation: effect.generation,
        });
      case "stop":
        return this.#stop(effect.child.spec, effect.generation);
      case "abandon":
        return this.#abandon(effect.child.spec.name, effect.generation);
      case "restarting": {
        const { names, because, afterMs } = effect;
        return this.#tell({
          kind: "restarting",
          children: names,
          because: because.name,
          end: because.end,
          afterMs,
        });
      }
      case "ready":
        this.#isReady(undefined);
        return this.#tell({ kind: "ready" });
      case "failed":
        return this.#end(effect.failure, effect);
      case "stopped":
        return this.#end(undefined, effect);
      default:
        return effect satisfies never;
    }
  }

  #end(failure: SupervisorFailure | undefined, said: SupervisionHappening): void {
    this.#endChange();
    this.#places.end();
    this.#tell(said);
    this.#isReady(failure);
    this.#isOver(failure);
  }

  #start(spec: TreeChild, start: Start): void {
    const entry = this.#entryOf(spec.name);
    entry.waiting = undefined;
    this.#places.generations.set(spec.name, start.generation);
    if ("supervisor" in spec) this.#startNested(spec, start, entry);
    else if (spec.on === undefined) entry.start = startHere(this.#world.system, spec, start, this);
    else this.#startFar(spec, start, entry, true);
  }

  #startNested({ name, supervisor }: SupervisorChild, start: Start, entry: Entry): void {
    const nested = new RunningSupervisor(this.#world, { ...supervisor, name }, this.#places.below(name));
    entry.start = new NestedStart(nested, start, this, (event) => this.#passOn(event));
    nested.begin();
  }

  #startFar(spec: ActorChild, start: Start, entry: Entry, isFirst: boolean): void {
    const begun = this.#world.elsewhere?.start(spec, start, this, entry.node) ?? noCluster;
    if (!("status" in begun)) {
      entry.start = begun;
      entry.node = begun.node;
    } else if (spec.whenNowhere === "escalate" || this.#world.elsewhere === undefined) {
      const error = { name: "NowhereError", message: begun.text };
      this.ended([{ ...start, end: { reason: "crashed", error } }]);
    } else {
      entry.start = undefined;
      entry.waiting = start;
      if (isFirst) this.#tell({ kind: "childWaits", child: spec.name, text: begun.text });
    }
  }

  /** Another node may fit. */
  #tryAgain(): void {
    for (const { spec } of this.#state.children) {
      const entry = this.#entryOf(spec.name);
      if (entry.waiting === undefined || "supervisor" in spec) continue;
      const start = entry.waiting;
      entry.waiting = undefined;
      this.#startFar(spec, start, entry, false);
    }
  }

  #stop(spec: TreeChild, generation: number): void {
    const entry = this.#entryOf(spec.name);
    if (entry.waiting !== undefined) {
      entry.waiting = undefined;
      this.ended([{ name: spec.name, generation, end: { reason: "shutdown" } }]);
    } else entry.start?.stop((spec.shutdownMs ?? shutdownMsDefault) - this.#extraOf(spec));
  }

  #abandon(name: string, generation: number): void {
    this.#entryOf(name).start?.abandon();
    this.#places.find(name)?.lead(undefined);
    this.#tell({ kind: "childAbandoned", child: name, generation });
  }

  /** A child of another node may have to be awaited until nothing of it can run any more. */
  #patient(child: TreeChild): TreeChild {
    if ("supervisor" in child) return { shutdownMs: Number.POSITIVE_INFINITY, ...child };
    return { ...child, shutdownMs: (child.shutdownMs ?? shutdownMsDefault) + this.#extraOf(child) };
  }

  #extraOf(child: TreeChild): number {
    return "on" in child && child.on !== undefined ? this.#patienceMs : 0;
  }

  #entryOf(name: string): Entry {
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      entry = { start: undefined, node: undefined, actor: undefined, waiting: undefined };
      this.#entries.set(name, entry);
    }
    return entry;
  }

  /** Of children that are no longer on the list nothing is kept. */
  #forgetLeft(): void {
    if (this.#entries.size <= this.#state.children.length) return;
    const names = new Set(this.#state.children.map(({ spec }) => spec.name));
    for (const name of this.#entries.keys()) {
      if (names.has(name)) continue;
      this.#entries.delete(name);
      this.#places.delete(name);
    }
  }

  #ownPlace(name: string): ChildPlace {
    const spec = this.#state.children.find((child) => child.spec.name === name)?.spec;
    if (spec === undefined || "supervisor" in spec)
      throw new RangeError(`there is no actor '${name}' below ${this.name}`);
    return this.#places.of(name, spec.definition);
  }

  #placeAt(definition: AnyDefinition, path: string): ChildPlace {
    const names = path.split("/");
    const own = names.pop() ?? "";
    const places = names.reduce((at, name) => at.below(name), this.#places);
    const place = places.of(own, definition);
    if (place.definition.name === definition.name) return place;
    throw new TypeError(`the child '${path}' is a ${place.definition.name}, not a ${definition.name}`);
  }

  #wake(): void {
    const at = wakeAtMs(this.#state);
    if (at === this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = at;
    const { host } = this.#world.system;
    this.#cancelWake =
      at === Number.POSITIVE_INFINITY
        ? () => {}
        : host.setTimer(Math.max(0, at - host.now()), () => this.#woke());
  }

  #woke(): void {
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    this.#happened({ kind: "woke" });
  }

  #tell(happening: SupervisionHappening): void {
    const { host, logger } = this.#world.system;
    const event = { ...happening, atMs: host.now(), path: [this.name] } as SupervisionEvent;
    const [level, text] = wordsOf(event);
    logger[level](event, text);
    this.#give(event);
  }

  #passOn(event: SupervisionEvent): void {
    this.#give({ ...event, path: [this.name, ...event.path] });
  }

  #give(event: SupervisionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const noCluster = { status: "notSent", text: "This process is in no cluster." } as const;
