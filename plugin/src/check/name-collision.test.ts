import { expect, test } from "@jest/globals";
import { codecNames } from "../codec-names.ts";
import { nameCollisions } from "./name-collision.ts";

test("names that share nothing do not collide", () => {
  expect(nameCollisions(["Frame", "FrameHeader", "Into", "Codec"])).toEqual([]);
});

test("the later of two types that share a name is told, in either order", () => {
  const shared = "encodeFrameInto";
  expect(nameCollisions(["Frame", "FrameInto"])).toEqual([{ name: "FrameInto", other: "Frame", shared }]);
  expect(nameCollisions(["FrameInto", "Frame"])).toEqual([{ name: "Frame", other: "FrameInto", shared }]);
});

test("a type named as a function or codec of another collides", () => {
  expect(nameCollisions(["Frame", "FrameCodec", "encodeFrame"]).map(({ name }) => name)).toEqual([
    "FrameCodec",
    "encodeFrame",
  ]);
});

test("a type that was refused takes no names from others", () => {
  expect(nameCollisions(["Frame", "FrameInto", "FrameIntoInto"])).toEqual([
    { name: "FrameInto", other: "Frame", shared: "encodeFrameInto" },
  ]);
});

test("a type never collides with itself", () => {
  expect(new Set(codecNames("X")).size).toBe(codecNames("X").length);
});
