import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { type Asked, detectContent, detectText } from "./detect.ts";

const bytes = Buffer.from("93ac74656d702d6e6f7274682d33cb4036800000000000d30000018e19a49400", "hex");
const hex = bytes.toString("hex");

function read(text: string, wanted?: Exclude<Asked, "binary">): string {
  const detected = detectText(text, wanted);
  return [detected.encoding, Buffer.from(detected.bytes).toString("hex"), ...detected.notes].join(" | ");
}

describe("hex is read", () => {
  test.each([
    ["in one run", hex],
    ["in capitals", hex.toUpperCase()],
    ["with 0x in front", `0x${hex}`],
    ["with blanks", hex.replace(/../g, "$& ")],
    ["in lines of words", hex.replace(/.{8}/g, "$& ").replace(/.{36}/g, "$&\n")],
    ["with colons", hex.replace(/..(?!$)/g, "$&:")],
    ["as an array of C", hex.replace(/..(?!$)/g, "0x$&, ").replace(/..$/, "0x$&")],
    ["as an escaped string", `"${hex.replace(/../g, "\\x$&")}"`],
    ["as Python's bytes", `b'${hex.replace(/../g, "\\x$&")}'`],
    ["as Node prints a Buffer", `<Buffer ${hex.replace(/..(?!$)/g, "$& ")}>`],
  ])("%s", (_, text) => {
    expect(read(text)).toBe(`hex | ${hex}`);
  });

  test.each([
    ["as Node prints a Uint8Array", `Uint8Array(32) [\n  ${[...bytes].join(", ")}\n]`],
    ["as JSON of a Buffer", JSON.stringify(bytes)],
    ["as JSON of a Uint8Array", JSON.stringify(new Uint8Array(bytes))],
    ["as a list of numbers", JSON.stringify([...bytes])],
    ["as JavaScript makes a text of a Uint8Array", String(new Uint8Array(bytes))],
  ])("or decimal numbers %s", (_, text) => {
    expect(read(text)).toBe(`decimal | ${hex}`);
  });

  test("or millions of decimal numbers", () => {
    const numbers = detectText(`${"1,".repeat(3_000_000)}255`);
    expect([numbers.encoding, numbers.bytes.length, numbers.bytes.at(-1)]).toEqual([
      "decimal",
      3_000_001,
      255,
    ]);
    expect(detectText(`[${"1, ".repeat(3_000_000)}255]`).bytes.length).toBe(3_000_001);
  });

  test("with a digit too few for the last byte, or cut by who printed it, but not silently", () => {
    expect(read("93ac7")).toBe(
      "hex | 93ac | the text has an odd number of hex digits (5): the last was left out",
    );
    expect(read("<Buffer 93 ac ... 14 more bytes>")).toBe("hex | 93ac | the text leaves out 14 more bytes");
    expect(read("Uint8Array(40) [ 147, 172, ... 38 more items ]")).toBe(
      "decimal | 93ac | the text leaves out 38 more bytes",
    );
  });

  test("with single digits where each has a prefix", () => {
    expect(read("0x93, 0x1, 0x2")).toBe("hex | 930102");
  });

  test("of numbers with commas, wherever one of them has not the two digits of a byte in hex", () => {
    expect(read("147,1,2,3")).toBe("decimal | 93010203");
    expect(read("14, 1,\n2")).toBe("decimal | 0e0102");
    expect(read("93,01,02")).toBe(
      "hex | 930102 | the text could be a list of decimal numbers too: it was read as hex; brackets around it have it read so",
    );
    expect(read("[93,01,02]")).toBe("decimal | 5d0102");
    expect(read("93,01,02", "hex")).toBe("hex | 930102");
    expect(read("147,1", "hex")).toBe("hex | 1471");
    expect(read("93,0c,02")).toBe("hex | 930c02");
    expect(read("9301,0203")).toBe("hex | 93010203");
    expect(() => read("147,256")).toThrow("256 is no byte");
    expect(() => read('{"0":1.5}')).toThrow("1.5 is no byte");
    expect(() => read('{"1":147,"2":1}')).toThrow("neither hex");
  });

  test("wherever it could be base64 too; that it is a message then is told", () => {
    expect(read("93ac")).toBe("hex | 93ac");
    expect(read("0a12")).toBe(
      "hex | 0a12 | the text could be base64 too, of a whole message: it was read as hex; --base64 reads it so",
    );
    expect(read("0a12", "hex")).toBe("hex | 0a12");
    expect(read("0a12", "base64")).toBe("base64 | d1ad76");
  });
});

describe("base64 is read", () => {
  test.each([
    ["of the standard alphabet", bytes.toString("base64")],
    ["without padding", bytes.toString("base64").replace(/=+$/, "")],
    ["of the alphabet of URLs", bytes.toString("base64url")],
    ["in lines", bytes.toString("base64").replace(/.{20}/g, "$&\r\n")],
    ["as a URL", `data:application/msgpack;base64,${bytes.toString("base64")}`],
    ["in quotes", `'${bytes.toString("base64")}'`],
  ])("%s", (_, text) => {
    expect(read(text)).toBe(`base64 | ${hex}`);
  });

  test("cut off, but not silently", () => {
    expect(read("k6x0Z")).toContain("base64 | 93ac74 | the base64 is cut off");
  });

  test("where the person says so, of what is hex too", () => {
    expect(read("93ac", "base64")).toBe("base64 | f7769c");
    expect(() => read("k6x0Zw==", "hex")).toThrow('"k" is no hex digit');
  });
});

