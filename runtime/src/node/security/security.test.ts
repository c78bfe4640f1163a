import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { certificateOf, newAuthority } from "./certificates.testing.ts";
import { newClusterSecret, parseClusterSecret } from "./cluster-secret.ts";
import { isFor, readOwnCertificate } from "./own-certificate.ts";
import { resolveSecurity, type SecurityOptions } from "./security.ts";

const folder = mkdtempSync(join(tmpdir(), "hewn-security-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [one, two, three] = [newClusterSecret(), newClusterSecret(), newClusterSecret()];
const idOf = (text: string) => parseClusterSecret(text, "this test").id;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function idsOf(options: SecurityOptions): Promise<readonly string[]> {
  const security = await resolveSecurity(options);
  return security.kind === "secret" ? security.secrets.map(({ id }) => id) : [security.kind];
}

describe("the secret of a cluster", () => {
  test("comes from an option, a file, or the environment, with up to two that are valid", async () => {
    const path = file("secrets", `${one}\n${two}\n`);
    const both = [idOf(one), idOf(two)];
    expect(await idsOf({ secret: one })).toEqual([idOf(one)]);
    expect(await idsOf({ secret: [one, two] })).toEqual(both);
    expect(await idsOf({ secretFile: path })).toEqual(both);
    expect(await idsOf({ environment: { HEWN_SECRET: one } })).toEqual([idOf(one)]);
    expect(await idsOf({ environment: { HEWN_SECRET: `${one},${two}` } })).toEqual(both);
    expect(await idsOf({ environment: { HEWN_SECRET: `${one} ${two}` } })).toEqual(both);
    expect(await idsOf({ environment: { HEWN_SECRET_FILE: path } })).toEqual(both);
  });

  test("is the option's where there is one, whatever the environment says", async () => {
    expect(await idsOf({ secret: two, environment: { HEWN_SECRET: one } })).toEqual([idOf(two)]);
    const certificates = certificateOf(newAuthority(), ["localhost"]);
    expect(await idsOf({ certificates, environment: { HEWN_SECRET: one } })).toEqual(["certificates"]);
    expect(await idsOf({ environment: {} })).toEqual(["none"]);
  });

  test("in a file that everybody can read is taken, with a warning", async () => {
    const warn = jest.spyOn(process, "emitWarning").mockImplementation(() => {});
    const path = file("open", one);
    chmodSync(path, 0o600);
    await resolveSecurity({ secretFile: path });
    expect(warn).not.toHaveBeenCalled();
    chmodSync(path, 0o644);
    await resolveSecurity({ secretFile: path });
    if (process.platform !== "win32") {
      expect(warn.mock.calls).toEqual([[expect.stringContaining(path), { code: "HEWN_SECRET_FILE" }]]);
    }
    warn.mockRestore();
  });

  test.each<[string, SecurityOptions, string, RegExp]>([
    ["three", { secret: [one, two, three] }, "misconfigured", /holds 3 secrets/],
    ["none in a list", { secret: [] }, "weakSecret", /holds no secret/],
    ["an empty variable", { environment: { HEWN_SECRET: "" } }, "weakSecret", /HEWN_SECRET holds no secret/],
    ["a weak one beside a good one", { secret: [one, "x"] }, "weakSecret", /the option secret is too short/],
    [
      "both variables",
      { environment: { HEWN_SECRET: one, HEWN_SECRET_FILE: "x" } },
      "misconfigured",
      /unset one/,
    ],
    ["an option and a file", { secret: one, secretFile: "x" }, "misconfigured", /secret and secretFile/],
    ["no such file", { secretFile: "/no/such/file" }, "misconfigured", /\/no\/such\/file .* cannot be read/],
    ["null", { secret: null as unknown as string }, "misconfigured", /the option secret holds something/],
    ["an empty file", { secretFile: file("empty", "\n") }, "weakSecret", /holds no secret/],
  ])("is refused: %s", async (_, options, code, message) => {
    const attempt = resolveSecurity({ environment: {}, ...options });
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe("certificates", () => {
  const authority = newAuthority();
  const good = certificateOf(authority, ["one.example", "*.two.example", "10.0.0.1", "fe80::1"]);

  test("are texts, bytes, or files", async () => {
    const files = {
      ca: file("ca.pem", good.ca),
      cert: file("cert.pem", good.cert),
      key: file("key.pem", good.key),
    };
    const bytes = { ca: Buffer.from(good.ca), cert: Buffer.from(good.cert), key: Buffer.from(good.key) };
    for (const given of [good, files, bytes]) expect(await readOwnCertificate(given)).toMatchObject(good);
  });

  test("may name extended usages, where those of servers and clients are among them", async () => {
    const both = certificateOf(authority, ["x"], { usages: ["serverAuth", "clientAuth"] });
    expect(await readOwnCertificate(both)).toMatchObject(both);
  });

  test("without alternative names are for nobody, whatever name their subject has", async () => {
    const { leaf } = await readOwnCertificate(certificateOf(authority, [], { subject: "one.example" }));
    expect(leaf.subject).toBe("CN=one.example");
    expect(isFor(leaf, "one.example")).toBe(false);
  });

  test("are for the names and addresses in them, with a wildcard for one label", async () => {
    const { leaf } = await readOwnCertificate(good);
    for (const host of [
      "one.example",
      "ONE.example",
      "a.two.example",
      "10.0.0.1",
      "fe80::1",
      "fe80:0::1%eth0",
    ]) {
      expect([host, isFor(leaf, host)]).toEqual([host, true]);
    }
    for (const host of [
      "two.example",
      "a.b.two.example",
      "10.0.0.2",
      "fe80::2",
      "test node",
      "example",
      "",
    ]) {
      expect([host, isFor(leaf, host)]).toEqual([host, false]);
    }
  });

  test.each<[string, Partial<typeof good>, RegExp]>([
    [
      "a key of another certificate",
      { key: certificateOf(authority, ["x"]).key },
      /key is of no use: it is not the key of cert/,
    ],
    ["a text that is no PEM", { ca: "nonsense" }, /ca is of no use: the file nonsense cannot be read/],
    ["a file that is none", { cert: file("none.pem", "hello") }, /cert is of no use: .* holds no PEM text/],
    ["a broken certificate", { cert: good.cert.replace("MI", "XX") }, /cert is of no use: it cannot be read/],
    ["a certificate for a key", { key: good.cert }, /key is of no use/],
    [
      "one that has expired",
      certificateOf(authority, ["x"], { validTo: new Date(0), validFrom: new Date(0) }),
      /it was valid until/,
    ],
    [
      "one that is not valid yet",
      certificateOf(authority, ["x"], { validFrom: new Date(Date.now() + 3e6) }),
      /it is not valid before/,
    ],
    [
      "one for servers alone",
      certificateOf(authority, ["x"], { usages: ["serverAuth"] }),
      /its extended key usage lacks clientAuth$/,
    ],
    [
      "one for clients alone",
      certificateOf(authority, ["x"], { usages: ["clientAuth"] }),
      /its extended key usage lacks serverAuth$/,
    ],
  ])("are refused where they cannot work: %s", async (_, change, message) => {
    const attempt = readOwnCertificate({ ...good, ...change });
    await expect(attempt).rejects.toMatchObject({
      code: "badCertificate",
      message: expect.stringMatching(message),
    });
  });
});
