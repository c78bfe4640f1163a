// Puts membership on the wire: makes events of what happens to connections and time, and carries effects out.

import {
  type Effect,
  type Event,
  isFinal,
  isReachable,
  isTakingPart,
  keyOf,
  type MemberId,
  type Membership,
  type MembershipMessage,
  membersOf,
  type Place,
  samePlace,
  step,
  type Verdict,
  wakeAtMs,
} from "../membership/index.ts";
import type { Verdict as LaneVerdict, Peer } from "../transport/index.ts";
import type { ClusterHost } from "./cluster-host.ts";
import { type DialAnswer, Dials, type DialsOwner } from "./dials.ts";
import { FullMesh } from "./full-mesh.ts";
import { meshAtOnceMax, timerLongestMs } from "./limits.ts";
import { MemberPeers } from "./member-peers.ts";
import type { PulsePlace } from "./pulse-place.ts";
import { Pulses } from "./pulses.ts";
import { membershipMessages } from "./runtime-types.ts";

/** What concerns nobody here, but the cluster. */
export type Told = Exclude<Effect, { readonly kind: "send" | "dial" | "askPulse" }>;

/** An event to which the driver gives its time. */
export type Untimed = Event extends infer E ? (E extends Event ? Omit<E, "nowMs"> : never) : never;

export interface DriverOwner {
  readonly connect: DialsOwner["connect"];
  /** All of one step, in order. */
  tell(effects: readonly Told[]): void;
  /** Something that was asked for in the middle of another step could not be done. */
  failed(error: unknown): void;
}

export interface DriverCounters {
  notConnected: number;
  notSent: number;
  fromObservers: number;
}

export class MemberDriver {
  readonly state: Membership;
  readonly peers = new MemberPeers();
  readonly dials: Dials;
  readonly counters: DriverCounters = { notConnected: 0, notSent: 0, fromObservers: 0 };

  readonly #host: ClusterHost;
  readonly #owner: DriverOwner;
  readonly #mesh: FullMesh;
  readonly #pulses: Pulses;
  /** Members that membership has given up, to be dialled, whose connection has not broken: it will, or bring something. */
  readonly #doubted = new Map<string, { readonly id: MemberId; readonly sinceMs: number }>();
  readonly #waiting: Untimed[] = [];
  #isStepping = false;
  #isOver = false;
  #meshIsStale = true;
  /** Not before this: who is told of thousands of members would look for them thousands of times. */
  #meshAtMs = 0;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => {};

