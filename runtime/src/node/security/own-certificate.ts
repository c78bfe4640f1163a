// A node's certificate, its key, and the authorities whose certificates it takes: read, and refused where they cannot
// work, before the first peer would find out.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import { NetworkError } from "../network-error.ts";

/** Each a PEM text, its bytes, or the name of a file that holds it. */
export interface CertificateOptions {
  /** The authorities that sign the certificates of this cluster's nodes, and of nothing else: no others are trusted. */
  readonly ca: string | Uint8Array;
  /** This node's certificate, and behind it those that lead to an authority, if there are any. */
  readonly cert: string | Uint8Array;
  /** The private key of `cert`, not encrypted. */
  readonly key: string | Uint8Array;
}

export interface OwnCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** The node's own, without what stands behind it. */
  readonly leaf: X509Certificate;
}

/** @throws NetworkError `badCertificate` that says which part is wrong, and why */
export async function readOwnCertificate(options: CertificateOptions): Promise<OwnCertificate> {
  const [ca, cert, key] = await Promise.all([
    readPem(options.ca, "ca"),
    readPem(options.cert, "cert"),
    readPem(options.key, "key"),
  ]);
  attempted("ca", () => new X509Certificate(ca));
  const leaf = attempted("cert", () => new X509Certificate(cert));
  const privateKey = attempted("key", () => createPrivateKey(key));
  if (!leaf.checkPrivateKey(privateKey)) throw unusable("key", "it is not the key of cert");
  const flaw = flawOf(leaf, Date.now());
  if (flaw !== undefined) throw unusable("cert", flaw);
  attempted("cert", () => createSecureContext({ ca, cert, key, minVersion: "TLSv1.3" }));
  return { ca, cert, key, leaf };
}

/** Every node is dialled and dials. Names of extended key usages: RFC 5280, section 4.2.1.12. */
const usages = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

/** Why every handshake with a certificate would fail now. */
function flawOf(leaf: X509Certificate, now: number): string | undefined {
  if (now > Date.parse(leaf.validTo)) return `it was valid until ${leaf.validTo}`;
  if (now < Date.parse(leaf.validFrom)) return `it is not valid before ${leaf.validFrom}`;
  // Those of `keyUsage` in X509Certificate are the extended ones; none at all stand for every use.
  const named: readonly string[] | undefined = leaf.keyUsage;
  if (named === undefined) return undefined;
  const missing = Object.entries(usages).filter(([, id]) => !named.includes(id));
  if (missing.length === 0) return undefined;
  return `its extended key usage lacks ${missing.map(([name]) => name).join(" and ")}`;
}

/** Whether a certificate is one for a host: a name or an address among its subject's alternative names. */
export function isFor(certificate: X509Certificate, host: string): boolean {
  const plain = host.replace(/%.*$/, "");
  if (isIP(plain) !== 0) return certificate.checkIP(plain) !== undefined;
  // The subject itself is not asked: what stands there is no name by rule (RFC 9525, section 2).
  return certificate.checkHost(plain, { subject: "never" }) !== undefined;
}

/** The first name or address that a certificate is for, without wildcards: `one.example`, `10.0.0.1`. */
export function firstHostOf(certificate: X509Certificate): string | undefined {
  const names = certificate.subjectAltName?.split(", ") ?? [];
  const hosts = names.map((name) => /^(?:DNS|IP Address):([0-9A-Za-z._:-]+)$/.exec(name)?.[1]);
  return hosts.find((host) => host !== undefined);
}

async function readPem(given: string | Uint8Array, part: string): Promise<string> {
  const text = typeof given === "string" ? given : Buffer.from(given).toString("latin1");
  if (text.includes("-----BEGIN ")) return text;
  if (typeof given !== "string") throw unusable(part, "it is no PEM text");
  const content = await readFile(given, "latin1").catch((error: Error) => {
    throw unusable(part, `the file ${given} cannot be read`, error);
  });
  if (!content.includes("-----BEGIN ")) throw unusable(part, `the file ${given} holds no PEM text`);
  return content;
}

function attempted<T>(part: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unusable(part, "it cannot be read as what it should be", error);
  }
}

function unusable(part: string, why: string, cause?: unknown): NetworkError {
  return new NetworkError("badCertificate", `the certificate option ${part} is of no use: ${why}`, { cause });
}
