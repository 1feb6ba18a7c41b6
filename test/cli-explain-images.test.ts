import { beforeAll, describe, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { write } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-explain-images-');

beforeAll(async () => {
  const random = Random.fromSeed(1);
  const images = Float32Array.from({ length: 5 * 48 }, (_, e) => 100 + 50 * Math.sin(e / 3));
  const files = { a: images, noisy: images.map((x) => x + 20 * random.normal()) };
  for (const [name, data] of Object.entries(files))
    await write(at(`${name}.npy`), { points: matrix(data, 5, 48) });
});

describe('tammes explain images', () => {
  test('says how far apart images are, beside images of other rows', () => {
    const { code, out, err } = tammes('explain', 'images', 'a.npy', 'noisy.npy', '--image', '8x6');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^LASI distance of 5 pairs of 8 × 6 × 1: 0\.\d{4} \[/);
    expect(out).toContain('for images of different rows');
  });

  test('prints one JSON object and writes where the images differ', () => {
    const words = ['a.npy', 'noisy.npy', '--image', '4x4x3', '-o', 'map.npy', '--json'];
    const { shape, distances, value, output } = JSON.parse(
      tammes('explain', 'images', ...words).out,
    );
    expect(shape).toEqual({ height: 4, width: 4, channels: 3 });
    expect(distances).toHaveLength(5);
    expect(value).toBeGreaterThan(0);
    expect(output).toEqual(['map.npy']);
    expect(JSON.parse(tammes('info', 'map.npy', '--json').out)).toMatchObject({
      rows: 5,
      cols: 16,
    });
  });

  test('writes the embedding of one file', () => {
    const words = ['a.npy', '--image', '6x8', '--neighbors', '3', '-o', 'embedded.npy', '--json'];
    expect(JSON.parse(tammes('explain', 'images', ...words).out)).toMatchObject({ n: 5, d: 144 });
  });

  test('refuses sizes that do not fit and a missing output in one sentence', () => {
    const refused = (...words: string[]) => {
      const { code, err } = tammes('explain', 'images', ...words);
      expect(code).toBeGreaterThan(0);
      return err;
    };
    expect(refused('a.npy', 'noisy.npy', '--image', '7x7')).toBe(
      'images: expected images of 7 × 7 × 1 = 49 values; got rows of 48.\n',
    );
    expect(refused('a.npy', 'noisy.npy')).toContain('48 values of 1 a pixel are no square');
    expect(refused('a.npy', '--image', '8x6')).toContain('given where there is one file');
    expect(refused('a.npy', 'noisy.npy', '--image', '48')).toContain('like 28x28 or 32x32x3');
  });
});
