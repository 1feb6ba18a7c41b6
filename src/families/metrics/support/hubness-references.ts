import type { Reference } from '../../../method/method.ts';
import { integer } from '../../../method/options.ts';

// @__NO_SIDE_EFFECTS__
export function hubsInSpace(part: string): Reference {
  return {
    authors: 'Radovanović, Nanopoulos, Ivanović',
    title: 'Hubs in Space: Popular Nearest Neighbors in High-Dimensional Data',
    year: 2010,
    source: 'JMLR 11:2487-2531',
    part,
  };
}

// @__NO_SIDE_EFFECTS__
export function fastHubnessReduction(part: string): Reference {
  return {
    authors: 'Feldbauer, Leodolter, Plant, Flexer',
    title: 'Fast Approximate Hubness Reduction for Large High-Dimensional Data',
    year: 2018,
    source: 'doi:10.1109/ICBK.2018.00055',
    part,
  };
}

// @__NO_SIDE_EFFECTS__
export function hubnessReduction(part: string): Reference {
  return {
    authors: 'Nielsen, Hansen',
    title: 'Hubness Reduction Improves Sentence-BERT Semantic Spaces',
    year: 2024,
    source: 'arXiv:2311.18364',
    part,
  };
}

// @__NO_SIDE_EFFECTS__
export function globalScaling(part: string): Reference {
  return {
    authors: 'Schnitzer, Flexer, Schedl, Widmer',
    title: 'Local and Global Scaling Reduce Hubs in Space',
    year: 2012,
    source: 'JMLR 13:2871-2902',
    part,
  };
}

// @__NO_SIDE_EFFECTS__
export function wordTranslation(part: string): Reference {
  return {
    authors: 'Conneau, Lample, Ranzato, Denoyer, Jégou',
    title: 'Word Translation Without Parallel Data',
    year: 2018,
    source: 'arXiv:1710.04087',
    part,
  };
}

/** Neighbours of each row, in every number about hubs. */
// @__NO_SIDE_EFFECTS__
export function neighborsOption() {
  return integer(10, 'Neighbours counted for each row.', { min: 1, max: 1000, symbol: 'k' });
}

/** Said where k neighbours are all other rows. */
export function noFreedom(n: number, k: number): readonly string[] {
  if (n > k + 1) return [];
  return [`with ${n} rows, every row is among the ${k} nearest of every other.`];
}
