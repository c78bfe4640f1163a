// The actors of one process: starts them, gives them turns, and knows them by their ids. What there is beyond the process
// is handed in.
import type { LocalSpawnable } from "./actor.ts";
import type { ActorRef } from "./actor-ref.ts";
import { ActorCell, type CellWorld, type Watcher } from "./cell.ts";
import { CellContext, type ContextWorld, type DownReason, downReason } from "./cell-context.ts";
import { noCluster, noSuchActor, unsupported } from "./cell-outcomes.ts";
import { Deadlines } from "./deadlines.ts";
import { failureOf } from "./failure.ts";
import { type ActorHooks, type StopReason, started } from "./hooks.ts";
import type { ActorHost } from "./host.ts";
import { isPromise } from "./is-promise.ts";
import type { Lease } from "./lease.ts";
import { mailboxMessagesMax } from "./limits.ts";
import type { Logger } from "./logger.ts";
import type { Outcome } from "./outcome.ts";
import { PendingReply } from "./pending-reply.ts";
import { portOf, type RefIdentity } from "./port.ts";
import { type AnyActor, type AnyDefinition, type Construct, type Protocol, protocolOf } from "./protocol.ts";
import { type ActorCounters, type ActorReport, newCounters } from "./report.ts";
import type { RetryClock } from "./retry.ts";
import { type Runner, RunQueue, type Turns } from "./run-queue.ts";
import type { RemoteSpawnOptions, SpawnOptions } from "./spawn-options.ts";
import { accepted, type Told } from "./told.ts";
import type { TransferMode } from "./transfer.ts";

/** What there is beyond this process. */
export interface RemoteActors {
  /** Starts an actor elsewhere, as a child of one here where `parent` is given. */
  spawn(
    definition: AnyDefinition,
    args: readonly unknown[],
    options: RemoteSpawnOptions,
    parent: RefIdentity | undefined,
  ): Promise<Outcome<RefIdentity>>;
  /**
   * Has `tell` called once when the actor is gone, behind its last message to `watcher`, an actor of here, 0 for none.
   * Returns what ends that.
   */
  watch(ref: RefIdentity, tell: (down: DownReason) => void, watcher: number): () => void;
}

export interface ActorSystemOptions {
  readonly host: ActorHost;
  /** Those that can be started by their definition alone, also from other nodes. */
  readonly actors?: readonly AnyActor[];
  /** Default: nobody reads. */
  readonly logger?: Logger;
  /** What becomes of values between actors of this process. Default: `shared`. */
  readonly transfer?: TransferMode;
  /** This node's identity as text, for addresses. */
  readonly node?: string;
  /** Told of everything that is lost or went wrong. Default: the logger is. */
  readonly report?: (report: ActorReport) => void;
  readonly remote?: RemoteActors;
}

/** What is said of an actor that somebody else than a user starts. */
export interface StartTerms extends SpawnOptions {
  readonly parent?: ActorCell;
  /** Default 1. */
  readonly generation?: number;
  /** Default: that of the parent. */
  readonly lease?: Lease;
  /** Called when `[started]` is over, or at once where there is none; not when the actor ends before. */
  readonly onStarted?: () => void;
  /** Called when the actor has ended, children and all; not where its constructor throws. */
  readonly onEnded?: (reason: StopReason) => void;
}

