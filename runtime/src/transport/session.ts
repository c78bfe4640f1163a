// The session: what two nodes agree on before the first message, as a state machine without I/O, clock or sockets.
//
//   dialler                                   acceptor
//   hello                              ->
//                                             its owner admits or refuses
//                                      <-     hello, welcome
//   its owner admits or refuses
//   welcome                            ->
//   and, only where the catalogues' digests differ:
//   agreement                          ->
//                                      <-     agreement
//   in any case:
//                                             its owner takes it as the lane, or refuses
//                                      <-     ready
//
// The acceptor says nothing before it has seen a valid hello: whoever merely finds the port learns nothing of it.
// After the last line both know for every type whether it goes through, and in which direction.

import { DecodeError } from "../codec/decode-error.ts";
import { type Catalogue, opinionsOn, type Settlement, settle, settleEqual } from "./catalogue.ts";
import { frameKind } from "./frame.ts";
import type { FrameError } from "./frame-error.ts";
import { type GoAwayCode, goAwayCodeOf, goAwayNumber, goAwaySentence } from "./go-away.ts";
import type { StreamFailure } from "./host.ts";
import {
  catalogueLengthMax,
  frameLengthMax,
  goAwayTextMax,
  helloLengthMax,
  roleLengthMax,
  rolesMax,
} from "./limits.ts";
import {
  decodeAgreement,
  decodeGoAway,
  decodeHello,
  decodeWelcome,
  encodeAgreement,
  encodeGoAway,
  encodeHello,
  encodeWelcome,
} from "./messages.codec.ts";
import type { Hello, LaneName, NodeId, Taken, TypeVersion, Welcome } from "./messages.ts";
import { isHostName, sameNode } from "./node-id.ts";
import { printable } from "./printable.ts";

/** The versions of the protocol that this code speaks. */
export const protocolVersions = { min: 1, max: 1 } as const;

/** "HEWN", in front of the first frame's message: what is no Hewn at all is told from what is broken. */
export const magic: readonly number[] = [0x48, 0x45, 0x57, 0x4e];

export interface SessionConfig {
  readonly node: NodeId;
  readonly catalogue: Catalogue;
  /** A collision-resistant digest of `catalogue.text`. */
  readonly catalogueDigest: string;
  readonly handshakeDeadlineMs: number;
  readonly protocol: { readonly min: number; readonly max: number };
  readonly roles: readonly string[];
  /** What we take: the limits that our welcome names. */
  readonly takes: Takes;
}

/** What a node takes from a peer. */
export type Takes = Pick<
  Welcome,
  "messageLengthMax" | "windowMessages" | "windowBytes" | "assembliesMax" | "assembledBytesMax"
>;

/** What a dialler wants a stream to be. */
export interface Introduction {
  readonly lane: LaneName;
  readonly attempt: number;
  readonly taken: Taken | undefined;
  /** What came of comparing types with one instance of the peer: its list need not come again. */
  readonly compared?: { readonly instance: bigint; readonly settlement: Settlement };
}

export type Phase =
  | "new"
  | "awaitsHello"
  | "awaitsAdmission"
  | "awaitsWelcome"
  | "awaitsAgreement"
  | "awaitsDecision"
  | "awaitsReady"
  | "open"
  | "closed";

/** Changed in place by {@link step}, and by nothing else but for what its owner says. */
export interface Session {
  readonly config: SessionConfig;
  phase: Phase;
  role: "dialler" | "acceptor";
  /** Ours, or what the dialler says. */
  introduction: Introduction | undefined;
  /** The token of the timer that counts; others are stale. */
  timer: number;
  /** The peer's. */
  hello: Hello | undefined;
  welcome: Welcome | undefined;
  /** What holds for the types, once that is known. */
  settlement: Settlement | undefined;
  protocol: number;
  /** What its owner has consumed of the messages since it opened, kept up to date by it: the last frame says so. */
  consumed: number;
}