describe("a dump is read", () => {
  const xxd = `00000000: 93ac 7465 6d70 2d6e 6f72 7468 2d33 cb40  ..temp-north-3.@
00000010: 3680 0000 0000 00d3 0000 018e 19a4 9400  6...............
`;
  const hexdump = `00000000  93 ac 74 65 6d 70 2d 6e  6f 72 74 68 2d 33 cb 40  |..temp-north-3.@|
00000010  36 80 00 00 00 00 00 d3  00 00 01 8e 19 a4 94 00  |6...............|
00000020
`;
  const tcpdump = `\t0x0000:  93ac 7465 6d70 2d6e 6f72 7468 2d33 cb40  ..temp-north-3.@
\t0x0010:  3680 0000 0000 00d3 0000 018e 19a4 9400  6...............
`;
  const wireshark = `0000   93 ac 74 65 6d 70 2d 6e 6f 72 74 68 2d 33 cb 40   ..temp-north-3.@
0010   36 80 00 00 00 00 00 d3 00 00 01 8e 19 a4 94 00   6...............
`;

  test.each([
    ["of xxd", xxd],
    ["of hexdump -C", hexdump],
    ["of tcpdump -X", tcpdump],
    ["of Wireshark", wireshark],
    ["that begins further on", xxd.replace(/^00000/gm, "000ab")],
  ])("%s", (_, text) => {
    expect(read(text)).toBe(`hex | ${hex}`);
  });

  test("with a short last line, with text that looks like hex, with bars in the text", () => {
    expect(read("00000000: 9361 6263                                .abc\n")).toBe("hex | 93616263");
    expect(read("00000000: 617c 7c62                                a||b\n")).toBe("hex | 617c7c62");
    expect(read("00000000  61 7c 7c 62                                       |a||b|\n00000004\n")).toBe(
      "hex | 617c7c62",
    );
  });

  test("with the lines for which hexdump puts a star", () => {
    const line = "90 90 90 90 90 90 90 90  90 90 90 90 90 90 90 90  |................|";
    const text = `00000000  ${line}\n*\n00000040  c0                                               |.|\n00000041\n`;
    expect(read(text)).toBe(`hex | ${"90".repeat(64)}c0`);
    expect(read(`00000000  ${line}\n*\n00000040\n`)).toBe(`hex | ${"90".repeat(64)}`);
  });

  test("only if its offsets fit, and not of words in a machine's order", () => {
    expect(() => read(xxd.replace("00000010", "00000020"))).toThrow("does not fit the 16 bytes before it");
    expect(() => read("0000000 ac93 6574 706d\n0000006\n")).toThrow("make it with xxd or hexdump -C");
    expect(read("93ac7465  6d702d6e")).toBe("hex | 93ac74656d702d6e");
  });
});

test("what is neither is refused, with the character that no reading takes", () => {
  expect(() => read("hello, world")).toThrow('neither hex ("h" is no hex digit) nor base64 ("," is not in');
  expect(() => read('{"id":"A-17","lines":[')).toThrow(
    "; it looks like JSON, which 'parseX' of a codec reads",
  );
  expect(() => read('[{"id":"A-17"}]')).toThrow("decode reads MessagePack");
  expect(() => read("{x}")).not.toThrow("JSON");
  expect(() => read("")).toThrow("neither hex (there are no hex digits)");
  expect(() => read("ab\u202e")).toThrow("\\u{202e}");
  expect(() => read("[1, 256]")).toThrow("256 is no byte");
});

describe("the content of a file or of stdin", () => {
  const encodingOf = (content: Uint8Array, wanted?: Asked) => detectContent(content, wanted).encoding;

  test("is MessagePack where it is no text, and whatever the text says otherwise", () => {
    expect(encodingOf(bytes)).toBe("binary");
    expect(encodingOf(Buffer.from(hex))).toBe("hex");
    expect(encodingOf(Buffer.from(`\ufeff${hex}\r\n`))).toBe("hex");
    expect(encodingOf(Buffer.from(hex), "binary")).toBe("binary");
    expect(encodingOf(Buffer.from(hex), "base64")).toBe("base64");
    expect(() => encodingOf(Buffer.from("[1,2]x"))).toThrow("neither hex");
  });

  test("is found out in time, however long it is", () => {
    const megabytes = 8;
    const long = Buffer.alloc(megabytes << 20, 0x93);
    expect(detectText(long.toString("hex")).bytes.length).toBe(long.length);
    expect(detectText(long.toString("base64")).bytes.length).toBe(long.length);
  });
});

test("the readers read what the tools of this machine print", () => {
  const print = (command: string): string | undefined => {
    try {
      return execFileSync("sh", ["-c", command], { input: bytes, encoding: "utf8", stdio: "pipe" });
    } catch {
      return undefined;
    }
  };
  for (const command of ["xxd", "xxd -g1", "xxd -p", "xxd -i", "hexdump -C", "base64"]) {
    const text = print(command);
    if (text !== undefined) expect([command, read(text)]).toEqual([command, expect.stringContaining(hex)]);
  }
});
