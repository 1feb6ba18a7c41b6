// How far two rows are from a query in float64, at a time.

/** Two numbers of a row in float64. */
// @ts-ignore: decorator
@inline
function widened(y: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(y));
}

/** The sums of lanes 0 and 1 of `a` and of lanes 2 and 3 of `b`, added in the order of every engine. */
// @ts-ignore: decorator
@inline
function joined(s01: v128, s23: v128): f64 {
  const low = f64x2.extract_lane(s01, 0) + f64x2.extract_lane(s01, 1);
  return low + (f64x2.extract_lane(s23, 0) + f64x2.extract_lane(s23, 1));
}

/** −⟨x, y⟩ and −⟨x, z⟩, to the bits of inner_product; x is float64. */
export function products(x: usize, y: usize, z: usize, d: i32): v128 {
  let y01 = f64x2.splat(0);
  let y23 = f64x2.splat(0);
  let z01 = f64x2.splat(0);
  let z23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    const low = v128.load(x);
    const high = v128.load(x, 16);
    y01 = f64x2.add(y01, f64x2.mul(low, widened(y)));
    y23 = f64x2.add(y23, f64x2.mul(high, widened(y + 8)));
    z01 = f64x2.add(z01, f64x2.mul(low, widened(z)));
    z23 = f64x2.add(z23, f64x2.mul(high, widened(z + 8)));
    x += 32;
    y += 16;
    z += 16;
  }
  for (let e = 0; e < d; e++) {
    const own = load<f64>(x + (<usize>e << 3));
    const p = own * <f64>load<f32>(y + (<usize>e << 2));
    const r = own * <f64>load<f32>(z + (<usize>e << 2));
    if (e == 0) y01 = plus(y01, p, 0), z01 = plus(z01, r, 0);
    else if (e == 1) y01 = plus(y01, 0, p), z01 = plus(z01, 0, r);
    else y23 = plus(y23, p, 0), z23 = plus(z23, r, 0);
  }
  return pair(-joined(y01, y23), -joined(z01, z23));
}

/** ‖x − y‖² and ‖x − z‖², to the bits of squared_distance; x is float64. */
export function squared_distances(x: usize, y: usize, z: usize, d: i32): v128 {
  let y01 = f64x2.splat(0);
  let y23 = f64x2.splat(0);
  let z01 = f64x2.splat(0);
  let z23 = f64x2.splat(0);
  for (; d >= 4; d -= 4) {
    const low = v128.load(x);
    const high = v128.load(x, 16);
    y01 = f64x2.add(y01, squared(f64x2.sub(low, widened(y))));
    y23 = f64x2.add(y23, squared(f64x2.sub(high, widened(y + 8))));
    z01 = f64x2.add(z01, squared(f64x2.sub(low, widened(z))));
    z23 = f64x2.add(z23, squared(f64x2.sub(high, widened(z + 8))));
    x += 32;
    y += 16;
    z += 16;
  }
  for (let e = 0; e < d; e++) {
    const own = load<f64>(x + (<usize>e << 3));
    const s = own - <f64>load<f32>(y + (<usize>e << 2));
    const t = own - <f64>load<f32>(z + (<usize>e << 2));
    if (e == 0) y01 = plus(y01, s * s, 0), z01 = plus(z01, t * t, 0);
    else if (e == 1) y01 = plus(y01, 0, s * s), z01 = plus(z01, 0, t * t);
    else y23 = plus(y23, s * s, 0), z23 = plus(z23, t * t, 0);
  }
  return pair(joined(y01, y23), joined(z01, z23));
}

// @ts-ignore: decorator
@inline
function squared(t: v128): v128 {
  return f64x2.mul(t, t);
}
// @ts-ignore: decorator
@inline
function pair(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}
// @ts-ignore: decorator
@inline
function plus(sum: v128, a: f64, b: f64): v128 {
  return f64x2.add(sum, pair(a, b));
}
