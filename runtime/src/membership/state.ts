// All that membership keeps. Sockets, timers, clocks and chance are its host's; it is changed by step.ts alone, and by
// the files that step.ts hands it to.

import { metadataFault } from "./admission.ts";
import { type Counters, newCounters } from "./counters.ts";
import { newQueue, type Queue } from "./dissemination.ts";
import type { Effect, Metadata } from "./event.ts";
import { seedsMax } from "./limits.ts";
import type { LocalHealth } from "./local-health.ts";
import type { Member } from "./member.ts";
import { keyOf, type Place, samePlace } from "./member-id.ts";
import type { MemberId, MemberMetadata } from "./messages.ts";
import type { Policy } from "./policy.ts";
import { newProbeOrder, type ProbeOrder } from "./probe-order.ts";
import { checkProfile, type Profile, profiles } from "./profile.ts";
import { newTable, type Table } from "./table.ts";

/** What a host gives a node's membership. */
export interface Options {
  /** Under which others reach it; the instance random. */
  readonly self: MemberId;
  readonly metadata: Metadata;
  /** Any members of the cluster, in any order, this node among them or not; up to `seedsMax`. */
  readonly seeds: readonly Place[];
  /** In [0, 1). */
  readonly random: () => number;
  /** `lan`. */
  readonly profile?: Profile;
  /** `none`. */
  readonly policy?: Policy;
  /** What a refused dial proves: the death of the member (`connection`, the default), or nothing (`lease`). */
  readonly deathEvidence?: "connection" | "lease";
  /** On; off to measure what it is worth. */
  readonly localHealth?: boolean;
}

/** This node, as it speaks of itself. */
export interface Self {
  readonly id: MemberId;
  readonly key: string;
  incarnation: number;
  status: "alive" | "left";
  metadata: MemberMetadata;
}

/** The probe under way: one at a time. */
export interface Round {
  readonly target: Member;
  readonly number: number;
  readonly startedAtMs: number;
  /** When others are asked. */
  timeoutAtMs: number;
  endsAtMs: number;
  /** How much longer it may still become, where this node does not run in time. */
  graceMs: number;
  isIndirect: boolean;
  /** When its target's pulse is asked next. */
  nextPulseAtMs: number;
  readonly asked: Set<string>;
  readonly nacked: Set<string>;
}

/** A probe on behalf of another. */
export interface Relay {
  readonly asker: MemberId;
  /** As the asker numbers it. */
  readonly number: number;
  readonly target: string;
  readonly endsAtMs: number;
}

/** An address to join by. */
export interface Seed {
  readonly place: Place;
  /** Who answered there last. */
  key: string | undefined;
  dials: number;
  dialAtMs: number;
}

/** A node that was declared dead says nothing until it is another instance. */
export interface Fence {
  readonly rebirthAtMs: number;
  readonly effect: Effect & { readonly kind: "rebirth" };
  isAsked: boolean;
}

/** Opaque to hosts. */
export interface Membership {
  readonly profile: Profile;
  readonly policy: Policy;
  readonly random: () => number;
  readonly trustsRefusals: boolean;
  self: Self;
  readonly table: Table;
  readonly queue: Queue;
  readonly order: ProbeOrder;
  readonly health: LocalHealth;
  readonly counters: Counters;
  readonly relays: Map<number, Relay>;
  seeds: Seed[];
  round: Round | undefined;
  /** The last number given to a probe. */
  number: number;
  nextProbeAtMs: number;
  nextGossipAtMs: number;
  nextSyncAtMs: number;
  nextRedialAtMs: number;
  /** Not before this, whoever is to be dialled. */
  redialsFromMs: number;
  nextExpiryAtMs: number;
  nextPolicyAtMs: number;
  /** When it was to be woken, as it last said. */
  promisedMs: number;
  nextPulseAtMs: number;
  mutedUntilMs: number;
  /** When it was last found to have stood still. */
  excusedAtMs: number;
  viewChangedAtMs: number;
  stoodDown: boolean;
  fence: Fence | undefined;
  rebornAtMs: number | undefined;
  rebirthWaitMs: number;
  leftAtMs: number | undefined;
  /** Nothing happens before the start and after the end. */
  phase: "new" | "running" | "over";
  /** Of the step that runs. */
  effects: Effect[];
}

/** Throws a RangeError that says which option is out of bounds. */
export function newMembership(options: Options): Membership {
  const profile = options.profile ?? profiles.lan;
  checkProfile(profile);
  const { self, random } = options;
  return {
    profile,
    policy: options.policy ?? { kind: "none" },
    random,
    trustsRefusals: options.deathEvidence !== "lease",
    self: newSelf(self, options.metadata),
    table: newTable(),
    queue: newQueue(),
    order: newProbeOrder(),
    health: { score: 0, enabled: options.localHealth ?? true },
    counters: newCounters(),
    relays: new Map(),
    seeds: seedsOf(options.seeds, self),
    round: undefined,
    number: 0,
    nextProbeAtMs: 0,
    nextGossipAtMs: 0,
    nextSyncAtMs: 0,
    nextRedialAtMs: Infinity,
    redialsFromMs: 0,
    nextExpiryAtMs: 0,
    nextPolicyAtMs: Infinity,
    promisedMs: Infinity,
    nextPulseAtMs: 0,
    mutedUntilMs: 0,
    excusedAtMs: Number.NEGATIVE_INFINITY,
    viewChangedAtMs: 0,
    stoodDown: false,
    fence: undefined,
    rebornAtMs: undefined,
    rebirthWaitMs: 0,
    leftAtMs: undefined,
    phase: "new",
    effects: [],
  };
}

/** A fresh instance: nothing has been said of it. Throws a RangeError where its metadata is out of bounds. */
export function newSelf(id: MemberId, metadata: Metadata, revision = 1): Self {
  const whole = { ...metadata, revision };
  const fault = metadataFault(whole);
  if (fault !== undefined) throw new RangeError(`metadata: ${fault}`);
  return { id, key: keyOf(id), incarnation: 0, status: "alive", metadata: whole };
}

/** Without this node's own address and without doubles. */
export function seedsOf(places: readonly Place[], self: MemberId): Seed[] {
  const seeds: Seed[] = [];
  for (const place of places) {
    if (samePlace(place, self) || seeds.some((seed) => samePlace(seed.place, place))) continue;
    if (seeds.length === seedsMax) throw new RangeError(`more than ${seedsMax} seeds`);
    seeds.push({ place, key: undefined, dials: 0, dialAtMs: 0 });
  }
  return seeds;
}