/** Why a connection ended, and who ended it. */
export type CloseReason =
  | { readonly by: "us"; readonly code: GoAwayCode; readonly text: string }
  /** `unknown`: the peer gave a number that this version does not know. */
  | { readonly by: "peer"; readonly code: GoAwayCode | "unknown"; readonly text: string }
  /** The stream ended without a go-away. `cutOff`: in the middle of a frame. */
  | { readonly by: "network"; readonly code: NetworkEnd; readonly text: string };

/** `silent`: nothing was heard for so long that the stream was given up. */
export type NetworkEnd = "ended" | "cutOff" | "silent" | StreamFailure["code"];

/** What both sides hold once the session is open. */
export interface Opened {
  readonly peer: NodeId;
  readonly protocol: number;
  readonly settlement: Settlement;
  readonly roles: readonly string[];
  /** What the peer takes. */
  readonly takes: Takes;
}

export type Event =
  | { readonly kind: "dialled"; readonly introduction: Introduction }
  | { readonly kind: "accepted" }
  /** The owner's answer to `admit`: this stream shall be the lane. `settlement`: what it holds with this peer already. */
  | { readonly kind: "admitted"; readonly settlement?: Settlement | undefined }
  /** The owner's answer to `confirm`: this stream is the lane. */
  | { readonly kind: "confirmed" }
  /** Or it shall not be. */
  | { readonly kind: "refused"; readonly code: GoAwayCode }
  /** Not for messages of an open session: those go straight to their handlers. */
  | { readonly kind: "frameReceived"; readonly frame: number; readonly body: Uint8Array }
  | { readonly kind: "framingFailed"; readonly error: FrameError }
  | { readonly kind: "timerFired"; readonly token: number }
  /** This side wants to end it. */
  | { readonly kind: "closeRequested"; readonly code: GoAwayCode; readonly text?: string }
  | { readonly kind: "streamEnded"; readonly code: NetworkEnd; readonly text: string };

export type Effect =
  | { readonly kind: "send"; readonly frame: number; readonly body: Uint8Array }
  | { readonly kind: "setTimer"; readonly token: number; readonly afterMs: number }
  | { readonly kind: "clearTimer" }
  /** The longest frame to take from the next header on. */
  | { readonly kind: "limitFrames"; readonly lengthMax: number }
  /** The owner shall say whether this stream may become the lane: `admitted` or `refused` follows. */
  | { readonly kind: "admit"; readonly hello: Hello }
  /** Acceptors only: the dialler has done its part. Whether this stream is the lane: `confirmed` or `refused` follows. */
  | { readonly kind: "confirm" }
  | { readonly kind: "open"; readonly opened: Opened }
  /** The peer's last word: it has consumed so many messages. Comes also behind `close`, where that was ours. */
  | { readonly kind: "consumed"; readonly messages: number }
  /** Send what was to be sent, then end the stream. Comes once. */
  | { readonly kind: "close"; readonly reason: CloseReason };

export function newSession(config: SessionConfig): Session {
  return {
    config,
    phase: "new",
    role: "dialler",
    introduction: undefined,
    timer: 0,
    hello: undefined,
    welcome: undefined,
    settlement: undefined,
    protocol: 0,
    consumed: 0,
  };
}

/** No Hewn writes a first length beyond: it is text, or something else's header. */
const foreignLength = 1 << 24;

/** The limit for the first frame, before any effect has changed it. */
export const firstLengthMax = helloLengthMax;

