// One message in the input: where it stands, its value as JSON, or why it has none.
import { beginDecode, DecodeError, type DecodeErrorCode } from "@hewn/runtime/codec";
import { messageExtent } from "../annotate/message-extent.ts";
import type { ProjectType } from "./project-types.ts";
import { TypedDecoder } from "./typed-message.ts";
import { untypedJson } from "./untyped-json.ts";

export interface MessageError {
  readonly code: DecodeErrorCode;
  /** In the input. */
  readonly offset: number;
  readonly path: string;
  readonly message: string;
  /** How many bytes are lacking, at the least, where the bytes end too early. */
  readonly missingBytes?: number;
}

export interface Message {
  /** In the input. */
  readonly offset: number;
  /** Bytes of the message; with an error, all up to the end of the input. */
  readonly length: number;
  /** Undefined when there is an error. */
  readonly json?: string;
  readonly error?: MessageError;
}

/** The root of paths where there is no type. */
const untypedRoot = "$";

export class MessageDecoder {
  readonly #bytes: Uint8Array;
  readonly #typed: TypedDecoder | undefined;
  readonly #root: string;

  /** @param type undefined to take the bytes for what they are */
  constructor(bytes: Uint8Array, type: ProjectType | undefined) {
    this.#bytes = bytes;
    this.#typed = type && new TypedDecoder(type.schema, type.id);
    this.#root = type?.name ?? untypedRoot;
  }

  /** The message at `offset`; what follows behind it is not looked at. */
  at(offset: number): Message {
    const bytes = this.#bytes.subarray(offset);
    const { json, error, length } = this.#typed?.decode(bytes) ?? decodeUntyped(bytes);
    if (error === undefined && json !== undefined) return { offset, length, json };
    if (error === undefined) throw new Error("a message has neither a value nor an error");
    return { offset, length: bytes.length, error: this.#located(error, offset) };
  }

  /** The error that bytes behind the last message are. */
  trailing(offset: number): MessageError {
    const count = this.#bytes.length - offset;
    const detail = `bytes follow behind the message: ${count}`;
    const error = new DecodeError("trailingBytes", this.#root, offset, detail);
    return { code: error.code, offset, path: error.path, message: error.message };
  }

  #located(error: DecodeError, base: number): MessageError {
    error.locate(this.#root, base + error.offset);
    const { code, offset, path, message } = error;
    if (code !== "truncated") return { code, offset, path, message };
    const extent = messageExtent(this.#bytes, base);
    // A reader can meet the end where the structure does not: a length that is longer than the message.
    return extent.is === "truncated"
      ? { code, offset, path, message, missingBytes: extent.missing }
      : { code, offset, path, message };
  }
}

function decodeUntyped(bytes: Uint8Array): { json?: string; error?: DecodeError; length: number } {
  const r = beginDecode(untypedRoot, bytes);
  try {
    return { json: untypedJson(r), length: r.offset };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { error, length: r.offset };
  }
}
