// One message of a known type: its value as JSON, or the error that the generated codec throws for the same bytes.
import { beginDecode, DecodeError } from "@hewn/runtime/codec";
import type { Schema } from "@hewn/schema";
import { TypedJson } from "./typed-json.ts";
import { TypedReader } from "./typed-reader.ts";

export interface TypedMessage {
  /** What `stringifyX` gives; undefined when the bytes are refused. */
  readonly json?: string;
  readonly error?: DecodeError;
  /** Bytes that belong to the message: those behind it are not looked at. */
  readonly length: number;
}

/** Decodes messages of one declared type, one after another. */
export class TypedDecoder {
  readonly #id: string;
  readonly #root: string;
  readonly #reader: TypedReader;
  readonly #json: TypedJson;

  /** @param id a declaration of the schema */
  constructor(schema: Schema, id: string) {
    this.#id = id;
    this.#root = schema.declarations.get(id)?.name ?? id;
    this.#reader = new TypedReader(schema);
    this.#json = new TypedJson(schema);
  }

  /**
   * The message at the start of `bytes`.
   * @throws RangeError when the JSON is longer than a string can be
   */
  decode(bytes: Uint8Array): TypedMessage {
    const r = beginDecode(this.#root, bytes);
    try {
      const value = this.#reader.read(r, this.#id);
      return { json: this.#json.text(this.#id, value), length: r.offset };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { error, length: r.offset };
    }
  }
}
