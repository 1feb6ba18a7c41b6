import type { Reference } from '../../../method/method.ts';

/** The laws of angles between uniform points. */
// @__NO_SIDE_EFFECTS__
export function anglesInRandomPacking(part: string): Reference {
  return {
    authors: 'Cai, Fan, Jiang',
    title: 'Distributions of Angles in Random Packing on Spheres',
    year: 2013,
    source: 'arXiv:1306.0256',
    part,
  };
}

/** Resultant length and its law. */
// @__NO_SIDE_EFFECTS__
export function directionalStatistics(part: string): Reference {
  return {
    authors: 'Mardia, Jupp',
    title: 'Directional Statistics',
    year: 2000,
    source: 'doi:10.1002/9780470316979',
    part,
  };
}

/** Uniformity as a number. */
// @__NO_SIDE_EFFECTS__
export function alignmentAndUniformity(part: string): Reference {
  return {
    authors: 'Wang, Isola',
    title:
      'Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere',
    year: 2020,
    source: 'arXiv:2005.10242',
    part,
  };
}

/** How well documents are ranked for queries. */
// @__NO_SIDE_EFFECTS__
export function retrievalEvaluation(part: string): Reference {
  return {
    authors: 'Manning, Raghavan, Schütze',
    title: 'Introduction to Information Retrieval',
    year: 2008,
    source: 'isbn:9780521865715',
    part,
  };
}

/** Columns that dominate. */
// @__NO_SIDE_EFFECTS__
export function rogueDimensionsOfModels(part: string): Reference {
  return {
    authors: 'Timkey, van Schijndel',
    title:
      'All Bark and No Bite: Rogue Dimensions in Transformer Language Models Obscure Representational Quality',
    year: 2021,
    source: 'arXiv:2109.04404',
    part,
  };
}