export function step(session: Session, event: Event): Effect[] {
  if (session.phase === "closed") return lastWord(event);
  switch (event.kind) {
    case "dialled":
      session.introduction = event.introduction;
      return [...begin(session, "dialler"), ownHello(session)];
    case "accepted":
      return begin(session, "acceptor");
    case "admitted":
      return admitted(session, event.settlement);
    case "confirmed":
      return confirmed(session);
    case "refused":
      return refused(session, event.code);
    case "frameReceived":
      return receive(session, event.frame, event.body);
    case "framingFailed":
      return framingFailed(session, event.error);
    case "timerFired":
      return timerFired(session, event.token);
    case "closeRequested":
      return goAway(session, event.code, event.text);
    case "streamEnded":
      return close(session, { by: "network", code: event.code, text: event.text });
    default:
      return event satisfies never;
  }
}

function begin(session: Session, role: "dialler" | "acceptor"): Effect[] {
  session.role = role;
  session.phase = "awaitsHello";
  session.timer++;
  return [{ kind: "setTimer", token: session.timer, afterMs: session.config.handshakeDeadlineMs }];
}

function receive(session: Session, frame: number, body: Uint8Array): Effect[] {
  try {
    if (frame === frameKind.goAway) return wentAway(session, body);
    if (session.phase === "awaitsHello" && frame === frameKind.hello) return helloReceived(session, body);
    if (session.phase === "awaitsWelcome" && frame === frameKind.welcome)
      return welcomeReceived(session, body);
    if (session.phase === "awaitsAgreement" && frame === frameKind.agreement) {
      return agreementReceived(session, body);
    }
    if (session.phase === "awaitsReady" && frame === frameKind.ready) return open(session);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return goAway(session, "malformed", error.message);
  }
  // The very first frame has the right length by chance: better said as what it most likely is.
  if (session.phase === "awaitsHello") return goAway(session, "notHewn");
  return goAway(session, "unexpectedFrame", `a frame of kind ${frame} where the session ${session.phase}`);
}

function helloReceived(session: Session, body: Uint8Array): Effect[] {
  if (!magic.every((byte, index) => body[index] === byte)) return goAway(session, "notHewn");
  const hello = decodeHello(body.subarray(magic.length));
  if (!isHostName(hello.node.host)) {
    return goAway(session, "malformed", `the node's host is no host name: '${printable(hello.node.host)}'`);
  }
  const { min, max } = session.config.protocol;
  const protocol = Math.min(max, hello.protocolMax);
  if (protocol < Math.max(min, hello.protocolMin)) {
    const theirs = `${hello.protocolMin} to ${hello.protocolMax}`;
    return goAway(session, "versionUnsupported", `we speak ${min} to ${max}, the peer ${theirs}`);
  }
  if (sameNode(hello.node, session.config.node)) return goAway(session, "selfConnect");
  const wrong = introductionFault(session, hello);
  if (wrong !== undefined) return goAway(session, "malformed", wrong);
  session.hello = hello;
  session.protocol = protocol;
  const limit: Effect = { kind: "limitFrames", lengthMax: catalogueLengthMax };
  if (session.role === "dialler") {
    session.phase = "awaitsWelcome";
    return [limit];
  }
  session.phase = "awaitsAdmission";
  session.introduction = { lane: hello.lane, attempt: hello.attempt, taken: hello.taken };
  return [limit, { kind: "admit", hello }];
}

function introductionFault({ role, introduction }: Session, hello: Hello): string | undefined {
  const { roles, lane, attempt } = hello;
  if (roles.length > rolesMax || roles.some((name) => name.length > roleLengthMax)) {
    return `more than ${rolesMax} roles, or one of more than ${roleLengthMax} characters`;
  }
  if (role === "acceptor" || introduction === undefined) return undefined;
  const isOurs = lane === introduction.lane && attempt === introduction.attempt;
  return isOurs ? undefined : "the acceptor's hello names another lane or attempt than ours";
}

function admitted(session: Session, known: Settlement | undefined): Effect[] {
  if (session.phase !== "awaitsAdmission") throw new Error("nobody asked whether to admit this stream");
  const { role, config } = session;
  const hello = session.hello!;
  if (digestsAreEqual(session, hello)) session.settlement = settleEqual(config.catalogue);
  else if (role === "acceptor" && hello.compared === config.node.instance) session.settlement = known;
  const welcome = ownWelcome(session);
  if (role === "dialler") return [welcome, ...compared(session)];
  session.phase = "awaitsWelcome";
  return [ownHello(session), welcome];
}

