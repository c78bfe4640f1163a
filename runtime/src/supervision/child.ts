// What a supervisor is told to start: actors with their arguments, and supervisors below it.

import type { ActorRef, LocalSpawnable, Placement, Port, RefIdentity, Spawnable } from "../actors/index.ts";
import type { AnyDefinition } from "../actors/protocol.ts";
import type { ChildSpec, SupervisorSpec } from "./child-spec.ts";
import type { SupervisionEvent } from "./event.ts";

export interface ChildOptions extends Omit<ChildSpec, "name"> {
  /** How many messages wait at most. Default: what the definition says, else 8192. */
  readonly mailboxMessages?: number;
}

export interface FarChildOptions extends ChildOptions {
  /** Where it is started, and started again: a node's name, or what a cluster gives for the purpose. */
  readonly on: string | Placement;
  /**
   * While no node fits: `wait` until one does, or `escalate`, which counts as a start that failed. Default: `wait`.
   */
  readonly whenNowhere?: "wait" | "escalate";
}

/** An actor below a supervisor. Made by {@link child}. */
export interface ActorChild<N extends string = string, R extends RefIdentity = RefIdentity>
  extends ChildOptions,
    Partial<FarChildOptions> {
  readonly name: N;
  readonly definition: AnyDefinition & { readonly handle: new (to: Port) => R };
  /** The definition, or that with its class. */
  readonly actor: object;
  readonly args: readonly unknown[];
}

/** A supervisor below a supervisor. It is waited for without an end where `shutdownMs` is absent. */
export interface SupervisorChild<N extends string = string> extends ChildSpec {
  readonly name: N;
  readonly supervisor: TreeSpec;
}

export type TreeChild = ActorChild | SupervisorChild;

/** A supervisor with its children, in the order of their starts. */
export interface TreeSpec<C extends readonly TreeChild[] = readonly TreeChild[]> extends SupervisorSpec {
  /** For people. Default: `supervisor`. */
  readonly name?: string;
  readonly children: C;
  /** Told of everything from the beginning; see `on` of what runs. */
  readonly onEvent?: (event: SupervisionEvent) => void;
}

/** The handle of the child of that name. */
export type RefNamed<C extends readonly TreeChild[], N extends string> =
  Extract<C[number], { readonly name: N }> extends ActorChild<N, infer R> ? R : never;

/** The names of the actors among these children. */
export type ActorNames<C extends readonly TreeChild[]> = Extract<
  C[number],
  { readonly definition: unknown }
>["name"];

/** Says how an actor is started in this process, and under which name. */
export function child<
  const N extends string,
  A,
  Args extends readonly unknown[],
  Idempotent extends string = never,
>(
  name: N,
  actor: LocalSpawnable<A, Args, Idempotent>,
  args: NoInfer<Args>,
  options?: ChildOptions,
): ActorChild<N, ActorRef<A, Idempotent>>;
/** Says how an actor is started on some node, and under which name. */
export function child<
  const N extends string,
  A,
  Args extends readonly unknown[],
  Idempotent extends string = never,
>(
  name: N,
  actor: Spawnable<A, Args, Idempotent>,
  args: NoInfer<Args>,
  options: FarChildOptions,
): ActorChild<N, ActorRef<A, Idempotent>>;
export function child<N extends string, A, Args extends readonly unknown[], Idempotent extends string>(
  name: N,
  actor: LocalSpawnable<A, Args, Idempotent>,
  args: Args,
  options: ChildOptions | FarChildOptions = {},
): ActorChild<N, ActorRef<A, Idempotent>> {
  const definition = "definition" in actor ? actor.definition : actor;
  return { ...options, name, definition, actor, args };
}
