// schemapack: functions generated at run time from a schema; it has no optional fields and no 64-bit integers.
import schemapackModule from "schemapack";
import { same } from "./contestant.js";

const reading = { sensorId: "string", value: "float64", timestamp: "float64" };
export const schemas = {
  SensorReading: reading,
  Readings1000: { readings: [reading] },
  Doubles10k: { values: ["float64"] },
  Article: {
    title: "string",
    summary: "string",
    english: "string",
    russian: "string",
    japanese: "string",
    greek: "string",
  },
  GameState: {
    tick: "uint32",
    players: [
      {
        id: "uint8",
        x: "int16",
        y: "int16",
        heading: "uint16",
        health: "uint8",
        armor: "uint8",
        ammo: "uint16",
        weapon: "uint8",
        score: "int32",
        alive: "boolean",
        crouching: "boolean",
        firing: "boolean",
      },
    ],
    projectiles: [{ id: "uint16", owner: "uint8", x: "int16", y: "int16", dx: "int16", dy: "int16" }],
  },
};

/** It knows neither optional fields, unions nor integers of 64 bits. */
export function schemapack(workload) {
  const schema = schemas[workload];
  if (schema === undefined) return undefined;
  const built = schemapackModule.build(schema);
  return {
    name: "schemapack",
    toNative: same,
    encode: (value) => built.encode(value),
    decode: (bytes) => built.decode(bytes),
  };
}
