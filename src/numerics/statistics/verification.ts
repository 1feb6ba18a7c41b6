/**
 * How well a threshold on a distance tells pairs of one thing from pairs of two: a pair is accepted where its distance
 * is below the threshold.
 */
export interface PairDistances {
  /** Of pairs of one thing. */
  readonly same: ArrayLike<number>;
  /** Of pairs of two things. */
  readonly different: ArrayLike<number>;
}

/** What is accepted at a threshold. */
export interface ValidationRate {
  /** Share of the pairs of one thing that are accepted: VAL. */
  readonly rate: number;
  /** Share of the pairs of two things that are accepted: FAR, at most the one asked for. */
  readonly falseAcceptRate: number;
  readonly threshold: number;
}

/**
 * VAL at a false accept rate: the share of pairs of one thing below the largest threshold that lets no more than the
 * share `falseAcceptRate` of the pairs of two things pass. NaN where either list is empty; with fewer than
 * 1/falseAcceptRate pairs of two things, none of these may pass.
 */
export function validationRate(
  { same, different }: PairDistances,
  falseAcceptRate: number,
): ValidationRate {
  const others = sorted(different);
  const passing = Math.min(others.length, Math.floor(falseAcceptRate * others.length));
  const threshold = passing < others.length ? others[passing] : Infinity;
  return {
    rate: below(sorted(same), threshold) / same.length,
    falseAcceptRate: below(others, threshold) / others.length,
    threshold,
  };
}

/**
 * The error where as large a share of pairs of two things is accepted as of pairs of one thing refused, on the line
 * between the two thresholds where their order changes. NaN where either list is empty.
 */
export function equalErrorRate({ same, different }: PairDistances): number {
  if (same.length === 0 || different.length === 0) return NaN;
  const [own, others] = [sorted(same), sorted(different)];
  let [accepted, refused] = [0, 1];
  let [i, j] = [0, 0];
  while (i < own.length || j < others.length) {
    const threshold = Math.min(own[i] ?? Infinity, others[j] ?? Infinity);
    while (i < own.length && own[i] <= threshold) i++;
    while (j < others.length && others[j] <= threshold) j++;
    const [nowAccepted, nowRefused] = [j / others.length, 1 - i / own.length];
    if (nowAccepted >= nowRefused) {
      const [before, after] = [refused - accepted, nowAccepted - nowRefused];
      const share = before / (before + after);
      return accepted + share * (nowAccepted - accepted);
    }
    [accepted, refused] = [nowAccepted, nowRefused];
  }
  return accepted;
}

/**
 * The mean share of pairs told right, either kind weighing half, where each of ten parts of the pairs is judged by the
 * threshold that is best on all others. Pairs are dealt to the parts in the order of their distances. There are no more
 * parts than pairs of either kind; NaN where a kind has fewer than two pairs.
 */
export function foldedAccuracy({ same, different }: PairDistances, most = 10): number {
  const [own, others] = [sorted(same), sorted(different)];
  const folds = Math.min(most, own.length, others.length);
  if (folds < 2) return NaN;
  let sum = 0;
  for (let fold = 0; fold < folds; fold++) {
    const isIn = (_: number, place: number) => place % folds === fold;
    const isOut = (_: number, place: number) => place % folds !== fold;
    const threshold = bestThreshold(own.filter(isOut), others.filter(isOut));
    sum += accuracyAt(own.filter(isIn), others.filter(isIn), threshold);
  }
  return sum / folds;
}

/** Of ascending distances. */
function accuracyAt(own: Float64Array, others: Float64Array, threshold: number): number {
  const accepted = below(own, threshold) / own.length;
  const refused = 1 - below(others, threshold) / others.length;
  return (accepted + refused) / 2;
}

/** The threshold in the middle of the gap at which most is told right, of ascending distances; the lowest such. */
function bestThreshold(own: Float64Array, others: Float64Array): number {
  let best = -Infinity;
  let threshold = 0;
  let j = 0;
  for (let i = 0; i < own.length; i++) {
    while (j < others.length && others[j] <= own[i]) j++;
    const right = (i + 1) / own.length - j / others.length;
    if (right <= best) continue;
    best = right;
    const next = Math.min(own[i + 1] ?? Infinity, others[j] ?? Infinity);
    threshold = Number.isFinite(next) ? (own[i] + next) / 2 : own[i] + 1;
  }
  return threshold;
}

const sorted = (values: ArrayLike<number>) => Float64Array.from(values).sort();

/** How many of the ascending values are below x. */
function below(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