/** Tells the dialler who it is that refuses: it may have come by an address that it did not know to be this node's. */
function refused(session: Session, code: GoAwayCode): Effect[] {
  const isFirst = session.role === "acceptor" && session.phase === "awaitsAdmission";
  const end = goAway(session, code);
  return isFirst ? [ownHello(session), ...end] : end;
}

function welcomeReceived(session: Session, body: Uint8Array): Effect[] {
  const welcome = decodeWelcome(body);
  if (welcome.protocol !== session.protocol) {
    const text = `the peer chose protocol ${welcome.protocol} where ${session.protocol} is the highest in common`;
    return goAway(session, "malformed", text);
  }
  session.welcome = welcome;
  if (session.role === "dialler" && welcome.catalogue === undefined)
    session.settlement = comparedBefore(session);
  const fault = catalogueFault(session, welcome);
  if (fault !== undefined) return goAway(session, "malformed", fault);
  if (session.role === "acceptor") return compared(session);
  session.phase = "awaitsAdmission";
  return [{ kind: "admit", hello: session.hello! }];
}

/** With this very instance, and so with the same types on both sides. */
function comparedBefore({ hello, introduction }: Session): Settlement | undefined {
  const before = introduction?.compared;
  return before?.instance === hello!.node.instance ? before.settlement : undefined;
}

function catalogueFault(session: Session, { catalogue }: Welcome): string | undefined {
  if (digestsAreEqual(session, session.hello!) || session.settlement !== undefined) return undefined;
  if (catalogue === undefined) return "the digests differ, but no catalogue came";
  const twice = firstDuplicate(catalogue);
  return twice === undefined ? undefined : `the catalogue names '${printable(twice)}' twice`;
}

/** Both welcomes are there, and both catalogues where they differ. */
function compared(session: Session): Effect[] {
  if (session.settlement !== undefined) return agreed(session);
  const theirs = session.welcome!.catalogue!;
  session.phase = "awaitsAgreement";
  const ownAgreement = encodeAgreement({ opinions: opinionsOn(session.config.catalogue, theirs) });
  return [{ kind: "send", frame: frameKind.agreement, body: ownAgreement }];
}

function agreementReceived(session: Session, body: Uint8Array): Effect[] {
  const theirs = session.welcome!.catalogue!;
  session.settlement = settle(session.config.catalogue, theirs, decodeAgreement(body));
  return agreed(session);
}

/** Nothing is left to be said but that the acceptor takes the stream. */
function agreed(session: Session): Effect[] {
  session.phase = session.role === "acceptor" ? "awaitsDecision" : "awaitsReady";
  return session.role === "acceptor" ? [{ kind: "confirm" }] : [];
}

function confirmed(session: Session): Effect[] {
  if (session.phase !== "awaitsDecision") throw new Error("nobody asked whether this stream is the lane");
  return [{ kind: "send", frame: frameKind.ready, body: new Uint8Array() }, ...open(session)];
}

function open(session: Session): Effect[] {
  session.phase = "open";
  const opened: Opened = {
    peer: session.hello!.node,
    protocol: session.protocol,
    settlement: session.settlement!,
    roles: session.hello!.roles,
    takes: takesOf(session.welcome!),
  };
  // The peer's catalogue has served its purpose, and may be long.
  session.welcome = undefined;
  return [
    { kind: "clearTimer" },
    { kind: "limitFrames", lengthMax: frameLengthMax },
    { kind: "open", opened },
  ];
}

function takesOf(welcome: Welcome): Takes {
  const { messageLengthMax, windowMessages, windowBytes, assembliesMax, assembledBytesMax } = welcome;
  return { messageLengthMax, windowMessages, windowBytes, assembliesMax, assembledBytesMax };
}

