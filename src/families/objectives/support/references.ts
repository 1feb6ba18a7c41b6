import type { Reference } from '../../../method/method.ts';

/** The paper whose objectives these are, with the part that a method follows. */
// @__NO_SIDE_EFFECTS__
export function keepYourDistance(part: string): Reference {
  return {
    authors: 'Tokarchuk, Bakker, Niculae',
    title: 'Keep your distance: learning dispersed embeddings on S_m',
    year: 2025,
    source: 'arXiv:2502.08231',
    part,
  };
}

/** Spherical sliced Wasserstein. */
// @__NO_SIDE_EFFECTS__
export function sphericalSlicedWasserstein(part: string): Reference {
  return {
    authors: 'Bonet, Berg, Courty, Septier, Drumetz, Pham',
    title: 'Spherical Sliced-Wasserstein',
    year: 2023,
    source: 'arXiv:2206.08780',
    part,
  };
}

/** Hyperspherical energy. */
// @__NO_SIDE_EFFECTS__
export function hypersphericalEnergy(part: string): Reference {
  return {
    authors: 'Liu, Lin, Liu, Liu, Yu, Dai, Song',
    title: 'Learning towards Minimum Hyperspherical Energy',
    year: 2018,
    source: 'arXiv:1805.09298',
    part,
  };
}
