// Basin hopping among codes on the sphere that a finite group keeps: a few orbits move, the disks stay
// symmetric, and there are far fewer of them to place than points. For scripts/search-codes.mjs --groups.

const { BasinHopping } = await import('../dist/families/codes/solver/basin-hopping.js');
const { finished } = await import('../dist/families/codes/solver/finish.js');
const { OverlapEnergy } = await import('../dist/families/codes/solver/overlap-energy.js');

const ONE = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const HALF_TURN = [1, 0, 0, 0, -1, 0, 0, 0, -1];
const INVERSION = [-1, 0, 0, 0, -1, 0, 0, 0, -1];
const MIRROR = [1, 0, 0, 0, 1, 0, 0, 0, -1];
const UPRIGHT_MIRROR = [1, 0, 0, 0, -1, 0, 0, 0, 1];
const THIRD_TURN = [0, 0, 1, 1, 0, 0, 0, 1, 0];
const QUARTER_TURN = [0, -1, 0, 1, 0, 0, 0, 0, 1];

const product = (a, b) =>
  [0, 3, 6].flatMap((r) =>
    [0, 1, 2].map((c) => a[r] * b[c] + a[r + 1] * b[c + 3] + a[r + 2] * b[c + 6]),
  );
const applied = (a, x) => [0, 3, 6].map((r) => a[r] * x[0] + a[r + 1] * x[1] + a[r + 2] * x[2]);
const near = (a, b, distance = 1e-6) => a.every((value, k) => Math.abs(value - b[k]) < distance);
const unit = (x) => x.map((value) => value / Math.hypot(...x));
const randomPoint = (random) => unit([random.normal(), random.normal(), random.normal()]);

function turnAboutZ(angle) {
  return [Math.cos(angle), -Math.sin(angle), 0, Math.sin(angle), Math.cos(angle), 0, 0, 0, 1];
}

function groupOf(generators) {
  const group = [ONE];
  for (let i = 0; i < group.length && group.length < 200; i++) {
    for (const generator of generators) {
      const next = product(generator, group[i]);
      if (!group.some((known) => near(known, next))) group.push(next);
    }
  }
  return group;
}

/** Finite groups by their Schoenflies symbols, each as a list of matrices. */
function everyGroup() {
  const generators = {
    Ci: [INVERSION],
    Cs: [MIRROR],
    T: [THIRD_TURN, HALF_TURN],
    Th: [THIRD_TURN, HALF_TURN, INVERSION],
    O: [THIRD_TURN, QUARTER_TURN],
  };
  for (let fold = 2; fold <= 7; fold++) {
    const turn = turnAboutZ((2 * Math.PI) / fold);
    const twisted = product(turnAboutZ(Math.PI / fold), MIRROR);
    generators[`C${fold}`] = [turn];
    generators[`D${fold}`] = [turn, HALF_TURN];
    generators[`S${2 * fold}`] = [twisted];
    generators[`C${fold}v`] = [turn, UPRIGHT_MIRROR];
    generators[`C${fold}h`] = [turn, MIRROR];
    generators[`D${fold}d`] = [twisted, HALF_TURN];
  }
  return Object.entries(generators).map(([name, list]) => ({ name, group: groupOf(list) }));
}

const GROUPS = everyGroup();

/** What leaves a point where it is, averaged: the projection on the directions in which it may move. */
function freedomOf(group, point) {
  const fixing = group.filter((turn) => near(applied(turn, point), point));
  return ONE.map((_, k) => fixing.reduce((sum, turn) => sum + turn[k], 0) / fixing.length);
}

/** One element of the group for each point of the orbit. */
function elementsOf(group, point) {
  const seen = [];
  return group.filter((turn) => {
    const image = applied(turn, point);
    if (seen.some((known) => near(known, image))) return false;
    seen.push(image);
    return true;
  });
}

/** A random point that some element other than 1 leaves where it is; undefined where it leaves none. */
function fixedPoint(group, random) {
  const turn = group[1 + random.integer(group.length - 1)];
  const mean = Array.from({ length: 9 }, () => 0);
  let power = ONE;
  for (let step = 0; step < 120; step++) {
    for (let k = 0; k < 9; k++) mean[k] += power[k] / 120;
    power = product(turn, power);
  }
  const point = applied(mean, randomPoint(random));
  return Math.hypot(...point) > 1e-6 ? unit(point) : undefined;
}

