// Where a node finds its first peers: addresses, a name that stands for several nodes, or a service of the domain name
// system. What they stand for is asked anew each time, because it changes while a cluster lives.

import { type Address, parseAddress, printable } from "../transport/index.ts";
import type { NamedAddress } from "./dialled-stream.ts";
import { NetworkError } from "./network-error.ts";
import type { Resolver, Service } from "./resolver.ts";

export type Seed =
  /** `host:port`, `[IPv6]:port` */
  | { readonly kind: "address"; readonly address: Address }
  /** `dns://name:port`: every address of the name is a node. */
  | { readonly kind: "name"; readonly name: string; readonly port: number }
  /** `dns+srv://name`: what the SRV record lists are nodes. */
  | { readonly kind: "service"; readonly name: string };

const serviceName = /^[0-9A-Za-z_](?:[0-9A-Za-z._-]{0,251}[0-9A-Za-z])?$/;

/** @throws TypeError that says what is wrong with the text */
export function parseSeed(text: string): Seed {
  const [, scheme, rest] = /^([a-z+]+):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return { kind: "address", address: parseAddress(text) };
  if (scheme === "dns") {
    const { host, port } = placeOf(text, rest);
    return { kind: "name", name: host, port };
  }
  if (scheme === "dns+srv") {
    if (serviceName.test(rest)) return { kind: "service", name: rest };
    throw new TypeError(`'${printable(text)}' is no seed: expected dns+srv://name, without a port`);
  }
  throw new TypeError(
    `'${printable(text)}' is no seed: expected host:port, dns://name:port or dns+srv://name`,
  );
}

function placeOf(seed: string, text: string): Address {
  try {
    return parseAddress(text);
  } catch (cause) {
    throw new TypeError(`'${printable(seed)}' is no seed: expected host:port behind dns://`, { cause });
  }
}

/**
 * The addresses that a seed stands for at this moment, in the order in which to try them: those of a name in random
 * order, those of a service by priority and weight. `random` gives numbers in [0, 1).
 * @throws NetworkError `unknownHost` where the name has no such record
 */
export async function resolveSeed(
  seed: Seed,
  resolver: Resolver,
  random: () => number,
): Promise<readonly (Address | NamedAddress)[]> {
  if (seed.kind === "address") return [seed.address];
  const { name } = seed;
  if (seed.kind === "name") {
    const hosts = await resolver.addresses(name).catch(unknown(`dns://${name}:${seed.port}`));
    return shuffled([...new Set(hosts)], random).map((host) => ({ host, port: seed.port, name }));
  }
  const services = await resolver.services(name).catch(unknown(`dns+srv://${name}`));
  return inTurn(services, random).map((service) => ({
    host: service.name.replace(/\.$/, ""),
    port: service.port,
  }));
}

function unknown(seed: string): (cause: unknown) => never {
  return (cause) => {
    throw new NetworkError("unknownHost", `cannot resolve ${seed}: the name has no such record`, { cause });
  };
}

/** RFC 2782: the lowest priority first; among equal ones a draw by weight. */
function inTurn(services: readonly Service[], random: () => number): readonly Service[] {
  const left = services.filter(({ name }) => name !== "" && name !== ".");
  const ordered: Service[] = [];
  while (left.length > 0) {
    const priority = Math.min(...left.map((service) => service.priority));
    const candidates = left.filter((service) => service.priority === priority);
    const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
    const drawn = draw(candidates, random() * total);
    left.splice(left.indexOf(drawn), 1);
    ordered.push(drawn);
  }
  return ordered;
}

/** The first of the candidates whose weights add up to more than `ticket`. */
function draw(candidates: readonly Service[], ticket: number): Service {
  let sum = 0;
  for (const candidate of candidates) {
    sum += candidate.weight;
    if (ticket < sum) return candidate;
  }
  return candidates[0]!;
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}
