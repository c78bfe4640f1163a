import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { encode } from "@msgpack/msgpack";
import { runCommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { shownFrom } from "../paths.ts";
import type { Terminal } from "../terminal.ts";
import { inProject, main, TempProject, tsconfig } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const orders = `import type { f64, i64, u8 } from "@hewn/runtime";

/** @wire */
export interface Order {
  readonly id: string;
  readonly customer: Customer;
  readonly lines: readonly Line[];
  readonly placedAt?: i64;
}

export interface Customer {
  readonly name: string;
  readonly status: "new" | "regular";
}

export interface Line {
  readonly sku: string;
  readonly quantity: u8;
  readonly price: f64;
}
`;

const stock = `/** @wire */
export interface Order {
  readonly supplier: string;
}

/** @wire */
export type Stock = ReadonlyMap<string, number>;
`;

let project: TempProject;

beforeAll(() => {
  project = new TempProject({ "tsconfig.json": tsconfig, "src/orders.ts": orders, "src/stock.ts": stock });
});

afterAll(() => project.dispose());

const order = (quantity: number): Uint8Array =>
  encode(["A-17", ["Ada", 1], [["tea", quantity, 4.5]], 2n ** 60n], { useBigInt64: true });
const good = order(3);
const goodJson =
  '{"id":"A-17","customer":{"name":"Ada","status":"regular"},"lines":[{"sku":"tea","quantity":3,"price":4.5}],"placedAt":"1152921504606846976"}\n';
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("hewn decode --type", () => {
  test("prints the value as the codec's stringify function does, from wherever the bytes come", async () => {
    project.write("order.hex", `${hexOf(good)}\n`);
    const type = ["decode", "--quiet", "--type", "src/orders.ts#Order"];
    const runs = await Promise.all([
      project.hewn(...type, hexOf(good)),
      project.hewn(...type, ...hexOf(good).match(/../g)!),
      project.hewn(...type, Buffer.from(good).toString("base64url")),
      project.hewn(...type, "order.hex"),
      project.hewnFed(good, ...type),
      project.hewnFed(Buffer.from(good).toString("base64"), ...type, "-"),
    ]);
    for (const run of runs) expect(run).toEqual({ code: 0, stdout: goodJson, stderr: "" });
  });

  test("takes types whose codecs have one format; for one of JSON alone no message is taken", async () => {
    const formats = new TempProject({
      "tsconfig.json": tsconfig,
      "src/a.ts": "/** @wire binary */\nexport interface A {\n  readonly text: string;\n}\n",
      "src/b.ts": "/** @wire json */\nexport interface B {\n  readonly text: string;\n}\n",
    });
    try {
      const decoded = { code: 0, stdout: '{"text":"hi"}\n', stderr: "" };
      expect(await formats.hewn("decode", "-qt", "A", "91a26869")).toEqual(decoded);
      const guessed = await formats.hewn("decode", "--guess", "91a26869");
      expect(guessed).toEqual({ ...decoded, stderr: "hewn: read as src/a.ts#A\n" });
    } finally {
      formats.dispose();
    }
  });

  test("says that there is nothing in an empty argument", async () => {
    for (const args of [[""], ["-t", "Stock", " "], ["--hex", ""]])
      expect(await project.hewn("decode", ...args)).toEqual({
        code: 2,
        stdout: "",
        stderr: "hewn: There is nothing in the argument.\n",
      });
  });

  test("says nothing of its progress, however long it takes", async () => {
    let now = 0;
    const clock = jest.spyOn(performance, "now").mockImplementation(() => (now += 5000));
    const err = jest.fn();
    const terminal: Terminal = {
      ...{ out: jest.fn(), err, styleOut: (_, text) => text, styleErr: (_, text) => text },
      ...{ colors: false, interactive: false, ask: undefined },
    };
    const { directory } = project;
    const context: Context = { terminal, directory, shown: shownFrom(directory), elapsedMs: () => 0 };
    try {
      await runCommandLine(["check"], context);
      expect(err).toHaveBeenCalledWith(expect.stringContaining("src/orders.ts"));
      err.mockClear();
      expect(await runCommandLine(["decode", "-t", "Stock", "80"], context)).toBe(0);
      expect(err).not.toHaveBeenCalled();
    } finally {
      clock.mockRestore();
    }
  });

  test("says which field is wrong, where, and what it understood before", async () => {
    const { code, stdout, stderr } = await project.hewnFed(order(300), "decode", "-qt", "src/orders#Order");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(
      stderr,
    ).toBe(`hewn: Cannot decode Order.lines[0].quantity: expected u8, found an integer beyond it at offset 18 (outOfRange)
  The input: 39 bytes, as they are in stdin.
  Understood before it:
  offset  bytes           format           field            value
       0  94              fixarray, 4      Order
       1  a4 41 2d 31 37  fixstr, 4 bytes    .id            "A-17"
       6  92              fixarray, 2        .customer
       7  a3 41 64 61     fixstr, 3 bytes      .name        "Ada"
      11  01              positive fixint      .status      "regular"
      12  91              fixarray, 1        .lines
      13  93              fixarray, 3          [0]
      14  a3 74 65 61     fixstr, 3 bytes        .sku       "tea"
>     18  cd 01 2c        uint 16                .quantity  300
`);
  });

  test("says how much is missing, what follows, and which other types fit", async () => {
    const type = ["decode", "-t", "src/orders.ts#Order"];
    const cut = await project.hewnFed(good.subarray(0, 30), ...type);
    expect(cut).toMatchObject({ code: 1, stdout: "" });
    expect(cut.stderr).toContain("Order.placedAt: truncated at offset 28 (truncated)");
    expect(cut.stderr).toContain("  At least 7 bytes are missing.\n");
    const more = await project.hewnFed(Buffer.concat([good, order(4)]), ...type);
    expect(more).toMatchObject({ code: 1, stdout: goodJson });
    expect(more.stderr).toContain("bytes follow behind the message: 37 at offset 37 (trailingBytes)");
    expect(more.stderr).toContain("--all decodes what follows as further messages");
    const other = await project.hewnFed(encode({ tea: 4 }), ...type);
    expect(other).toMatchObject({ code: 1, stdout: "" });
    expect(other.stderr).toContain("expected array, found map at offset 0 (wrongType)");
    expect(other.stderr).toContain("It would fit: src/stock.ts#Stock.");
  });

  test("--all decodes messages one after another, up to the first that is wrong", async () => {
    const bytes = Buffer.concat([good, order(4), order(300), good]);
    const { code, stdout, stderr } = await project.hewnFed(bytes, "decode", "-t", "Customer", "--all");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("message 1: Cannot decode Customer.status");
    const all = await project.hewnFed(bytes, "decode", "-t", "src/orders.ts#Order", "--all");
    expect(all.code).toBe(1);
    expect(all.stdout).toBe(goodJson + goodJson.replace('"quantity":3', '"quantity":4'));
    expect(all.stderr).toContain("message 3: Cannot decode Order.lines[0].quantity");
    expect(all.stderr).toContain("at offset 92");
  });

  test("a name that is unknown, refused or not unique ends with 2 and the names that there are", async () => {
    const bytes = hexOf(good);
    const twice = await project.hewn("decode", "-q", "-t", "Order", bytes);
    expect(twice).toMatchObject({ code: 2, stdout: "" });
    expect(twice.stderr).toBe(
      "hewn: There is more than one type Order: src/orders.ts#Order, src/stock.ts#Order.\n" +
        "  Name it with its file: --type src/orders.ts#Order\n",
    );
    const wrong = await project.hewn("decode", "-q", "-t", "Stok", bytes);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toBe("hewn: There is no wire type Stok in the project.\n  Did you mean Stock?\n");
  });

  test("--guess finds the type that explains most of the message", async () => {
    const found = await project.hewnFed(good, "decode", "--guess");
    expect(found).toMatchObject({ code: 0, stdout: goodJson });
    expect(found.stderr).toContain("hewn: read as src/orders.ts#Order\n");
    const none = await project.hewnFed(encode(7), "decode", "--guess");
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("hewn: no type of the project fits");
  });

  test("reads by the numbers of wire.lock", async () => {
    const before = "/** @wire */\nexport interface A { readonly gone: string; readonly kept: number }\n";
    await inProject({ "src/a.ts": before }, async (locked) => {
      expect(await locked.hewn("lock")).toMatchObject({ code: 0 });
      locked.write(
        "src/a.ts",
        "/** @wire */\nexport interface A { readonly new?: string; readonly kept: number }\n",
      );
      expect(await locked.hewn("lock", "--force")).toMatchObject({ code: 0 });
      const bytes = encode(["old", 7, "new", "newer"]);
      const value = await locked.hewnFed(bytes, "decode", "-t", "A");
      expect(value).toMatchObject({ code: 0, stdout: '{"new":"new","kept":7}\n' });
      const table = await locked.hewnFed(bytes, "decode", "-t", "A", "--annotate");
      expect(table.stdout).toBe(`offset  bytes              format           field              value
     0  94                 fixarray, 4      A
     1  a3 6f 6c 64        fixstr, 3 bytes    reserved slot 0  "old"
     5  07                 positive fixint    .kept            7
     6  a3 6e 65 77        fixstr, 3 bytes    .new             "new"
    10  a5 6e 65 77 65 72  fixstr, 5 bytes    unknown slot 3   "newer"
`);
    });
  });
});

describe("hewn decode without a type", () => {
  test("needs no project, and shows structure and value", async () => {
    await inProject({ "tsconfig.json": "no json" }, async (bare) => {
      const bytes = encode({ a: [1, -1.5, null], b: new Uint8Array([1, 2]) });
      expect(await bare.hewnFed(bytes, "decode")).toEqual({
        code: 0,
        stdout: `offset  bytes                       format           field     value
     0  82                          fixmap, 2        $
     1  a1 61                       fixstr, 1 byte     key 1   "a"
     3  93                          fixarray, 3        ["a"]
     4  01                          positive fixint      [0]   1
     5  cb bf f8 00 00 00 00 00 00  float 64             [1]   -1.5
    14  c0                          nil                  [2]   nil
    15  a1 62                       fixstr, 1 byte     key 2   "b"
    17  c4 02 01 02                 bin 8, 2 bytes     ["b"]   2 bytes

{"a":[1,-1.5,null],"b":"AQI="}
`,
        stderr: "",
      });
    });
  });

  test("damaged bytes: what is wrong on stderr, what was understood on stdout", async () => {
    const { code, stdout, stderr } = await project.hewn("decode", "92 01 c6 ff ff ff ff 00");
    expect(code).toBe(1);
    expect(stdout).toBe(`  offset  bytes              format           field     value
       0  92                 fixarray, 2      $
       1  01                 positive fixint    [0]     1
>      2  c6 ff ff ff ff 00                     [1]     cut off; at least 4294967294 missing
`);
    expect(stderr).toContain("Cannot decode $[1]: truncated at offset 2 (truncated)");
    expect(stderr).toContain(
      "At least 4294967294 bytes are missing: a length is damaged, or this is no message.",
    );
    expect(stderr).toContain("The input: 8 bytes, read as hex from the argument.");
  });

  test("--offset and --length cut the message out of a capture", async () => {
    const { code, stdout } = await project.hewn(
      ...["decode", "00 00 00 04 10 00 92 01 02 ff", "--offset", "0x6", "--length", "3", "--annotate"],
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `offset  bytes  format           field     value
     6  92     fixarray, 2      $
     7  01     positive fixint    [0]     1
     8  02     positive fixint    [1]     2
`,
    });
    const beyond = await project.hewn("decode", "c0", "--offset", "1");
    expect(beyond).toMatchObject({ code: 2, stdout: "" });
    expect(beyond.stderr).toContain("--offset 1 lies behind the input");
    expect(await project.hewn("decode", "c0", "--offset", "x")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("hewn decode --json", () => {
  test("is one object with the value as it is, and with the items where they are asked for", async () => {
    const { code, stdout, stderr } = await project.hewn(
      ...["decode", "-t", "Customer", "--annotate", "--json", "92 a1 61 00"],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { ms, ...report } = JSON.parse(stdout) as { readonly ms: number };
    expect(ms).toBeGreaterThan(0);
    const item = {
      offset: 0,
      length: 1,
      hex: "92",
      format: "fixarray, 2",
      path: "Customer",
      depth: 0,
      value: "",
    };
    expect(report).toEqual({
      ok: true,
      input: { from: "the argument", encoding: "hex", bytes: 4, notes: [] },
      type: "src/orders.ts#Customer",
      messages: [
        {
          offset: 0,
          length: 4,
          value: { name: "a", status: "new" },
          items: [
            { ...item, known: true },
            {
              offset: 1,
              length: 2,
              hex: "a161",
              format: "fixstr, 1 byte",
              path: "Customer.name",
              depth: 1,
              value: '"a"',
              known: true,
            },
            {
              offset: 3,
              length: 1,
              hex: "00",
              format: "positive fixint",
              path: "Customer.status",
              depth: 1,
              value: '"new"',
              known: true,
            },
          ],
        },
      ],
    });
  });

  test("tells the error with what was understood, and an error of usage as every command does", async () => {
    const wrong = await project.hewn("decode", "-t", "Customer", "--json", "92 a1 61 09");
    expect(wrong).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      ok: false,
      fitting: [],
      messages: [
        {
          offset: 0,
          length: 4,
          items: [{ path: "Customer" }, { path: "Customer.name" }, { value: "9 (not a member)" }],
        },
      ],
      error: { code: "unknownMember", offset: 3, path: "Customer.status" },
    });
    const usage = await project.hewn("decode", "--json", "nowhere.bin");
    expect(usage).toMatchObject({ code: 2, stderr: "" });
    expect(JSON.parse(usage.stdout)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("nowhere.bin") },
    });
  });
});

describe("the input of hewn decode", () => {
  test("that is neither file nor bytes, missing, empty or contradictory ends with 2", async () => {
    project.write("empty.bin", "");
    const says = async (words: string, ...args: readonly string[]) => {
      const { code, stdout, stderr } = await project.hewn("decode", ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(words);
    };
    await Promise.all([
      says('"capture.bin" is no file, and neither hex', "capture.bin"),
      says("There is no such file.", "--file", "c0"),
      says("There is nothing in empty.bin", "empty.bin"),
      says("There is nothing in stdin"),
      says("src: It is a directory.", "src"),
      says("There are no bytes in the argument.", "--", "-1"),
      says("--hex and --base64 exclude each other", "--hex", "--base64", "c0"),
      says("--type and --guess exclude each other", "--type", "Order", "--guess", "c0"),
      says("There is a file of this name: add --file.", "--hex", "empty.bin"),
    ]);
  });

  test("that can be read in two ways is said to be", async () => {
    project.write("c0", Uint8Array.of(0xc3));
    const { code, stdout, stderr } = await project.hewn("decode", "c0");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "hewn: note: c0 is a file, and was read; --hex takes the text itself\n",
    });
    expect(stdout).toContain("true");
    expect((await project.hewn("decode", "--hex", "c0")).stdout).toContain("nil");
    expect((await project.hewn("decode", "0a12")).stderr).toContain("could be base64 too");
    expect((await project.hewn("decode", "--quiet", "0a12")).stderr).not.toContain("note");
  });

  test("may be long, and its reader may close the pipe", async () => {
    const long = Buffer.alloc(4_000_000, 1);
    long.set([0xdd, 0, 0x3d, 0x08, 0xfb]);
    const { code, stdout } = await project.hewnFed(long, "decode", "--annotate", "--quiet");
    expect(code).toBe(0);
    expect(stdout.slice(-500)).toContain("too many items to list here");
    project.write("long.bin", long);
    const script = `"${process.execPath}" "${main}" decode long.bin | head -1; exit "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", script], {
      cwd: project.directory,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = await new Promise((resolve) => child.once("close", resolve));
    expect({ ended, stderr }).toEqual({ ended: 0, stderr: "" });
  });
});
