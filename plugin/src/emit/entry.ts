// What a codec file exports for one wire type: encode and decode in the formats that its tag asks for, the check, and
// the codec object.
// Each is a function of its own, so that a bundler drops what nobody imports.
import type { Type } from "@hewn/schema";
import type { CodecFile, Shape } from "./codec-file.ts";
import { isAttempted } from "./json-attempt-rule.ts";
import { isCharged } from "./json-heap.ts";
import { isByBytes, isPut } from "./json-put-rule.ts";
import { quote } from "./literal.ts";
import type { FunctionKind } from "./names.ts";
import { isTried } from "./try-read-rule.ts";

export interface CodecFacts {
  readonly fingerprint: string;
  /** Earlier and later versions that this one can talk to, by fingerprint. */
  readonly compatible: Readonly<Record<string, "both" | "reads" | "writes">>;
}

type Reference = Extract<Type, { kind: "ref" }>;

export function emitEntry(
  file: CodecFile,
  shape: Shape,
  id: string,
  factsOf: (id: string) => CodecFacts,
): void {
  const { format } = file.declaration(id);
  const reference: Reference = { kind: "ref", id };
  const call = (kind: FunctionKind) => file.functionFor(kind, reference, shape.name);
  if (format !== "json") {
    const tried = isTried(file, id) ? call("try") : undefined;
    emitBinary(file, shape, { write: call("write"), tried, read: call("read") });
  }
  if (format !== "binary") emitJson(file, shape, reference);
  emitChecks(file, shape, call("mismatch"));
  const copy = file.isImmutable(reference) ? undefined : call("copy");
  if (copy !== undefined) emitClone(file, shape, reference, copy);
  if (format === "json") return;
  emitCodecObject(file, shape, factsOf(id), { write: call("write"), read: call("read"), copy });
}

function emitBinary(
  file: CodecFile,
  shape: Shape,
  { write, read, tried }: Pick<CodecFunctions, "write" | "read"> & { readonly tried: string | undefined },
): void {
  emitEncode(file, shape, write);
  emitEncodeInto(file, shape, write);
  emitDecode(file, shape, read, tried);
}

function emitEncode(file: CodecFile, shape: Shape, write: string): void {
  const { code } = file;
  const options = `options?: ${code.useType("EncodeOptions")}`;
  code.blank();
  code.doc(
    "MessagePack bytes: a view on a shared buffer that is never written again; with `{ copy: true }` bytes that own theirs. Throws an EncodeError.",
  );
  code.block(
    `export function encode${shape.name}(value: ${shape.text.parameter}, ${options}): Uint8Array`,
    () => {
      namingType(file, shape, () => {
        code.line(`const w = ${code.use("beginEncode")}();`);
        code.line(`return ${code.use("endEncode")}(w, ${writeCall(file, shape, write)}, options);`);
      });
    },
  );
}

/** Errors learn the name of the type as they leave: a name set before each message costs small ones a tenth. */
function namingType({ code }: CodecFile, { name }: Shape, encode: () => void): void {
  code.block("try", encode, "} catch (error) {");
  code.indented(() => code.line(`throw ${code.use("withinType")}(error, ${quote(name)});`));
  code.line("}");
}

/** Types that can contain themselves can reach the end of the stack. */
function writeCall({ code }: CodecFile, { deep }: Shape, write: string): string {
  return deep ? `${code.use("writeBounded")}(w, ${write}, value, options)` : `${write}(w, w.start, value)`;
}

function emitEncodeInto(file: CodecFile, shape: Shape, write: string): void {
  const { code } = file;
  // None of them means anything here but how deep a recursive type may go.
  const options = shape.deep ? "options" : "_options";
  code.blank();
  code.doc("Writes MessagePack bytes into `target` from `offset` on and returns the offset behind them.");
  code.block(
    `export function encode${shape.name}Into(value: ${shape.text.parameter}, target: Uint8Array, offset = 0, ${options}?: ${code.useType("EncodeOptions")}): number`,
    () => {
      namingType(file, shape, () => {
        code.line(`const w = ${code.use("beginEncodeInto")}(target, offset);`);
        code.line(`return ${code.use("endEncodeInto")}(w, ${writeCall(file, shape, write)});`);
      });
    },
  );
}

