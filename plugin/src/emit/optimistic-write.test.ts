import { describe, expect, test } from "@jest/globals";
import { decode } from "@msgpack/msgpack";
import {
  encodeNodeId,
  encodeNodeIdInto,
  encodeSensorReading,
  encodeSensorReadingInto,
} from "../../../fixtures/bench/workloads.codec.ts";

const reading = { sensorId: "sensor-1", value: 21.5, timestamp: 1_764_000_000_000 };

/** What encoding throws, as users see it. */
function errorOf(encode: () => unknown): string {
  try {
    encode();
  } catch (error) {
    return String(error);
  }
  throw new Error("nothing was thrown");
}

const asReading = (change: Readonly<Record<string, unknown>>) => Object.assign({ ...reading }, change);

describe("the attempt at writing a struct of scalars", () => {
  test.each([
    ["sensorId", 5, "wrongType"],
    ["sensorId", undefined, "wrongType"],
    ["sensorId", "a\ud800", "loneSurrogate"],
    ["sensorId", `${"long ".repeat(20)}\udc00`, "loneSurrogate"],
    ["value", 5n, "wrongType"],
    ["value", Symbol("x"), "wrongType"],
    ["timestamp", 1.5, "outOfRange"],
    ["timestamp", 2 ** 53, "outOfRange"],
    ["timestamp", "1", "wrongType"],
  ])("leaves a wrong %s (%p) to the careful writer, which tells its path", (key, wrong, code) => {
    const value = asReading({ [key]: wrong });
    const error = errorOf(() => encodeSensorReading(value));
    expect(error).toContain(`SensorReading.${key}`);
    expect(errorOf(() => encodeSensorReadingInto(value, new Uint8Array(1000)))).toBe(error);
    expect(() => encodeSensorReading(value)).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    "",
    "æøå",
    "x".repeat(24),
    "x".repeat(25),
    "x".repeat(31),
    "x".repeat(32),
    "日本".repeat(20),
    "y".repeat(300),
    "😀".repeat(30_000),
  ])("writes text of any kind as an independent reader expects it", (sensorId) => {
    for (const [value, timestamp] of [
      [-0, 0],
      [Number.NaN, -33],
      [1e300, 127],
      [Number.NEGATIVE_INFINITY, Number.MIN_SAFE_INTEGER],
      [0.1, Number.MAX_SAFE_INTEGER],
    ] as const) {
      expect(decode(encodeSensorReading({ sensorId, value, timestamp }))).toEqual([
        sensorId,
        value,
        timestamp,
      ]);
    }
  });

  test("writes no byte outside of what the target has left", () => {
    const whole = encodeSensorReading(reading).length;
    for (let left = 0; left < whole + 40; left++) {
      const memory = new Uint8Array(left + 200).fill(0xee);
      const target = memory.subarray(100, 100 + left);
      if (left < whole)
        expect(() => encodeSensorReadingInto(reading, target)).toThrow(
          expect.objectContaining({ code: "noRoom" }),
        );
      else expect(encodeSensorReadingInto(reading, target)).toBe(whole);
      expect(memory.subarray(0, 100).every((byte) => byte === 0xee)).toBe(true);
      expect(memory.subarray(100 + left).every((byte) => byte === 0xee)).toBe(true);
    }
  });

  test("goes on in a new slab where the old one ends", () => {
    const kept = Array.from({ length: 10_000 }, (_, index) =>
      encodeNodeId({ host: `host-${index}`, port: index, instance: BigInt(index) }),
    );
    kept.forEach((bytes, index) => {
      expect(decode(bytes, { useBigInt64: true })).toEqual([
        `host-${index}`,
        index,
        index < 128 ? index : BigInt(index),
      ]);
    });
  });

  test("looks at a property that changes at every look without writing what nobody saw", () => {
    let looks = 0;
    const value = {
      port: 1,
      instance: 2n,
      get host(): string {
        return "h".repeat(++looks * 40);
      },
    };
    const target = new Uint8Array(1000);
    const end = encodeNodeIdInto(value, target);
    expect(decode(target.subarray(0, end))).toEqual(["h".repeat(40), 1, 2]);
    expect(looks).toBe(1);
  });
});
