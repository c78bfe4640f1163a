// The session: what two nodes agree on before the first message, as a state machine without I/O, clock or sockets.
//
//   dialler                                   acceptor
//   hello                              ->
//                                      <-     hello, welcome
//   welcome                            ->
//   and, only where the catalogues' digests differ:
//   agreement                          ->
//                                      <-     agreement
//
// The acceptor says nothing before it has seen a valid hello: whoever merely finds the port learns nothing of it.
// After the last line both know for every type whether it goes through, and in which direction.

import { DecodeError } from "../codec/decode-error.ts";
import { type Catalogue, opinionsOn, type Settlement, settle, settleEqual } from "./catalogue.ts";
import { frameKind } from "./frame.ts";
import type { FrameError } from "./frame-error.ts";
import { type GoAwayCode, goAwayCodeOf, goAwayNumber, goAwaySentence } from "./go-away.ts";
import { catalogueLengthMax, frameLengthMax, goAwayTextMax, helloLengthMax } from "./limits.ts";
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
import type { Hello, NodeId, TypeVersion, Welcome } from "./messages.ts";
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
  /** The longest frame we take once open; at most {@link frameLengthMax}. */
  readonly frameLengthMax: number;
  readonly protocol: { readonly min: number; readonly max: number };
}

export type Phase = "new" | "awaitsHello" | "awaitsWelcome" | "awaitsAgreement" | "open" | "closed";

/** Changed in place by {@link step} and by nothing else. */
export interface Session {
  readonly config: SessionConfig;
  phase: Phase;
  role: "dialler" | "acceptor";
  /** The token of the timer that counts; others are stale. */
  timer: number;
  hello: Hello | undefined;
  welcome: Welcome | undefined;
  protocol: number;
}

/** Why a connection ended, and who ended it. */
export type CloseReason =
  | { readonly by: "us"; readonly code: GoAwayCode; readonly text: string }
  /** `unknown`: the peer gave a number that this version does not know. */
  | { readonly by: "peer"; readonly code: GoAwayCode | "unknown"; readonly text: string }
  /** The stream ended without a go-away. `cutOff`: in the middle of a frame. */
  | { readonly by: "network"; readonly code: "ended" | "cutOff" | "failed"; readonly text: string };

/** What both sides hold once the session is open. */
export interface Opened {
  readonly peer: NodeId;
  readonly protocol: number;
  readonly settlement: Settlement;
  /** The longest frame that the peer takes. */
  readonly peerFrameLengthMax: number;
}

export type Event =
  | { readonly kind: "dialled" }
  | { readonly kind: "accepted" }
  /** Not for messages of an open session: those go straight to their handlers. */
  | { readonly kind: "frameReceived"; readonly frame: number; readonly body: Uint8Array }
  | { readonly kind: "framingFailed"; readonly error: FrameError }
  | { readonly kind: "timerFired"; readonly token: number }
  /** This side wants to end it. */
  | { readonly kind: "closeRequested"; readonly code: GoAwayCode; readonly text?: string }
  | { readonly kind: "streamEnded"; readonly code: "ended" | "cutOff" | "failed"; readonly text: string };

export type Effect =
  | { readonly kind: "send"; readonly frame: number; readonly body: Uint8Array }
  | { readonly kind: "setTimer"; readonly token: number; readonly afterMs: number }
  | { readonly kind: "clearTimer" }
  /** The longest frame to take from the next header on. */
  | { readonly kind: "limitFrames"; readonly lengthMax: number }
  | { readonly kind: "open"; readonly opened: Opened }
  /** Send what was to be sent, then end the stream. Comes once, and last. */
  | { readonly kind: "close"; readonly reason: CloseReason };

export function newSession(config: SessionConfig): Session {
  return {
    config,
    phase: "new",
    role: "dialler",
    timer: 0,
    hello: undefined,
    welcome: undefined,
    protocol: 0,
  };
}

/** The limit for the first frame, before any effect has changed it. */
export const firstLengthMax = helloLengthMax;

