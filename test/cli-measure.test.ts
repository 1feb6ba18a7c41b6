import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KnnGraph } from '../src/core/graph.ts';
import { gathered } from '../src/core/matrix.ts';
import { read, readNeighbors, write } from '../src/io/index.ts';
import { skewness } from '../src/numerics/statistics/averages.ts';
import { occurrences } from '../src/structures/neighbors/occurrences.ts';
import { commandIn } from './shared/command.ts';
import { FIELDS } from './shared/fields.ts';
import { writePoints } from './shared/points.ts';

const { at, tammes } = commandIn('tammes-measure-');
beforeAll(() => writePoints(at));

describe('tammes measure', () => {
  test('prints one JSON object with the promised fields and nothing else', () => {
    const { code, out, err } = tammes('measure', 'points.npy', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    for (const field of FIELDS) expect(found, field).toHaveProperty(field);
    expect(found).toMatchObject({ n: 300, d: 6 });
    expect(['native', 'wasm']).toContain(found.engine);
    expect(err).toBe('');
  });

  test('gives the same numbers for one and two threads', () => {
    const [one, two] = ['1', '2'].map((threads) => {
      const found = JSON.parse(tammes('measure', 'points.npy', '--json', '--threads', threads).out);
      return { ...found, seconds: 0, threads: 0 };
    });
    expect(one).toEqual(two);
  });

  test('agrees with the float64 reference', () => {
    const [wasm, reference] = ['wasm', 'reference'].map((engine) =>
      JSON.parse(tammes('measure', 'points.npy', '--json', '--engine', engine).out),
    );
    expect(reference.engine).toBe('reference');
    for (const field of FIELDS.slice(4)) expect(wasm[field]).toBeCloseTo(reference[field], 4);
  });
});

describe('what tammes measure prints', () => {
  const linesOf = (...args: string[]) => {
    const { code, out, err } = tammes('measure', 'points.npy', ...args);
    expect(code, err).toBe(0);
    return { lines: out.trimEnd().split('\n'), remarks: err.trimEnd().split('\n') };
  };

  test('one screen by default: the file, what leads beside its null, findings, and the way to the rest', () => {
    const { lines, remarks } = linesOf();
    expect(lines.length + remarks.length).toBeLessThanOrEqual(25);
    expect(lines[0]).toMatch(
      /^points\.npy: 300 rows × 6 columns, (native|wasm) engine, \d+\.\d s$/,
    );
    expect(lines[2]).toMatch(/value +95 % interval +uniform +reading/);
    expect(lines[3]).toMatch(/^Mean cosine .* a common direction$/);
    expect(lines.join('\n')).toMatch(/warning: The rows lie off centre: .* most of it in column 0/);
    expect(lines.at(-1)).toMatch(/^\d+ more numbers and \d+ remarks: --all\./);
  });

  test('every number with --all, a group whole with its name', () => {
    const { lines } = linesOf('--all', '--quiet');
    expect(lines.length).toBeGreaterThan(50);
    expect(lines).toContain('Intrinsic dimension');
    const { lines: rank } = linesOf('--metrics', 'rank', '--quiet');
    expect(rank[1]).toBe('Rank and spectrum');
    expect(rank).toHaveLength(12);
  });

  test('options of a number as of an objective; a wrong one gets the sentence of the method', () => {
    const terms = 'gride(scale=4),two-nn:censored=0.2,rows=raw,two-nn';
    const { metrics } = JSON.parse(
      tammes('measure', 'points.npy', '--metrics', terms, '--json').out,
    );
    expect(
      metrics.map(({ id, options }: { id: string; options?: object }) => [id, options]),
    ).toEqual([
      ['gride', { scale: 4 }],
      ['two-nn', undefined],
      ['two-nn', { censored: 0.2, rows: 'raw' }],
    ]);
    expect(metrics[2].value).not.toBe(metrics[1].value);
    expect(metrics[2].null).toBeNull();
    const { lines } = linesOf('--metrics', 'gride(scale=4)');
    expect(lines[2]).toMatch(/^ {2}GRIDE dimension \(scale = 4\) /);
    const wrong = tammes('measure', 'points.npy', '--metrics', 'gride(k=4)');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('gride: option "k" must be one of the options scale, rows');
    expect(tammes('measure', 'points.npy', '--metrics', 'rank(k=4)').code).toBe(2);
  });

  test('--series puts curves and values of rows into the JSON object, and only there', () => {
    const args = ['points.npy', '--metrics', 'gride,codensity', '--json'];
    const plain = JSON.parse(tammes('measure', ...args).out);
    const { metrics } = JSON.parse(tammes('measure', ...args, '--series').out);
    expect(JSON.stringify(plain)).not.toMatch(/series|perRow/);
    const byId = new Map(metrics.map((row: { id: string }) => [row.id, row]));
    expect(byId.get('gride')).toMatchObject({
      series: { of: 6, xName: 'scale', x: [1, 2, 4, 8, 16, 32] },
    });
    const { perRow } = byId.get('codensity') as {
      perRow: { of: number; values: { value: number[] } };
    };
    expect(perRow.of).toBe(300);
    expect(perRow.values.value).toHaveLength(300);
    expect(tammes('measure', 'points.npy', '--series').code).toBe(2);
  });
});

describe('tammes measure of files', () => {
  const measured = (...args: string[]) => JSON.parse(tammes('measure', ...args, '--json').out);

  test('--sample draws so many, the same by seed, and says of how many', () => {
    const args = ['points.csv', '--sample', '50', '--metrics', 'spread'];
    const [first, again, other] = [args, args, [...args, '--seed', '1']].map((a) => measured(...a));
    expect(first).toMatchObject({ n: 50, population: 300 });
    expect(again.metrics).toEqual(first.metrics);
    expect(other.metrics).not.toEqual(first.metrics);
    const { code, err } = tammes('measure', 'points.csv', '--sample', '0');
    expect(code).toBe(2);
    expect(err).toContain('Expected an integer, at least 1.');
  });

  test('--queries and --relevance judge searches; one without the other is refused', () => {
    writeFileSync(at('qrels.txt'), Array.from({ length: 300 }, (_, i) => `${i} ${i}`).join('\n'));
    const args = ['points.npy', '--queries', 'points.npy', '--relevance', 'qrels.txt'];
    const { metrics } = measured(...args, '--metrics', 'labels');
    const ids = ['average-precision', 'ndcg', 'recall', 'reciprocal-rank'];
    expect(metrics.map(({ id }: { id: string }) => id)).toEqual(ids);
    for (const { value } of metrics) expect(value).toBeCloseTo(1, 12);
    const { code, err } = tammes('measure', 'points.npy', '--queries', 'points.npy');
    expect(code).toBe(2);
    expect(err).toContain('measure: option "relevance" must be given with --queries');
  });

  test('--save-rows writes a column for each number that a row has, beside its label', async () => {
    const metrics = ['--metrics', 'hubness-skewness,codensity,two-nn'];
    const { code, err } = tammes('measure', 'points.csv', ...metrics, '--save-rows', 'rows.csv');
    expect(code, err).toBe(0);
    expect(err).toContain('Wrote rows.csv');
    const lines = readFileSync(at('rows.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('label,hubness-skewness.occurrences,codensity');
    expect(lines).toHaveLength(301);
    expect(lines[8]).toMatch(/^"word 7, ""quoted""",\d+,\d+\.\d+$/);
    const { metrics: printed } = measured('points.csv', ...metrics, '--save-rows', 'rows.npy');
    expect(JSON.stringify(printed)).not.toContain('perRow');
    const { points } = await read(at('rows.npy'));
    expect(points).toMatchObject({ rows: 300, cols: 2 });
    // npy has no place for names and labels: they stand beside it.
    expect(readFileSync(at('rows.rows.csv'), 'utf8').trimEnd().split('\n')).toEqual(lines);
  });

  test('--save-rows of a sample says which rows of the file they are', () => {
    const args = ['--sample', '50', '--metrics', 'norm-variation', '--save-rows', 'some.jsonl'];
    expect(tammes('measure', 'points.csv', ...args).code).toBe(0);
    const lines = readFileSync(at('some.jsonl'), 'utf8').trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows).toHaveLength(50);
    for (const { label, row } of rows) expect(label).toBe(`word ${row}, "quoted"`);
    expect(rows[0]['norm-variation.norm']).toBeCloseTo(1, 6);
  });

  test('--save-rows is refused without an extension, or where no metric knows a row', () => {
    const unknown = tammes('measure', 'points.npy', '--save-rows', 'rows.what');
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('the extension names no format');
    const none = tammes('measure', 'points.npy', '--metrics', 'two-nn', '--save-rows', 'rows.csv');
    expect(none.code).toBe(2);
    expect(none.err).toContain('none of these metrics knows a number for each row');
  });

  test('track gives each number as a series over files', () => {
    const files = ['points.npy', 'points.csv'];
    const { out } = tammes('track', ...files, '--metrics', 'mean-cosine', '--json');
    const { metrics, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ files });
    expect(metrics).toHaveLength(1);
    expect(metrics[0].values[0]).toBeCloseTo(metrics[0].values[1], 6);
    const { out: table } = tammes('track', ...files, '--metrics', 'mean-cosine');
    expect(table.split('\n').map((line) => line.split(/ +/)[0])).toEqual(['file', ...files, '']);
    expect(table).toMatch(/0\.\d+ +\[0\.\d+, 0\.\d+\]/);
    expect(tammes('track', 'points.npy', '--metrics', 'what').code).toBe(2);
  });

  test('--datastore says where local-topology looks for neighbours', () => {
    const [own, other] = [[], ['--datastore', 'points.npy']].map(
      (flags) => measured('points.csv', '--metrics', 'local-topology', ...flags).metrics[0],
    );
    expect(other.value).toBeCloseTo(own.value, 9);
    expect(other.null.value).not.toBe(own.null.value);
  });

  test('--correct writes lists with fewer hubs', async () => {
    const lists = ['--metrics', 'hubness', '--save-neighbors'];
    tammes('measure', 'points.npy', ...lists, 'plain.npz');
    tammes('measure', 'points.npy', ...lists, 'fair.npz', '--correct', 'mutual-proximity');
    const [plain, fair] = await Promise.all(
      ['plain', 'fair'].map((x) => readNeighbors(at(`${x}.npz`))),
    );
    const skew = (graph: KnnGraph) => skewness(occurrences(graph, 10));
    expect(fair.k).toBe(10);
    expect(skew(fair)).toBeLessThan(skew(plain) / 2);
  });
});

describe('tammes compare', () => {
  test('--metrics takes some, those too that are not asked otherwise, with options', () => {
    const names = 'linear-cka(estimator=biased),unit-groups';
    const args = ['compare', 'points.npy', 'points.csv', '--metrics', names];
    const { comparisons, sentence } = JSON.parse(tammes(...args, '--json').out);
    expect(comparisons).toMatchObject([
      { id: 'linear-cka', options: { estimator: 'biased' } },
      { id: 'unit-groups' },
    ]);
    expect(sentence).toContain('Only the numbers that were asked for');
    const wrong = tammes('compare', 'points.npy', 'points.csv', '--metrics', 'cka');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('must be all or one of angular-shape-distance, ');
    const pairs = tammes(
      'compare',
      'points.npy',
      'points.csv',
      '--metrics',
      'rsa',
      '--rows',
      'none',
    );
    expect(pairs.err).toContain('rsa: expected rows that correspond');
  });

  test('a file with itself in another format: the same vectors, parity included', () => {
    const { code, out, err } = tammes('compare', 'points.npy', 'points.csv', '--parity', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ n: 300, dA: 6, dB: 6, parity: { verdict: 'identical' } });
    for (const row of found.comparisons) {
      expect(row.value, row.id).toBeCloseTo(row.kind === 'similarity' ? 1 : 0, 4);
      expect(row.level).toBe(0.95);
    }
    expect(err).toBe('');
  });

  test('rows shifted by one: little in common, and the verdict says why', async () => {
    const { points } = await read(at('points.npy'));
    const order = Array.from({ length: 300 }, (_, i) => (i + 1) % 300);
    await write(at('cycled.npy'), { points: gathered(points, order) });
    const { code, out, err } = tammes('compare', 'points.npy', 'cycled.npy', '--fail-on', 'parity');
    expect(code).toBe(1);
    expect(out).toContain('Row by row these numbers show nothing beyond chance');
    expect(out).toContain('Parity: The rows of B are those of A in another order');
    expect(err).toContain('parity: The rows of B are those of A in another order');
  });

  test('a bound that is crossed is exit code 1, a wrong condition 2', () => {
    const bound = 'neighbor-overlap<0.9';
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', bound).code).toBe(0);
    const { code, err } = tammes('compare', 'points.npy', 'cycled.npy', '--fail-on', bound);
    expect(code).toBe(1);
    expect(err).toMatch(/neighbor-overlap is 0\.\d+; it fails < 0\.9\./);
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', 'nonsense').code).toBe(2);
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', 'error').code).toBe(2);
    expect(tammes('compare', 'points.npy').code).toBe(2);
  });
});

