// Whether somebody whose TLS handshake is done, or has failed, is one of us; and if not, why.

import type { TLSSocket } from "node:tls";
import { type RefusalCode, refusalSentences } from "../refusal.ts";
import { systemCodeOf } from "../stream-failure.ts";
import type { Newcomer } from "./newcomer.ts";
import { certificateFlaw } from "./tls-failure.ts";
import { applicationProtocol, type Proof } from "./tls-terms.ts";

export interface Verdict {
  readonly code: RefusalCode;
  /** A sentence about the peer. */
  readonly text: string;
}

/** Undefined: it has proved that it belongs here. */
export function judgeSecured(socket: TLSSocket, proof: Proof, newcomer: Newcomer): Verdict | undefined {
  if (socket.getProtocol() !== "TLSv1.3") return verdict("versionUnsupported");
  if (socket.alpnProtocol !== applicationProtocol) return verdict("tlsFailed");
  if (proof.kind === "secret") {
    // TLS 1.3 calls a handshake with a pre-shared key a session that was resumed; one without it never is.
    return newcomer.knowsSecret && socket.isSessionReused() ? undefined : verdict("wrongSecret");
  }
  if (socket.getPeerX509Certificate() === undefined) return verdict("noCertificate");
  // A resumed session would carry a certificate that was looked at once, and may have expired since.
  if (socket.authorized && !socket.isSessionReused()) return undefined;
  const flaw = certificateFlaw(String(socket.authorizationError ?? "")) ?? "does not hold";
  return verdict("badCertificate", `Its certificate ${flaw}.`);
}

/** Why the handshake failed; `error` is that of node:tls. */
export function judgeFailed(error: Error, proof: Proof, newcomer: Newcomer): Verdict {
  const code = systemCodeOf(error);
  if (newcomer.flaw !== undefined) return verdict(newcomer.flaw);
  if (/^ECONN|^EPIPE$/.test(code)) return verdict("hungUp");
  if (code === "ERR_TLS_HANDSHAKE_TIMEOUT") return verdict("timedOut");
  if (/UNSUPPORTED_PROTOCOL$|PROTOCOL_VERSION$/.test(code)) return verdict("versionUnsupported");
  // Without a key that we know TLS goes on as if there were certificates, and finds that we have none to show.
  const noKey = /BINDER_DOES_NOT_VERIFY$|NO_SUITABLE_SIGNATURE_ALGORITHM$|NO_SHARED_CIPHER$/.test(code);
  if (proof.kind === "secret" && noKey) return verdict("wrongSecret");
  return verdict("tlsFailed");
}

function verdict(code: RefusalCode, text: string = refusalSentences[code]): Verdict {
  return { code, text };
}
