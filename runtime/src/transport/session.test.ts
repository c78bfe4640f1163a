import { describe, expect, test } from "@jest/globals";
import { Catalogue, type Offer } from "./catalogue.ts";
import { encodeFrame, frameKind } from "./frame.ts";
import { FrameError } from "./frame-error.ts";
import { goAwayCodeOf } from "./go-away.ts";
import { catalogueLengthMax, frameLengthMax, helloLengthMax, roleLengthMax, rolesMax } from "./limits.ts";
import { decodeGoAway, encodeAgreement, encodeGoAway, encodeHello, encodeWelcome } from "./messages.codec.ts";
import type { Hello, NodeId } from "./messages.ts";
import {
  type CloseReason,
  type Effect,
  type Event,
  type Introduction,
  magic,
  newSession,
  type Opened,
  protocolVersions,
  type Session,
  type SessionConfig,
  step,
  type Takes,
} from "./session.ts";

const sameTypes: Offer[] = [
  { name: "Command", fingerprint: "c1" },
  { name: "Reading", fingerprint: "r1" },
];
const otherTypes: Offer[] = [
  { name: "Alarm", fingerprint: "a1" },
  { name: "Command", fingerprint: "c2", compatible: { c1: "both" } },
  { name: "Reading", fingerprint: "r9" },
];

const takes: Takes = {
  messageLengthMax: 1000,
  windowMessages: 10,
  windowBytes: 2000,
  assembliesMax: 2,
  assembledBytesMax: 3000,
};
const introduction: Introduction = { lane: "user", attempt: 3, taken: undefined };

const node = (port: number): NodeId => ({ host: "127.0.0.1", port, instance: 7n });

function config(port: number, offers: Offer[], more?: Partial<SessionConfig>): SessionConfig {
  const catalogue = new Catalogue(offers);
  return {
    node: node(port),
    catalogue,
    catalogueDigest: catalogue.text,
    handshakeDeadlineMs: 5000,
    protocol: protocolVersions,
    roles: ["test"],
    takes,
    ...more,
  };
}

