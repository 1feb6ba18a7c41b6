import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-search-graph-');
const random = Random.fromSeed(1);
const N = 2000;
const lines = Array.from({ length: N }, () =>
  Array.from({ length: 12 }, () => random.normal().toFixed(4)).join(),
);
writeFileSync(at('all.csv'), lines.join('\n'));
writeFileSync(at('some.csv'), lines.slice(0, 40).join('\n'));
const build = ['search', 'build', 'all.csv', '--index', 'graph', '--quiet', '-o'];
expect(tammes(...build, 'graph.index').err).toBe('');
const query = (...words: string[]) => tammes('search', 'query', 'graph.index', ...words);

interface Result {
  readonly rows: readonly number[];
  readonly exact: boolean;
  readonly estimatedRecall: number;
  readonly scanned: number;
}
const resultsOf = (out: string) => (JSON.parse(out) as { results: Result[] }).results;
const meanScanned = (results: readonly Result[]) =>
  results.reduce((sum, { scanned }) => sum + scanned, 0) / results.length;

describe('tammes search with a graph', () => {
  test('the same seed writes the same bytes', () => {
    tammes(...build, 'again.index', '--threads', '1');
    expect(readFileSync(at('again.index')).equals(readFileSync(at('graph.index')))).toBe(true);
  });

  test('a higher recall scores more, and each answer says its recall', () => {
    const [low, high] = ['0.5', '0.99'].map((recall) =>
      resultsOf(query('some.csv', '--recall', recall, '--json').out),
    );
    expect(meanScanned(high)).toBeGreaterThan(meanScanned(low));
    expect(high).toHaveLength(40);
    for (const [i, { rows, exact, estimatedRecall }] of high.entries()) {
      expect(rows).toHaveLength(10);
      expect(rows[0]).toBe(i);
      expect(exact).toBe(false);
      // 0.99 on documents of the index, and 32 of these queries: within 1 of 10 rows on average.
      expect(estimatedRecall).toBeGreaterThan(0.9);
    }
  });

  test('a recall and an effort contradict each other', () => {
    const { code, err } = query('some.csv', '--recall', '0.9', '--effort', '20');
    expect(code).toBe(2);
    expect(err).toContain('left out where there is an effort');
  });

  test('bench prints the curves of the indexes that are named', () => {
    const words = ['--indexes', 'exact,graph', '--queries', 'some.csv', '--json'];
    const { out } = tammes('search', 'bench', 'all.csv', ...words);
    const { n, queries, indexes } = JSON.parse(out);
    expect([n, queries]).toEqual([N, 40]);
    expect(indexes.map(({ index }: { index: string }) => index)).toEqual(['exact', 'graph']);
    expect(indexes[0].curve).toMatchObject([{ effort: null, recall: { value: 1 }, scanned: N }]);
    expect(indexes[1].curve.at(-1).recall.value).toBeGreaterThan(0.95);
    expect(tammes('search', 'bench', 'all.csv', '--indexes', 'none').err).toContain(
      'There is no none',
    );
  });
});
