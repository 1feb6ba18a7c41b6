import { expect, test } from 'vitest';
import { type FilmPlaces, placesAt } from './film-places.ts';

test('between two snapshots a row is on the line from one to the other', () => {
  const film: FilmPlaces = {
    tables: ['a', 'b'],
    places: Float32Array.of(0, 0, 4, 4, 2, 0, 4, 8),
    rows: 2,
    dims: 2,
  };
  expect([...placesAt(film, 0)]).toEqual([0, 0, 4, 4]);
  expect([...placesAt(film, 0.5)]).toEqual([1, 0, 4, 6]);
  expect([...placesAt(film, 1)]).toEqual([2, 0, 4, 8]);
  expect([...placesAt(film, 7)]).toEqual([2, 0, 4, 8]);
});

test('on the sphere it stays on the sphere', () => {
  const film: FilmPlaces = {
    tables: ['a', 'b'],
    places: Float32Array.of(1, 0, 0, 0, 1, 0),
    rows: 1,
    dims: 3,
  };
  const [x, y, z] = placesAt(film, 0.5);
  expect(x).toBeCloseTo(Math.SQRT1_2, 6);
  expect([y, z]).toEqual([x, 0]);
});