/** Who goes away hears how far the other side has come, and reads nothing else. */
function wentAway(session: Session, body: Uint8Array): Effect[] {
  const { code, text, consumed } = decodeGoAway(body);
  const reason: CloseReason = {
    by: "peer",
    code: goAwayCodeOf(code) ?? "unknown",
    text: printable(text, goAwayTextMax),
  };
  const answer = session.phase === "open" ? [ownGoAway(session, "closing", goAwaySentence("closing"))] : [];
  return [...consumedBy(consumed), ...answer, ...close(session, reason)];
}

/** Of a session that is over only the peer's goodbye is of interest. */
function lastWord(event: Event): Effect[] {
  if (event.kind !== "frameReceived" || event.frame !== frameKind.goAway) return [];
  try {
    return consumedBy(decodeGoAway(event.body).consumed);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return [];
  }
}

function consumedBy(messages: number | undefined): Effect[] {
  return messages === undefined ? [] : [{ kind: "consumed", messages }];
}

function framingFailed(session: Session, error: FrameError): Effect[] {
  // These are the first letters of something else, such as `GET `.
  const foreign = session.phase === "awaitsHello" && (error.length === 0 || error.length > foreignLength);
  return goAway(session, foreign ? "notHewn" : error.code, foreign ? undefined : error.message);
}

function timerFired(session: Session, token: number): Effect[] {
  if (token !== session.timer || session.phase === "open") return [];
  const text = `the handshake was not finished within ${session.config.handshakeDeadlineMs} ms`;
  return goAway(session, "handshakeTimedOut", text);
}

function goAway(session: Session, code: GoAwayCode, reason?: string): Effect[] {
  const text = printable(reason ?? goAwaySentence(code), goAwayTextMax);
  return [ownGoAway(session, code, text), ...close(session, { by: "us", code, text })];
}

function ownGoAway({ phase, consumed }: Session, code: GoAwayCode, text: string): Effect {
  const message = { code: goAwayNumber(code), text };
  const body = encodeGoAway(phase === "open" ? { ...message, consumed } : message);
  return { kind: "send", frame: frameKind.goAway, body };
}

function close(session: Session, reason: CloseReason): Effect[] {
  const timerRuns = session.phase !== "open" && session.phase !== "new";
  session.phase = "closed";
  return timerRuns ? [{ kind: "clearTimer" }, { kind: "close", reason }] : [{ kind: "close", reason }];
}

function ownHello({ config, introduction, role }: Session): Effect {
  const { lane, attempt, taken, compared } = introduction!;
  const hello: Hello = {
    protocolMin: config.protocol.min,
    protocolMax: config.protocol.max,
    node: config.node,
    catalogueDigest: config.catalogueDigest,
    lane,
    attempt,
    roles: config.roles,
  };
  const message = encodeHello({
    ...hello,
    ...(role === "dialler" && taken !== undefined && { taken }),
    ...(role === "dialler" && compared !== undefined && { compared: compared.instance }),
  });
  const body = new Uint8Array(magic.length + message.length);
  body.set(magic);
  body.set(message, magic.length);
  return { kind: "send", frame: frameKind.hello, body };
}

function ownWelcome({ config, protocol, settlement }: Session): Effect {
  const { catalogue, takes } = config;
  const welcome: Welcome = { protocol, ...takes };
  const body = encodeWelcome(
    settlement === undefined ? { ...welcome, catalogue: catalogue.versions } : welcome,
  );
  return { kind: "send", frame: frameKind.welcome, body };
}

function digestsAreEqual(session: Session, hello: Hello): boolean {
  return hello.catalogueDigest === session.config.catalogueDigest;
}

function firstDuplicate(types: readonly TypeVersion[]): string | undefined {
  const seen = new Set<string>();
  for (const { name } of types) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
