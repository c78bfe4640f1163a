// A node that a recording is played to, with all that it tells of.
import {
  type Codec,
  putString,
  type Reader,
  readString,
  room,
  stringRoom,
  type Writer,
} from "@hewn/runtime/codec";
import {
  Catalogue,
  type CloseReason,
  openTransport,
  type Peer,
  type Transport,
} from "@hewn/runtime/transport";
import { ScriptedHost } from "./scripted-host.ts";

export interface NodeUnderTest {
  readonly host: ScriptedHost;
  readonly transport: Transport;
  readonly received: string[];
  readonly peers: Peer[];
  readonly refused: CloseReason[];
}

/** A text: what a message is made of matters little here. */
export const codec: Codec<string> = {
  name: "Text",
  fingerprint: "0000000000000001",
  write: (w: Writer, p: number, value: string) => putString(w, room(w, p, stringRoom(value)), value),
  read: (r: Reader) => readString(r),
};

/** What a round is made of: short, long, and too long for one frame. */
const texts = ["", "a", "grüße", "x".repeat(100), "long ".repeat(9000), "after", "y".repeat(3000)];
const rounds = 3;

/** How many messages each side receives, where nothing is spoiled. */
export const messagesEach = rounds * texts.length;

/** Whoever leads sends rounds of texts, each once the last has come back; whoever follows sends each text back. */
export type Part = "leads" | "follows";

/** `name` is its host name. All that it does follows from what comes to it. */
export async function nodeUnderTest(
  name: string,
  part: Part,
  fingerprint = codec.fingerprint,
): Promise<NodeUnderTest> {
  const host = new ScriptedHost();
  const received: string[] = [];
  const peers: Peer[] = [];
  const refused: CloseReason[] = [];
  const own =
    fingerprint === codec.fingerprint
      ? codec
      : { ...codec, fingerprint, compatible: { [codec.fingerprint]: "both" } as const };
  const catalogue = new Catalogue([own]);
  const sendRound = (peer: Peer) => {
    for (const text of texts) peer.send(own, text);
  };
  const transport = await openTransport({
    host,
    instance: BigInt(name.charCodeAt(0)),
    listen: { host: name, port: 1 },
    catalogue,
    catalogueDigest: catalogue.text,
    // So small that spoiled recordings come beyond them.
    takes: { messageLengthMax: 1 << 18, windowMessages: 64, windowBytes: 1 << 17 },
    onPeer(peer) {
      peers.push(peer);
      if (part === "leads") sendRound(peer);
    },
    onHandshakeFailed: (reason) => void refused.push(reason),
    onHandlerError(error) {
      throw error;
    },
  });
  transport.onMessage(own, (text, peer) => {
    received.push(text);
    if (part === "follows") peer.send(own, text);
    else if (received.length < messagesEach && received.length % texts.length === 0) sendRound(peer);
  });
  return { host, transport, received, peers, refused };
}
