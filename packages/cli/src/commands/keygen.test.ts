import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "@hewn/runtime/node";
import { describe, expect, jest, test } from "@jest/globals";
import { inProject } from "../testing/temp-project.ts";

jest.setTimeout(120_000);

describe("hewn keygen", () => {
  test("prints another secret of 256 bits each time, which nodes take", async () => {
    await inProject({}, async (project) => {
      const [one, two] = [await project.hewn("keygen"), await project.hewn("keygen", "--json")];
      expect(one).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringMatching(/^[A-Za-z0-9_-]{43}\n$/),
      });
      const { ok, secret } = JSON.parse(two.stdout) as { ok: boolean; secret: string };
      expect(ok).toBe(true);
      expect(secret).not.toBe(one.stdout.trim());
      expect((await nodeHost({ secret: [one.stdout.trim(), secret] })).security).toBe("secret");
    });
  });

  test("writes a file for its owner alone, and none over another", async () => {
    await inProject({}, async (project) => {
      const file = join(project.directory, "cluster.secret");
      expect(await project.hewn("keygen", "--out", "cluster.secret")).toEqual({
        code: 0,
        stdout: "",
        stderr: "hewn: wrote a new secret to cluster.secret\n",
      });
      if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
      expect((await nodeHost({ secretFile: file })).security).toBe("secret");
      const before = readFileSync(file, "utf8");
      expect(await project.hewn("keygen", "--out", "cluster.secret")).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringMatching(/^hewn: cluster\.secret is there already, and may be in use\./),
      });
      expect(readFileSync(file, "utf8")).toBe(before);
      writeFileSync(join(project.directory, "plain"), "");
      expect((await project.hewn("keygen", "-o", "plain/secret")).code).toBe(2);
    });
  });

  test("--help says what the secret is for", async () => {
    await inProject({}, async (project) => {
      const { code, stdout } = await project.hewn("keygen", "--help");
      expect(code).toBe(0);
      expect(stdout).toContain("HEWN_SECRET_FILE");
    });
  });
});