export function step(session: Session, event: Event): Effect[] {
  if (session.phase === "closed") return [];
  switch (event.kind) {
    case "dialled":
      return begin(session, "dialler");
    case "accepted":
      return begin(session, "acceptor");
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
  const timer: Effect = {
    kind: "setTimer",
    token: session.timer,
    afterMs: session.config.handshakeDeadlineMs,
  };
  return role === "dialler" ? [timer, ownHello(session)] : [timer];
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
  session.hello = hello;
  session.protocol = protocol;
  session.phase = "awaitsWelcome";
  const limit: Effect = { kind: "limitFrames", lengthMax: catalogueLengthMax };
  const welcome = ownWelcome(session, hello);
  return session.role === "acceptor" ? [limit, ownHello(session), welcome] : [limit, welcome];
}

function welcomeReceived(session: Session, body: Uint8Array): Effect[] {
  const welcome = decodeWelcome(body);
  if (welcome.protocol !== session.protocol) {
    const text = `the peer chose protocol ${welcome.protocol} where ${session.protocol} is the highest in common`;
    return goAway(session, "malformed", text);
  }
  session.welcome = welcome;
  if (digestsAreEqual(session, session.hello!)) return open(session, settleEqual(session.config.catalogue));
  const theirs = welcome.catalogue;
  if (theirs === undefined) return goAway(session, "malformed", "the digests differ, but no catalogue came");
  const twice = firstDuplicate(theirs);
  if (twice !== undefined) {
    return goAway(session, "malformed", `the catalogue names '${printable(twice)}' twice`);
  }
  session.phase = "awaitsAgreement";
  const ownAgreement = encodeAgreement({ opinions: opinionsOn(session.config.catalogue, theirs) });
  return [{ kind: "send", frame: frameKind.agreement, body: ownAgreement }];
}

function agreementReceived(session: Session, body: Uint8Array): Effect[] {
  const theirs = session.welcome!.catalogue!;
  return open(session, settle(session.config.catalogue, theirs, decodeAgreement(body)));
}

function open(session: Session, settlement: Settlement): Effect[] {
  session.phase = "open";
  const opened: Opened = {
    peer: session.hello!.node,
    protocol: session.protocol,
    settlement,
    peerFrameLengthMax: session.welcome!.frameLengthMax,
  };
  return [
    { kind: "clearTimer" },
    { kind: "limitFrames", lengthMax: session.config.frameLengthMax },
    { kind: "open", opened },
  ];
}

function wentAway(session: Session, body: Uint8Array): Effect[] {
  const { code, text } = decodeGoAway(body);
  return close(session, {
    by: "peer",
    code: goAwayCodeOf(code) ?? "unknown",
    text: printable(text, goAwayTextMax),
  });
}

function framingFailed(session: Session, error: FrameError): Effect[] {
  // No Hewn ever writes such a length: these are the first letters of something else, such as `GET `.
  const foreign = session.phase === "awaitsHello" && (error.length === 0 || error.length > frameLengthMax);
  return goAway(session, foreign ? "notHewn" : error.code, foreign ? undefined : error.message);
}

function timerFired(session: Session, token: number): Effect[] {
  if (token !== session.timer || session.phase === "open") return [];
  const text = `the handshake was not finished within ${session.config.handshakeDeadlineMs} ms`;
  return goAway(session, "handshakeTimedOut", text);
}

function goAway(session: Session, code: GoAwayCode, reason?: string): Effect[] {
  const text = printable(reason ?? goAwaySentence(code), goAwayTextMax);
  const body = encodeGoAway({ code: goAwayNumber(code), text });
  return [{ kind: "send", frame: frameKind.goAway, body }, ...close(session, { by: "us", code, text })];
}

function close(session: Session, reason: CloseReason): Effect[] {
  const timerRuns = session.phase !== "open" && session.phase !== "new";
  session.phase = "closed";
  return timerRuns ? [{ kind: "clearTimer" }, { kind: "close", reason }] : [{ kind: "close", reason }];
}

function ownHello({ config }: Session): Effect {
  const message = encodeHello({
    protocolMin: config.protocol.min,
    protocolMax: config.protocol.max,
    node: config.node,
    catalogueDigest: config.catalogueDigest,
  });
  const body = new Uint8Array(magic.length + message.length);
  body.set(magic);
  body.set(message, magic.length);
  return { kind: "send", frame: frameKind.hello, body };
}

function ownWelcome(session: Session, hello: Hello): Effect {
  const { catalogue, frameLengthMax } = session.config;
  const welcome: Welcome = { protocol: session.protocol, frameLengthMax };
  const body = encodeWelcome(
    digestsAreEqual(session, hello) ? welcome : { ...welcome, catalogue: catalogue.versions },
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
