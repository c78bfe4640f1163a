// Names and services of the domain name system, behind an interface that tests can answer themselves.

import { lookup, resolveSrv } from "node:dns/promises";
import { isIP } from "node:net";

export interface Service {
  /** A host name. */
  readonly name: string;
  readonly port: number;
  /** The lowest first. */
  readonly priority: number;
  /** Among equal priorities, how often it should come first in proportion to others. */
  readonly weight: number;
}

export interface Resolver {
  /** All addresses of a host name, IPv4 and IPv6, in the order in which to try them. Rejects where there is none. */
  addresses(name: string): Promise<readonly string[]>;
  /** What an SRV record of a name lists. Rejects where there is none. */
  services(name: string): Promise<readonly Service[]>;
}

/** The system's own look-up for names (which knows its hosts file), and its name servers for services. */
export const systemResolver: Resolver = {
  async addresses(name) {
    if (isIP(name.replace(/%.*$/, "")) !== 0) return [name];
    return (await lookup(name, { all: true })).map(({ address }) => address);
  },
  services: (name) => resolveSrv(name),
};
