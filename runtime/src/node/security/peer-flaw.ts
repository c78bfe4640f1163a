// What we find wrong with a peer while TLS asks us about it: an error, because that is what node:tls takes for a no.

export class PeerFlaw extends Error {
  override readonly name = "PeerFlaw";
}
