// The options of a node as a command line and an environment give them: the same for `hewn node` and for an application
// that starts its node itself.

import { parseArgs } from "node:util";
import { type Policy, type ProfileName, profiles } from "../membership/index.ts";
import { printable } from "../transport/index.ts";
import type { PulsePorts } from "./join-cluster.ts";
import { NetworkError } from "./network-error.ts";
import type { CertificateOptions } from "./security/own-certificate.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** As they are written, each still a text. */
export interface NodeFlags {
  /** `host:port`; or HEWN_BIND. Default 127.0.0.1:9100. */
  readonly bind?: string;
  /** `host:port`; or HEWN_ADVERTISE. */
  readonly advertise?: string;
  /** Each one seed or several with commas between them; or HEWN_SEEDS. */
  readonly seeds?: readonly string[];
  /** Or HEWN_NAME. */
  readonly name?: string;
  readonly role?: readonly string[];
  /** `key=value` */
  readonly tag?: readonly string[];
  readonly secretFile?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  /** `local`, `lan` or `wan`. */
  readonly profile?: string;
  /** Port of the pulse thread, `9200`, or with the one that others reach it by, `9200:30200`; `off`; or HEWN_PULSE. */
  readonly pulse?: string;
  /** `none`, `after:30s`, `static-quorum:3`, `keep-majority`, the last two with `:10s` for how long a view must be stable. */
  readonly policy?: string;
}

/** What flags say, as `Cluster.join` takes it. */
export interface FlagOptions {
  readonly bind: string;
  readonly advertise?: string;
  readonly seeds: readonly string[];
  readonly name?: string;
  readonly roles: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly secretFile?: string;
  readonly certificates?: CertificateOptions;
  readonly insecure?: boolean;
  readonly profile?: ProfileName;
  readonly policy?: Policy;
  readonly pulse?: false | PulsePorts;
  readonly environment: Environment;
}

const options = {
  bind: { type: "string" },
  advertise: { type: "string" },
  seeds: { type: "string", multiple: true },
  name: { type: "string" },
  role: { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  "secret-file": { type: "string" },
  cert: { type: "string" },
  key: { type: "string" },
  ca: { type: "string" },
  insecure: { type: "boolean" },
  profile: { type: "string" },
  policy: { type: "string" },
  pulse: { type: "string" },
} as const;

/** Where a node listens that is not told where. */
const defaultBind = "127.0.0.1:9100";

/** How long a view must be the same before a policy that counts members decides, unless the flag says otherwise. */
const defaultStableMs = 10_000;

/**
 * Reads the options of a node out of an application's command line (`process.argv.slice(2)`) and environment. What is no
 * option of a node's is left in `rest`, in its order, for the application.
 * @throws NetworkError `misconfigured` with a sentence that names the option
 */
export function clusterOptionsFromArgs(
  argv: readonly string[],
  environment: Environment = process.env,
): { readonly options: FlagOptions; readonly rest: readonly string[] } {
  const { tokens, values } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      rest.push(...argv.slice(token.index));
      break;
    }
    if (token.kind === "positional") rest.push(token.value);
    else if (!Object.hasOwn(options, token.name)) rest.push(argv[token.index]!);
    else checkValue(token.name as keyof typeof options, token.value);
  }
  const { "secret-file": secretFile, ...others } = values as Record<string, never>;
  const flags: NodeFlags = { ...others, ...(secretFile !== undefined && { secretFile }) };
  return { options: clusterOptionsOf(flags, environment), rest };
}

function checkValue(name: keyof typeof options, value: string | undefined): void {
  const takesValue = options[name].type === "string";
  if (takesValue && value === undefined) throw misconfigured(`--${name} needs a value`);
  if (!takesValue && value !== undefined) throw misconfigured(`--${name} takes no value`);
}

/**
 * What flags that were read already say.
 * @throws NetworkError `misconfigured` with a sentence that names the option
 */
