import type { Random } from '../../core/random.ts';
import type { ObservedEntries } from '../../families/attributions/index.ts';
import type { Clicks } from './clicks.ts';

/** What packages were seen to need: 1, or not to: 0, with some of it held back. */
export interface DependencyRatings {
  readonly packages: number;
  readonly items: number;
  /** Less their mean. */
  readonly entries: ObservedEntries & { readonly values: Float64Array };
  /** Dependencies that no entry has, of packages that have entries. */
  readonly hidden: readonly { readonly a: number; readonly b: number }[];
}

/** Of the dependencies of a package so many are held back. */
const HIDDEN = 0.1;

/** The examples of packages with `fewest` of them or more, at most so many packages, drawn at random. */
export function dependencyRatings(
  { fields, labels }: Clicks,
  { fewest, packages }: { readonly fewest: number; readonly packages: number },
  random: Random,
): DependencyRatings {
  const [owners, needed] = ['package', 'item'].map(
    (name) => fields.find((field) => field.name === name)?.ids ?? new Int32Array(0),
  );
  const counts = new Map<number, number>();
  for (const own of owners) counts.set(own, (counts.get(own) ?? 0) + 1);
  const rich = [...counts.keys()].filter((own) => (counts.get(own) ?? 0) >= fewest);
  const drawn = random.fork('packages').sample(rich.length).subarray(0, packages);
  const userOf = new Map(Array.from(drawn, (at, place) => [rich[at], place]));
  const itemOf = new Map<number, number>();
  const held = random.fork('held back');
  const [a, b, values]: number[][] = [[], [], []];
  const hidden: { a: number; b: number }[] = [];
  owners.forEach((own, i) => {
    const user = userOf.get(own);
    if (user === undefined) return;
    const item = itemOf.get(needed[i]) ?? itemOf.size;
    itemOf.set(needed[i], item);
    if (labels[i] === 1 && held.uniform() < HIDDEN) hidden.push({ a: user, b: item });
    else {
      a.push(user);
      b.push(item);
      values.push(labels[i]);
    }
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    packages: userOf.size,
    items: itemOf.size,
    entries: { a, b, values: Float64Array.from(values, (value) => value - mean) },
    hidden,
  };
}
