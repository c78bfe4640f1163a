// Numbers that an attacker chooses: all of one hash in V8, found by running its hash functions backwards.

/** `count` integers of 32 bits, up to 30 000, whose hashes end in the same 15 bits. */
export function collidingIntegers(count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    Number(BigInt.asIntN(32, key32((BigInt(i) << 15n) | 0x123n))),
  );
}

/** `count` integers of 64 bits whose hashes end in the same 30 bits. */
export function collidingLongs(count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => key64((BigInt(i) << 30n) | 0x123n));
}

/** `count` floats, none of them an integer of 32 bits, whose hashes end in the same 30 bits. */
export function collidingFloats(count: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  const floats = collidingLongs(2 * count).map((bits) => {
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  });
  return floats.filter((float) => !Number.isNaN(float) && (float | 0) !== float).slice(0, count);
}

function key32(hash: bigint): bigint {
  let x = unshift(hash, 16n, 32);
  x = modulo(x * inverse(2057n, 32), 32);
  x = unshift(x, 4n, 32);
  x = modulo(x * inverse(5n, 32), 32);
  x = unshift(x, 12n, 32);
  return modulo((x + 1n) * inverse((1n << 15n) - 1n, 32), 32);
}

function key64(hash: bigint): bigint {
  let x = unshift(hash, 22n, 64);
  x = modulo(x * inverse(65n, 64), 64);
  x = unshift(x, 11n, 64);
  x = modulo(x * inverse(21n, 64), 64);
  x = unshift(x, 31n, 64);
  return modulo((x + 1n) * inverse((1n << 18n) - 1n, 64), 64);
}

function modulo(x: bigint, bits: number): bigint {
  return BigInt.asUintN(bits, x);
}

/** What `x ^ (x >> by)` was made of. */
function unshift(y: bigint, by: bigint, bits: number): bigint {
  let x = y;
  for (let known = by; known < bits; known += by) x = y ^ (x >> by);
  return x;
}

/** Of an odd number, modulo a power of two. */
function inverse(x: bigint, bits: number): bigint {
  let y = x;
  for (let known = 3; known < bits; known *= 2) y = modulo(y * (2n - x * y), bits);
  return y;
}
