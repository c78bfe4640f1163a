// Certificates for tests, made on the spot: an authority, and nodes signed by it. DER by hand (X.690, RFC 5280), because
// node:crypto signs bytes but makes no certificates.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";

export interface Authority {
  readonly name: string;
  readonly key: KeyObject;
  readonly pem: string;
}

export interface TestCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export function newAuthority(name = "test authority"): Authority {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = certificate({
    subject: name,
    issuer: name,
    publicKey,
    signedBy: privateKey,
    isAuthority: true,
  });
  return { name, key: privateKey, pem };
}

/** Extended key usages, as object identifiers (RFC 5280, section 4.2.1.12). */
const usageIds = { serverAuth: "2b06010505070301", clientAuth: "2b06010505070302" };
export type Usage = keyof typeof usageIds;

/** A certificate for host names and addresses. `trusts`: whom its node trusts, by default who signed it. */
export function certificateOf(
  authority: Authority,
  hosts: readonly string[],
  more: {
    validFrom?: Date;
    validTo?: Date;
    trusts?: Authority;
    usages?: readonly Usage[];
    subject?: string;
  } = {},
): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cert = certificate({
    subject: "test node",
    issuer: authority.name,
    publicKey,
    signedBy: authority.key,
    hosts,
    ...more,
  });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { ca: (more.trusts ?? authority).pem, cert, key };
}

/** Signed by nobody but itself; trusts `trusts`. */
export function selfSigned(hosts: readonly string[], trusts: Authority): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cert = certificate({
    subject: "test node",
    issuer: "test node",
    publicKey,
    signedBy: privateKey,
    hosts,
  });
  return { ca: trusts.pem, cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

interface Contents {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly hosts?: readonly string[];
  readonly usages?: readonly Usage[];
  readonly isAuthority?: boolean;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(objectId("2a8648ce3d040302"));

function certificate(contents: Contents): string {
  const { publicKey, signedBy, validFrom, validTo } = contents;
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(contents.issuer),
    sequence(time(validFrom ?? new Date(Date.now() - dayMs)), time(validTo ?? new Date(Date.now() + dayMs))),
    nameOf(contents.subject),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions(contents))),
  );
  const signature = sign("sha256", body, signedBy);
  const der = sequence(body, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extensions({ isAuthority = false, hosts = [], usages = [] }: Contents): readonly Buffer[] {
  const authority = isAuthority ? [tlv(0x01, Buffer.from([0xff]))] : [];
  const basic = sequence(
    objectId("551d13"),
    tlv(0x01, Buffer.from([0xff])),
    tlv(0x04, sequence(...authority)),
  );
  const all = [basic];
  if (usages.length > 0) {
    const ids = usages.map((usage) => objectId(usageIds[usage]));
    all.push(sequence(objectId("551d25"), tlv(0x04, sequence(...ids))));
  }
  if (hosts.length === 0) return all;
  const names = hosts.map((host) =>
    isIPv4(host) || isIPv6(host) ? tlv(0x87, ip(host)) : tlv(0x82, Buffer.from(host)),
  );
  return [...all, sequence(objectId("551d11"), tlv(0x04, sequence(...names)))];
}

function ip(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from(host.split(".").map(Number));
  const [head = "", tail = ""] = host.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => "0");
  const all = host.includes("::") ? [...groups(head), ...zeros, ...groups(tail)] : groups(head);
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function nameOf(text: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId("550403"), tlv(0x0c, Buffer.from(text)))));
}

function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, "")));
}

function objectId(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, "hex"));
}

function integer(bytes: Buffer): Buffer {
  return tlv(0x02, bytes);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}
