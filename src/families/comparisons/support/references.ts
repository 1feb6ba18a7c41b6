import type { Reference } from '../../../method/method.ts';

/** CKA. */
// @__NO_SIDE_EFFECTS__
export function similarityRevisited(part: string): Reference {
  return {
    authors: 'Kornblith, Norouzi, Lee, Hinton',
    title: 'Similarity of Neural Network Representations Revisited',
    year: 2019,
    source: 'arXiv:1905.00414',
    part,
  };
}

/** The unbiased HSIC. */
// @__NO_SIDE_EFFECTS__
export function dependenceMaximization(part: string): Reference {
  return {
    authors: 'Song, Smola, Gretton, Bedo, Borgwardt',
    title: 'Feature Selection via Dependence Maximization',
    year: 2012,
    source: 'JMLR 13:1393-1434',
    part,
  };
}

/** U-centred matrices and their inner product. */
// @__NO_SIDE_EFFECTS__
export function partialDistanceCorrelation(part: string): Reference {
  return {
    authors: 'Székely, Rizzo',
    title: 'Partial Distance Correlation with Methods for Dissimilarities',
    year: 2014,
    source: 'arXiv:1310.2926',
    part,
  };
}

/** Shape distances. */
// @__NO_SIDE_EFFECTS__
export function generalizedShapeMetrics(part: string): Reference {
  return {
    authors: 'Williams, Kunz, Kornblith, Linderman',
    title: 'Generalized Shape Metrics on Neural Representations',
    year: 2021,
    source: 'arXiv:2110.14739',
    part,
  };
}

/** Shape distances from few rows. */
// @__NO_SIDE_EFFECTS__
export function limitedSamples(part: string): Reference {
  return {
    authors: 'Pospisil, Larsen, Harvey, Williams',
    title: 'Estimating Shape Distances on Neural Representations with Limited Samples',
    year: 2023,
    source: 'arXiv:2310.05742',
    part,
  };
}

/** Spectra from moments. */
// @__NO_SIDE_EFFECTS__
export function spectrumEstimation(part: string): Reference {
  return {
    authors: 'Kong, Valiant',
    title: 'Spectrum Estimation from Samples',
    year: 2017,
    source: 'arXiv:1602.00061',
    part,
  };
}

/** SVCCA, and mean CCA. */
// @__NO_SIDE_EFFECTS__
export function singularVectorCanonical(part: string): Reference {
  return {
    authors: 'Raghu, Gilmer, Yosinski, Sohl-Dickstein',
    title:
      'SVCCA: Singular Vector Canonical Correlation Analysis for Deep Learning Dynamics and Interpretability',
    year: 2017,
    source: 'arXiv:1706.05806',
    part,
  };
}

/** Influence functions of canonical correlations. */
// @__NO_SIDE_EFFECTS__
export function canonicalInfluence(part: string): Reference {
  return {
    authors: 'Romanazzi',
    title: 'Influence in Canonical Correlation Analysis',
    year: 1992,
    source: 'doi:10.1007/BF02294508',
    part,
  };
}

/** Two-sample tests with kernels. */
// @__NO_SIDE_EFFECTS__
export function kernelTwoSampleTest(part: string): Reference {
  return {
    authors: 'Gretton, Borgwardt, Rasch, Schölkopf, Smola',
    title: 'A Kernel Two-Sample Test',
    year: 2012,
    source: 'JMLR 13:723-773',
    part,
  };
}

/** The distance of Gaussians and of covariances. */
// @__NO_SIDE_EFFECTS__
export function buresWassersteinDistance(part: string): Reference {
  return {
    authors: 'Bhatia, Jain, Lim',
    title: 'On the Bures–Wasserstein Distance between Positive Definite Matrices',
    year: 2019,
    source: 'arXiv:1712.01504',
    part,
  };
}

/** Relative representations. */
// @__NO_SIDE_EFFECTS__
export function relativeRepresentations(part: string): Reference {
  return {
    authors: 'Moschella, Maiorca, Fumero, Norelli, Locatello, Rodolà',
    title: 'Relative Representations Enable Zero-shot Latent Space Communication',
    year: 2023,
    source: 'arXiv:2209.15430',
    part,
  };
}