export function clusterOptionsOf(flags: NodeFlags, environment: Environment = process.env): FlagOptions {
  const advertise = flags.advertise ?? environment["HEWN_ADVERTISE"];
  const name = flags.name ?? environment["HEWN_NAME"];
  const { secretFile, insecure, profile, policy, pulse = environment["HEWN_PULSE"] } = flags;
  const certificates = certificatesOf(flags);
  return {
    bind: flags.bind ?? environment["HEWN_BIND"] ?? defaultBind,
    ...(advertise !== undefined && { advertise }),
    seeds: wordsOf(flags.seeds ?? [environment["HEWN_SEEDS"] ?? ""]),
    ...(name !== undefined && { name }),
    roles: wordsOf(flags.role ?? []),
    tags: tagsOf(flags.tag ?? []),
    ...(secretFile !== undefined && { secretFile }),
    ...(certificates !== undefined && { certificates }),
    ...(insecure !== undefined && { insecure }),
    ...(profile !== undefined && { profile: profileOf(profile) }),
    ...(policy !== undefined && { policy: policyOf(policy) }),
    ...(pulse !== undefined && { pulse: pulseOf(pulse) }),
    environment,
  };
}

function wordsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(",")).flatMap((word) => word.trim() || []);
}

function tagsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at <= 0) throw misconfigured(`--tag takes key=value, not '${printable(text)}'`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function certificatesOf({ cert, key, ca }: NodeFlags): CertificateOptions | undefined {
  if (cert === undefined && key === undefined && ca === undefined) return undefined;
  if (cert === undefined || key === undefined || ca === undefined)
    throw misconfigured("--cert, --key and --ca are given together or not at all");
  return { cert, key, ca };
}

function profileOf(text: string): ProfileName {
  if (!Object.hasOwn(profiles, text)) {
    throw misconfigured(`--profile is ${Object.keys(profiles).join(", ")}; not '${printable(text)}'`);
  }
  return text as ProfileName;
}

function pulseOf(text: string): false | PulsePorts {
  if (text === "off") return false;
  const [port, advertisePort, ...more] = text.split(":").map(portOf);
  if (port === undefined || more.length > 0 || (text.includes(":") && advertisePort === undefined)) {
    throw misconfigured(
      `--pulse is a port, two with a colon between (where it listens, and where others reach it), or off; not ` +
        `'${printable(text)}'`,
    );
  }
  return { port, ...(advertisePort !== undefined && { advertisePort }) };
}

function portOf(text: string): number | undefined {
  return /^[0-9]{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : undefined;
}

function policyOf(text: string): Policy {
  const [kind, first, second, ...more] = text.split(":");
  const fault = () =>
    misconfigured(
      `--policy is none, after:30s, static-quorum:3 or keep-majority, the last two with :10s for how long a view must ` +
        `be stable; not '${printable(text)}'`,
    );
  if (more.length > 0) throw fault();
  const stableMs = (duration: string | undefined) =>
    duration === undefined ? defaultStableMs : (durationMs(duration) ?? -1);
  const policy = policyFrom(kind, first, second, stableMs);
  if (policy === undefined || ("stableMs" in policy && policy.stableMs < 0)) throw fault();
  return policy;
}

function policyFrom(
  kind: string | undefined,
  first: string | undefined,
  second: string | undefined,
  stableMs: (duration: string | undefined) => number,
): Policy | undefined {
  if (kind === "none" && first === undefined) return { kind };
  if (kind === "after" && first !== undefined && second === undefined) {
    const afterMs = durationMs(first);
    return afterMs === undefined ? undefined : { kind, afterMs };
  }
  if (kind === "keep-majority" && second === undefined) {
    return { kind: "keepMajority", stableMs: stableMs(first) };
  }
  const isQuorum = kind === "static-quorum" && first !== undefined && /^[1-9][0-9]{0,3}$/.test(first);
  return isQuorum ? { kind: "staticQuorum", quorum: Number(first), stableMs: stableMs(second) } : undefined;
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `500ms`, `30s`, `2m`, `1h`; undefined for anything else. */
function durationMs(text: string): number | undefined {
  const [, digits, unit] = /^([0-9]{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  return digits === undefined || unit === undefined ? undefined : Number(digits) * unitsMs[unit]!;
}

function misconfigured(text: string): NetworkError {
  return new NetworkError("misconfigured", text);
}
