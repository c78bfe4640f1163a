// @furyjs/fury: serializers generated at run time from a description of each workload.
import furyModule, { Type } from "@furyjs/fury";
import { same, withoutAbsent } from "./contestant.js";

const Fury = furyModule.default ?? furyModule;
const text = Type.string();
const object = (name, fields) => Type.object(`bench.${name}`, fields);

const reading = object("SensorReading", { sensorId: text, value: Type.double(), timestamp: Type.double() });
export const schemas = {
  SensorReading: reading,
  Readings1000: object("Readings1000", { readings: Type.array(reading) }),
  MediaContent: object("MediaContent", {
    media: object("Media", {
      uri: text,
      title: text,
      width: Type.int32(),
      height: Type.int32(),
      format: text,
      duration: Type.double(),
      size: Type.double(),
      bitrate: Type.int32(),
      persons: Type.array(text),
      player: text,
      copyright: text,
    }),
    images: Type.array(
      object("Image", { uri: text, title: text, width: Type.int32(), height: Type.int32(), size: text }),
    ),
  }),
  Order: object("Order", {
    id: text,
    createdAt: Type.double(),
    status: text,
    customer: text,
    email: text,
    address: object("Address", { street: text, city: text, postcode: text, country: text }),
    lines: Type.array(
      object("OrderLine", {
        sku: text,
        name: text,
        quantity: Type.int32(),
        unitPrice: Type.double(),
        note: text,
      }),
    ),
    tags: Type.array(text),
    comment: text,
    total: Type.double(),
  }),
  Doubles10k: object("Doubles10k", { values: Type.doubleTypedArray() }),
  Article: object("Article", {
    title: text,
    summary: text,
    english: text,
    russian: text,
    japanese: text,
    greek: text,
  }),
  GameState: object("GameState", {
    tick: Type.int32(),
    players: Type.array(
      object("Player", {
        id: Type.int16(),
        x: Type.int16(),
        y: Type.int16(),
        heading: Type.int16(),
        health: Type.int16(),
        armor: Type.int16(),
        ammo: Type.int16(),
        weapon: Type.int16(),
        score: Type.int32(),
        alive: Type.bool(),
        crouching: Type.bool(),
        firing: Type.bool(),
      }),
    ),
    projectiles: Type.array(
      object("Projectile", {
        id: Type.int16(),
        owner: Type.int16(),
        x: Type.int16(),
        y: Type.int16(),
        dx: Type.int16(),
        dy: Type.int16(),
      }),
    ),
  }),
};

/** Neither its 64-bit integers (they do not round-trip) nor unions take part. */
export function fury(workload) {
  const schema = schemas[workload];
  if (schema === undefined) return undefined;
  const { serialize, serializeVolatile, deserialize } = new Fury({ refTracking: false }).registerSerializer(
    schema,
  );
  return {
    name: "fury",
    toNative: workload === "Doubles10k" ? ({ values }) => ({ values: Float64Array.from(values) }) : same,
    fromNative: workload === "Doubles10k" ? ({ values }) => ({ values: Array.from(values) }) : withoutAbsent,
    encode: (value) => serialize(value),
    encodeView(value) {
      const volatile = serializeVolatile(value);
      const bytes = volatile.get();
      volatile.dispose();
      return bytes;
    },
    decode: (bytes) => deserialize(bytes),
  };
}