/** A session with all that it ever wanted done. */
class Side {
  readonly session: Session;
  readonly effects: Effect[] = [];
  /** What its owner says when it is asked. */
  answer: Event = { kind: "admitted" };
  /** And when the handshake is done. */
  decision: Event = { kind: "confirmed" };
  constructor(config: SessionConfig) {
    this.session = newSession(config);
  }
  step(event: Event): Effect[] {
    const effects = step(this.session, event);
    this.effects.push(...effects);
    if (effects.some(({ kind }) => kind === "confirm")) return [...effects, ...this.step(this.decision)];
    if (!effects.some(({ kind }) => kind === "admit")) return effects;
    return [...effects, ...this.step(this.answer)];
  }
  get opened(): Opened | undefined {
    return this.#last("open")?.opened;
  }
  get reason(): CloseReason | undefined {
    return this.#last("close")?.reason;
  }
  get sent(): number[] {
    return this.effects.flatMap((effect) => (effect.kind === "send" ? [effect.frame] : []));
  }
  #last<K extends Effect["kind"]>(kind: K): Extract<Effect, { kind: K }> | undefined {
    return this.effects.findLast((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  }
}

/** Carries every frame to the other side until nobody has more to say. */
function shake(dialler: Side, acceptor: Side): void {
  const wire: { to: Side; effects: Effect[] }[] = [
    { to: dialler, effects: acceptor.step({ kind: "accepted" }) },
  ];
  wire.push({ to: acceptor, effects: dialler.step({ kind: "dialled", introduction }) });
  for (let next = wire.shift(); next !== undefined; next = wire.shift()) {
    const from = next.to === dialler ? acceptor : dialler;
    for (const effect of next.effects) {
      if (effect.kind !== "send") continue;
      const effects = next.to.step({ kind: "frameReceived", frame: effect.frame, body: effect.body });
      wire.push({ to: from, effects });
    }
  }
}

function pair(left: SessionConfig, right: SessionConfig): { dialler: Side; acceptor: Side } {
  const dialler = new Side(left);
  const acceptor = new Side(right);
  shake(dialler, acceptor);
  return { dialler, acceptor };
}

function helloFrame(change: Partial<Hello> = {}): Event {
  const hello: Hello = {
    protocolMin: 1,
    protocolMax: 1,
    node: node(1),
    catalogueDigest: new Catalogue(sameTypes).text,
    lane: "user",
    attempt: 3,
    roles: ["test"],
    ...change,
  };
  return {
    kind: "frameReceived",
    frame: frameKind.hello,
    body: new Uint8Array([...magic, ...encodeHello(hello)]),
  };
}

function accepting(more?: Partial<SessionConfig>): Side {
  const side = new Side(config(2, sameTypes, more));
  side.step({ kind: "accepted" });
  return side;
}

/** What the other side receives of a frame that was sent. */
function frameOf(effect: Effect | undefined): Event {
  if (effect?.kind !== "send") throw new Error("no frame was sent");
  return { kind: "frameReceived", frame: effect.frame, body: effect.body };
}

/** The code and text of the go-away among the effects. */
function goAwayIn(effects: readonly Effect[]): string {
  const sent = effects.find((effect) => effect.kind === "send" && effect.frame === frameKind.goAway);
  if (sent?.kind !== "send") return "no go-away";
  const { code, text } = decodeGoAway(sent.body);
  return `${goAwayCodeOf(code)}: ${text}`;
}

describe("the handshake", () => {
  test("with equal catalogues ends in hello, welcome and ready, and all types are the same", () => {
    const { dialler, acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    expect(dialler.sent).toEqual([frameKind.hello, frameKind.welcome]);
    expect(acceptor.sent).toEqual([frameKind.hello, frameKind.welcome, frameKind.ready]);
    expect(dialler.opened).toMatchObject({ peer: node(2), protocol: 1, takes, roles: ["test"] });
    expect(acceptor.opened).toMatchObject({ peer: node(1), protocol: 1 });
    expect(acceptor.opened?.settlement.terms.map(({ standing }) => standing)).toEqual(["same", "same"]);
  });

  test("with different catalogues tells both sides the terms of every type", () => {
    const { dialler, acceptor } = pair(config(1, sameTypes), config(2, otherTypes));
    expect(dialler.sent).toEqual([frameKind.hello, frameKind.welcome, frameKind.agreement]);
    expect(acceptor.sent).toEqual([frameKind.hello, frameKind.welcome, frameKind.agreement, frameKind.ready]);
    expect(dialler.opened?.settlement.terms.map(({ standing }) => standing)).toEqual([
      "compatible",
      "incompatible",
    ]);
    expect(acceptor.opened?.settlement.terms.map(({ standing }) => standing)).toEqual([
      "unknown",
      "compatible",
      "incompatible",
    ]);
    expect(dialler.opened?.settlement.incoming).toEqual([undefined, 0, undefined]);
    expect(acceptor.opened?.settlement.incoming).toEqual([1, undefined]);
  });

  test("an acceptor says nothing before it has seen a hello", () => {
    expect(accepting().sent).toEqual([]);
  });

  test("takes the highest version that both speak", () => {
    const { dialler, acceptor } = pair(
      config(1, sameTypes, { protocol: { min: 1, max: 4 } }),
      config(2, sameTypes, { protocol: { min: 3, max: 9 } }),
    );
    expect([dialler.opened?.protocol, acceptor.opened?.protocol]).toEqual([4, 4]);
  });

  test("raises the limit on frames step by step", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    const limits = acceptor.effects.flatMap((effect) =>
      effect.kind === "limitFrames" ? [effect.lengthMax] : [],
    );
    expect(limits).toEqual([catalogueLengthMax, frameLengthMax]);
  });

  test("begins with the bytes that the protocol's page shows", () => {
    const dialler = config(9100, sameTypes, {
      node: { host: "10.0.0.1", port: 9100, instance: 0x0123456789abcdefn },
      catalogueDigest: "d".repeat(43),
      roles: ["db"],
    });
    const frame = encodeFrame(frameKind.hello, newSideHello(dialler));
    expect(Buffer.from(frame).toString("hex")).toBe(
      `00000051014845574e97010193a8${"31302e302e302e31"}cd238ccf0123456789abcdefd92b${"64".repeat(43)}010391a26462`,
    );
  });

  test("its own hello fits the limit that holds for the first frame, with the longest names", () => {
    const long = config(1, sameTypes, {
      node: { host: "h".repeat(253), port: 65535, instance: 2n ** 64n - 1n },
      catalogueDigest: "f".repeat(64),
      roles: Array.from({ length: rolesMax }, () => "\u{10348}".repeat(roleLengthMax / 2)),
    });
    const hello = newSideHello(long);
    expect(hello.length + 1).toBeLessThan(helloLengthMax);
  });
});

function newSideHello(config: SessionConfig): Uint8Array {
  const side = new Side(config);
  const hello = side.step({ kind: "dialled", introduction }).find((effect) => effect.kind === "send");
  return hello?.kind === "send" ? hello.body : new Uint8Array();
}

describe("the owner's answer", () => {
  test("is asked of the acceptor when it has the hello, before it says a word", () => {
    const side = accepting();
    const effects = step(side.session, helloFrame({ taken: { instance: 5n, attempt: 2 } }));
    expect(effects.map(({ kind }) => kind)).toEqual(["limitFrames", "admit"]);
    expect(side.session.introduction).toEqual({
      lane: "user",
      attempt: 3,
      taken: { instance: 5n, attempt: 2 },
    });
  });

  test("that the stream shall not be the lane is a go-away, behind a hello that says who refuses", () => {
    const side = accepting();
    side.answer = { kind: "refused", code: "dialLost" };
    expect(goAwayIn(side.step(helloFrame()))).toMatch(/^dialLost: /);
    expect(side.sent).toEqual([frameKind.hello, frameKind.goAway]);
  });

  test("of the dialler comes between the two welcomes: if it refuses, the acceptor never opens", () => {
    const dialler = new Side(config(1, sameTypes));
    const acceptor = new Side(config(2, sameTypes));
    dialler.answer = { kind: "refused", code: "dialLost" };
    shake(dialler, acceptor);
    expect(dialler.sent).toEqual([frameKind.hello, frameKind.goAway]);
    expect(dialler.opened ?? acceptor.opened).toBeUndefined();
    expect(acceptor.reason).toMatchObject({ by: "peer", code: "dialLost" });
  });

  test("of the acceptor comes once more when the dialler has done its part: without it nobody opens", () => {
    for (const types of [sameTypes, otherTypes]) {
      const dialler = new Side(config(1, sameTypes));
      const acceptor = new Side(config(2, types));
      acceptor.decision = { kind: "refused", code: "dialLost" };
      shake(dialler, acceptor);
      expect(acceptor.sent.filter((frame) => frame === frameKind.hello)).toHaveLength(1);
      expect(acceptor.sent.at(-1)).toBe(frameKind.goAway);
      expect(dialler.opened ?? acceptor.opened).toBeUndefined();
      expect(dialler.reason).toMatchObject({ by: "peer", code: "dialLost" });
    }
  });

  test("is not given without a question", () => {
    expect(() => step(accepting().session, { kind: "admitted" })).toThrow("nobody asked");
    expect(() => step(accepting().session, { kind: "confirmed" })).toThrow("nobody asked");
  });

  test.each([
    ["another lane", { lane: "control" as const }],
    ["another attempt", { attempt: 4 }],
  ])("is not even asked where the acceptor names %s", (_, change) => {
    const dialler = new Side(config(1, sameTypes));
    dialler.step({ kind: "dialled", introduction });
    expect(goAwayIn(dialler.step(helloFrame({ node: node(2), ...change })))).toMatch(/^malformed: /);
  });

  test.each([[Array(rolesMax + 1).fill("a")], [["a".repeat(roleLengthMax + 1)]]])(
    "is not asked where there are too many roles, or too long ones",
    (roles) => {
      expect(goAwayIn(accepting().step(helloFrame({ roles })))).toMatch(/^malformed: more than 16 roles/);
    },
  );
});

describe("refusals", () => {
  test("no version in common", () => {
    const { dialler, acceptor } = pair(
      config(1, sameTypes, { protocol: { min: 1, max: 2 } }),
      config(2, sameTypes, { protocol: { min: 3, max: 4 } }),
    );
    const text = "we speak 3 to 4, the peer 1 to 2";
    expect(acceptor.reason).toEqual({ by: "us", code: "versionUnsupported", text });
    expect(dialler.reason).toEqual({ by: "peer", code: "versionUnsupported", text });
    expect(dialler.opened ?? acceptor.opened).toBeUndefined();
  });

  test("a node that reached itself", () => {
    const { dialler, acceptor } = pair(config(1, sameTypes), config(1, sameTypes));
    expect(acceptor.reason).toMatchObject({ by: "us", code: "selfConnect" });
    expect(dialler.reason).toMatchObject({ by: "peer", code: "selfConnect" });
  });

  test("another instance at the same address is another node", () => {
    const other = { ...node(1), instance: 8n };
    const { acceptor } = pair(config(1, sameTypes), config(1, sameTypes, { node: other }));
    expect(acceptor.opened?.peer).toEqual(node(1));
  });

  test.each([
    ["nothing", []],
    ["another magic", [0x48, 0x45, 0x57, 0x4f, 0x94]],
    ["half of the magic", [0x48, 0x45]],
  ])("a first frame with %s in it is no handshake", (_, body) => {
    const effects = accepting().step({
      kind: "frameReceived",
      frame: frameKind.hello,
      body: new Uint8Array(body),
    });
    expect(goAwayIn(effects)).toBe("notHewn: The first bytes are not a Hewn handshake.");
  });

  test("a hello that cannot be decoded", () => {
    const effects = accepting().step({
      kind: "frameReceived",
      frame: frameKind.hello,
      body: new Uint8Array([...magic, 0x93, 0x01]),
    });
    expect(goAwayIn(effects)).toMatch(/^malformed: .*Hello/);
  });

  test("a host that is no host name, without its control characters in the text", () => {
    const effects = accepting().step(helloFrame({ node: { ...node(1), host: "a\u001b[2J" } }));
    expect(goAwayIn(effects)).toBe("malformed: the node's host is no host name: 'a\\u{1b}[2J'");
  });

  test.each(["GET ", "\u0016\u0003\u0001\u0002", "\u0000\u0000\u0000\u0000"])(
    "a first length that no Hewn writes is foreign: %j",
    (text) => {
      const length = Buffer.from(text, "latin1").readUInt32BE();
      const error = new FrameError(length === 0 ? "frameEmpty" : "frameTooLong", length, "…");
      expect(goAwayIn(accepting().step({ kind: "framingFailed", error }))).toMatch(/^notHewn/);
    },
  );

  test("a hello that is too long is told so", () => {
    const error = new FrameError(
      "frameTooLong",
      5000,
      "a frame of 5000 bytes where at most 4096 are allowed",
    );
    expect(goAwayIn(accepting().step({ kind: "framingFailed", error }))).toBe(
      "frameTooLong: a frame of 5000 bytes where at most 4096 are allowed",
    );
  });

  test("a second hello, a message too early, a kind that is not known", () => {
    for (const frame of [frameKind.hello, frameKind.message, frameKind.agreement, frameKind.ready, 99]) {
      const side = accepting();
      side.step(helloFrame());
      const effects = side.step({ kind: "frameReceived", frame, body: new Uint8Array() });
      expect(goAwayIn(effects)).toMatch(
        /^unexpectedFrame: a frame of kind \d+ where the session awaitsWelcome/,
      );
    }
  });

  test("a first frame of another kind is no handshake", () => {
    const effects = accepting().step({ kind: "frameReceived", frame: 84, body: new Uint8Array() });
    expect(goAwayIn(effects)).toMatch(/^notHewn/);
  });

  test("a frame that is not known, on an open session", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    const effects = acceptor.step({ kind: "frameReceived", frame: 99, body: new Uint8Array() });
    expect(goAwayIn(effects)).toMatch(/^unexpectedFrame/);
  });

  test("a welcome with another protocol than the one both can compute", () => {
    const side = accepting();
    side.step(helloFrame());
    const body = encodeWelcome({ protocol: 2, ...takes });
    expect(goAwayIn(side.step({ kind: "frameReceived", frame: frameKind.welcome, body }))).toMatch(
      /^malformed/,
    );
  });

  test("a welcome without a catalogue where the digests differ, or with a name twice", () => {
    const twice = [
      { name: "A\n", fingerprint: "1" },
      { name: "A\n", fingerprint: "2" },
    ];
    for (const [catalogue, text] of [
      [undefined, "no catalogue came"],
      [twice, "the catalogue names 'A\\u{a}' twice"],
    ] as const) {
      const side = accepting();
      side.step(helloFrame({ catalogueDigest: "other" }));
      const welcome = { protocol: 1, ...takes };
      const body = encodeWelcome(catalogue === undefined ? welcome : { ...welcome, catalogue });
      const effects = side.step({ kind: "frameReceived", frame: frameKind.welcome, body });
      expect(goAwayIn(effects)).toContain(text);
    }
  });

  test("an opinion on a type that nobody has changes nothing", () => {
    const side = accepting();
    side.step(helloFrame({ catalogueDigest: "other" }));
    const welcome = encodeWelcome({ protocol: 1, ...takes, catalogue: [] });
    side.step({ kind: "frameReceived", frame: frameKind.welcome, body: welcome });
    const body = encodeAgreement({ opinions: [{ name: "__proto__", direction: "both" }] });
    side.step({ kind: "frameReceived", frame: frameKind.agreement, body });
    expect(side.opened?.settlement.terms.map(({ standing }) => standing)).toEqual(["unknown", "unknown"]);
  });
});

