import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Column } from '../../io/table.ts';
import { codedTexts, filterColumns, filterMask } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import type { Predicate, Value } from './types.ts';

const columns = {
  year: Float64Array.of(1999, 2020, Number.NaN, 2021, 2020),
  topic: ['physics', 'math', 'physics', '', 'biology'],
};
const passing = (text: string) =>
  [...filterMask(parseFilter(text), filterColumns(columns), 5).keys()].filter(
    (i) => filterMask(parseFilter(text), filterColumns(columns), 5)[i] === 1,
  );
const refusal = (text: string, given: Record<string, Column> = columns) => {
  try {
    filterMask(parseFilter(text), filterColumns(given), 5);
  } catch (cause) {
    return (cause as Error).message;
  }
  return 'no refusal';
};

describe('which rows pass', () => {
  test.each<[string, number[]]>([
    ['year >= 2020 and topic = "math"', [1]],
    ['year = 2020', [1, 4]],
    ['year != 2020', [0, 3]],
    ['not year = 2020', [0, 3]],
    ['year < 2020', [0]],
    ['year <= 2020', [0, 1, 4]],
    ['year > 2020', [3]],
    ['year in (1999, 2021)', [0, 3]],
    ['year not in (1999, 2021)', [1, 4]],
    ['year between 2000 and 2020', [1, 4]],
    ['year not between 2000 and 2020', [0, 3]],
    ['year is missing', [2]],
    ['year is not missing', [0, 1, 3, 4]],
    ['topic contains "i"', [0, 2, 4]],
    ['topic not contains "i"', [1]],
    ['topic != "physics"', [1, 4]],
    ['topic < "c"', [4]],
    ['topic >= "math"', [0, 1, 2]],
    ['topic between "a" and "m"', [4]],
    ['topic in ("math", "physics", "none")', [0, 1, 2]],
    ['topic is missing', [3]],
    ['year = 1999 or topic is missing', [0, 3]],
    // The year of row 2 is unknown, and so is whether both hold; that its topic is not math is known.
    ['not (year = 2020 and topic = "math")', [0, 2, 3, 4]],
    ['not (year = 2020 or topic = "math")', [0]],
  ])('%s', (text, rows) => {
    expect(passing(text)).toEqual(rows);
  });

  test('no rows, no questions answered', () => {
    expect(filterMask(parseFilter('x > 1'), { x: new Float64Array(0) }, 0)).toHaveLength(0);
  });

  test('texts get numbers in order of appearance', () => {
    const { codes, texts } = codedTexts(['b', 'a', 'b']);
    expect([[...codes], texts]).toEqual([
      [0, 1, 0],
      ['b', 'a'],
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    ['yaer = 1', 'filter: "yaer" at character 1 is no column; the columns are "year", "topic".'],
    [
      'topic < 3',
      'filter: "topic" at character 1 is a column of texts; it cannot be compared with the number 3: a text stands in quotes.',
    ],
    [
      'year = "2020"',
      'filter: "year" at character 1 is a column of numbers; it cannot be compared with the text "2020".',
    ],
    [
      'year in (1, "2")',
      'filter: "year" at character 1 is a column of numbers; it cannot be compared with the text "2".',
    ],
    [
      'year contains "2"',
      'filter: "year" at character 1 is a column of numbers, and contains asks texts: compare it with = < > or between.',
    ],
    [
      'topic = ""',
      'filter: "topic" at character 1 is compared with an empty text, which is a missing value: write `is missing`.',
    ],
    [
      'year between 3 and 2',
      'filter: "year" at character 1 is asked for values between 3 and 2; the lower end comes first.',
    ],
  ])('%s', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  test('a condition where there are no columns', () => {
    expect(refusal('year = 1', {})).toBe(
      'filter: "year" at character 1 is no column; there are none: build with columns, or with --metadata.',
    );
  });

  test('a column of another length', () => {
    expect(refusal('x = 1', { x: new Float64Array(4) })).toBe(
      'filter: expected 5 values in column "x"; got 4.',
    );
  });

  test('names that every object has are no columns', () => {
    expect(refusal('toString = 1')).toContain('"toString" at character 1 is no column');
  });
});

/** Yes, no, or unknown: the logic of SQL, row by row, written out. */
function naive(predicate: Predicate, row: Readonly<Record<string, Value>>): boolean | undefined {
  switch (predicate.kind) {
    case 'not': {
      const own = naive(predicate.part, row);
      return own === undefined ? undefined : !own;
    }
    case 'and':
    case 'or': {
      const decides = predicate.kind === 'or';
      const answers = predicate.parts.map((part) => naive(part, row));
      if (answers.includes(decides)) return decides;
      return answers.includes(undefined) ? undefined : !decides;
    }
  }
  const value = row[predicate.column];
  const isMissing = value === '' || Number.isNaN(value);
  if (predicate.kind === 'missing') return isMissing;
  if (isMissing) return undefined;
  switch (predicate.kind) {
    case 'in':
      return predicate.values.some((own) => own === value);
    case 'between':
      return predicate.low <= value && value <= predicate.high;
    case 'contains':
      return String(value).includes(predicate.text);
    case 'compare':
      return {
        '=': value === predicate.value,
        '!=': value !== predicate.value,
        '<': value < predicate.value,
        '<=': value <= predicate.value,
        '>': value > predicate.value,
        '>=': value >= predicate.value,
      }[predicate.operator];
  }
}

/** A condition drawn at random, as text, so that the parser is held to it as well. */
function drawn(random: Random, depth: number): string {
  const pick = <T>(list: readonly T[]) => list[random.integer(list.length)];
  const kind = depth === 0 ? 0 : random.integer(4);
  if (kind === 1) return `not (${drawn(random, depth - 1)})`;
  if (kind > 1)
    return `(${drawn(random, depth - 1)}) ${pick(['and', 'or'])} ${drawn(random, depth - 1)}`;
  const isNumber = random.integer(2) === 0;
  const name = isNumber ? 'x' : '"a text"';
  const value = () =>
    isNumber ? String(random.integer(5) - 2) : `'${pick(['a', 'ab', 'b', 'ba'])}'`;
  const not = pick(['', 'not ']);
  const two = [value(), value()].sort((a, b) =>
    isNumber ? Number(a) - Number(b) : a < b ? -1 : 1,
  );
  return pick([
    `${name} ${pick(['=', '!=', '<', '<=', '>', '>='])} ${value()}`,
    `${name} ${not}in (${value()}, ${value()})`,
    `${name} ${not}between ${two[0]} and ${two[1]}`,
    `${name} is ${not}missing`,
    isNumber ? `${name} != -0` : `${name} ${not}contains ${value()}`,
  ]);
}

test('500 drawn conditions pass the rows that the naive logic of three values passes', () => {
  const random = Random.fromSeed(1);
  const n = 60;
  const x = Float64Array.from(
    { length: n },
    () => [Number.NaN, -2, -1, 0, -0, 1, 2, Infinity][random.integer(8)],
  );
  const texts = Array.from(
    { length: n },
    () => ['', 'a', 'ab', 'b', 'ba', 'abab'][random.integer(6)],
  );
  const columns = filterColumns({ x, 'a text': texts });
  for (let round = 0; round < 500; round++) {
    const text = drawn(random, 3);
    const predicate = parseFilter(text);
    const wanted = Array.from(x, (own, i) =>
      naive(predicate, { x: own, 'a text': texts[i] }) === true ? 1 : 0,
    );
    expect([text, ...filterMask(predicate, columns, n)]).toEqual([text, ...wanted]);
  }
});
