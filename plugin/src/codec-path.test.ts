import { describe, expect, test } from "@jest/globals";
import { bearsHeader, codecHeader, codecPath, isCodecPath, sourcePathOf } from "./codec-path.ts";

describe("codec paths", () => {
  test("a codec stands beside its source and keeps its module format", () => {
    expect(codecPath("/a/sensor.ts")).toBe("/a/sensor.codec.ts");
    expect(codecPath("/a/view.tsx")).toBe("/a/view.codec.ts");
    expect(codecPath("/a/sensor.mts")).toBe("/a/sensor.codec.mts");
    expect(codecPath("/a/sensor.cts")).toBe("/a/sensor.codec.cts");
    expect(codecPath("/a.ts/b.c.ts")).toBe("/a.ts/b.c.codec.ts");
    expect(codecPath("/a/dist/sensor.d.ts")).toBe("/a/dist/sensor.codec.d.ts");
    expect(codecPath("/a/dist/sensor.d.mts")).toBe("/a/dist/sensor.codec.d.mts");
  });

  test("a codec's name is told from a source's and from a declaration file's", () => {
    expect(["/a/x.codec.ts", "/a/x.codec.mts", "/a/x.codec.cts"].every(isCodecPath)).toBe(true);
    expect(
      ["/a/codec.ts", "/a/.codec.ts", "/a/x.codec.d.ts", "/a/x.codec.js", "/a/x.ts"].some(isCodecPath),
    ).toBe(false);
  });

  test("the source of a codec is .tsx only where that file exists and .ts does not", () => {
    expect(sourcePathOf("/a/x.codec.ts")).toBe("/a/x.ts");
    expect(sourcePathOf("/a/x.codec.mts")).toBe("/a/x.mts");
    expect(sourcePathOf("/a/x.codec.ts", (file) => file === "/a/x.tsx")).toBe("/a/x.tsx");
    expect(sourcePathOf("/a/x.codec.ts", () => true)).toBe("/a/x.ts");
    expect(sourcePathOf("/a/x.codec.ts", () => false)).toBe("/a/x.ts");
  });

  test("only a text that begins with the header is ours", () => {
    expect(bearsHeader(`${codecHeader}x.ts`)).toBe(true);
    expect(bearsHeader(`\ufeff${codecHeader}x.ts`)).toBe(true);
    expect(bearsHeader(`// by hand\n${codecHeader}x.ts`)).toBe(false);
    expect(bearsHeader("")).toBe(false);
  });
});
