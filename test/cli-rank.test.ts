import { beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { write } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-rank-');

beforeAll(async () => {
  for (const [name, decay] of [
    ['flat', 0.5],
    ['even', 1],
  ] as const) {
    const random = Random.fromSeed(1);
    const data = Float32Array.from(
      { length: 200 * 6 },
      (_, i) => decay ** (i % 6) * random.normal(),
    );
    await write(at(`${name}.npy`), { points: matrix(data, 200, 6) });
  }
});

describe('tammes rank', () => {
  test('orders files by RankMe and says what is known', () => {
    const { code, out, err } = tammes('rank', 'flat.npy', 'even.npy');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^run +RankMe .*\neven\.npy +6\.0 .*\nflat\.npy +[345]\.\d /);
    expect(out).toContain('The rows settle the order of 100.0 % of all pairs.');
  });

  test('prints one JSON object', () => {
    const { runs, settled } = JSON.parse(tammes('rank', 'flat.npy', 'even.npy', '--json').out);
    expect(runs.map(({ name }: { name: string }) => name)).toEqual(['even.npy', 'flat.npy']);
    expect(settled).toBe(1);
  });

  test('refuses one file, and one file twice, in one sentence', () => {
    expect(tammes('rank', 'flat.npy').err).toContain('at least 2 runs');
    const { code, err } = tammes('rank', 'flat.npy', 'flat.npy');
    expect(code).toBe(2);
    expect(err).toContain('given once each');
  });
});
