// Decodes an input: one message, or one after another.
import { type Annotation, annotate } from "../annotate/annotate.ts";
import { type Message, MessageDecoder, type MessageError } from "./message.ts";
import type { ProjectType } from "./project-types.ts";

/** The part of an input that is to be decoded. */
export interface Extract {
  readonly bytes: Uint8Array;
  /** Where the first message begins, and where the part ends. */
  readonly start: number;
  readonly end: number;
}

export class DecodeRun {
  readonly #extract: Extract;
  readonly #bytes: Uint8Array;
  readonly #type: ProjectType | undefined;
  readonly #decoder: MessageDecoder;

  constructor(extract: Extract, type: ProjectType | undefined) {
    this.#extract = extract;
    this.#bytes = extract.bytes.subarray(0, extract.end);
    this.#type = type;
    this.#decoder = new MessageDecoder(this.#bytes, type);
  }

  /** The messages, up to the first that cannot be decoded. @param all also those behind the first */
  *messages(all: boolean): Iterable<Message> {
    let offset = this.#extract.start;
    do {
      const message = this.#decoder.at(offset);
      yield message;
      if (message.error !== undefined) return;
      offset += message.length;
    } while (all && offset < this.#bytes.length);
  }

  /** What stands behind the last message, as the error that it is. */
  trailing({ offset, length }: Message): MessageError | undefined {
    const end = offset + length;
    return end < this.#bytes.length ? this.#decoder.trailing(end) : undefined;
  }

  /** The items of a message, as far as there are any. */
  items({ offset, length }: Message): readonly Annotation[] {
    const typed = this.#type && { schema: this.#type.schema, id: this.#type.id };
    return annotate(this.#bytes.subarray(0, offset + length), { ...(typed && { typed }), offset });
  }
}

/** The item that an error is about, by its index; -1 for none. */
export function culprit(items: readonly Annotation[], { code, offset }: MessageError): number {
  // These stand behind the header or the ordinal that is at fault.
  const isBehind = code === "missingField" || code === "unknownVariant";
  return items.findLastIndex((item) => (isBehind ? item.offset < offset : item.offset <= offset));
}