describe('tammes compare writes files', () => {
  const written = ['c.html', 'c.sarif', 'c.xml'];

  test('the report, SARIF and JUnit, with the verdict as the one finding', () => {
    const [html, log, cases] = written;
    const files = ['--report', html, '--sarif', log, '--junit', cases];
    const { code, err } = tammes('compare', 'points.npy', 'cycled.npy', '--parity', ...files);
    expect(code).toBe(0);
    for (const name of written) expect(err).toContain(`Wrote ${name}`);
    expect(readFileSync(at(html), 'utf8')).toContain('Rows that moved most');
    const [run] = JSON.parse(readFileSync(at(log), 'utf8')).runs;
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['parity']);
    expect(readFileSync(at(cases), 'utf8')).toContain('tests="1" failures="1"');
  });

  test('nothing is found where the files are the same', () => {
    tammes('compare', 'points.npy', 'points.npy', '--parity', '--sarif', 'same.sarif');
    expect(JSON.parse(readFileSync(at('same.sarif'), 'utf8')).runs[0].results).toEqual([]);
  });

  test('no report where there is no folder for it, and no work is done for it', () => {
    const { code, err } = tammes('compare', 'points.npy', 'points.npy', '--report', 'no/c.html');
    expect(code).toBe(1);
    expect(err).toContain('there is no folder no to write into');
  });
});

