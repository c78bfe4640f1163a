// Whether an address stays on this machine.

import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { NetworkError, networkError } from "./network-error.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** IPv4 and IPv6 addresses, also IPv4 in IPv6's clothes. A name is no address. */
export function isLoopback(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  const version = isIP(plain);
  return version !== 0 && loopback.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/**
 * The address to use for a host. Fails with `insecure` where any of its addresses leaves this machine: what is said
 * in plaintext can be read and changed by others there.
 */
export async function securedAddress(host: string, attempt: string, insecure: boolean): Promise<string> {
  const addresses = await lookup(host, { all: true }).catch((error: Error) => {
    throw networkError(attempt, error);
  });
  if (!insecure && !addresses.every(({ address }) => isLoopback(address))) {
    throw new NetworkError(
      "insecure",
      `cannot ${attempt}: it is not on this machine, and connections are neither encrypted nor authenticated. ` +
        `Use 127.0.0.1, ::1 or localhost; or pass insecure: true where nobody else can reach the network.`,
    );
  }
  return addresses[0]!.address;
}
