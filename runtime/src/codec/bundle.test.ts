// What is not imported is not bundled, and nothing runs when the module is loaded.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { build, type Plugin } from "esbuild";
import * as codec from "./index.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The package's own imports, as its conditions resolve them, on the sources. */
function textFor(platform: "node" | "browser"): Plugin {
  const build = platform === "node" ? "node.ts" : "portable.ts";
  return {
    name: "imports",
    setup(builder) {
      builder.onResolve({ filter: /^#(text|try)$/ }, ({ path }) => ({
        path: `${folder}${path === "#text" ? "text" : "try-read"}.${build}`,
      }));
    },
  };
}

async function bundled(code: string, platform: "node" | "browser" = "browser"): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform,
    logLevel: "silent",
    plugins: [textFor(platform)],
  });
  return result.outputFiles[0]!.text;
}

function use(...names: string[]): string {
  return `import { ${names.join(", ")} } from "./index.ts"; console.log(${names.join(", ")});`;
}

describe("a bundle", () => {
  test.each(["node", "browser"] as const)("that uses nothing holds nothing: %s", async (platform) => {
    expect((await bundled('import "./index.ts";', platform)).replace(/^\s*\/\/.*$/gm, "").trim()).toBe("");
    const all = Object.keys(codec).join(", ");
    const text = await bundled(`import { ${all} } from "./index.ts";`, platform);
    expect(text.replace(/^\s*\/\/.*$/gm, "").trim()).toBe("");
  });

  const foreign: readonly (readonly [string, string[], RegExp])[] = [
    ["integers alone knows no text", ["putI32", "readI32"], /TextDecoder|TextEncoder|utf8/],
    ["encoding alone cannot decode", ["beginEncode", "putString", "endEncode"], /DecodeError|TextDecoder/],
    ["decoding alone cannot encode", ["beginDecode", "readString", "endDecode"], /EncodeError|encodeInto/],
    [
      "the binary format alone knows no JSON",
      ["putString", "readString", "skip", "putF64", "readMember"],
      /JSON\.parse/,
    ],
    [
      "JSON alone knows no bytes",
      ["stringifyJson", "jsonString", "parseJson", "fromJsonI32"],
      /Uint8Array|DataView/,
    ],
    ["checks alone make no errors", ["checkString", "checkI32", "rooted"], /EncodeError|DecodeError/],
  ];

  test.each(foreign)("of %s", async (_, names, absent) => {
    expect(await bundled(use(...names))).not.toMatch(absent);
  });

  test("for a browser has no Buffer, and for no platform a module of Node", async () => {
    const all = use(...Object.keys(codec));
    expect(await bundled(all, "browser")).not.toMatch(/\bBuffer\b|node:/);
    expect(await bundled(all, "node")).not.toMatch(/node:|require\(/);
  });
});
