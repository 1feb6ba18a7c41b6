import { describe, expect, test } from 'vitest';
import { parseFilter } from './parse-filter.ts';

const refusal = (text: string) => {
  try {
    parseFilter(text);
  } catch (cause) {
    return (cause as Error).message;
  }
  return 'no refusal';
};

describe('a condition', () => {
  test('is read as it is written: not, then and, then or', () => {
    expect(parseFilter('a = 1 or not b = 2 and c = 3')).toEqual({
      kind: 'or',
      parts: [
        { kind: 'compare', column: 'a', at: 1, operator: '=', value: 1 },
        {
          kind: 'and',
          parts: [
            {
              kind: 'not',
              part: { kind: 'compare', column: 'b', at: 14, operator: '=', value: 2 },
            },
            { kind: 'compare', column: 'c', at: 24, operator: '=', value: 3 },
          ],
        },
      ],
    });
  });

  test('brackets bind first', () => {
    expect(parseFilter('(a = 1 or b = 2) and c = 3')).toMatchObject({
      kind: 'and',
      parts: [{ kind: 'or' }, { column: 'c' }],
    });
  });

  test('every question, keywords in capitals and small', () => {
    const at = 1;
    const column = 'x';
    const read: [string, unknown][] = [
      ['x<=-1.5e3', { kind: 'compare', column, at, operator: '<=', value: -1500 }],
      ['x IN ("a", \'b\')', { kind: 'in', column, at, values: ['a', 'b'] }],
      ['x Between .5 AND 2.', { kind: 'between', column, at, low: 0.5, high: 2 }],
      ['x contains "ö"', { kind: 'contains', column, at, text: 'ö' }],
      ['x is missing', { kind: 'missing', column, at }],
      ['x is not missing', { kind: 'not', part: { kind: 'missing', column, at } }],
      ['x not in (1)', { kind: 'not', part: { kind: 'in', column, at, values: [1] } }],
    ];
    for (const [text, predicate] of read) expect(parseFilter(text)).toEqual(predicate);
  });

  test('names with spaces and keywords as names stand in quotes; marks within are doubled', () => {
    expect(parseFilter('"first ""author""" = \'O\'\'Hara\'')).toMatchObject({
      column: 'first "author"',
      value: "O'Hara",
    });
    expect(parseFilter('"in" is missing')).toMatchObject({ column: 'in' });
    expect(parseFilter('größe-2.b > 1')).toMatchObject({ column: 'größe-2.b' });
  });

  test.each([
    ['', 'filter: at character 1, expected the name of a column; got the end of the condition.'],
    [
      'year',
      'filter: at character 5, expected one of =, !=, <, <=, >, >=, in, between, contains, is missing; got the end of the condition.',
    ],
    [
      'year >= ',
      'filter: at character 9, expected a number or a text in quotes; got the end of the condition.',
    ],
    [
      'topic = physics',
      'filter: at character 9, expected a number or a text in quotes; got "physics".',
    ],
    [
      'topic = "physics',
      'filter: at character 9, expected a quotation mark that ends the text; got none (a mark within is doubled).',
    ],
    [
      'year = 2020s',
      'filter: at character 12, expected that the number 2020 ends; got "s"; a text stands in quotes, and a name that begins with a digit in double ones.',
    ],
    [
      '(year = 1',
      'filter: at character 10, expected and, or, or a bracket ) that closes; got the end of the condition.',
    ],
    [
      'year = 1)',
      'filter: at character 9, expected and, or, or the end of the condition; got ")".',
    ],
    [
      'year = 1 && b = 2',
      'filter: at character 10, expected a name, a number, a text in quotes, =, !=, <, <=, >, >= or a bracket; got "&".',
    ],
    ['year == 1', 'filter: at character 7, expected a number or a text in quotes; got "=".'],
    ['year in ()', 'filter: at character 10, expected a number or a text in quotes; got ")".'],
    ['year in 1', 'filter: at character 9, expected a bracket ( before the values; got "1".'],
    [
      'year between 1 or 2',
      'filter: at character 16, expected and between the two ends; got "or".',
    ],
    ['title contains 3', 'filter: at character 16, expected a text in quotes; got "3".'],
    ['year is 3', 'filter: at character 9, expected missing or not missing; got "3".'],
    ['year not = 3', 'filter: at character 10, expected in, between or contains; got "=".'],
    ['and = 3', 'filter: at character 1, expected the name of a column; got "and".'],
    [
      'id = 9007199254740993',
      'filter: at character 6, expected a number that float64 holds exactly (whole numbers up to 2^53 − 1); got 9007199254740993.',
    ],
    [
      'x < 1e999',
      'filter: at character 5, expected a number that float64 holds exactly (whole numbers up to 2^53 − 1); got 1e999.',
    ],
  ])('%j is refused in a sentence', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  test('too many brackets are a sentence, not the end of the stack', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a = 1${')'.repeat(depth)}`;
    expect(parseFilter(nested(100))).toMatchObject({ column: 'a' });
    expect(refusal(nested(101))).toBe('filter: more than 100 brackets stand within one another.');
    expect(refusal(`${'not '.repeat(100_000)}a = 1`)).toContain('within one another');
  });
});
