// Whether an address stands for all of a machine's own: good to listen on, and nothing that others could connect to.

import { BlockList, isIP } from "node:net";

const wildcard = new BlockList();
wildcard.addAddress("0.0.0.0", "ipv4");
wildcard.addAddress("::", "ipv6");

/** IPv4 and IPv6 addresses in any spelling, also IPv4 in IPv6's clothes. A name is no address. */
export function isWildcard(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  const version = isIP(plain);
  return version !== 0 && wildcard.check(plain, version === 4 ? "ipv4" : "ipv6");
}
