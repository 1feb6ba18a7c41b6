import { describe, expect, test } from 'vitest';
import { categorical } from '../../../view/palettes/categorical.ts';
import type { CloudFigure } from './contract.ts';
import { cloudData } from './data.ts';
import { cloudFigureHtml, cloudScript } from './figure.ts';
import { unpacked } from './packing.ts';
import { shadedClasses } from './shaded-classes.ts';

const figure: CloudFigure = {
  id: 'points',
  name: 'Some points',
  reading: 'They lie in a row.',
  dims: 2,
  panels: [{ title: 'One', positions: Float32Array.of(10, 5, 20, 5, 30, 5, 40, 10) }],
  projections: ['plane'],
  labels: ['a', '</script>', 'c', 'd'],
  isNamed: true,
  landmarks: [0],
  classes: { names: ['x', 'y'], of: [0, 1, 1, -1] },
  marks: [{ shape: 'square', label: 'far', rows: [3] }],
};

describe('cloudFigureHtml', () => {
  const html = cloudFigureHtml(figure, 4);

  test('has a picture for paper with a dot a row, in the colors of the view', () => {
    expect(html.split('h0').length - 1).toBe(4);
    const [first] = categorical('light').colors;
    expect(html).toContain(`stroke="#${first.toString(16).padStart(6, '0')}"`);
    expect(html).toContain('>y</text>');
    expect(html).toContain('<rect x=');
  });

  test('names classes by their rows, then what has none, then the marks', () => {
    const names = [...html.matchAll(/<bdi>([^<]*)<\/bdi><small>(\d+)/g)].map(([, a, b]) => [a, b]);
    expect(names).toEqual([
      ['y', '2'],
      ['x', '1'],
      ['no class', '1'],
      ['far', '1'],
    ]);
  });

  test('more classes than colors share grey, a single one has its name', () => {
    const named = (count: number) => {
      const of = Array.from({ length: count }, (_, i) => i);
      const names = of.map((i) => `k${String(i).padStart(2, '0')}`);
      const positions = Float32Array.from({ length: 2 * count }, (_, i) => i);
      const panels = [{ title: 'One', positions }];
      return cloudFigureHtml({ ...figure, panels, labels: names, classes: { names, of } }, 1);
    };
    expect(named(20)).toContain('<bdi>10 others</bdi>');
    expect(named(11)).toContain('<bdi>k10</bdi>');
    expect(named(11)).not.toContain('others');
  });

  test('several panels have a title each and controls once', () => {
    const two = cloudFigureHtml({ ...figure, panels: [figure.panels[0], figure.panels[0]] }, 1);
    expect(two.match(/class="panel-title"/g)).toHaveLength(2);
    expect(two.match(/type="search"/g)).toHaveLength(1);
    expect(two).toContain('id="points-still-2"');
  });

  test('a row without a place is in no picture', () => {
    const positions = Float32Array.of(0, 0, 1, 1, Number.NaN, Number.NaN, 2, 0);
    const some = cloudFigureHtml({ ...figure, panels: [{ title: 'One', positions }] }, 1);
    expect(some.split('h0').length - 1).toBe(3);
    expect(some).not.toContain('NaN');
  });
});

test('a map is packed within the square around its middle, its shape kept', () => {
  const [{ positions }] = cloudData(figure).panels;
  const values = [-1, -1 / 6, -1 / 3, -1 / 6, 1 / 3, -1 / 6, 1, 1 / 6];
  unpacked(positions).forEach((value, i) => {
    expect(value).toBeCloseTo(values[i], 4);
  });
});

test('the data cannot end their own element, and are left out where there are none', () => {
  expect(cloudScript([figure]).match(/<\/script/g)).toHaveLength(1);
  expect(cloudScript([])).toBe('');
});

test('rows without classes have one shade, those without a class that of no value', () => {
  expect([...shadedClasses(2, undefined).shades]).toEqual([0, 0]);
  expect([...shadedClasses(4, figure.classes).shades]).toEqual([1, 0, 0, 255]);
});
