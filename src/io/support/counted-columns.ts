import { refuse } from '../contract.ts';

/** Columns named by a prefix and a number: `x0, x1, …`, `dim_100, dim_101, …` or `1, 2, …`. */
interface Family {
  readonly prefix: string;
  /** Columns of numbers, in the order of their names' numbers. */
  readonly members: readonly number[];
  /** A name in the counting that no column of numbers has. */
  readonly missing: string | undefined;
}

/** Number at the end of a name, or undefined. */
const numbered = (name: string): { prefix: string; number: number } | undefined => {
  const match = /^(.*?)(\d{1,9})$/.exec(name);
  return match ? { prefix: match[1], number: Number(match[2]) } : undefined;
};

/** The families among the columns of numbers, those of one column left out (`x0` is kept). */
function numberedFamilies(
  source: { readonly name: string },
  names: readonly string[],
  indices: readonly number[],
): Family[] {
  const groups = new Map<string, { index: number; number: number }[]>();
  for (const index of indices) {
    const found = numbered(names[index]);
    if (!found) continue;
    const group = groups.get(found.prefix) ?? [];
    group.push({ index, number: found.number });
    groups.set(found.prefix, group);
  }
  const families: Family[] = [];
  for (const [prefix, group] of groups) {
    if (group.length < 2 && names[group[0].index] !== 'x0') continue;
    group.sort((a, b) => a.number - b.number);
    const twice = group.find(({ number }, i) => number === group[i - 1]?.number);
    if (twice) {
      refuse(
        source,
        `two columns have the number ${twice.number} of ${JSON.stringify(prefix)}; numbers must differ.`,
      );
    }
    const numbers = group.map(({ number }) => number);
    const members = group.map(({ index }) => index);
    families.push({ prefix, members, missing: missingName(names, prefix, numbers) });
  }
  return families;
}

/**
 * The first name that the counting leaves out, or that a column beside it has which is no number.
 * Columns without names are called 1, 2, …, and any of them may be the label.
 */
function missingName(
  names: readonly string[],
  prefix: string,
  numbers: readonly number[],
): string | undefined {
  const there = new Set(numbers);
  const others = names.flatMap((name) => {
    const found = numbered(name);
    return found?.prefix === prefix && !there.has(found.number) ? [found.number] : [];
  });
  if (prefix === '') for (const number of others) there.add(number);
  else if (others.length > 0) return `${prefix}${Math.min(...others)}`;
  const [first] = numbers;
  for (let k = first; k < first + numbers.length + others.length; k++) {
    if (k <= numbers[numbers.length - 1] && !there.has(k)) return `${prefix}${k}`;
  }
  return undefined;
}

/** Whether Tammes wrote these: `x0`, or `x_0` and so on where a column was called so. */
const isOurs = (name: string): boolean => /^x_*0$/.test(name);

/**
 * The columns of numbers whose names count (`x0, x1, …`), in numeric order; null where none do.
 * Refuses names that count with a gap, and two countings of which either could be the vector.
 */
export function countedColumns(
  source: { readonly name: string },
  names: readonly string[],
  numbers: readonly number[],
): readonly number[] | null {
  const all = numberedFamilies(source, names, numbers);
  const most = Math.max(0, ...all.map(({ members }) => members.length));
  // A few columns whose numbers have gaps (top1, top5) do not count as a vector beside a longer one.
  const families = all.filter(
    ({ members, missing }) => missing === undefined || members.length * 2 >= most,
  );
  const ours = families
    .filter(({ members }) => isOurs(names[members[0]]))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  if (ours.length === 0 && families.length > 1) {
    const known = families.map((family) => JSON.stringify(rangeOf(family, names))).join(', ');
    refuse(source, `the vector could be any of the columns ${known}; name one.`);
  }
  const [family] = ours.length > 0 ? ours : families;
  if (!family) return null;
  if (family.missing === undefined) return family.members;
  return refuse(
    source,
    `the columns ${rangeOf(family, names)} are counted, but no column of numbers is called ${JSON.stringify(family.missing)}; name the vector's columns.`,
  );
}

const rangeOf = ({ members }: Family, names: readonly string[]): string =>
  `${names[members[0]]} … ${names[members[members.length - 1]]}`;
