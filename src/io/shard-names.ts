import { refuse, type Source } from './contract.ts';

/** Files called `PREFIX-00001-of-00005.SUFFIX`: the parts of one whole. */
export interface Family {
  /** A pattern of the names. */
  readonly pattern: string;
  readonly count: number;
  /** The number each file has. */
  readonly numbers: readonly number[];
  /** The path with another number. */
  readonly nameOf: (number: number) => string;
}

const MEMBER = /^(.*?)(\d+)-of-(\d+)([^/\\]*)$/s;

/** The families that these files are of. */
export function familiesOf(files: readonly Source[]): Family[] {
  const families = new Map<string, Family & { numbers: number[] }>();
  for (const file of files) {
    const match = typeof file === 'string' ? MEMBER.exec(file) : null;
    if (!match) continue;
    const [, before, number, count, after] = match;
    const pattern = `${before}*-of-${count}${after}`;
    const family = families.get(pattern) ?? {
      pattern,
      count: Number(count),
      numbers: [],
      nameOf: (other) =>
        `${before}${String(other).padStart(number.length, '0')}-of-${count}${after}`,
    };
    family.numbers.push(Number(number));
    families.set(pattern, family);
  }
  return [...families.values()];
}

/** Refuses a family that is not complete, by the name of the first file that is missing. */
export function requireWholeFamilies(files: readonly Source[]): void {
  for (const { count, numbers, nameOf } of familiesOf(files)) {
    const there = new Set(numbers);
    if (there.size >= count) continue;
    // Some count from 0, some from 1.
    const first = there.has(0) ? 0 : 1;
    const missing = Array.from({ length: count }, (_, i) => first + i).filter((i) => !there.has(i));
    const [name] = missing.map(nameOf);
    const others = missing.length > 1 ? `, with ${missing.length - 1} more` : '';
    refuse(
      { name },
      `this file is missing${others}; the names of the others say that there are ${count}.`,
    );
  }
}
