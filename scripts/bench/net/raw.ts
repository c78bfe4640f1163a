// The limits: bytes on a socket by hand, without a codec or with one, in the clear or behind TLS with a shared key.
import { once } from "node:events";
import { type AddressInfo, createServer, connect as open, type Socket } from "node:net";
import { createServer as createTlsServer, connect as openTls } from "node:tls";
import { type Counter, type Link, type LinkEvents, type RowName, rowNames, type Stack } from "./link.ts";
import { functions, type OwnFunctions } from "./messages.ts";
import { ofPrepared, preparedBytes, viewOf } from "./prepared-bytes.ts";
import { FrameReceiver, FrameSender } from "./raw-frames.ts";

/** Bytes; the receiver takes a view of them. */
export const raw: Stack = {
  serve: (counter) => serveBytes(counter, echoBytes),
  connect: async (address, events) => new BytesLink(await dialled(address, events, takeBytes)),
};

/** The receiver of each message is a handler, and gets a view of it. */
export const rawViews: Stack = {
  serve: (counter) => serveBytes(counter, echoViews),
  connect: async (address, events) => new BytesLink(await dialled(address, events, takeBytes)),
};

export const rawTls: Stack = {
  serve: (counter) => serveTls(counter),
  connect: async (address, events) => new BytesLink(await dialledTls(address, events)),
};

/** With the codecs of Hewn, and nothing else of it. */
export const rawWithCodecs: Stack = {
  serve: (counter) => serveBytes(counter, echoValues),
  connect: async (address, events) => new ValuesLink(await dialled(address, events, takeValue)),
};

type Take = (bytes: Uint8Array, start: number, end: number) => unknown;
type Echo = (
  counter: Counter,
  sender: FrameSender,
) => (bytes: Uint8Array, start: number, end: number) => void;

/** What one message takes at most that goes into the common buffer. */
const shortBytesMax = 4096;

/** The first byte of a message says which row it is of. */
const functionsByRow = rowNames.map((row) => functionsOf(row));

function functionsOf(row: RowName): OwnFunctions<unknown> {
  return functions[row] as OwnFunctions<unknown>;
}

function sendValue(sender: FrameSender, index: number, value: unknown): void {
  const { encode, encodeInto } = functionsByRow[index]!;
  if (rowNames[index] === "blob") return sendLongValue(sender, index, encode(value));
  sender.sendWritten(shortBytesMax, (target, offset) => {
    target[offset] = index;
    return encodeInto(value, target, offset + 1);
  });
}

function sendLongValue(sender: FrameSender, index: number, bytes: Uint8Array): void {
  const marked = new Uint8Array(1 + bytes.length);
  marked[0] = index;
  marked.set(bytes, 1);
  sender.send(marked, 0, marked.length);
}

const echoBytes: Echo = (counter, sender) => (bytes, start, end) => {
  if (counter.isDue()) sender.send(bytes, start, end);
};

const echoViews: Echo = (counter, sender) => {
  const handle = (view: Uint8Array) => {
    if (counter.isDue()) sender.send(view, 0, view.length);
  };
  return (bytes, start, end) => handle(viewOf(bytes, start, end));
};

const echoValues: Echo = (counter, sender) => (bytes, start, end) => {
  const value = takeValue(bytes, start, end);
  if (counter.isDue()) sendValue(sender, bytes[start]!, value);
};

const takeBytes: Take = viewOf;

const takeValue: Take = (bytes, start, end) =>
  functionsByRow[bytes[start]!]!.decode(bytes.subarray(start + 1, end));

class BytesLink implements Link {
  readonly toNative = preparedBytes;
  readonly fromNative = ofPrepared;
  readonly #sender: FrameSender;

  constructor(sender: FrameSender) {
    this.#sender = sender;
  }

  begin(): void {}

  send(message: unknown): boolean {
    const bytes = message as Uint8Array;
    this.#sender.send(bytes, 0, bytes.length);
    return true;
  }
}

class ValuesLink implements Link {
  readonly #sender: FrameSender;
  #index = 0;

  constructor(sender: FrameSender) {
    this.#sender = sender;
  }

  begin(row: RowName): void {
    this.#index = rowNames.indexOf(row);
  }

  send(message: unknown): boolean {
    sendValue(this.#sender, this.#index, message);
    return true;
  }
}

async function serveBytes(counter: Counter, echo: Echo): Promise<string> {
  const server = createServer({ noDelay: true }, (socket) => attend(socket, counter, echo));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return String((server.address() as AddressInfo).port);
}

function attend(socket: Socket, counter: Counter, echo: Echo): void {
  const receiver = new FrameReceiver(echo(counter, new FrameSender(socket)));
  socket.on("data", (chunk) => receiver.push(chunk));
  socket.on("error", () => socket.destroy());
}

function receiverOf(events: LinkEvents, take: Take): FrameReceiver {
  return new FrameReceiver((bytes, start, end) => events.answered(take(bytes, start, end)));
}

/** The side that dials reads into one buffer, which spares an allocation for each chunk. */
async function dialled(port: string, events: LinkEvents, take: Take): Promise<FrameSender> {
  const receiver = receiverOf(events, take);
  const socket = open({
    port: Number(port),
    host: "127.0.0.1",
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(64 * 1024),
      callback: (length, buffer) => {
        receiver.push(buffer.subarray(0, length));
        return true;
      },
    },
  });
  await once(socket, "connect");
  return new FrameSender(socket);
}

/** The same cipher and proof as nodes with a secret have. */
const secure = {
  minVersion: "TLSv1.3",
  ciphers: "TLS_AES_128_GCM_SHA256",
} as const;
const psk = new Uint8Array(32).fill(7);

async function serveTls(counter: Counter): Promise<string> {
  const server = createTlsServer({ ...secure, pskCallback: () => psk }, (socket) => {
    socket.setNoDelay(true);
    attend(socket, counter, echoBytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return String((server.address() as AddressInfo).port);
}

async function dialledTls(port: string, events: LinkEvents): Promise<FrameSender> {
  const receiver = receiverOf(events, takeBytes);
  const socket = openTls({
    ...secure,
    port: Number(port),
    host: "127.0.0.1",
    pskCallback: () => ({ identity: "bench", psk }),
    checkServerIdentity: () => undefined,
  });
  await once(socket, "secureConnect");
  socket.setNoDelay(true);
  socket.on("data", (chunk) => receiver.push(chunk));
  return new FrameSender(socket);
}
