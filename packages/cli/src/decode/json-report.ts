// What `hewn decode --json` prints: one object, whose shape is public and described in docs/cli.md.
import type { Annotation } from "../annotate/annotate.ts";
import type { Input } from "./input/source.ts";
import type { Message, MessageError } from "./message.ts";

export interface ReportedMessage {
  readonly message: Message;
  /** The items, where they were asked for, or the message could not be decoded. */
  readonly items?: readonly Annotation[];
}

export interface DecodeReport {
  readonly input: Input;
  /** The type that was decoded by. */
  readonly type?: string;
  /** Types of the project that the message is a value of. */
  readonly fitting?: readonly string[];
  readonly messages: readonly ReportedMessage[];
  readonly error?: MessageError;
  readonly ms: number;
}

export function jsonText({ input, type, fitting, messages, error, ms }: DecodeReport): string {
  const { from, encoding, bytes, notes } = input;
  return object([
    ["ok", JSON.stringify(error === undefined)],
    ["input", JSON.stringify({ from, encoding, bytes: bytes.length, notes })],
    ["type", type && JSON.stringify(type)],
    ["fitting", fitting && JSON.stringify(fitting)],
    ["messages", `[${messages.map(messageText).join()}]`],
    ["error", error && JSON.stringify(error)],
    ["ms", String(ms)],
  ]);
}

/** The value stands as it is: parsing and printing it again could change it. */
function messageText({ message, items }: ReportedMessage): string {
  const { offset, length, json } = message;
  return object([
    ["offset", String(offset)],
    ["length", String(length)],
    ["value", json],
    ["items", items && `[${items.map(itemText).join()}]`],
  ]);
}

function itemText({ offset, bytes, format, path, depth, value, known }: Annotation): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
  return JSON.stringify({ offset, length: bytes.length, hex, format, path, depth, value, known });
}

function object(entries: readonly (readonly [string, string | undefined])[]): string {
  const texts = entries.flatMap(([key, text]) =>
    text === undefined ? [] : [`${JSON.stringify(key)}:${text}`],
  );
  return `{${texts.join()}}`;
}
