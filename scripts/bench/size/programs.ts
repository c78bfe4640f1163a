// What a program imports to encode and decode some of the workloads' types and nothing else, as the documentation of
// each library tells: the text of a module that exports the functions.
import type { WorkloadName } from "../codec/values.ts";

/** Where a program finds what was made for it. */
export interface Made {
  /** Folder of the code that peers generated from a schema of these types alone. */
  readonly folder: string;
  /** Descriptions of each workload for libraries that take them at run time, by library. */
  readonly schemas: Readonly<Record<"avsc" | "fury" | "schemapack", Readonly<Record<string, unknown>>>>;
}

/** Undefined where the library cannot carry one of the types. */
export type Program = (types: readonly WorkloadName[], made: Made) => string | undefined;

export const hewnProgram = (types: readonly WorkloadName[]): string =>
  `export { ${types.map((type) => `decode${type}, encode${type}`).join(", ")} } from "./workloads.codec.ts";`;

const packr = (options: string): string => `import { Packr } from "msgpackr";
const packr = new Packr(${options});
export const encode = (value) => packr.pack(value);
export const decode = (bytes) => packr.unpack(bytes);`;

/** A constant for each type, made of its description. */
function described(
  imports: string,
  types: readonly WorkloadName[],
  schemas: Readonly<Record<string, unknown>>,
  build: (schema: string) => string,
): string | undefined {
  if (!types.every((type) => type in schemas)) return undefined;
  const constants = types.map((type) => `export const ${type} = ${build(JSON.stringify(schemas[type]))};`);
  return [imports, ...constants].join("\n");
}

export const peerPrograms: Readonly<Record<string, Program>> = {
  "@msgpack/msgpack": () => `export { decode, encode } from "@msgpack/msgpack";`,
  msgpackr: () => packr("{ useRecords: false }"),
  "msgpackr shared": () => packr("{ structures: [] }"),
  "cbor-x shared": () => `import { Encoder } from "cbor-x";
const encoder = new Encoder({ structures: [] });
export const encode = (value) => encoder.encode(value);
export const decode = (bytes) => encoder.decode(bytes);`,
  avsc: (types, { schemas }) =>
    described(
      `import avro from "avsc/etc/browser/avsc-types.js";`,
      types,
      schemas.avsc,
      (schema) => `avro.Type.forSchema(${schema})`,
    ),
  protobufjs: (types, { folder }) => `import { bench } from "${folder}/protobufjs.js";
export const functions = [${types.map((type) => `bench.${type}.encode, bench.${type}.decode`).join(", ")}];`,
  "protobuf-es": (types, { folder }) => `export { fromBinary, toBinary } from "@bufbuild/protobuf";
export { ${types.map((type) => `${type}Schema`).join(", ")} } from "${folder}/es/workloads_pb.js";`,
  bebop: (types, { folder }) => {
    const records = types.map((type) => (type === "Doubles10k" ? "Doubles10K" : type));
    return `export { ${records.join(", ")} } from "${folder}/bebop.js";`;
  },
  pbf: (types, { folder }) => `export { PbfReader, PbfWriter } from "pbf";
export { ${types.map((type) => `read${type}, write${type}`).join(", ")} } from "${folder}/pbf.js";`,
  fury: (types, { schemas }) =>
    described(
      `import fury from "@furyjs/fury";\nconst instance = new fury.default();`,
      types,
      schemas.fury,
      (schema) => `instance.registerSerializer(${schema})`,
    ),
  schemapack: (types, { schemas }) =>
    described(
      `import schemapack from "schemapack";`,
      types,
      schemas.schemapack,
      (schema) => `schemapack.build(${schema})`,
    ),
};
