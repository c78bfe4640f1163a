// What both ends demand of TLS, as options of node:tls. Nothing here is left to defaults that an environment variable
// or a flag of Node could weaken.

import { createSecureContext, createServer, type SecureContext, type Server, type TLSSocket } from "node:tls";
import type { ClusterSecret } from "./cluster-secret.ts";
import type { OwnCertificate } from "./own-certificate.ts";
import type { Security } from "./security.ts";

/** Told in the TLS handshake, so that no TLS server of another kind is taken for a node (RFC 7301). */
export const applicationProtocol = "hewn/1";

/**
 * With a pre-shared key the hash of the cipher must be the one that the key was made for, which node:tls takes to be
 * SHA-256: the cipher with SHA-384 would not find the key.
 */
const ciphers = {
  secret: "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256",
  certificates: "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256",
} as const;

const version = { minVersion: "TLSv1.3", maxVersion: "TLSv1.3" } as const;

/** A node that proves itself: what is left of {@link Security} where there is TLS at all. */
export type Proof = Exclude<Security, { readonly kind: "none" }>;

export function contextFor(proof: Proof): SecureContext {
  return createSecureContext({ ...version, ...materialOf(proof) });
}

/** A TLS server that listens nowhere: it is handed sockets. It refuses nobody by itself: who asks must look. */
export function tlsServerFor(
  proof: Proof,
  deadlineMs: number,
  keyFor: (socket: TLSSocket, identity: string) => Uint8Array | undefined,
): Server {
  return createServer({
    ...version,
    ...materialOf(proof),
    ALPNProtocols: [applicationProtocol],
    // Sooner or later than the deadline of the host, which counts from the accepted socket: so never before it.
    handshakeTimeout: deadlineMs + 1000,
    ...(proof.kind === "certificates"
      ? { requestCert: true, rejectUnauthorized: false }
      : {
          requestCert: false,
          pskCallback: (socket: TLSSocket, identity: string) => keyFor(socket, identity) ?? null,
        }),
  });
}

function materialOf(proof: Proof) {
  if (proof.kind === "secret") return { ciphers: ciphers.secret };
  const { ca, cert, key }: OwnCertificate = proof.own;
  return { ciphers: ciphers.certificates, ca, cert, key };
}

const identityPattern = /^hewn1 ([A-Za-z0-9_-]{16}) ([A-Za-z0-9_-]{16})$/;

/**
 * The identity that goes with a pre-shared key: which secret it is, and a number of this one dial, by which a node
 * knows its own handshake when somebody sends it back (Drucker and Gueron, "Selfie: reflections on TLS 1.3 with PSK").
 */
export function pskIdentity(secret: ClusterSecret, dialNumber: string): string {
  return `hewn1 ${secret.id} ${dialNumber}`;
}

export function readPskIdentity(identity: string): { secretId: string; dialNumber: string } | undefined {
  const match = identityPattern.exec(identity);
  return match === null ? undefined : { secretId: match[1]!, dialNumber: match[2]! };
}