describe('tammes measure --doctor', () => {
  test('prints findings after the numbers', () => {
    const { code, out } = tammes('measure', 'points.npy', '--doctor', '--quiet');
    expect(code).toBe(0);
    expect(out).toMatch(/^points\.npy: 300 rows × 6 columns/);
    expect(out).toMatch(/warning: The rows lie off centre: .* most of it in column 0/);
    expect(out).toContain('What helps:');
  });

  test('--fail-on exits with 1 where a condition holds, and says which', () => {
    const bad = tammes(
      'measure',
      'points.npy',
      '--metrics',
      'spread',
      '--fail-on',
      'meanCosine>0.1',
    );
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(/meanCosine>0.1: mean-cosine is 0\.\d+; it fails > 0\.1\./);
    const good = tammes(
      'measure',
      'points.npy',
      '--metrics',
      'spread',
      '--fail-on',
      'meanCosine>1',
    );
    expect(good.code).toBe(0);
  });

  test('writes SARIF and JUnit beside the JSON object', () => {
    const names = ['--sarif', 'out.sarif', '--junit', 'out.xml', '--fail-on', 'error', '--json'];
    const { out } = tammes('measure', 'points.npy', ...names);
    expect(JSON.parse(out)).toMatchObject({ n: 300, conditions: [{ condition: 'error' }] });
    expect(JSON.parse(readFileSync(at('out.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(at('out.xml'), 'utf8')).toContain('<testsuite name="tammes"');
  });

  test('a wrong condition, metric, null model or column is refused in one sentence', () => {
    const wrong = [
      ['--fail-on', 'hubness', 'METRIC>NUMBER'],
      ['--metrics', 'hubs', 'a group (spread'],
      ['--null', 'flat', 'uniform'],
      ['--classes', 'topic', 'the file has no columns'],
    ];
    for (const [flag, value, sentence] of wrong) {
      const { code, err } = tammes('measure', 'points.npy', flag, value);
      expect(code, flag).toBe(2);
      expect(err).toContain(sentence);
    }
  });
});
