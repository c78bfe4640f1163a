// What the codec bench measures, in the order of the report: each operation's name, and what is compared with what.

export interface Operation {
  readonly name: string;
  readonly title: string;
  readonly compared: string;
}

export const operations: readonly Operation[] = [
  {
    name: "encode",
    title: "Encoding to owned bytes",
    compared:
      "`encodeX(value)` beside what gives bytes that no later call touches; a peer that gives a view on a buffer which it uses again has to copy it.",
  },
  {
    name: "encodeInto",
    title: "Encoding into a given buffer",
    compared:
      "`encodeXInto(value, target)` beside the fastest way of each peer to write where it has written before: a given buffer, or a view that the next call overwrites.",
  },
  {
    name: "encodeCopy",
    title: "Encoding to an ArrayBuffer of its own",
    compared:
      "`encodeX(value, { copy: true })` beside bytes that share their ArrayBuffer with nothing, as transferring them takes; what peers give otherwise is copied.",
  },
  {
    name: "decode",
    title: "Decoding",
    compared:
      "`decodeX(bytes)`, which checks everything that the type says, beside the decoders of the peers, most of which believe the message.",
  },
  {
    name: "stringify",
    title: "JSON text",
    compared: "`stringifyX(value)` beside `JSON.stringify`; the text is read, so that no work is put off.",
  },
  {
    name: "parse",
    title: "Parsing JSON text",
    compared:
      "`parseX(text)`, which checks everything that the type says, beside `JSON.parse`, which checks nothing of it.",
  },
  {
    name: "stringifyBytes",
    title: "JSON as bytes",
    compared: "`stringifyXToBytes(value)` beside `Buffer.from(JSON.stringify(value))`.",
  },
  {
    name: "parseBytes",
    title: "Parsing JSON bytes",
    compared: "`parseXFromBytes(bytes)`, checked, beside `JSON.parse(bytes.toString())`.",
  },
];

/** Of all benches with peers, in the order of the report. */
export const operationNames: readonly string[] = [...operations.map(({ name }) => name), "bytes", "bundle"];

/** @throws TypeError where a result has an operation that no section tells of */
export function checkOperations(names: readonly string[]): void {
  const unknown = names.find((name) => !operationNames.includes(name));
  if (unknown !== undefined) throw new TypeError(`the report knows no operation '${unknown}'`);
}