/** @param tried what reads the message first, if anything */
function emitDecode(file: CodecFile, shape: Shape, read: string, tried: string | undefined): void {
  const { code } = file;
  code.blank();
  code.doc(
    "The value in MessagePack `bytes`, checked. Throws a DecodeError that tells code, offset and path.",
  );
  code.block(
    `export function decode${shape.name}(bytes: Uint8Array, options?: ${code.useType("DecodeOptions")}): ${shape.text.result}`,
    () => {
      if (tried) {
        code.block(`if (${code.use("beginTry")}(bytes, options))`, () => {
          code.line(`const tried = ${tried}(bytes);`);
          code.line(`if (${code.use("endTry")}(bytes)) return tried;`);
        });
      }
      code.line(`const r = ${code.use("beginDecode")}(${quote(shape.name)}, bytes, options);`);
      const call = shape.deep ? `${code.use("readBounded")}(r, ${read}, options)` : `${read}(r)`;
      code.line(`const value = ${call};`);
      code.line(`${code.use("endDecode")}(r);`);
      code.line("return value;");
    },
  );
}

function emitStringify(file: CodecFile, shape: Shape, reference: Reference, json: string): void {
  const { code } = file;
  const { name, text, deep, type } = shape;
  const write = deep ? `${code.use("encodeBounded")}(${json})` : json;
  const parameters = `value: ${text.parameter}, options?: ${code.useType("EncodeOptions")}`;
  const put = isPut(file, type) ? file.functionFor("putJson", reference, name) : undefined;
  const byBytes = put !== undefined && isByBytes(file, type);
  const root = quote(name);
  code.blank();
  code.doc("JSON text. Throws an EncodeError.");
  code.block(
    `export function stringify${name}(${byBytes ? parameters.replace("options", "_options") : parameters}): string`,
    () => {
      if (byBytes) code.line(`return ${code.use("jsonByBytes")}(${root}, ${put}, value);`);
      else code.line(`return ${code.use("stringifyJson")}(${root}, ${write}, value, options);`);
    },
  );
  code.blank();
  code.doc(
    "JSON text as UTF-8: a view on a shared buffer that is never written again, or bytes of their own. Throws an EncodeError.",
  );
  code.block(`export function stringify${name}ToBytes(${parameters}): Uint8Array`, () => {
    if (put) code.line(`return ${code.use("jsonAsBytes")}(${root}, ${put}, value, options);`);
    else code.line(`return ${code.use("jsonToBytes")}(${root}, stringify${name}(value, options), options);`);
  });
}

function emitJson(file: CodecFile, shape: Shape, reference: Reference): void {
  const call = (kind: FunctionKind) => file.functionFor(kind, reference, shape.name);
  emitStringify(file, shape, reference, call("json"));
  emitParse(file, shape, call("fromJson"), isAttempted(file, reference.id) ? call("attempt") : undefined);
}

/** @param attempt what is tried first, if anything */
function emitParse(file: CodecFile, shape: Shape, fromJson: string, attempt: string | undefined): void {
  const { code } = file;
  const { name, text, deep } = shape;
  const read = deep ? `${code.use("fromJsonBounded")}(${fromJson})` : fromJson;
  const parse = attempt ? "parseJsonOwn" : isCharged(file, shape.type) ? "parseJsonCounted" : "parseJson";
  const readers = attempt ? `${attempt}, ${read}` : read;
  code.blank();
  code.doc("The value in JSON `text`, checked. Throws a DecodeError that tells code, offset and path.");
  code.block(
    `export function parse${name}(text: string, options?: ${code.useType("DecodeOptions")}): ${text.result}`,
    () => code.line(`return ${code.use(parse)}(${quote(name)}, text, ${readers}, options);`),
  );
  code.blank();
  code.doc(
    "The value in the JSON text that `bytes` are the UTF-8 of, checked. Offsets of errors are in bytes.",
  );
  code.block(
    `export function parse${name}FromBytes(bytes: Uint8Array, options?: ${code.useType("DecodeOptions")}): ${text.result}`,
    () => code.line(`return ${code.use("parseJsonBytes")}(${quote(name)}, bytes, parse${name}, options);`),
  );
}

