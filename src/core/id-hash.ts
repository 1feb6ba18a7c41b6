/**
 * 32 bits of a whole number and a salt, the same on every platform: every bit depends on all of both (the finalizer of
 * MurmurHash3, twice). No seal: whoever wants two numbers of one hash finds them.
 */
export function idHash(id: number, salt: number): number {
  const high = Math.floor(id / 2 ** 32);
  const low = mixed((id >>> 0) ^ mixed(salt ^ 0x9e3779b9));
  return mixed(low ^ Math.imul(high + 1, 0x85ebca6b)) >>> 0;
}

/** A place among `places`, by the hash: each is as likely, up to places/2³². */
export function hashedPlace(id: number, salt: number, places: number): number {
  return Math.floor((idHash(id, salt) / 2 ** 32) * places);
}

function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
