import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { write } from '../src/io/index.ts';
import { bin, commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-measure-parts-');

beforeAll(() => {
  const lines = Array.from({ length: 160 }, (_, i) => {
    const part = Math.floor(i / 40);
    const vector = [0, 1, 2].map((c) => (part % 3 === c ? 1 : 0) + 0.2 * Math.sin(7 * i + 9 * c));
    return [`sentence ${i}`, `part ${part}`, part === 2 ? 5 : 1, ...vector].join();
  });
  writeFileSync(at('text.csv'), ['label,part,loss,v0,v1,v2', ...lines].join('\n'));
});

describe('tammes measure --max-memory', () => {
  const [N, D] = [60_000, 192];
  const seen = ['--json', '--metrics', 'mean-cosine,effective-rank', '--null', 'none'];
  // What a process held at most counts what held the one that began it, but not so in Linux's own list.
  const most = existsSync('/proc/self/status')
    ? '/VmHWM:\\s*(\\d+)/.exec(fs.readFileSync("/proc/self/status","utf8"))[1]'
    : 'process.resourceUsage().maxRSS';

  /** What a command holds at most, in bytes, beside what it says. */
  const held = (...words: string[]) => {
    const tell = `import fs from "node:fs";process.on("exit",()=>process.stderr.write("held "+${most}))`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, bin, ...words];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: at('.'),
      encoding: 'utf8',
    });
    return {
      code: status,
      out: stdout,
      err: stderr,
      bytes: 1024 * Number(/held (\d+)/.exec(stderr)?.[1]),
    };
  };
  beforeAll(async () => {
    const random = Random.fromSeed(2);
    const data = Float32Array.from({ length: N * D }, () => random.normal());
    await write(at('large.npy'), { points: matrix(data, N, D) });
  });

  test('draws as many rows as it may hold, and says of how many; all where they fit', () => {
    const some = held('measure', 'large.npy', '--max-memory', '380MB', ...seen);
    const { n, population } = JSON.parse(some.out);
    expect(population).toBe(N);
    expect(n).toBeGreaterThan(15_000);
    expect(n).toBeLessThan(40_000);
    expect(some.bytes).toBeLessThan(380e6);
    const all = JSON.parse(held('measure', 'large.npy', '--max-memory', '2GB', ...seen).out);
    expect([all.n, all.population]).toEqual([N, undefined]);
  });

  test('a table in shards is not read whole where it would take more', () => {
    expect(tammes('shard', 'large.npy', '-o', 'large', '--shard-size', '8MiB').code).toBe(0);
    const stored = held('measure', 'large', '--max-memory', '720MB', ...seen);
    expect(stored.bytes).toBeLessThan(720e6);
    const { metrics } = JSON.parse(stored.out);
    const [whole] = JSON.parse(held('measure', 'large', ...seen).out).metrics;
    expect(metrics[0].value).toBeCloseTo(whole.value, 9);
  });

  test('refuses in one sentence what cannot be held', () => {
    const said = (...words: string[]) => tammes('measure', ...words, '--max-memory', '310MB').err;
    expect(said('large.npy', '--exact')).toBe(
      'measure: option "max-memory" must be at least 499 MB for 60000 of 60000 × 192; got "310 MB".\n',
    );
    expect(said('large.npy', '--sample', '50000')).toMatch(
      /at least \d+ MB for 50000 of 60000 × 192/,
    );
    expect(said('large')).toMatch(
      /at least \d+ MB for 60000 × 192 in shards \(or fewer rows: --sample\)/,
    );
    expect(tammes('measure', 'large.npy', '--max-memory', '1MB').err).toMatch(
      /at least \d+ MB for some of 60000 × 192; got "1 MB"/,
    );
  });
});

describe('tammes measure curate', () => {
  test('prints both numbers beside shuffled rows, and writes an even selection', () => {
    const words = ['text.csv', '--losses', 'loss', '--sources', 'part', '--clusters', '8'];
    const { code, out } = tammes(
      'measure',
      'curate',
      ...words,
      '--share',
      '0.25',
      '-o',
      'rows.csv',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/loss coherence \(smaller is better\) +0\.\d{3}/);
    expect(out).toMatch(/source purity +0\.\d{3}/);
    const json = tammes('measure', 'curate', ...words, '--share', '0.25', '--json').out;
    const { lossCoherence, sourcePurity, selected } = JSON.parse(json);
    expect(lossCoherence.value).toBeLessThan(lossCoherence.null.low);
    expect(sourcePurity.value).toBeGreaterThan(sourcePurity.null.high);
    expect(selected).toHaveLength(40);
  });

  test('refuses what does not fit in one sentence', () => {
    const refused = (...words: string[]) => tammes('measure', 'curate', 'text.csv', ...words).err;
    expect(refused()).toBe(
      'measure curate: option "losses" must be given, or --sources or --share; got "nothing".\n',
    );
    expect(refused('--losses', 'part')).toContain('a column of numbers; got "part"');
    expect(refused('--sources', 'nope')).toContain('one of labels, part, loss; got "nope"');
    expect(refused('--sources', 'part', '-o', 'x.csv')).toContain('given with --share');
    expect(refused('--share', '2')).toContain('above 0, 1 at most');
  });
});

describe('tammes measure flow', () => {
  test('names the rows that begin a segment, and judges them by the parts', () => {
    const { code, out } = tammes(
      'measure',
      'flow',
      'text.csv',
      '--parts',
      'part',
      '-o',
      'flow.csv',
    );
    expect(code).toBe(0);
    expect(out).toContain('P_k against the parts');
    expect(out).toMatch(/ {2}40 {2}sentence 40\n {2}80 {2}sentence 80\n {2}120 {2}sentence 120/);
  });

  test('prints one JSON object', () => {
    const { starts, boundaries, error } = JSON.parse(
      tammes('measure', 'flow', 'text.csv', '--segments', '3', '--json').out,
    );
    expect(starts).toHaveLength(2);
    expect([boundaries.value, error]).toEqual([2, null]);
  });

  test('refuses a column that is not there in one sentence', () => {
    expect(tammes('measure', 'flow', 'text.csv', '--parts', 'x').err).toBe(
      'measure flow: option "parts" must be one of labels, part, loss; got "x".\n',
    );
  });
});