function emitChecks(file: CodecFile, shape: Shape, mismatch: string): void {
  const { code } = file;
  const call = shape.deep ? `${code.use("mismatchBounded")}(${mismatch}, value)` : `${mismatch}(value)`;
  code.blank();
  code.doc("Whether `value` can be encoded as this type.");
  code.block(`export function is${shape.name}(value: unknown): value is ${shape.text.result}`, () => {
    code.line(`return ${call} === undefined;`);
  });
  code.blank();
  code.doc("Where and why `value` is not of this type; `undefined` when it is.");
  code.block(
    `export function explain${shape.name}(value: unknown): ${code.useType("Mismatch")} | undefined`,
    () => {
      code.line(`return ${code.use("rooted")}(${quote(shape.name)}, ${call});`);
    },
  );
}

function emitClone(file: CodecFile, shape: Shape, reference: Reference, copy: string): void {
  const { code } = file;
  const { name, text } = shape;
  const isDeep = file.copyNeedsDepth(reference);
  const whole = isDeep ? `${code.use("encodeBounded")}(${copy})` : copy;
  code.blank();
  code.doc("A copy that shares with `value` only what is immutable. Throws an EncodeError.");
  code.block(
    `export function clone${name}(value: ${text.parameter}, options?: ${code.useType("CloneOptions")}): ${text.result}`,
    () => code.line(`return ${code.use("cloneValue")}(${quote(name)}, ${whole}, value, options);`),
  );
}

/** Names of the functions that a codec object holds. */
interface CodecFunctions {
  readonly write: string;
  readonly read: string;
  /** Undefined for an immutable type. */
  readonly copy: string | undefined;
}

function emitCodecObject(
  file: CodecFile,
  shape: Shape,
  facts: CodecFacts,
  { write, read, copy }: CodecFunctions,
): void {
  const { code } = file;
  const versions = Object.entries(facts.compatible).map(([print, way]) => `${quote(print)}: ${quote(way)}`);
  code.blank();
  code.doc("What nodes use to carry this type: the binary format alone.");
  code.block(
    `export const ${shape.name}Codec: ${code.useType("Codec")}<${shape.text.result}> =`,
    () => {
      code.line(`name: ${quote(shape.name)},`);
      code.line(`fingerprint: ${quote(facts.fingerprint)},`);
      if (versions.length > 0) code.line(`compatible: { ${versions.join(", ")} },`);
      code.line(`write: ${write},`);
      code.line(`read: ${read},`);
      if (copy !== undefined) code.line(`clone: ${copy},`);
    },
    "};",
  );
}

/**
 * A type that was refused is declared and not defined, in both formats, since its tag may be what is wrong with it: its
 * importers stay free of a second, misleading error.
 */
export function emitRefused(file: CodecFile, name: string): void {
  const { code } = file;
  const type = code.typeOf({ file: file.schema.file, name });
  code.blank();
  code.line(`// ${name} was refused: it has no codec until its errors are mended.`);
  code.line(
    `export declare function encode${name}(value: ${type}, options?: ${code.useType("EncodeOptions")}): Uint8Array;`,
  );
  code.line(
    `export declare function encode${name}Into(value: ${type}, target: Uint8Array, offset?: number, options?: ${code.useType("EncodeOptions")}): number;`,
  );
  code.line(
    `export declare function decode${name}(bytes: Uint8Array, options?: ${code.useType("DecodeOptions")}): ${type};`,
  );
  code.line(
    `export declare function stringify${name}(value: ${type}, options?: ${code.useType("EncodeOptions")}): string;`,
  );
  code.line(
    `export declare function parse${name}(text: string, options?: ${code.useType("DecodeOptions")}): ${type};`,
  );
  code.line(
    `export declare function stringify${name}ToBytes(value: ${type}, options?: ${code.useType("EncodeOptions")}): Uint8Array;`,
  );
  code.line(
    `export declare function parse${name}FromBytes(bytes: Uint8Array, options?: ${code.useType("DecodeOptions")}): ${type};`,
  );
  code.line(`export declare function is${name}(value: unknown): value is ${type};`);
  code.line(
    `export declare function explain${name}(value: unknown): ${code.useType("Mismatch")} | undefined;`,
  );
  code.line(
    `export declare function clone${name}(value: ${type}, options?: ${code.useType("CloneOptions")}): ${type};`,
  );
  code.line(`export declare const ${name}Codec: ${code.useType("Codec")}<${type}>;`);
}
