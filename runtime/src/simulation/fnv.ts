// FNV-1a, the hash of Fowler, Noll and Vo: in 32 bits to tell streams of randomness apart, in 64 bits as a running
// hash over a trace. Not for anything that an adversary could profit from.

/** Over the UTF-16 code units of a text. */
export function fnv1a32(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return hash >>> 0;
}

/** FNV-1a in 64 bits, over the UTF-16 code units of all that is added. The prime is 2^40 + 0x1b3. */
export class RunningHash {
  #high = 0xcbf2_9ce4;
  #low = 0x8422_2325;

  add(text: string): void {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < text.length; i++) {
      low = (low ^ text.charCodeAt(i)) >>> 0;
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
      low = product >>> 0;
    }
    this.#high = high;
    this.#low = low;
  }

  /** Sixteen hexadecimal digits. */
  get text(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
