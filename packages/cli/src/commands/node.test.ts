import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { onStage, statusOf } from "../testing/node-stage.ts";

jest.setTimeout(120_000);

/** Blocks its loop when it is told to by a file. */
const blocking = `
  import { existsSync } from "node:fs";
  export function start() {
    const timer = setInterval(() => {
      if (!existsSync("block")) return;
      const end = Date.now() + 600_000;
      while (existsSync("block") && Date.now() < end);
    }, 20);
    return () => clearInterval(timer);
  }`;

describe("hewn node", () => {
  test("two terminals: they find each other, and both say so", async () => {
    await onStage({}, async (stage) => {
      const a = stage.start("node", "--bind", "127.0.0.1:0", "--name", "a");
      const [, address] = /^hewn: a is at (\S+) \(process \d+\)$/.exec(await a.line(/is at/)) ?? [];
      const b = stage.start(
        "node",
        "--bind",
        "127.0.0.1:0",
        "--name",
        "b",
        "--seeds",
        `127.0.0.1:1,${address}`,
      );
      await a.line(/b {2}127\.0\.0\.1:\d+ {2}(?:alive {2}\(it is there\)|tells its name)$/);
      await b.line(new RegExp(`a {2}${address} {2}(?:alive|tells its name)`));
      b.signal("SIGTERM");
      expect(await b.ended).toBe(0);
      await a.line(/b {2}127\.0\.0\.1:\d+ {2}alive -> left {2}\(it said goodbye\)$/);
      expect((await a.interrupt()).code).toBe(0);
    });
  });

  test("that was killed, frozen, blocked or told to leave looks different to the others, as members and as events", async () => {
    await onStage({ "block.mjs": blocking }, async (stage) => {
      const a = await stage.node("--name", "a");
      const join = ["--seeds", a.address];
      const killed = await stage.node("--name", "killed", ...join);
      const frozen = await stage.node("--name", "frozen", ...join);
      const leaver = await stage.node("--name", "leaver", ...join);
      await stage.node("block.mjs", "--name", "blocked", ...join);
      const asked = ["--node", a.address];
      await stage.until(
        (all) => all.length === 5 && all.every(({ status, name }) => status === "alive" && name !== ""),
        ...asked,
      );
      frozen.process.signal("SIGSTOP");
      stage.project.write("block", "");
      leaver.process.signal("SIGTERM");
      await killed.process.kill();
      const expected = { a: "alive", killed: "dead", frozen: "frozen", leaver: "left", blocked: "stalled" };
      const seen = await stage.until(
        (all) => Object.entries(expected).every(([name, status]) => statusOf(all, name) === status),
        ...asked,
      );
      expect(seen.find(({ name }) => name === "blocked")?.lagMs).toBeGreaterThan(500);
      stage.project.remove("block");
      frozen.process.signal("SIGCONT");
      await stage.until(
        (all) => statusOf(all, "frozen") === "alive" && statusOf(all, "blocked") === "alive",
        ...asked,
      );
      const { left } = await a.process.interrupt();
      const told = left.flatMap((line) =>
        line.startsWith("{") ? [JSON.parse(line) as { name: string; status: string }] : [],
      );
      for (const [name, status] of Object.entries(expected).filter(([name]) => name !== "a")) {
        expect(told).toContainEqual(expect.objectContaining({ event: "status", name, status }));
      }
      // Nobody was called what it was not.
      for (const { name, status } of told) {
        if (status === "dead") expect(name).toBe("killed");
        if (status === "left") expect(name).toBe("leaver");
        if (status === "stalled") expect(name).toBe("blocked");
      }
    });
  });

  test("runs an application in TypeScript, tells it when to stop, and waits for it", async () => {
    const app = `
      import { writeFileSync } from "node:fs";
      interface Given { readonly args: readonly string[]; readonly signal: AbortSignal }
      export async function start(cluster: { readonly self: { readonly port: number } }, { args, signal }: Given) {
        console.log("started", cluster.self.port > 0, args.join("+"));
        return async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          writeFileSync("stopped", String(signal.aborted));
        };
      }`;
    await onStage({ "app.ts": app }, async (stage) => {
      const { process } = await stage.node("app.ts", "--", "--name", "x");
      await process.line(/^started true --name\+x$/);
      process.signal("SIGTERM");
      expect(await process.ended).toBe(0);
      expect(stage.project.read("stopped")).toBe("true");
    });
  });

  test("a second Ctrl-C ends it at once, whatever its application does", async () => {
    const app = `export const start = () => { console.log("up"); return () => { console.log("stopping"); return new Promise(() => {}); }; };`;
    await onStage({ "app.mjs": app }, async (stage) => {
      const { process } = await stage.node("app.mjs");
      await process.line(/^up$/);
      process.signal("SIGINT");
      await process.line(/^stopping$/);
      process.signal("SIGINT");
      expect(await process.ended).toBe(130);
    });
  });

  test("an application that fails ends it, after a goodbye, with 1", async () => {
    await onStage(
      { "app.mjs": `export const start = () => { throw new Error("no luck"); };` },
      async (stage) => {
        const { process } = await stage.node("app.mjs");
        await process.line(/the application failed: Error: no luck/);
        expect(await process.ended).toBe(1);
      },
    );
  });

  test("takes its options from the environment where the command line says nothing", async () => {
    await onStage({}, async (stage) => {
      const env = { XDG_RUNTIME_DIR: stage.project.directory, HEWN_BIND: "127.0.0.1:0", HEWN_NAME: "env" };
      const node = stage.project.start(env, "node");
      try {
        await node.line(/^hewn: env is at 127\.0\.0\.1:/);
      } finally {
        await node.kill();
      }
    });
  });

  test.each<readonly [readonly string[], RegExp]>([
    [["--bind", "127.0.0.1"], /^hewn: '127\.0\.0\.1' is no address/],
    [["--bind", "0.0.0.0:0"], /others cannot reach this node/],
    [["--bind", "0.0.0.0:0", "--advertise", "n:0"], /hewn keygen/],
    [["--seeds", "x"], /^hewn: 'x' is no address/],
    [["--name", "a\u202eb"], /the name is not up to 64 printable characters/],
    [["--policy", "sometimes"], /--policy is none, after:30s/],
    [["--profile", "moon"], /--profile is local, lan, wan/],
    [["--secret-file", "none"], /the file none .* cannot be read/],
    [["none.ts"], /There is no file none\.ts/],
    [["enum.ts"], /enum\.ts cannot be loaded: .*\n {2}Node only strips types/],
    [["broken.mjs"], /broken\.mjs cannot be loaded: /],
    [["number.mjs"], /What number\.mjs exports as start is no function/],
    [["--nmae", "x"], /unknown option '--nmae'\n\(Did you mean --name\?\)/],
  ])("%j is refused, with 2 and what to do", async (args, sentence) => {
    const files = {
      "enum.ts": "export enum Colour { red }",
      "broken.mjs": "export const start = ;",
      "number.mjs": "export const start = 1;",
    };
    await onStage(files, async (stage) => {
      const { code, stdout, stderr } = await stage.hewn("node", "--bind", "127.0.0.1:0", ...args);
      expect(stderr).toMatch(sentence);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    });
  });

  test("says who has the port, and leaves the socket of that node alone", async () => {
    await onStage({}, async (stage) => {
      const { address } = await stage.node("--name", "a");
      const { code, stderr } = await stage.hewn("node", "--bind", address);
      expect(code).toBe(2);
      expect(stderr).toContain("--bind takes another one");
      expect(existsSync(join(stage.sockets, `${address}.sock`))).toBe(true);
      expect((await stage.members()).length).toBe(1);
    });
  });
});
