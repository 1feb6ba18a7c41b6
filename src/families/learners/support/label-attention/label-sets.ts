import { InputError, ShapeError } from '../../../../core/errors.ts';
import { numberedClasses } from '../classes.ts';

/** Whether an example has one label or a set of them, with `|` between. */
export const LABELS = ['one', 'several'] as const;
export type LabelKind = (typeof LABELS)[number];

const SEPARATOR = '|';

const labelsOf = (written: string, kind: LabelKind): readonly string[] =>
  kind === 'one'
    ? [written]
    : written
        .split(SEPARATOR)
        .map((label) => label.trim())
        .filter((label) => label !== '');

/** The labels by name, in alphabetical order; refuses fewer than two. */
export function labelNames(
  where: string,
  classes: readonly string[],
  rows: number,
  kind: LabelKind,
): readonly string[] {
  if (kind === 'one') return numberedClasses(where, classes, rows).names;
  if (classes.length !== rows)
    throw new ShapeError(where, `${rows} sets of labels, one an example`, `${classes.length}`);
  const names = [...new Set(classes.flatMap((written) => labelsOf(written, kind)))].toSorted();
  if (names.length >= 2) return names;
  throw new InputError(
    where,
    `the ${rows} examples have the labels ${JSON.stringify(names)}; at least two are needed, with "|" between those of one example.`,
  );
}

/** The places of the labels of each example among the names; those without a name are left out. */
export function placesOfLabels(
  classes: readonly string[],
  names: readonly string[],
  kind: LabelKind,
): readonly Int32Array[] {
  const places = new Map(names.map((name, place) => [name, place]));
  return classes.map((written) =>
    Int32Array.from(
      new Set(labelsOf(written, kind).flatMap((label) => places.get(label) ?? [])),
    ).sort(),
  );
}

/** Examples × labels, 1 where the example has the label. */
export function targetsOf(
  sets: readonly Int32Array[],
  rows: ArrayLike<number>,
  labels: number,
): Float64Array {
  const targets = new Float64Array(rows.length * labels);
  for (let i = 0; i < rows.length; i++) for (const c of sets[rows[i]]) targets[i * labels + c] = 1;
  return targets;
}

/** What each row of logits names: its largest, or all above 0. */
export function namedLabels(
  logits: ArrayLike<number>,
  labels: number,
  kind: LabelKind,
): readonly Int32Array[] {
  const named: Int32Array[] = [];
  for (let at = 0; at < logits.length; at += labels) {
    const own: number[] = [];
    let best = 0;
    for (let c = 0; c < labels; c++) {
      if (logits[at + c] > logits[at + best]) best = c;
      if (logits[at + c] > 0) own.push(c);
    }
    named.push(Int32Array.from(kind === 'one' ? [best] : own));
  }
  return named;
}

export interface LabelScores {
  /** Mean over the labels that are there or named of 2·right/(there + named). */
  readonly macroF1: number;
  readonly microF1: number;
  /** The share of the rows whose labels are named exactly. */
  readonly accuracy: number;
}

/** How well what was named agrees with what is there. */
export function labelScores(
  named: readonly Int32Array[],
  there: readonly Int32Array[],
  labels: number,
): LabelScores {
  const [right, sizes] = [new Float64Array(labels), new Float64Array(labels)];
  let exact = 0;
  named.forEach((own, i) => {
    const wanted = new Set(there[i]);
    const hits = own.filter((c) => wanted.has(c));
    for (const c of hits) right[c]++;
    for (const c of own) sizes[c]++;
    for (const c of wanted) sizes[c]++;
    if (hits.length === own.length && own.length === wanted.size) exact++;
  });
  const known = Array.from(sizes.keys()).filter((c) => sizes[c] > 0);
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, x) => all + x, 0);
  return {
    macroF1: sum(known.map((c) => (2 * right[c]) / sizes[c])) / Math.max(1, known.length),
    microF1: sum(sizes) > 0 ? (2 * sum(right)) / sum(sizes) : 0,
    accuracy: exact / Math.max(1, named.length),
  };
}
