import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rowDot } from '../../numerics/rows/dot.ts';
import type { StudyData } from '../define.ts';
import { loadImages } from './images.ts';
import { loadRequests } from './requests.ts';
import { loadAddresses, loadSentencePairs } from './texts.ts';

const shipped = (name: string) => new URL(`../../../study-data/${name}/`, import.meta.url);

const data: StudyData = {
  folder: async (name) => shipped(name),
  full: async () => undefined,
};

describe.each(['mnist', 'fashion-mnist'] as const)('the slice of %s', (name) => {
  test('has 150 training and 50 test images of each class, from black to white', async () => {
    const {
      train,
      test: held,
      height,
      width,
      classes,
    } = await loadImages({ data, quick: false }, name);
    expect([height, width, classes.length]).toEqual([28, 28, 10]);
    for (const [{ images, labels }, each] of [
      [train, 150],
      [held, 50],
    ] as const) {
      expect([images.rows, images.cols]).toEqual([10 * each, 784]);
      const counts = classes.map((_, c) => labels.filter((label) => label === c).length);
      expect(counts).toEqual(classes.map(() => each));
      expect(images.data.reduce((a, b) => Math.min(a, b))).toBe(0);
      expect(images.data.reduce((a, b) => Math.max(a, b))).toBe(1);
    }
  });
});

test('the first labels are those of the full sets', async () => {
  const first = async (name: 'mnist' | 'fashion-mnist') => [
    ...(await loadImages({ data, quick: true }, name)).train.labels.subarray(0, 10),
  ];
  expect(await first('mnist')).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  expect(await first('fashion-mnist')).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
});

describe('a folder of the full set', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tammes-images-'));
  const from = (name: string) => fileURLToPath(new URL(name, shipped('mnist')));
  const withFull = { ...data, full: async () => pathToFileURL(`${folder}/`) };
  const labels = gunzipSync(readFileSync(from('t10k-labels-idx1-ubyte.gz')));

  test('is taken packed or not, but not in the quick form', async () => {
    // Test images in place of training images tell the folder from the slice.
    for (const kind of ['images-idx3', 'labels-idx1']) {
      const file = from(`t10k-${kind}-ubyte.gz`);
      copyFileSync(file, join(folder, `train-${kind}-ubyte.gz`));
      writeFileSync(join(folder, `t10k-${kind}-ubyte`), gunzipSync(readFileSync(file)));
    }
    const full = await loadImages({ data: withFull, quick: false }, 'mnist');
    expect(full.train).toEqual(full.test);
    expect(full.train.labels).toHaveLength(500);
    expect((await loadImages({ data: withFull, quick: true }, 'mnist')).train.labels).toHaveLength(
      1500,
    );
  });

  const refused = async (sentence: string) =>
    expect(loadImages({ data: withFull, quick: false }, 'mnist')).rejects.toThrow(sentence);

  test('is refused where a label is missing, none of the classes, or the file itself is gone', async () => {
    const file = join(folder, 't10k-labels-idx1-ubyte');
    const odd = Buffer.from(labels);
    odd[8 + 17] = 10;
    writeFileSync(file, odd);
    await refused('expected labels from 0 to 9; got 10 in row 17.');
    const short = Buffer.from(labels.subarray(0, -1));
    short.writeUInt32BE(499, 4);
    writeFileSync(file, short);
    await refused('expected a label for each image; got 499 labels for 500.');
    mkdirSync(join(folder, 'elsewhere'));
    const gone = { ...data, full: async () => pathToFileURL(join(folder, 'elsewhere/')) };
    await expect(loadImages({ data: gone, quick: false }, 'mnist')).rejects.toThrow(
      'expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz in this folder; got neither.',
    );
  });
});

describe('CLINC150', () => {
  test('has 100 sentences for training, 20 and 30 to judge by, of each of 150 intents', async () => {
    const { intents, domains, domainOf, inScope, outOfScope } = await loadRequests(data);
    expect([intents.length, domains.length]).toEqual([150, 10]);
    expect(intents[domainOf.indexOf(domains.indexOf('travel'))]).toBe('plug_type');
    for (const [part, each] of [
      ['train', 100],
      ['val', 20],
      ['test', 30],
    ] as const) {
      const { labels } = inScope[part];
      expect(intents.map((_, i) => labels.filter((label) => label === i).length)).toEqual(
        intents.map(() => each),
      );
      expect(new Set(outOfScope[part].labels)).toEqual(new Set([-1]));
    }
    expect(outOfScope.test.sentences).toHaveLength(1000);
    expect(inScope.train.sentences[0]).toContain('i love you if i were an italian');
    expect(intents[inScope.train.labels[0]]).toBe('translate');
  });

  test('the nearest class mean of the vectors names 86.4 % of the test sentences', async () => {
    const { intents, inScope } = await loadRequests(data);
    const { vectors, labels } = inScope.train;
    const d = vectors.cols;
    const means = { data: new Float64Array(intents.length * d), rows: intents.length, cols: d };
    for (let e = 0; e < vectors.data.length; e++)
      means.data[labels[Math.floor(e / d)] * d + (e % d)] += vectors.data[e];
    const norms = intents.map((_, i) => Math.sqrt(rowDot(means, i, means, i)));
    const { test: held } = inScope;
    const hits = held.labels.filter((label, i) => {
      const scores = intents.map((_, k) => rowDot(held.vectors, i, means, k) / norms[k]);
      return scores.indexOf(Math.max(...scores)) === label;
    });
    expect(hits.length / held.labels.length).toBeCloseTo(0.864, 3);
  });
});

test('the State of the Union has 65 addresses in the order of time and no broken signs', async () => {
  const addresses = await loadAddresses(data);
  const names = [...addresses.keys()];
  expect([names.length, names[0], names.at(-1)]).toEqual([65, '1945-Truman', '2006-GWBush']);
  expect(names).toEqual(names.toSorted());
  expect([...addresses.values()].filter((text) => /[¡¦§\t]|\n /.test(text))).toEqual([]);
  expect(addresses.get('1970-Nixon')).toContain("America's priorities");
});

test('lines of two languages belong together', async () => {
  const news = await loadSentencePairs(data, 'ntrex', 'eng', 'deu');
  expect([news.source.length, news.target.length]).toEqual([1997, 1997]);
  const { source, target } = await loadSentencePairs(data, 'genesis-verses', 'eng', 'fra');
  expect(source[0]).toBe('In the beginning God created the heavens and the earth.');
  expect(target[0]).toBe('Au commencement, Dieu créa les cieux et la terre.');
  expect([source.length, target.length]).toEqual([1478, 1478]);
  expect(source.at(-1)).toMatch(/^So Joseph died/);
  expect(target.at(-1)).toMatch(/^Joseph mourut/);
});
