import { describe, expect, jest, test } from "@jest/globals";
import { inProject, type TempProject, tsconfig } from "../testing/temp-project.ts";

// Each command is a process of its own, and the machine may be busy.
jest.setTimeout(120_000);

const first = "/** @wire */\nexport interface Order { readonly id: string; readonly count: number }\n";
const grown = `/** @wire */
export interface Order { readonly count: number; readonly note?: string; readonly id: string }
`;

/** Name by slot, as the lock has it; reserved names in brackets. */
function slotsOf(project: TempProject): readonly string[] {
  const { types } = JSON.parse(project.read("wire.lock")) as {
    types: Record<string, { type: { struct: Record<string, { name?: string; reserved?: string }> } }>;
  };
  const slots = Object.values(types["src/order#Order"]?.type.struct ?? {});
  return slots.map(({ name, reserved }) => name ?? `[${reserved}]`);
}

function withoutTime(text: string): string {
  return text.replace(/\d+ ms/, "N ms");
}

describe("hewn lock", () => {
  test("numbers fields for good: reordered and inserted ones keep their slots, removed ones are reserved", async () => {
    await inProject({ "src/order.ts": first }, async (project) => {
      const created = await project.hewn("lock");
      expect(created).toMatchObject({ code: 0, stderr: "" });
      expect(withoutTime(created.stdout)).toBe(
        "  written  wire.lock\n    added          src/order#Order\n  written  src/order.codec.ts\nhewn: locked (N ms)\n",
      );
      expect(slotsOf(project)).toEqual(["id", "count"]);

      project.write("src/order.ts", grown);
      const stale = await project.hewn("generate", "--check");
      expect(stale.code).toBe(1);
      expect(stale.stdout).toContain(
        "error HEWN2001: 'Order' is not what wire.lock says: 'Order.note' is not in",
      );
      const check = await project.hewn("lock", "--check");
      expect(check.code).toBe(1);
      expect(withoutTime(check.stdout)).toBe(
        "  stale  wire.lock\n    safe           src/order#Order\n      + note (slot 2)\n" +
          "hewn: out of date (N ms)\nRun `hewn lock` and commit what it writes.\n",
      );
      expect(slotsOf(project)).toEqual(["id", "count"]);

      expect(await project.hewn("lock")).toMatchObject({ code: 0 });
      expect(slotsOf(project)).toEqual(["id", "count", "note"]);
      expect(project.read("src/order.codec.ts")).toMatch(/value\.id\).*value\.count\).*note/s);
      expect(await project.hewn("generate", "--check")).toMatchObject({ code: 0 });

      project.write("src/order.ts", grown.replace("readonly note?: string; ", ""));
      expect((await project.hewn("lock")).code).toBe(0);
      expect(slotsOf(project)).toEqual(["id", "count", "[note]"]);
      expect(await project.hewn("lock", "--check")).toMatchObject({ code: 0 });
    });
  });

  test("fields have slots and literals ordinals, whatever their names", async () => {
    const before = "/** @wire */\nexport interface Odd { readonly a: string; readonly m: 1 | true }\n";
    await inProject({ "src/odd.ts": before }, async (project) => {
      await project.hewn("lock");
      const after = before.replace(
        "readonly m: 1 | true",
        "readonly m: 1 | true | 7; readonly 7?: string; readonly true?: string",
      );
      project.write("src/odd.ts", after);
      const { stdout } = await project.hewn("lock");
      expect(stdout).toContain("      + 7 (slot 2)\n      + true (slot 3)\n      + m 7 (ordinal 2)\n");
    });
  });

  test("a change that breaks is refused whole, until --force", async () => {
    await inProject({ "src/order.ts": first }, async (project) => {
      await project.hewn("lock");
      const before = { lock: project.read("wire.lock"), codec: project.read("src/order.codec.ts") };
      project.write("src/order.ts", first.replace("count: number", "count: string"));

      const refused = await project.hewn("lock");
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain("breaking       src/order#Order");
      expect(refused.stdout).toContain("Order.count: the writer sends a");
      expect(refused.stdout).toContain("Nothing was written. `hewn lock --force` accepts what breaks.");
      expect({ lock: project.read("wire.lock"), codec: project.read("src/order.codec.ts") }).toEqual(before);

      const { code, stdout } = await project.hewn("lock", "--force", "--json");
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        ok: true,
        locks: [
          { file: "wire.lock", status: "written", changes: [{ type: "src/order#Order", kind: "breaking" }] },
        ],
        files: [{ codec: "src/order.codec.ts", status: "written" }],
      });
      expect(project.read("wire.lock")).not.toBe(before.lock);
    });
  });

  test("a lock that cannot be read stops every command with its line", async () => {
    await inProject(
      { "src/order.ts": first, "wire.lock": '{\n  "version": 1,\n  oops\n}\n' },
      async (project) => {
        for (const command of ["generate", "lock"]) {
          const { code, stdout, stderr } = await project.hewn(command);
          expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
          expect(stderr).toMatch(/^hewn: wire\.lock:3:1: /);
        }
        expect(project.exists("src/order.codec.ts")).toBe(false);
      },
    );
  });

  test("types of a project that is not compiled are not taken for removed", async () => {
    const files = { "src/order.ts": first, "other/tsconfig.json": tsconfig, "other/src/a.ts": first };
    await inProject(files, async (project) => {
      await project.hewn("lock");
      const { code, stderr } = await project.hewn("lock", "-p", "other");
      expect(code).toBe(2);
      expect(stderr).toContain(
        "wire.lock: It also numbers src/order#Order, which this project does not compile.",
      );
    });
  });

  test("a type that is refused is not locked", async () => {
    await inProject({ "src/order.ts": first.replace("string", "() => void") }, async (project) => {
      const { code, stdout } = await project.hewn("lock");
      expect(code).toBe(1);
      expect(stdout).toContain("HEWN1001");
      expect(project.exists("wire.lock")).toBe(false);
    });
  });

  test("a type that becomes @wire copy, or ceases to be it, keeps its lock and its wire", async () => {
    const copied = "/** @wire copy */\nexport interface Order { id: string; readonly lines: number[] }\n";
    const plain =
      "/** @wire */\nexport interface Order { readonly id: string; readonly lines: readonly number[] }\n";
    await inProject({ "src/order.ts": plain }, async (project) => {
      await project.hewn("lock");
      const [lock, codec] = [project.read("wire.lock"), project.read("src/order.codec.ts")];

      project.write("src/order.ts", copied);
      expect(await project.hewn("lock", "--check")).toMatchObject({ code: 0 });
      expect((await project.hewn("generate", "--check")).stdout).toMatch(/stale {2}src\/order\.codec\.ts/);
      const locked = await project.hewn("lock");
      expect(withoutTime(locked.stdout)).toBe(
        "  unchanged  wire.lock\n  written  src/order.codec.ts\nhewn: up to date (N ms)\n",
      );
      expect(project.read("wire.lock")).toBe(lock);
      expect(project.read("src/order.codec.ts")).toContain("cloneOrder");

      project.write("src/order.ts", copied.replace(" copy", ""));
      const refused = await project.hewn("check");
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stdout.match(/HEWN110\d/g)).toEqual(["HEWN1101", "HEWN1102"]);

      project.write("src/order.ts", plain);
      expect(await project.hewn("generate")).toMatchObject({ code: 0 });
      expect(project.read("src/order.codec.ts")).toBe(codec);
    });
  });
});
