// avsc: Avro, with types built once; code is generated at run time.
import avro from "avsc";
import { same, withoutAbsent } from "./contestant.js";

const optional = (type) => ({ type: ["null", type], default: null });
const record = (name, fields) => ({
  type: "record",
  name,
  fields: Object.entries(fields).map(([field, type]) =>
    typeof type === "object" && "default" in type ? { name: field, ...type } : { name: field, type },
  ),
});
const array = (items) => ({ type: "array", items });
const choice = (name, ...symbols) => ({ type: "enum", name, symbols });

const reading = record("SensorReading", { sensorId: "string", value: "double", timestamp: "long" });
export const schemas = {
  SensorReading: reading,
  NodeId: record("NodeId", { host: "string", port: "int", instance: "long" }),
  Command: [
    record("shutdown", {}),
    record("restart", { delayMs: "int" }),
    record("updateConfig", { key: "string", value: "string" }),
  ],
  Readings1000: record("Readings1000", { readings: array(reading) }),
  MediaContent: record("MediaContent", {
    media: record("Media", {
      uri: "string",
      title: optional("string"),
      width: "int",
      height: "int",
      format: "string",
      duration: "long",
      size: "long",
      bitrate: optional("int"),
      persons: array("string"),
      player: choice("MediaPlayer", "JAVA", "FLASH"),
      copyright: optional("string"),
    }),
    images: array(
      record("Image", {
        uri: "string",
        title: optional("string"),
        width: "int",
        height: "int",
        size: choice("ImageSize", "SMALL", "LARGE"),
      }),
    ),
  }),
  Order: record("Order", {
    id: "string",
    createdAt: "long",
    status: choice("Status", "open", "paid", "shipped", "returned"),
    customer: "string",
    email: optional("string"),
    address: record("Address", { street: "string", city: "string", postcode: "string", country: "string" }),
    lines: array(
      record("OrderLine", {
        sku: "string",
        name: "string",
        quantity: "int",
        unitPrice: "double",
        note: optional("string"),
      }),
    ),
    tags: array("string"),
    comment: optional("string"),
    total: "double",
  }),
  Doubles10k: record("Doubles10k", { values: array("double") }),
  Article: record("Article", {
    title: "string",
    summary: "string",
    english: "string",
    russian: "string",
    japanese: "string",
    greek: "string",
  }),
  GameState: record("GameState", {
    tick: "int",
    players: array(
      record("Player", {
        id: "int",
        x: "int",
        y: "int",
        heading: "int",
        health: "int",
        armor: "int",
        ammo: "int",
        weapon: "int",
        score: "int",
        alive: "boolean",
        crouching: "boolean",
        firing: "boolean",
      }),
    ),
    projectiles: array(
      record("Projectile", { id: "int", owner: "int", x: "int", y: "int", dx: "int", dy: "int" }),
    ),
  }),
};

/** The documented way to carry integers of 64 bits: a long type of one's own. */
const bigLong = avro.types.LongType.__with({
  fromBuffer: (buffer) => buffer.readBigInt64LE(),
  toBuffer(value) {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value) => typeof value === "bigint",
  compare: (a, b) => (a === b ? 0 : a < b ? -1 : 1),
});

/** @returns {import("./contestant.js").Contestant} */
export function avsc(workload) {
  const isNodeId = workload === "NodeId";
  const type = avro.Type.forSchema(schemas[workload], {
    wrapUnions: workload === "Command",
    ...(isNodeId && { registry: { long: bigLong } }),
  });
  const scratch = Buffer.allocUnsafe(1 << 20);
  return {
    name: "avsc",
    toNative: native[workload]?.to ?? same,
    fromNative: native[workload]?.from ?? withoutAbsent,
    encode: (value) => type.toBuffer(value),
    encodeView: (value) => scratch.subarray(0, type.encode(value, scratch, 0)),
    decode: (bytes) => type.fromBuffer(bytes),
  };
}

const native = {
  NodeId: {
    to: (value) => ({ ...value, instance: BigInt.asIntN(64, value.instance) }),
    from: (value) => ({ ...value, instance: BigInt.asUintN(64, value.instance) }),
  },
  Command: {
    to: ({ type, ...rest }) => ({ [type]: rest }),
    from: (value) => {
      const [type, rest] = Object.entries(value)[0];
      return { type, ...rest };
    },
  },
};