/** A message from elsewhere. */
export interface Delivery {
  readonly actor: number;
  readonly method: number;
  readonly args: readonly unknown[];
  /** What is left of an ask's time. Default: that of the method. */
  readonly deadlineMs?: number;
  /**
   * An ask: called once with its outcome. A tell: called once when it has left the mailbox, `ok` where a handler began
   * with it.
   */
  readonly settled?: (outcome: Outcome<unknown>) => void;
}

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export class ActorSystem implements CellWorld, ContextWorld, Turns {
  readonly host: ActorHost;
  readonly clock: RetryClock;
  readonly deadlines: Deadlines;
  readonly counters: ActorCounters = newCounters();
  /** This node's identity as text, where it has one. Another one when the node is born again. */
  node: string | undefined;
  readonly logger: Logger;
  current: ActorCell | undefined = undefined;
  readonly leave = (): void => {
    this.current = undefined;
  };

  readonly #transfer: TransferMode;
  readonly #onReport: ((report: ActorReport) => void) | undefined;
  readonly #remote: RemoteActors | undefined;
  readonly #queue: RunQueue;
  readonly #bound = new Map<string, AnyActor>();
  readonly #protocols = new Map<AnyDefinition, Protocol>();
  readonly #cells = new Map<number, ActorCell>();
  #lastId = 0;

  constructor(options: ActorSystemOptions) {
    this.host = options.host;
    this.clock = options.host;
    this.deadlines = new Deadlines(options.host);
    this.node = options.node;
    this.logger = options.logger ?? silent;
    this.#transfer = options.transfer ?? "shared";
    this.#onReport = options.report;
    this.#remote = options.remote;
    this.#queue = new RunQueue(options.host, this);
    for (const actor of options.actors ?? []) this.#bound.set(actor.definition.name, actor);
  }

  /** Starts an actor that is nobody's child. Throws what its constructor throws, and where it is bound to no class. */
  spawn<A, Args extends readonly unknown[], Idempotent extends string = never>(
    actor: LocalSpawnable<A, Args, Idempotent>,
    args: NoInfer<Args>,
    options?: SpawnOptions,
  ): ActorRef<A, Idempotent> {
    const cell = this.start(actor, args, options);
    return this.refOf(cell) as ActorRef<A, Idempotent>;
  }

  /** The same for those who have no types of it: supervisors, and what starts actors for other nodes. */
  start(actor: object, args: readonly unknown[], terms: StartTerms = {}): ActorCell {
    const { definition, implementation } = this.#actorOf(actor);
    const protocol = this.#protocolOf(definition);
    const cell = new ActorCell(this, protocol, {
      id: ++this.#lastId,
      name: terms.name,
      parent: terms.parent,
      generation: terms.generation ?? 1,
      mailboxMessages: mailboxMessages(terms.mailboxMessages ?? protocol.mailboxMessages),
      lease: terms.lease ?? terms.parent?.terms.lease,
    });
    this.#enter(cell);
    this.#construct(cell, implementation as unknown as Construct, args, terms.onStarted);
    cell.onEnded = terms.onEnded;
    return cell;
  }

  /** A handle of the actor. */
  refOf(cell: ActorCell): RefIdentity {
    return new cell.protocol.definition.handle(cell);
  }

  /** The actor of that id, as long as it has not ended. */
  find(id: number): ActorCell | undefined {
    return this.#cells.get(id);
  }

  /** Ends an actor after the message that it is at. Fulfilled when it has ended; at once where it is none of here. */
  stop(ref: RefIdentity): Promise<void> {
    const cell = portOf(ref);
    if (!(cell instanceof ActorCell) || cell.world !== this) return Promise.resolve();
    const ended = whenEnded(cell);
    cell.end({ reason: "stopped" });
    return ended;
  }

  /** Ends all actors, the youngest first. Fulfilled when they have. */
  async stopAll(): Promise<void> {
    for (const cell of [...this.#cells.values()].reverse()) {
      if (cell.terms.parent !== undefined || cell.status === "ended") continue;
      const ended = whenEnded(cell);
      cell.end({ reason: "stopped" });
      await ended;
    }
    this.deadlines.stop();
  }

  /** Has `tell` called once when the actor has ended, behind the last message that it sent. Returns what ends that. */
  watch(ref: RefIdentity, tell: (down: DownReason) => void): () => void {
    const cell = portOf(ref);
    if (!(cell instanceof ActorCell) || cell.world !== this) return this.watchRemote(undefined, ref, tell);
    const watcher: Watcher = { down: (_, reason) => tell(downReason(reason)) };
    if (cell.status === "ended") watcher.down(cell, cell.ending!.reason);
    else {
      cell.watchers ??= new Set();
      cell.watchers.add(watcher);
    }
    return () => cell.watchers?.delete(watcher);
  }

  /** Takes a message from elsewhere. Throws nothing for what it says. */
  deliver({ actor, method: index, args, deadlineMs, settled }: Delivery): Told {
    const cell = this.#cells.get(actor);
    const method = cell?.protocol.methods[index];
    if (cell === undefined || method === undefined) {
      settled?.(cell === undefined ? noSuchActor : unsupported);
      if (cell === undefined) this.counters.deadLetters++;
      return accepted;
    }
    if (method.tracked !== undefined && settled === undefined) return cell.tell(index, args);
    const entry = method.tracked ?? method;
    const pending = new PendingReply(cell, entry, args, undefined, deadlineMs ?? method.deadlineMs);
    if (settled !== undefined) pending.onOutcome(settled);
    cell.post(entry, pending);
    return accepted;
  }

  // For the queue.

  begin(): void {
    if (this.deadlines.mayBeDue) this.deadlines.advance();
  }

  before(cell: Runner): void {
    this.current = cell as ActorCell;
  }

  after(): void {
    this.current = undefined;
  }

  // For cells and contexts.

  enqueue(cell: ActorCell): void {
    this.#queue.enqueue(cell);
  }

  report(report: ActorReport): void {
    if (this.#onReport !== undefined) this.#onReport(report);
    else if (report.event === "deadLetter")
      this.logger.debug(report, "a message for an actor that has stopped");
    else this.logger.error(report, `actor: ${report.event}`);
  }

  ended(cell: ActorCell): void {
    this.counters.actors--;
    this.#cells.delete(cell.terms.id);
    (cell.terms.parent?.surroundings as CellContext | undefined)?.removeChild(cell);
  }

  spawnLocal(parent: ActorCell, actor: object, args: readonly unknown[], options: SpawnOptions): RefIdentity {
    return this.refOf(this.start(actor, args, { ...options, parent }));
  }

  async spawnRemote(
    parent: ActorCell,
    actor: object,
    args: readonly unknown[],
    options: RemoteSpawnOptions,
  ): Promise<Outcome<RefIdentity>> {
    if (this.#remote === undefined) return noCluster;
    return this.#remote.spawn(definitionOf(actor), args, options, this.refOf(parent));
  }

  watchRemote(
    watcher: ActorCell | undefined,
    ref: RefIdentity,
    tell: (down: DownReason) => void,
  ): () => void {
    if (this.#remote !== undefined) return this.#remote.watch(ref, tell, watcher?.terms.id ?? 0);
    tell({ reason: "neverExisted" });
    return () => {};
  }

  #actorOf(actor: object): AnyActor {
    if ("implementation" in actor) return actor as AnyActor;
    const { name } = definitionOf(actor);
    const bound = this.#bound.get(name);
    if (bound === undefined) {
      throw new Error(`${name} is bound to no class here: hand its definition's from(Class) to the system`);
    }
    return bound;
  }

  #protocolOf(definition: AnyDefinition): Protocol {
    let protocol = this.#protocols.get(definition);
    if (protocol === undefined) {
      protocol = protocolOf(definition, this.#transfer);
      this.#protocols.set(definition, protocol);
    }
    return protocol;
  }

  #construct(
    cell: ActorCell,
    implementation: Construct,
    args: readonly unknown[],
    onStarted: (() => void) | undefined,
  ): void {
    const hooks = implementation.prototype as ActorHooks;
    const context = new CellContext(cell, this, hooks);
    const { transferArgs } = cell.protocol;
    const own = transferArgs === undefined ? args : (transferArgs(args) as readonly unknown[]);
    const before = this.current;
    this.current = cell;
    try {
      cell.surroundings = context;
      if (hooks[started] !== undefined) cell.postTurn(() => afterwards(context.started(), onStarted));
      cell.actor = new implementation(context, ...own);
    } catch (error) {
      // What it has started before it failed ends with it.
      cell.end({ reason: "crashed", error: failureOf(error) });
      throw error;
    } finally {
      this.current = before;
    }
    if (hooks[started] === undefined) onStarted?.();
  }

  #enter(cell: ActorCell): void {
    const { parent, id } = cell.terms;
    this.#cells.set(id, cell);
    this.counters.actors++;
    this.counters.started++;
    (parent?.surroundings as CellContext | undefined)?.addChild(cell);
  }
}

function definitionOf(actor: object): AnyDefinition {
  return "definition" in actor ? (actor as AnyActor).definition : (actor as AnyDefinition);
}

/** At least one message has to fit. */
function mailboxMessages(asked: number): number {
  return Math.max(1, Math.min(Math.floor(asked), mailboxMessagesMax));
}

function whenEnded(cell: ActorCell): Promise<void> {
  if (cell.status === "ended") return Promise.resolve();
  return new Promise((resolve) => {
    cell.watchers ??= new Set();
    cell.watchers.add({ down: () => resolve() });
  });
}

/** Calls `onStarted` behind a hook that may have promised something. */
function afterwards(result: unknown, onStarted: (() => void) | undefined): unknown {
  if (onStarted === undefined) return result;
  if (isPromise(result)) return result.then(onStarted);
  onStarted();
  return undefined;
}
