// Why a stream did not come about or broke, as the transport knows it: from the errors of the system.

import type { StreamFailure } from "../transport/index.ts";

type Code = StreamFailure["code"];

const codes: Readonly<Record<string, Code>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timedOut",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  ENOTFOUND: "unknownHost",
  ENODATA: "unknownHost",
};

const sentences: Readonly<Record<Code, string>> = {
  refused: "Nobody listens at the address.",
  unreachable: "There is no way to the address.",
  timedOut: "The other side did not answer in time.",
  reset: "The other side, or something on the way, broke the connection.",
  unauthenticated: "The TLS handshake failed.",
  unknownHost: "The host name has no address.",
  failed: "The connection failed.",
};

/** The failure that an error of a socket or a look-up stands for. */
export function streamFailure(error: Error): StreamFailure {
  const systemCode = systemCodeOf(error);
  const code = Object.hasOwn(codes, systemCode) ? codes[systemCode]! : "failed";
  // A code of the system says more than nothing, and no more than that depends on the system.
  return {
    code,
    text: code === "failed" && systemCode !== "" ? `The connection failed: ${systemCode}.` : sentences[code],
  };
}

/** `ECONNREFUSED` and the like; empty where an error has no code. */
export function systemCodeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

export function failureOf(code: Code): StreamFailure {
  return { code, text: sentences[code] };
}