  constructor(host: ClusterHost, state: Membership, owner: DriverOwner) {
    this.#host = host;
    this.state = state;
    this.#owner = owner;
    this.#mesh = new FullMesh({ profile: state.profile, random: () => host.random() });
    this.#pulses = new Pulses(host.pulse, {
      placed: () => {
        for (const peer of this.peers.all) this.#pulses.introduce(peer);
      },
      answered: (from, lagMs) => this.give({ kind: "pulsed", from, lagMs }),
      stalled: (lagMs) => this.give({ kind: "stalled", lagMs }),
    });
    const driver = this;
    this.dials = new Dials({
      get self() {
        return driver.state.self.id;
      },
      connect: (place) => owner.connect(place),
      answered: (answer) => this.#answered(answer),
    });
  }

  /**
   * Something happened. In the middle of a step it waits until that has been carried out.
   * Throws what `step` throws, for this event.
   */
  give(event: Untimed): void {
    if (this.#isStepping) {
      this.#waiting.push(event);
      return;
    }
    this.#isStepping = true;
    try {
      this.#step(event);
    } finally {
      this.#catchUp();
      this.#isStepping = false;
      this.#plan();
    }
  }

  /** Nothing is done any more. */
  stop(): void {
    this.#isOver = true;
    this.#cancelTimer();
    this.#timerAtMs = Number.POSITIVE_INFINITY;
  }

  /** A connection is there. */
  peerUp(peer: Peer): void {
    if (this.peers.enter(peer) !== "member") return;
    this.#pulses.introduce(peer);
    this.#meshIsStale = true;
    this.give({ kind: "reached", peer: peer.node });
  }

  /** It is over. */
  peerOver(peer: Peer): void {
    if (!this.peers.remove(peer)) return;
    this.#mesh.lost(peer.node, this.#host.now());
    this.#meshIsStale = true;
    this.#undoubt(peer.node, "unreachable");
    this.#plan();
  }

  /** A lane broke and was dialled again. */
  verdict(peer: Peer, verdict: LaneVerdict): void {
    if (!this.peers.has(peer)) return;
    if (verdict === "reopened") {
      this.#doubted.delete(keyOf(peer.node));
      this.#pulses.introduce(peer);
      return this.give({ kind: "reached", peer: peer.node });
    }
    const evidence = isEvidence(peer, verdict) ? verdict : "unreachable";
    this.#doubted.delete(keyOf(peer.node));
    this.give({ kind: "dialFailed", about: peer.node, verdict: evidence });
  }

  received(message: MembershipMessage, peer: Peer): void {
    if (this.peers.has(peer)) this.give({ kind: "received", from: peer.node, message });
    else this.counters.fromObservers++;
  }

  /** A peer says where its pulse answers. */
  pulseAt(place: PulsePlace, peer: Peer): void {
    if (this.peers.has(peer)) this.#pulses.learn(peer.node, place);
    else this.counters.fromObservers++;
  }

  /** All connections belong to an instance that is over. */
  forgetPeers(): void {
    this.peers.clear();
    for (const { id } of [...this.#doubted.values()]) this.#undoubt(id, "unreachable");
    this.#meshIsStale = true;
  }

  #step(event: Untimed): void {
    if (this.#isOver) return;
    const effects = step(this.state, { ...event, nowMs: this.#host.now() } as Event);
    const told: Told[] = [];
    for (const effect of effects) {
      if (effect.kind === "send") this.#send(effect.to, effect.message);
      else if (effect.kind === "dial") this.#dial(effect.place, effect.about);
      else if (effect.kind === "askPulse") this.#pulses.ask(effect.of);
      else {
        if (effect.kind === "statusChanged") this.#statusChanged(effect);
        told.push(effect);
      }
    }
    if (told.length > 0) this.#owner.tell(told);
  }

  #statusChanged({ member, status }: Effect & { readonly kind: "statusChanged" }): void {
    this.#meshIsStale = true;
    if (isFinal(status)) this.#pulses.forget(member);
  }

  #catchUp(): void {
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      try {
        this.#step(event);
      } catch (error) {
        this.#owner.failed(error);
      }
    }
    this.#connectAll();
  }

  /** What is lost here is told again, or asked for again, like everything that membership sends. */
  #send(to: MemberId, message: MembershipMessage): void {
    const outcome = this.peers.of(to)?.sendControl(membershipMessages, message);
    if (outcome?.status === "accepted") return;
    const hadNoLane =
      outcome === undefined || outcome.reason === "disconnected" || outcome.reason === "closed";
    if (hadNoLane) this.counters.notConnected++;
    else this.counters.notSent++;
  }

  #dial(place: Place, about: MemberId | undefined): void {
    const connected = about && this.peers.of(about);
    if (about === undefined || connected === undefined) return this.dials.dial(place, about);
    // Its connection has not broken yet: the transport's pings decide whether it is dead, and dial anew.
    this.#doubted.set(keyOf(about), { id: about, sinceMs: this.#host.now() });
  }

  #answered(answer: DialAnswer): void {
    if (answer.kind === "dialFailed") this.#mesh.answered(answer.about, this.#host.now());
    if (answer.kind !== "reached") return this.give(answer);
    this.#mesh.answered(answer.peer, this.#host.now());
    // Somebody who is no member, or is not there any more.
    if (this.peers.of(answer.peer) !== undefined) this.give(answer);
    else this.give({ kind: "dialFailed", about: answer.peer, verdict: "unreachable" });
  }

  #undoubt(id: MemberId, verdict: Verdict): void {
    if (this.#doubted.delete(keyOf(id))) this.give({ kind: "dialFailed", about: id, verdict });
  }

  /** Signs of life are collected, and told before anybody is accused. */
  #hear(): void {
    for (const { from, atMs } of this.peers.heard(this.state.profile.probeIntervalMs / 10)) {
      const doubt = this.#doubted.get(keyOf(from));
      if (doubt !== undefined && atMs > doubt.sinceMs) {
        this.#doubted.delete(keyOf(from));
        this.give({ kind: "reached", peer: from, dialled: { host: from.host, port: from.port } });
      } else this.give({ kind: "heard", from, atMs });
    }
  }

  #connectAll(): void {
    if (this.#isOver || !isTakingPart(this.state)) return;
    const nowMs = this.#host.now();
    if (this.#meshIsStale && nowMs >= this.#meshAtMs) {
      this.#meshIsStale = false;
      const missing = this.#missing();
      this.#mesh.update(this.state.self.id, missing, nowMs);
      const { gossipIntervalMs } = this.state.profile;
      const waitMs = missing.length > meshAtOnceMax ? Math.max(gossipIntervalMs, missing.length / 4) : 0;
      this.#meshAtMs = nowMs + waitMs;
    }
    for (const id of this.#mesh.due(nowMs)) this.dials.dial({ host: id.host, port: id.port }, id);
  }

  #missing(): MemberId[] {
    return membersOf(this.state)
      .filter(({ isSelf, status, id }) => !isSelf && id.port !== 0 && isReachable(status))
      .filter(({ id }) => this.peers.of(id) === undefined)
      .map(({ id }) => id);
  }

  #woke(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    this.#hear();
    this.give({ kind: "woke" });
  }

  /** One timer for everything; one that comes too early finds nothing to do. */
  #plan(): void {
    if (this.#isOver || this.#isStepping) return;
    const nowMs = this.#host.now();
    const doubtsAtMs =
      this.#doubted.size > 0 ? nowMs + this.state.profile.probeIntervalMs : Number.POSITIVE_INFINITY;
    const meshAtMs = this.#meshIsStale ? Math.max(nowMs, this.#meshAtMs) : this.#mesh.nextAtMs;
    const atMs = Math.min(
      wakeAtMs(this.state),
      isTakingPart(this.state) ? meshAtMs : Number.POSITIVE_INFINITY,
      doubtsAtMs,
      nowMs + timerLongestMs,
    );
    if (this.#timerAtMs <= atMs) return;
    this.#cancelTimer();
    this.#timerAtMs = atMs;
    this.#cancelTimer = this.#host.setTimer(Math.max(0, atMs - nowMs), () => this.#woke());
  }
}

/**
 * Who cannot be dialled was only waited for; and an address that had led to it, of a proxy perhaps, says nothing of itself.
 * That another instance answers in its place is said by that instance.
 */
function isEvidence({ node, address }: Peer, verdict: LaneVerdict): boolean {
  return verdict === "replaced" || (node.port !== 0 && samePlace(node, address));
}