describe("the deadline", () => {
  test("is set when the socket is there, and ends a handshake that is not finished", () => {
    const side = accepting();
    expect(side.effects).toEqual([{ kind: "setTimer", token: 1, afterMs: 5000 }]);
    side.step(helloFrame());
    const effects = side.step({ kind: "timerFired", token: 1 });
    expect(goAwayIn(effects)).toBe("handshakeTimedOut: the handshake was not finished within 5000 ms");
    expect(side.reason).toMatchObject({ by: "us", code: "handshakeTimedOut" });
  });

  test("does nothing once the session is open, nor with a stale token", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    expect(acceptor.step({ kind: "timerFired", token: 1 })).toEqual([]);
    expect(accepting().step({ kind: "timerFired", token: 0 })).toEqual([]);
    expect(acceptor.effects).toContainEqual({ kind: "clearTimer" });
  });
});

describe("the end", () => {
  test("this side says why, the other learns it", () => {
    const { dialler, acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    const effects = dialler.step({ kind: "closeRequested", code: "closing" });
    expect(effects.map(({ kind }) => kind)).toEqual(["send", "close"]);
    const sent = effects[0]!;
    if (sent.kind === "send") acceptor.step({ kind: "frameReceived", frame: sent.frame, body: sent.body });
    expect(acceptor.reason).toEqual({ by: "peer", code: "closing", text: "The node closed the connection." });
  });

  test("each side says how far it has come, also who hears of it when it has gone itself", () => {
    const { dialler, acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    dialler.session.consumed = 3;
    acceptor.session.consumed = 5;
    const [sent] = dialler.step({ kind: "closeRequested", code: "closing" });
    const answers = acceptor.step(frameOf(sent));
    expect(answers).toContainEqual({ kind: "consumed", messages: 3 });
    const answer = answers.find(({ kind }) => kind === "send");
    expect(dialler.step(frameOf(answer))).toEqual([{ kind: "consumed", messages: 5 }]);
    expect(dialler.step({ kind: "frameReceived", frame: frameKind.goAway, body: new Uint8Array(1) })).toEqual(
      [],
    );
  });

  test("of a handshake nobody says how far it has come, and nobody answers", () => {
    const side = accepting();
    const body = encodeGoAway({ code: 1, text: "" });
    expect(
      side.step({ kind: "frameReceived", frame: frameKind.goAway, body }).map(({ kind }) => kind),
    ).toEqual(["clearTimer", "close"]);
  });

  test("a code of a later version is unknown, its text is kept and made printable", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    const body = encodeGoAway({ code: 60_000, text: "from\nthe future" });
    acceptor.step({ kind: "frameReceived", frame: frameKind.goAway, body });
    expect(acceptor.reason).toEqual({ by: "peer", code: "unknown", text: "from\\u{a}the future" });
  });

  test("a stream that ends without a word is the network's doing", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    acceptor.step({ kind: "streamEnded", code: "cutOff", text: "…" });
    expect(acceptor.reason).toEqual({ by: "network", code: "cutOff", text: "…" });
  });

  test("comes once: nothing that happens afterwards has an effect", () => {
    const { acceptor } = pair(config(1, sameTypes), config(2, sameTypes));
    acceptor.step({ kind: "streamEnded", code: "ended", text: "…" });
    const late: Event[] = [
      helloFrame(),
      { kind: "timerFired", token: 1 },
      { kind: "closeRequested", code: "closing" },
      { kind: "streamEnded", code: "ended", text: "…" },
      { kind: "framingFailed", error: new FrameError("frameEmpty", 0, "…") },
    ];
    for (const event of late) expect(acceptor.step(event)).toEqual([]);
  });
});
