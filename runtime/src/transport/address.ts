// `host:port` as text, with IPv6 addresses in brackets.

/** Where a node listens. `host` is a name, an IPv4 address, or an IPv6 address without brackets. */
export interface Address {
  readonly host: string;
  /** 0 to 65535. */
  readonly port: number;
}

/** `10.0.0.1:9100`, `[fe80::1]:9100`. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The reverse of {@link formatAddress}. Throws a TypeError that says what is wrong; an IPv6 address without brackets
 * is refused, because its last group could as well be the port.
 */
export function parseAddress(text: string): Address {
  const match = /^(?:\[([^[\]]+)\]|([^:[\]]+)):([0-9]{1,5})$/.exec(text);
  if (match === null) throw new TypeError(`'${text}' is no address: expected host:port or [IPv6]:port`);
  const host = match[1] ?? match[2]!;
  const port = Number(match[3]);
  if (port > 65_535) throw new TypeError(`'${text}' is no address: the port is at most 65535`);
  if (match[1] !== undefined && !match[1].includes(":")) {
    throw new TypeError(`'${text}' is no address: brackets are for IPv6 addresses`);
  }
  if (!/^[0-9A-Za-z._:%-]{1,253}$/.test(host))
    throw new TypeError(`'${text}' is no address: no such host name`);
  return { host, port };
}
