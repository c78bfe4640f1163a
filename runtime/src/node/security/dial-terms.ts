// How this node proves itself to those it dials, and what it demands of them.

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { printable } from "../../transport/index.ts";
import { isFor } from "./own-certificate.ts";
import { PeerFlaw } from "./peer-flaw.ts";
import type { Security } from "./security.ts";
import type { SelfDials } from "./self-dials.ts";
import { noSecret } from "./tls-failure.ts";
import { applicationProtocol, contextFor, type Proof, pskIdentity } from "./tls-terms.ts";

export interface DialAttempt {
  /** For `connect` of node:tls, besides the socket. */
  readonly options: ConnectionOptions;
  /** What is wrong with a handshake that TLS has taken, as a sentence. */
  flawOf(socket: TLSSocket): string | undefined;
  /** It has come back to a port of ours. */
  cameBack(): boolean;
  end(): void;
}

export type DialTerms =
  | { readonly kind: "none" }
  | { readonly kind: Proof["kind"]; readonly begin: (name: string) => DialAttempt };

export function dialTerms(security: Security, selfDials: SelfDials): DialTerms {
  if (security.kind === "none") return security;
  const secureContext = contextFor(security);
  const common = { secureContext, ALPNProtocols: [applicationProtocol], rejectUnauthorized: true };
  if (security.kind === "certificates") {
    return { kind: "certificates", begin: (name) => certificateAttempt(common, name) };
  }
  const [secret] = security.secrets;
  return {
    kind: "secret",
    begin() {
      const dial = selfDials.begin();
      const identity = pskIdentity(secret, dial.number);
      return {
        options: {
          ...common,
          pskCallback: () => ({ identity, psk: secret.key }),
          // Asked only where the peer shows a certificate instead of knowing the secret: TLS would take one of any
          // authority of the public.
          checkServerIdentity: () => noKey,
        },
        flawOf: (socket) => wrongTerms(socket) ?? (socket.isSessionReused() ? undefined : noKey.message),
        cameBack: () => dial.cameBack,
        end: () => selfDials.end(dial),
      };
    },
  };
}

const noKey = new PeerFlaw(noSecret);

function certificateAttempt(common: ConnectionOptions, name: string): DialAttempt {
  return {
    options: {
      ...common,
      // A name to choose among certificates by; addresses are none (RFC 6066, section 3).
      servername: isIP(name.replace(/%.*$/, "")) === 0 ? name : "",
      checkServerIdentity: (_, certificate) =>
        isFor(new X509Certificate(certificate.raw), name)
          ? undefined
          : new PeerFlaw(`The peer's certificate is not for ${printable(name)}.`),
    },
    flawOf: wrongTerms,
    cameBack: () => false,
    end: () => {},
  };
}

function wrongTerms(socket: TLSSocket): string | undefined {
  if (socket.getProtocol() !== "TLSv1.3") return "The peer does not speak TLS 1.3.";
  if (socket.alpnProtocol !== applicationProtocol) return "The peer is a TLS server of another kind.";
  return undefined;
}