/** Orbits of n points in all: { point, freedom, elements } each; undefined where none were found. */
function composed(n, group, random) {
  for (let attempt = 0; attempt < 60; attempt++) {
    const orbits = [];
    let left = n;
    for (let draw = 0; draw < 200 && left > 0; draw++) {
      const special = left < group.length || random.uniform() < 0.1;
      const point = special ? fixedPoint(group, random) : randomPoint(random);
      if (!point) continue;
      const elements = elementsOf(group, point);
      const taken = orbits.some(({ point: other, elements: others }) =>
        others.some((turn) => near(applied(turn, other), point, 1e-3)),
      );
      if (taken || elements.length > left) continue;
      orbits.push({ point, freedom: freedomOf(group, point), elements });
      left -= elements.length;
    }
    if (left === 0) return orbits;
  }
  return undefined;
}

function placed(orbits, x) {
  x.set(orbits.flatMap(({ point, elements }) => elements.flatMap((turn) => applied(turn, point))));
}

/** The orbits' points after the rows have moved, symmetric again. */
function readBack(orbits, x) {
  let at = 0;
  return orbits.map((orbit) => {
    const point = unit(applied(orbit.freedom, [...x.subarray(at, at + 3)]));
    at += 3 * orbit.elements.length;
    return { ...orbit, point };
  });
}

/** Shakes all orbits, puts one into the widest of some sampled gaps, or one anywhere near. */
function moved(orbits, x, scale, random) {
  const shaken = (orbit, size) => {
    const point = orbit.point.map((value) => value + size * random.normal());
    return { ...orbit, point: unit(applied(orbit.freedom, point)) };
  };
  const kind = random.uniform();
  if (kind < 0.45) {
    const size = scale * (0.06 + 0.3 * random.uniform());
    return orbits.map((orbit) => shaken(orbit, size));
  }
  const chosen = random.integer(orbits.length);
  const general = orbits[chosen].freedom.every((value, k) => value === ONE[k]);
  const put =
    kind < 0.8 && general ? { ...orbits[chosen], point: widestGap(x, random) } : undefined;
  return orbits.map((orbit, k) => (k === chosen ? (put ?? shaken(orbit, 2 * scale)) : orbit));
}

function widestGap(x, random) {
  let widest = { cosine: 2, point: [] };
  for (let sample = 0; sample < 60; sample++) {
    const point = randomPoint(random);
    let cosine = -1;
    for (let j = 0; j < x.length; j += 3) {
      cosine = Math.max(cosine, point[0] * x[j] + point[1] * x[j + 1] + point[2] * x[j + 2]);
    }
    if (cosine < widest.cosine) widest = { cosine, point };
  }
  return widest.point;
}

/** One chain of hops among the orbits of a random group; undefined where it has no n points. */
async function symmetricChain(n, scale, random, watch) {
  const { group } = GROUPS[random.integer(GROUPS.length)];
  let orbits = composed(n, group, random);
  if (!orbits) return undefined;
  const energy = await OverlapEnergy.create({ n, d: 3, frozen: 0, lines: false });
  const x = new Float64Array(3 * n);
  const relax = (excess, maxIterations, tolerance) =>
    energy.relax(x, scale * (1 + excess), { maxIterations, tolerance }, watch);
  const settled = async (from) => {
    placed(from, x);
    await relax(0.05, 60, 1e-2);
    await relax(0.02, 80, 2e-2);
    return relax(0.004, 120, 1e-2);
  };
  let estimate = await settled(orbits);
  let best = { points: x.slice(), diameter: estimate };
  const patience = Math.min(150, 25 + 10 * orbits.length);
  for (let failures = 0; failures < patience && !watch.timeIsUp(); failures++) {
    const candidate = moved(orbits, x, scale, random);
    const found = await settled(candidate);
    if (found > best.diameter * (1 + 1e-6)) {
      best = { points: x.slice(), diameter: found };
      failures = 0;
    }
    if (found < estimate * (1 - 1e-3 * random.uniform())) continue;
    estimate = found;
    orbits = readBack(candidate, x);
  }
  return best;
}

/** Nearer than this share to the widest known, a symmetric code is let go and hopped from. */
const PROMISING = 3e-3;

/** The best of chains among symmetric codes, let go at the end; `widest`: the chord to beat. */
export async function fromGroups(n, widest, random, watch) {
  let best = { chord: 0 };
  while (!watch.timeIsUp()) {
    const known = Math.max(widest, best.chord);
    const packing = await symmetricChain(n, known, random, watch);
    if (!packing || packing.diameter < known * (1 - PROMISING)) continue;
    // Off the symmetric saddle, if it is one.
    const start = packing.points.map((value) => value + 1e-4 * random.normal());
    for (let i = 0; i < start.length; i += 3) start.set(unit([...start.subarray(i, i + 3)]), i);
    const search = await BasinHopping.create({ n, d: 3 }, random, watch);
    const found = await finished({ n, d: 3 }, await search.chainFrom(start, 40), watch);
    if (found.chord > best.chord) best = found;
  }
  return best;
}
