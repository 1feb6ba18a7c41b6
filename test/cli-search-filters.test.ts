import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { bin, commandIn } from './shared/command.ts';

const { folder, at, tammes } = commandIn('tammes-search-filters-');
const random = Random.fromSeed(1);
const N = 3000;
const rows = Array.from({ length: N }, (_, i) => [
  `w${i}`,
  1990 + (i % 35),
  ['physics', 'math', 'biology'][i % 3],
  ...Array.from({ length: 12 }, () => random.normal().toFixed(4)),
]);
const header = ['word', 'year', 'topic', ...Array.from({ length: 12 }, (_, c) => `x${c}`)];
writeFileSync(at('all.csv'), [header, ...rows].map((row) => row.join()).join('\n'));
writeFileSync(at('some.csv'), [header, ...rows.slice(0, 40)].map((row) => row.join()).join('\n'));
for (const id of ['exact', 'ivf'])
  expect(
    tammes('search', 'build', 'all.csv', '-o', `${id}.index`, '--index', id, '--quiet').err,
  ).toBe('');
const query = (...words: string[]) => tammes('search', 'query', ...words);

interface Result {
  readonly rows: readonly number[];
  readonly exact: boolean;
  readonly estimatedRecall: number;
  readonly scanned: number;
  readonly reason?: string;
  readonly bytesRead?: number;
}

describe('tammes search query --where', () => {
  test.each(['exact', 'ivf'])(
    '%s: every answer has k rows that pass, its recall and what it took',
    (id) => {
      const where = 'year >= 2015 and topic = "physics"';
      const { out } = query(`${id}.index`, 'some.csv', '-k', '5', '--where', where, '--json');
      const { results, filter, bytesRead } = JSON.parse(out);
      expect(results).toHaveLength(40);
      for (const { rows: found, exact, estimatedRecall, scanned } of results as Result[]) {
        expect(found).toHaveLength(5);
        for (const row of found)
          expect(Number(rows[row][1]) >= 2015 && rows[row][2] === 'physics').toBe(true);
        expect(exact || estimatedRecall >= 0.95).toBe(true);
        expect(scanned).toBeGreaterThan(0);
      }
      const passing = rows.filter(
        ([, year, topic]) => Number(year) >= 2015 && topic === 'physics',
      ).length;
      expect(filter.share).toBeCloseTo(passing / N, 12);
      expect(bytesRead).toBeGreaterThan(0);
    },
  );

  test('the plan can be forced, and fewer rows have a reason', () => {
    for (const plan of ['exact', 'in', 'post']) {
      const words = ['--where', 'year = 2001', '--plan', plan, '-k', '2'];
      const { out, err } = query('ivf.index', 'some.csv', ...words);
      const lines = out.trim().split('\n');
      expect(lines).toHaveLength(40);
      for (const line of lines) expect(line).toMatch(/^w\d+: w\d+ \(\S+\) {2}w\d+ \(\S+\)/);
      // 86 of 3,000 rows.
      expect(err.trim()).toBe(`2.87 % of the rows pass the filter; plan: ${plan}`);
    }
    const words = ['--where', 'year = 1990 and topic = "math"', '-k', '100', '--json'];
    const [result] = JSON.parse(query('ivf.index', 'some.csv', ...words).out).results as Result[];
    expect(result).toMatchObject({ exact: true, reason: 'no other row passes the filter.' });
    expect(result.rows.length).toBeLessThan(100);
  });

  test('bytes read are told for each query of an index of lists', () => {
    const { results } = JSON.parse(query('ivf.index', 'some.csv', '--json').out);
    for (const { bytesRead } of results as Result[]) expect(bytesRead).toBeGreaterThan(0);
  });

  test.each([
    [
      'year >=',
      'filter: at character 8, expected a number or a text in quotes; got the end of the condition.',
    ],
    ['yaer = 1', 'filter: "yaer" at character 1 is no column; the columns are "year", "topic".'],
    [
      'topic < 3',
      'filter: "topic" at character 1 is a column of texts; it cannot be compared with the number 3: a text stands in quotes.',
    ],
  ])('%s is refused in a sentence', (where, sentence) => {
    const { code, err } = query('ivf.index', 'some.csv', '--where', where);
    expect(code).not.toBe(0);
    expect(err.trim()).toBe(sentence);
  });
});

describe('a build that is killed', () => {
  const old = readFileSync(at('ivf.index'));
  const temporary = () => readdirSync(folder).filter((name) => name.endsWith('.tmp')).length;

  /** Kills a build of 31,636 rows over the old index, when it has computed for a while or as soon as it writes. */
  async function killed(when: string): Promise<unknown> {
    writeFileSync(at('kept.index'), old);
    const before = temporary();
    const words = ['search', 'build', 'dataset:glove', '-o', 'kept.index', '--index', 'ivf'];
    const child = spawn(process.execPath, [bin, ...words, '--quiet'], { cwd: folder });
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
    if (when === 'while it computes') await setTimeout(700);
    else while (temporary() === before && child.exitCode === null) await setTimeout(1);
    child.kill('SIGKILL');
    return ended;
  }

  test.each(['while it computes', 'while it writes'])(
    '%s leaves the old index whole',
    async (when) => {
      // On a busy machine a build may be done before it is killed: then another is.
      let signal = await killed(when);
      for (let again = 0; signal !== 'SIGKILL' && again < 4; again++) signal = await killed(when);
      expect(signal).toBe('SIGKILL');
      expect(readFileSync(at('kept.index')).equals(old)).toBe(true);
      const { results } = JSON.parse(query('kept.index', 'some.csv', '-k', '3', '--json').out);
      expect(results).toHaveLength(40);
    },
  );
});
