// Why TLS did not come about, in sentences that depend neither on the system nor on the version of OpenSSL.

import type { StreamFailure } from "../../transport/index.ts";
import { systemCodeOf } from "../stream-failure.ts";
import { PeerFlaw } from "./peer-flaw.ts";
import type { Security } from "./security.ts";

/** OpenSSL's names for what is wrong with a chain of certificates, as far as they can happen here. */
const certificateFlaws: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is signed by itself and by no authority that we trust",
  SELF_SIGNED_CERT_IN_CHAIN: "leads to an authority that we do not trust",
  UNABLE_TO_GET_ISSUER_CERT: "leads to no authority that we trust",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "leads to no authority that we trust",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "leads to no authority that we trust",
  CERT_SIGNATURE_FAILURE: "has a signature that does not hold",
  CERT_REVOKED: "is revoked",
  INVALID_CA: "is signed by a certificate that is no authority",
  INVALID_PURPOSE: "is not meant for this side of a connection",
  CERT_UNTRUSTED: "leads to no authority that we trust",
};

/** `The certificate has expired`, for a code of OpenSSL's; undefined for other codes. */
export function certificateFlaw(code: string): string | undefined {
  return Object.hasOwn(certificateFlaws, code) ? certificateFlaws[code] : undefined;
}

/** Beginnings and ends of codes of node:tls, and what they mean to who dialled. `{proof}` is its own proof. */
const dialFailures: readonly (readonly [code: RegExp, sentence: string])[] = [
  [
    /WRONG_VERSION_NUMBER$|BAD_RECORD_TYPE$|PACKET_LENGTH_TOO_LONG$/,
    "The peer does not speak TLS: nothing protects its port.",
  ],
  [/PROTOCOL_VERSION$|UNSUPPORTED_PROTOCOL$/, "The peer does not speak TLS 1.3."],
  [/UNEXPECTED_MESSAGE$/, "What the peer answered is no answer to a TLS hello."],
  [/CERTIFICATE_EXPIRED$/, "The peer says that our certificate has expired."],
  [/UNKNOWN_CA$/, "The peer does not trust the authority of our certificate."],
  [/CERTIFICATE_REQUIRED$/, "The peer demands a certificate."],
  [
    /ALERT_BAD_CERTIFICATE$|CERTIFICATE_UNKNOWN$|UNSUPPORTED_CERTIFICATE$/,
    "The peer does not take our certificate.",
  ],
  [/NO_APPLICATION_PROTOCOL$/, "The peer is a TLS server of another kind."],
  [
    /ALERT_HANDSHAKE_FAILURE$|ALERT_DECRYPT_ERROR$|ALERT_ILLEGAL_PARAMETER$|ALERT_INTERNAL_ERROR$/,
    "The peer does not take our {proof}.",
  ],
];

const proofs = {
  none: "proof",
  secret: "secret: it has another one, or certificates",
  certificates: "certificate: it has a secret, or other ciphers",
};

export const noSecret = "The peer does not know the secret of the cluster.";

/** What a dialled stream failed of, when TLS says so; undefined where it was not TLS. */
export function tlsDialFailure(error: Error, kind: Security["kind"]): StreamFailure | undefined {
  if (error instanceof PeerFlaw) return unauthenticated(error.message);
  const code = systemCodeOf(error);
  const flaw = certificateFlaw(code);
  // A certificate is what TLS turns to where the secret is not known.
  if (flaw !== undefined && kind === "secret") return unauthenticated(noSecret);
  if (flaw !== undefined) return unauthenticated(`The peer's certificate ${flaw}.`);
  const sentence = dialFailures.find(([pattern]) => pattern.test(code))?.[1];
  if (sentence !== undefined) return unauthenticated(sentence.replace("{proof}", proofs[kind]));
  return /^ERR_(?:SSL|TLS)_/.test(code) ? unauthenticated("The TLS handshake failed.") : undefined;
}

export function unauthenticated(text: string): StreamFailure {
  return { code: "unauthenticated", text };
}
