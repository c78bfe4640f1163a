// What protects a node's streams: certificates, a secret of the cluster, or nothing. Decided once, when a host is made,
// from options and environment; whatever is wrong with it is found then.

import { readFile, stat } from "node:fs/promises";
import { NetworkError } from "../network-error.ts";
import { type ClusterSecret, parseClusterSecret } from "./cluster-secret.ts";
import { type CertificateOptions, type OwnCertificate, readOwnCertificate } from "./own-certificate.ts";

export interface SecurityOptions {
  /** TLS 1.3 with a certificate on both sides: every node proves which one it is. */
  readonly certificates?: CertificateOptions;
  /**
   * TLS 1.3 with a secret that all nodes share: every node proves that it is one of them. With two, both are taken and
   * the first is the one to dial with, so that the secret can be changed without a halt.
   */
  readonly secret?: string | readonly string[];
  /** A file with one secret, or two on lines of their own. */
  readonly secretFile?: string;
  /**
   * Where HEWN_SECRET and HEWN_SECRET_FILE are looked up when none of the above is given. Default: the environment of
   * the process. HEWN_SECRET takes two secrets with a comma or blanks between them.
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export type Security =
  | { readonly kind: "none" }
  | { readonly kind: "secret"; readonly secrets: readonly [ClusterSecret, ...ClusterSecret[]] }
  | { readonly kind: "certificates"; readonly own: OwnCertificate };

/** Two, so that one can take the other's place; more would only be old ones that were forgotten. */
const secretsMax = 2;

/** @throws NetworkError `weakSecret`, `badCertificate`, or `misconfigured` where options contradict each other */
export async function resolveSecurity(options: SecurityOptions): Promise<Security> {
  const given = (["certificates", "secret", "secretFile"] as const).filter(
    (key) => options[key] !== undefined,
  );
  if (given.length > 1) {
    throw new NetworkError(
      "misconfigured",
      `${given.join(" and ")} are given, where a node has one kind of proof`,
    );
  }
  if (options.certificates !== undefined) {
    return { kind: "certificates", own: await readOwnCertificate(options.certificates) };
  }
  if (options.secret !== undefined) return secretsOf([options.secret].flat(), "the option secret");
  if (options.secretFile !== undefined) return secretsIn(options.secretFile, "the option secretFile");
  return securityOfEnvironment(options.environment ?? process.env);
}

async function securityOfEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Security> {
  const { HEWN_SECRET: text, HEWN_SECRET_FILE: file } = environment;
  if (text !== undefined && file !== undefined) {
    throw new NetworkError(
      "misconfigured",
      "HEWN_SECRET and HEWN_SECRET_FILE are both set: unset one of them",
    );
  }
  if (text !== undefined) return secretsOf(wordsOf(text), "HEWN_SECRET");
  if (file !== undefined) return secretsIn(file, "HEWN_SECRET_FILE");
  return { kind: "none" };
}

async function secretsIn(file: string, origin: string): Promise<Security> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    const message = `the file ${file} that ${origin} names cannot be read`;
    throw new NetworkError("misconfigured", message, { cause: error });
  });
  await warnWhereOpen(file);
  return secretsOf(wordsOf(text), `the file ${file}`);
}

/** Windows has no such modes: all its files would be open. */
async function warnWhereOpen(file: string): Promise<void> {
  if (process.platform === "win32" || ((await stat(file)).mode & 0o004) === 0) return;
  process.emitWarning(`every user of this machine can read the secret in ${file}: chmod 600 keeps it`, {
    code: "HEWN_SECRET_FILE",
  });
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function secretsOf(texts: readonly string[], origin: string): Security {
  if (texts.some((text) => typeof text !== "string")) {
    throw new NetworkError("misconfigured", `${origin} holds something that is no text`);
  }
  const [first, ...others] = texts.map((text) => parseClusterSecret(text, `a secret of ${origin}`));
  if (first === undefined) throw new NetworkError("weakSecret", `${origin} holds no secret`);
  if (texts.length > secretsMax) {
    throw new NetworkError(
      "misconfigured",
      `${origin} holds ${texts.length} secrets, of which ${secretsMax} can be valid`,
    );
  }
  return { kind: "secret", secrets: [first, ...others] };
}
