/** Other works that methods cite. */
import type { Paper } from './cite.ts';

export const acceleratingTsne: Paper = {
  authors: 'van der Maaten',
  title: 'Accelerating t-SNE using Tree-Based Algorithms',
  year: 2014,
  source: 'https://jmlr.org/papers/v15/vandermaaten14a.html',
};

export const accuracyAndStability: Paper = {
  authors: 'Higham',
  title: 'Accuracy and Stability of Numerical Algorithms',
  year: 2002,
  source: '10.1137/1.9780898718027',
};

export const adaMerging: Paper = {
  authors: 'Yang, Wang, Shen, Liu, Guo, Wang, Tao',
  title: 'AdaMerging: Adaptive Model Merging for Multi-Task Learning',
  year: 2024,
  source: 'arXiv:2310.02575',
};

export const alignmentAndUniformity: Paper = {
  authors: 'Wang, Isola',
  title:
    'Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere',
  year: 2020,
  source: 'arXiv:2005.10242',
};

export const allButTheTop: Paper = {
  authors: 'Mu, Bhat, Viswanath',
  title: 'All-but-the-Top: Simple and Effective Postprocessing for Word Representations',
  year: 2017,
  source: 'arXiv:1702.01417',
};

export const alphaReq: Paper = {
  authors: 'Agrawal, Mondal, Ghosh, Richards',
  title:
    'α-ReQ: Assessing Representation Quality in Self-Supervised Learning by measuring eigenspectrum decay',
  year: 2022,
  source: 'NeurIPS 35:17626-17638',
};

export const alpt: Paper = {
  authors: 'Li, Guo, Hou, Zhang, Tang, Tang, Zhang, Li',
  title: 'Adaptive Low-Precision Training for Embeddings in Click-Through Rate Prediction',
  year: 2023,
  source: 'arXiv:2212.05735',
};

export const angleBasedIntrinsicDimensionality: Paper = {
  authors: 'Thordsen, Schubert',
  title: 'ABID: Angle Based Intrinsic Dimensionality',
  year: 2020,
  source: 'arXiv:2006.12880',
};

export const anglesInRandomPacking: Paper = {
  authors: 'Cai, Fan, Jiang',
  title: 'Distributions of Angles in Random Packing on Spheres',
  year: 2013,
  source: 'arXiv:1306.0256',
};

export const automatedParametersForTsne: Paper = {
  authors: 'Belkina, Ciccolella, Anno, Halpert, Spidlen, Snyder-Cappione',
  title:
    'Automated optimized parameters for T-distributed stochastic neighbor embedding improve visualization and analysis of large datasets',
  year: 2019,
  source: '10.1038/s41467-019-13055-y',
};

export const barlowTwins: Paper = {
  authors: 'Zbontar, Jing, Misra, LeCun, Deny',
  title: 'Barlow Twins: Self-Supervised Learning via Redundancy Reduction',
  year: 2021,
  source: 'arXiv:2103.03230',
};

export const basinHopping: Paper = {
  authors: 'Wales, Doye',
  title:
    'Global optimization by basin-hopping and the lowest energy structures of Lennard-Jones clusters containing up to 110 atoms',
  year: 1997,
  source: '10.1021/jp970984n',
};

export const buresWassersteinDistance: Paper = {
  authors: 'Bhatia, Jain, Lim',
  title: 'On the Bures–Wasserstein Distance between Positive Definite Matrices',
  year: 2019,
  source: 'arXiv:1712.01504',
};

export const byol: Paper = {
  authors:
    'Grill, Strub, Altché, Tallec, Richemond, Buchatskaya, Doersch, Pires, Guo, Azar, Piot, Kavukcuoglu, Munos, Valko',
  title: 'Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning',
  year: 2020,
  source: 'arXiv:2006.07733',
};

export const canonicalInfluence: Paper = {
  authors: 'Romanazzi',
  title: 'Influence in Canonical Correlation Analysis',
  year: 1992,
  source: 'doi:10.1007/BF02294508',
};

export const centeringSimilarityMeasures: Paper = {
  authors: 'Suzuki, Hara, Shimbo, Saerens, Fukumizu',
  title: 'Centering Similarity Measures to Reduce Hubs',
  year: 2013,
  source: 'ACL Anthology D13-1058',
};

export const changesInCommunityStructure: Paper = {
  authors: 'Clarke',
  title: 'Non-parametric multivariate analyses of changes in community structure',
  year: 1993,
  source: 'doi:10.1111/j.1442-9993.1993.tb00438.x',
};

export const classificationAndRegressionTrees: Paper = {
  authors: 'Breiman, Friedman, Olshen, Stone',
  title: 'Classification and Regression Trees',
  year: 1984,
  source: '10.1201/9781315139470',
};

export const clip: Paper = {
  authors:
    'Radford, Kim, Hallacy, Ramesh, Goh, Agarwal, Sastry, Askell, Mishkin, Clark, Krueger, Sutskever',
  title: 'Learning Transferable Visual Models From Natural Language Supervision',
  year: 2021,
  source: 'arXiv:2103.00020',
};

export const closedFormFactorization: Paper = {
  authors: 'Shen, Zhou',
  title: 'Closed-Form Factorization of Latent Semantics in GANs',
  year: 2021,
  source: 'arXiv:2007.06600',
};

export const colbert: Paper = {
  authors: 'Khattab, Zaharia',
  title:
    'ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT',
  year: 2020,
  source: 'arXiv:2004.12832',
};

export const commentsOnMaximumLikelihoodDimension: Paper = {
  authors: 'MacKay, Ghahramani',
  title:
    'Comments on "Maximum Likelihood Estimation of Intrinsic Dimension" by E. Levina and P. Bickel',
  year: 2005,
  source: 'inference.org.uk/mackay/dimension',
};

export const convergenceOfTheMajorizationMethod: Paper = {
  authors: 'De Leeuw',
  title: 'Convergence of the Majorization Method for Multidimensional Scaling',
  year: 1988,
  source: 'doi:10.1007/BF01897162',
};

export const coordinateDescentPaths: Paper = {
  authors: 'Friedman, Hastie, Tibshirani',
  title: 'Regularization Paths for Generalized Linear Models via Coordinate Descent',
  year: 2010,
  source: '10.18637/jss.v033.i01',
};

export const cosent: Paper = {
  authors: 'Huang, Peng, Zou, Liu, Li, Liu, Wu, Su, Yu',
  title: 'CoSENT: Consistent Sentence Embedding via Similarity Ranking',
  year: 2024,
  source: 'IEEE/ACM TASLP 32:2800-2813',
};

export const critiqueOfTextSegmentation: Paper = {
  authors: 'Pevzner, Hearst',
  title: 'A Critique and Improvement of an Evaluation Metric for Text Segmentation',
  year: 2002,
  source: 'doi:10.1162/089120102317341756',
};

export const cumulatedGain: Paper = {
  authors: 'Järvelin, Kekäläinen',
  title: 'Cumulated gain-based evaluation of IR techniques',
  year: 2002,
  source: 'doi:10.1145/582415.582418',
};

export const databaseFriendlyProjections: Paper = {
  authors: 'Achlioptas',
  title: 'Database-friendly random projections: Johnson-Lindenstrauss with binary coins',
  year: 2003,
  source: '10.1016/S0022-0000(03)00025-4',
};

export const debiasingWordEmbeddings: Paper = {
  authors: 'Bolukbasi, Chang, Zou, Saligrama, Kalai',
  title: 'Man is to Computer Programmer as Woman is to Homemaker? Debiasing Word Embeddings',
  year: 2016,
  source: 'arXiv:1607.06520',
};

export const deepFm: Paper = {
  authors: 'Guo, Tang, Ye, Li, He',
  title: 'DeepFM: A Factorization-Machine based Neural Network for CTR Prediction',
  year: 2017,
  source: 'arXiv:1703.04247',
};

export const deepHashEmbedding: Paper = {
  authors: 'Kang, Cheng, Yao, Yi, Chen, Hong, Chi',
  title: 'Learning to Embed Categorical Features without Embedding Tables for Recommendation',
  year: 2021,
  source: 'arXiv:2010.10784',
};

export const deepResidualLearning: Paper = {
  authors: 'He, Zhang, Ren, Sun',
  title: 'Deep Residual Learning for Image Recognition',
  year: 2015,
  source: 'arXiv:1512.03385',
};

export const dependenceMaximization: Paper = {
  authors: 'Song, Smola, Gretton, Bedo, Borgwardt',
  title: 'Feature Selection via Dependence Maximization',
  year: 2012,
  source: 'JMLR 13:1393-1434',
};

export const detectionOfDiseaseClustering: Paper = {
  authors: 'Mantel',
  title: 'The Detection of Disease Clustering and a Generalized Regression Approach',
  year: 1967,
  source: 'Cancer Research 27:209-220',
};

export const deterministicParallelGraphSearch: Paper = {
  authors: 'Manohar, Shen, Blelloch, Dhulipala, Gu, Simhadri, Sun',
  title:
    'ParlayANN: Scalable and Deterministic Parallel Graph-Based Approximate Nearest Neighbor Search Algorithms',
  year: 2024,
  source: 'arXiv:2305.04359',
};

export const differentiableProductQuantization: Paper = {
  authors: 'Chen, Li, Sun',
  title: 'Differentiable Product Quantization for End-to-End Embedding Compression',
  year: 2020,
  source: 'arXiv:1908.09756',
};

export const diffusionMaps: Paper = {
  authors: 'Coifman, Lafon',
  title: 'Diffusion maps',
  year: 2006,
  source: 'doi:10.1016/j.acha.2006.04.006',
};

export const dimensionalCollapse: Paper = {
  authors: 'Jing, Vincent, LeCun, Tian',
  title: 'Understanding Dimensional Collapse in Contrastive Self-supervised Learning',
  year: 2021,
  source: 'arXiv:2110.09348',
};

export const dipMeans: Paper = {
  authors: 'Kalogeratos, Likas',
  title: 'Dip-means: an incremental clustering method for estimating the number of clusters',
  year: 2012,
  source: 'NIPS 25, 2393–2401',
};

export const dipTestOfUnimodality: Paper = {
  authors: 'Hartigan, Hartigan',
  title: 'The Dip Test of Unimodality',
  year: 1985,
  source: 'doi:10.1214/aos/1176346577',
};

export const directionalStatistics: Paper = {
  authors: 'Mardia, Jupp',
  title: 'Directional Statistics',
  year: 2000,
  source: 'doi:10.1002/9780470316979',
};

export const discreteEnergy: Paper = {
  authors: 'Borodachov, Hardin, Saff',
  title: 'Discrete Energy on Rectifiable Sets',
  year: 2019,
  source: 'doi:10.1007/978-0-387-84808-2',
};

export const discriminativeLocalization: Paper = {
  authors: 'Zhou, Khosla, Lapedriza, Oliva, Torralba',
  title: 'Learning Deep Features for Discriminative Localization',
  year: 2016,
  source: 'arXiv:1512.04150',
};

export const diskAnn: Paper = {
  authors: 'Jayaram Subramanya, Devvrit, Simhadri, Krishnawamy, Kadekodi',
  title: 'DiskANN: Fast Accurate Billion-point Nearest Neighbor Search on a Single Node',
  year: 2019,
  source:
    'https://proceedings.neurips.cc/paper/2019/hash/09853c7fb1d3f8ee67a61b6bf4a7f8e6-Abstract.html',
};

export const distributingManyPoints: Paper = {
  authors: 'Saff, Kuijlaars',
  title: 'Distributing many points on a sphere',
  year: 1997,
  source: '10.1007/BF03024331',
};

export const distributionOfPlantIndividuals: Paper = {
  authors: 'Hopkins, Skellam',
  title: 'A New Method for determining the Type of Distribution of Plant Individuals',
  year: 1954,
  source: 'doi:10.1093/oxfordjournals.aob.a083391',
};

export const distributionsOfPositiveMass: Paper = {
  authors: 'Björck',
  title: 'Distributions of positive mass, which maximize a certain generalized energy integral',
  year: 1956,
  source: 'doi:10.1007/BF02589412',
};

export const doVisionAndLanguageEncoders: Paper = {
  authors: 'Maniparambil, Akshulakov, Djilali, Narayan, Seddik, Mangalam, O’Connor',
  title: 'Do Vision and Language Encoders Represent the World Similarly?',
  year: 2024,
  source: 'arXiv:2401.05224',
};

export const editingModelsWithTaskArithmetic: Paper = {
  authors: 'Ilharco, Ribeiro, Wortsman, Gururangan, Schmidt, Hajishirzi, Farhadi',
  title: 'Editing Models with Task Arithmetic',
  year: 2023,
  source: 'arXiv:2212.04089',
};

export const efficientResponseSuggestion: Paper = {
  authors: 'Henderson, Al-Rfou, Strope, Sung, Lukacs, Guo, Kumar, Miklos, Kurzweil',
  title: 'Efficient Natural Language Response Suggestion for Smart Reply',
  year: 2017,
  source: 'arXiv:1705.00652',
};

export const eigenvaluesOfRandomMatrices: Paper = {
  authors: 'Marchenko, Pastur',
  title: 'Distribution of eigenvalues for some sets of random matrices',
  year: 1967,
  source: 'doi:10.1070/SM1967v001n04ABEH001994',
};

export const energyStatistics: Paper = {
  authors: 'Székely, Rizzo',
  title: 'Energy Statistics: A Class of Statistics Based on Distances',
  year: 2013,
  source: 'doi:10.1016/j.jspi.2013.03.018',
};

export const extensionsOfLipschitzMappings: Paper = {
  authors: 'Johnson, Lindenstrauss',
  title: 'Extensions of Lipschitz mappings into a Hilbert space',
  year: 1984,
  source: '10.1090/conm/026/737400',
};

export const factorizationMachines: Paper = {
  authors: 'Rendle',
  title: 'Factorization Machines',
  year: 2010,
  source: '10.1109/ICDM.2010.127',
};

export const fastAlternatingLeastSquares: Paper = {
  authors: 'Hastie, Mazumder, Lee, Zadeh',
  title: 'Matrix Completion and Low-Rank SVD via Fast Alternating Least Squares',
  year: 2015,
  source: 'arXiv:1410.2596',
};

export const fastfood: Paper = {
  authors: 'Le, Sarlós, Smola',
  title: 'Fastfood: Approximate Kernel Expansions in Loglinear Time',
  year: 2014,
  source: 'arXiv:1408.3060',
};

export const fastHubnessReduction: Paper = {
  authors: 'Feldbauer, Leodolter, Plant, Flexer',
  title: 'Fast Approximate Hubness Reduction for Large High-Dimensional Data',
  year: 2018,
  source: 'doi:10.1109/ICBK.2018.00055',
};

export const featureHashing: Paper = {
  authors: 'Weinberger, Dasgupta, Langford, Smola, Attenberg',
  title: 'Feature Hashing for Large Scale Multitask Learning',
  year: 2009,
  source: 'arXiv:0902.2206',
};

export const finiteNormalizedTightFrames: Paper = {
  authors: 'Benedetto, Fickus',
  title: 'Finite Normalized Tight Frames',
  year: 2003,
  source: 'doi:10.1023/A:1021323312367',
};

export const fp8FormatsForDeepLearning: Paper = {
  authors:
    'Micikevicius, Stosic, Burgess, Cornea, Dubey, Grisenthwaite, Ha, Heinecke, Judd, Kamalu, Mellempudi, Oberman, Shoeybi, Siu, Wu',
  title: 'FP8 Formats for Deep Learning',
  year: 2022,
  source: 'arXiv:2209.05433',
};

export const functionsOfCovariance: Paper = {
  authors: 'Himeno, Yamada',
  title:
    'Estimations for some functions of covariance matrix in high dimension under non-normality and its applications',
  year: 2014,
  source: 'doi:10.1016/j.jmva.2014.04.020',
};

export const ganSpace: Paper = {
  authors: 'Härkönen, Hertzmann, Lehtinen, Paris',
  title: 'GANSpace: Discovering Interpretable GAN Controls',
  year: 2020,
  source: 'arXiv:2004.02546',
};

export const generalizedCrossValidation: Paper = {
  authors: 'Golub, Heath, Wahba',
  title: 'Generalized Cross-Validation as a Method for Choosing a Good Ridge Parameter',
  year: 1979,
  source: '10.1080/00401706.1979.10489751',
};

export const generalizedRatios: Paper = {
  authors: 'Denti, Doimo, Laio, Mira',
  title: 'The generalized ratios intrinsic dimension estimator',
  year: 2022,
  source: 'doi:10.1038/s41598-022-20991-1',
};

export const generalizedShapeMetrics: Paper = {
  authors: 'Williams, Kunz, Kornblith, Linderman',
  title: 'Generalized Shape Metrics on Neural Representations',
  year: 2021,
  source: 'arXiv:2110.14739',
};

export const geodesicRieszEnergy: Paper = {
  authors: 'Bilyk, Dai',
  title: 'Geodesic distance Riesz energy on the sphere',
  year: 2019,
  source: 'arXiv:1612.08442',
};

export const geometryOfPopulationResponses: Paper = {
  authors: 'Stringer, Pachitariu, Steinmetz, Carandini, Harris',
  title: 'High-dimensional geometry of population responses in visual cortex',
  year: 2019,
  source: 'doi:10.1038/s41586-019-1346-5',
};

export const geometryOfTruth: Paper = {
  authors: 'Marks, Tegmark',
  title:
    'The Geometry of Truth: Emergent Linear Structure in Large Language Model Representations of True/False Datasets',
  year: 2024,
  source: 'arXiv:2310.06824',
};

export const goodnessOfFit: Paper = {
  authors: 'Kruskal',
  title: 'Multidimensional scaling by optimizing goodness of fit to a nonmetric hypothesis',
  year: 1964,
  source: '10.1007/BF02289565',
};

export const graphConvolutionalNetworks: Paper = {
  authors: 'Kipf, Welling',
  title: 'Semi-Supervised Classification with Graph Convolutional Networks',
  year: 2017,
  source: 'arXiv:1609.02907',
};

export const gromovWassersteinAlignment: Paper = {
  authors: 'Alvarez-Melis, Jaakkola',
  title: 'Gromov-Wasserstein Alignment of Word Embedding Spaces',
  year: 2018,
  source: 'arXiv:1809.00013',
};

export const homologyFromFiniteApproximations: Paper = {
  authors: 'Robins',
  title: 'Towards computing homology from finite approximations',
  year: 1999,
  source: 'Topology Proceedings 24:503-532',
};

export const howContextual: Paper = {
  authors: 'Ethayarajh',
  title:
    'How Contextual are Contextualized Word Representations? Comparing the Geometry of BERT, ELMo, and GPT-2 Embeddings',
  year: 2019,
  source: 'arXiv:1909.00512',
};

export const hubsInSpace: Paper = {
  authors: 'Radovanović, Nanopoulos, Ivanović',
  title: 'Hubs in Space: Popular Nearest Neighbors in High-Dimensional Data',
  year: 2010,
  source: 'JMLR 11:2487-2531',
};

export const hypersphericalPrototypeNetworks: Paper = {
  authors: 'Mettes, van der Pol, Snoek',
  title: 'Hyperspherical Prototype Networks',
  year: 2019,
  source: 'arXiv:1901.10514',
};

export const insightsOnRepresentationalSimilarity: Paper = {
  authors: 'Morcos, Raghu, Bengio',
  title: 'Insights on Representational Similarity in Neural Networks with Canonical Correlation',
  year: 2018,
  source: 'arXiv:1806.05759',
};

export const interpolationBasedTsne: Paper = {
  authors: 'Linderman, Rachh, Hoskins, Steinerberger, Kluger',
  title: 'Fast interpolation-based t-SNE for improved visualization of single-cell RNA-seq data',
  year: 2019,
  source: '10.1038/s41592-018-0308-4',
};

export const intrinsicDimensionalityOfData: Paper = {
  authors: 'Fukunaga, Olsen',
  title: 'An Algorithm for Finding Intrinsic Dimensionality of Data',
  year: 1971,
  source: 'doi:10.1109/T-C.1971.223208',
};

export const introductionToInformationRetrieval: Paper = {
  authors: 'Manning, Raghavan, Schütze',
  title: 'Introduction to Information Retrieval',
  year: 2008,
  source: 'isbn:9780521865715',
};

export const invariantTestsForUniformity: Paper = {
  authors: 'Giné',
  title: 'Invariant Tests for Uniformity on Compact Riemannian Manifolds Based on Sobolev Norms',
  year: 1975,
  source: 'doi:10.1214/aos/1176343283',
};

export const isoscore: Paper = {
  authors: 'Rudman, Gillman, Rayne, Eickhoff',
  title: 'IsoScore: Measuring the Uniformity of Embedding Space Utilization',
  year: 2021,
  source: 'arXiv:2108.07344',
};

export const iteratedDynamicNeighborhoodSearch: Paper = {
  authors: 'Lai, Yue, Hao, Glover, Lü',
  title: 'Iterated dynamic neighborhood search for packing equal circles on a sphere',
  year: 2023,
  source: '10.1016/j.cor.2022.106121',
};

export const iterativeQuantization: Paper = {
  authors: 'Gong, Lazebnik, Gordo, Perronnin',
  title:
    'Iterative Quantization: A Procrustean Approach to Learning Binary Codes for Large-Scale Image Retrieval',
  year: 2013,
  source: 'doi:10.1109/TPAMI.2012.193',
};

export const jointlyLearningToAlign: Paper = {
  authors: 'Bahdanau, Cho, Bengio',
  title: 'Neural Machine Translation by Jointly Learning to Align and Translate',
  year: 2014,
  source: 'arXiv:1409.0473',
};

export const kernelTwoSampleTest: Paper = {
  authors: 'Gretton, Borgwardt, Rasch, Schölkopf, Smola',
  title: 'A Kernel Two-Sample Test',
  year: 2012,
  source: 'JMLR 13:723-773',
};

export const kroneckerApproximation: Paper = {
  authors: 'Van Loan, Pitsianis',
  title: 'Approximation with Kronecker Products',
  year: 1993,
  source: '10.1007/978-94-015-8196-7_17',
};

export const largestEigenvalue: Paper = {
  authors: 'Johnstone',
  title: 'On the distribution of the largest eigenvalue in principal components analysis',
  year: 2001,
  source: 'doi:10.1214/aos/1009210544',
};

export const leace: Paper = {
  authors: 'Belrose, Schneider-Joseph, Ravfogel, Cotterell, Raff, Biderman',
  title: 'LEACE: Perfect Linear Concept Erasure in Closed Form',
  year: 2023,
  source: 'arXiv:2306.03819',
};

export const learnableEmbeddingSizes: Paper = {
  authors: 'Liu, Gao, Chen, Jin, Li',
  title: 'Learnable Embedding Sizes for Recommender Systems',
  year: 2021,
  source: 'arXiv:2101.07577',
};

export const leastSquaresQuantization: Paper = {
  authors: 'Lloyd',
  title: 'Least squares quantization in PCM',
  year: 1982,
  source: 'doi:10.1109/TIT.1982.1056489',
};

export const lewisWeights: Paper = {
  authors: 'Cohen, Peng',
  title: 'ℓ_p Row Sampling by Lewis Weights',
  year: 2015,
  source: 'arXiv:1412.0588',
};

export const linearClassifierProbes: Paper = {
  authors: 'Alain, Bengio',
  title: 'Understanding intermediate layers using linear classifier probes',
  year: 2016,
  source: 'arXiv:1610.01644',
};

export const linesAndPlanesOfClosestFit: Paper = {
  authors: 'Pearson',
  title: 'On Lines and Planes of Closest Fit to Systems of Points in Space',
  year: 1901,
  source: 'doi:10.1080/14786440109462720',
};

export const linguisticRegularities: Paper = {
  authors: 'Mikolov, Yih, Zweig',
  title: 'Linguistic Regularities in Continuous Space Word Representations',
  year: 2013,
  source: 'https://aclanthology.org/N13-1090',
};

export const localAndGlobalScaling: Paper = {
  authors: 'Schnitzer, Flexer, Schedl, Widmer',
  title: 'Local and Global Scaling Reduce Hubs in Space',
  year: 2012,
  source: 'JMLR 13:2871-2902',
};

export const lowRankAdaptation: Paper = {
  authors: 'Hu, Shen, Wallis, Allen-Zhu, Li, Wang, Wang, Chen',
  title: 'LoRA: Low-Rank Adaptation of Large Language Models',
  year: 2021,
  source: 'arXiv:2106.09685',
};

export const maximalCodingRateReduction: Paper = {
  authors: 'Yu, Chan, You, Song, Ma',
  title:
    'Learning Diverse and Discriminative Representations via the Principle of Maximal Coding Rate Reduction',
  year: 2020,
  source: 'arXiv:2006.08558',
};

export const maximizingTheMinimalAngles: Paper = {
  authors: 'Wang, Xiang, Zou, Xu',
  title:
    'MMA Regularization: Decorrelating Weights of Neural Networks by Maximizing the Minimal Angles',
  year: 2020,
  source: 'arXiv:2006.06527',
};

export const maximumLikelihoodDimension: Paper = {
  authors: 'Levina, Bickel',
  title: 'Maximum Likelihood Estimation of Intrinsic Dimension',
  year: 2004,
  source: 'NIPS 17:777-784',
};

export const metricLearningUsingProxies: Paper = {
  authors: 'Movshovitz-Attias, Toshev, Leung, Ioffe, Singh',
  title: 'No Fuss Distance Metric Learning using Proxies',
  year: 2017,
  source: 'arXiv:1703.07464',
};

export const mindTheGap: Paper = {
  authors: 'Liang, Zhang, Kwon, Yeung, Zou',
  title:
    'Mind the Gap: Understanding the Modality Gap in Multi-modal Contrastive Representation Learning',
  year: 2022,
  source: 'arXiv:2203.02053',
};

export const minimalNeighborhoodDimension: Paper = {
  authors: 'Facco, d’Errico, Rodriguez, Laio',
  title: 'Estimating the intrinsic dimension of datasets by a minimal neighborhood information',
  year: 2017,
  source: 'doi:10.1038/s41598-017-11873-y',
};

export const minimalSpanningTreeGrowth: Paper = {
  authors: 'Steele',
  title: 'Growth Rates of Euclidean Minimal Spanning Trees with Power Weighted Edges',
  year: 1988,
  source: 'doi:10.1214/aop/1176991596',
};

export const minimumHypersphericalEnergy: Paper = {
  authors: 'Liu, Lin, Liu, Liu, Yu, Dai, Song',
  title: 'Learning towards Minimum Hyperspherical Energy',
  year: 2018,
  source: 'arXiv:1805.09298',
};

export const mishActivation: Paper = {
  authors: 'Misra',
  title: 'Mish: A Self Regularized Non-Monotonic Activation Function',
  year: 2020,
  source: 'arXiv:1908.08681',
};

export const modelSoups: Paper = {
  authors:
    'Wortsman, Ilharco, Gadre, Roelofs, Gontijo-Lopes, Morcos, Namkoong, Farhadi, Carmon, Kornblith, Schmidt',
  title:
    'Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing inference time',
  year: 2022,
  source: 'arXiv:2203.05482',
};

export const multineuronalDimensionality: Paper = {
  authors: 'Gao, Trautmann, Yu, Santhanam, Ryu, Shenoy, Ganguli',
  title: 'A theory of multineuronal dimensionality, dynamics and measurement',
  year: 2017,
  source: 'doi:10.1101/214262',
};

export const multipleMeasurements: Paper = {
  authors: 'Fisher',
  title: 'The use of multiple measurements in taxonomic problems',
  year: 1936,
  source: '10.1111/j.1469-1809.1936.tb02137.x',
};

export const nearestClassMean: Paper = {
  authors: 'Mensink, Verbeek, Perronnin, Csurka',
  title: 'Distance-Based Image Classification: Generalizing to New Classes at Near-Zero Cost',
  year: 2013,
  source: '10.1109/TPAMI.2013.83',
};

export const nearestNeighborClassification: Paper = {
  authors: 'Cover, Hart',
  title: 'Nearest neighbor pattern classification',
  year: 1967,
  source: 'doi:10.1109/TIT.1967.1053964',
};

export const nearestNeighborGraphClusters: Paper = {
  authors: 'Maier, Hein, von Luxburg',
  title: 'Optimal construction of k-nearest-neighbor graphs for identifying noisy clusters',
  year: 2009,
  source: 'arXiv:0912.3408',
};

export const neighborhoodPreservation: Paper = {
  authors: 'Venna, Kaski',
  title: 'Neighborhood Preservation in Nonlinear Projection Methods: An Experimental Study',
  year: 2001,
  source: '10.1007/3-540-44668-0_68',
};

export const neuralCollapse: Paper = {
  authors: 'Papyan, Han, Donoho',
  title: 'Prevalence of neural collapse during the terminal phase of deep learning training',
  year: 2020,
  source: 'arXiv:2008.08186',
};

export const nullItOut: Paper = {
  authors: 'Ravfogel, Elazar, Gonen, Twiton, Goldberg',
  title: 'Null It Out: Guarding Protected Attributes by Iterative Nullspace Projection',
  year: 2020,
  source: 'arXiv:2004.07667',
};

export const optimalHardThreshold: Paper = {
  authors: 'Gavish, Donoho',
  title: 'The Optimal Hard Threshold for Singular Values is 4/√3',
  year: 2014,
  source: 'arXiv:1305.5870',
};

export const optimizedProductQuantization: Paper = {
  authors: 'Ge, He, Ke, Sun',
  title: 'Optimized Product Quantization for Approximate Nearest Neighbor Search',
  year: 2013,
  source: 'doi:10.1109/CVPR.2013.379',
};

export const orthogonalProcrustes: Paper = {
  authors: 'Schönemann',
  title: 'A Generalized Solution of the Orthogonal Procrustes Problem',
  year: 1966,
  source: 'doi:10.1007/BF02289451',
};

export const packingLinesAndPlanes: Paper = {
  authors: 'Conway, Hardin, Sloane',
  title: 'Packing lines, planes, etc.: packings in Grassmannian spaces',
  year: 1996,
  source: '10.1080/10586458.1996.10504585',
};

export const partialDistanceCorrelation: Paper = {
  authors: 'Székely, Rizzo',
  title: 'Partial Distance Correlation with Methods for Dissimilarities',
  year: 2014,
  source: 'arXiv:1310.2926',
};

export const persistenceImages: Paper = {
  authors:
    'Adams, Emerson, Kirby, Neville, Peterson, Shipman, Chepushtanova, Hanson, Motta, Ziegelmeier',
  title: 'Persistence images: a stable vector representation of persistent homology',
  year: 2017,
  source: 'arXiv:1507.06217',
};

export const persistenceStability: Paper = {
  authors: 'Chazal, de Silva, Oudot',
  title: 'Persistence stability for geometric complexes',
  year: 2014,
  source: 'doi:10.1007/s10711-013-9937-z',
};

export const pixelLevelAffinity: Paper = {
  authors: 'Ahn, Kwak',
  title:
    'Learning Pixel-level Semantic Affinity with Image-level Supervision for Weakly Supervised Semantic Segmentation',
  year: 2018,
  source: 'arXiv:1803.10464',
};

export const placesOfExitOnPollenGrains: Paper = {
  authors: 'Tammes',
  title: 'On the origin of number and arrangement of the places of exit on pollen grains',
  year: 1930,
  source: 'Recueil des travaux botaniques néerlandais 27',
};

export const predictionSumOfSquares: Paper = {
  authors: 'Allen',
  title:
    'The Relationship Between Variable Selection and Data Augmentation and a Method for Prediction',
  year: 1974,
  source: '10.1080/00401706.1974.10489157',
};

export const principalNestedSpheres: Paper = {
  authors: 'Jung, Dryden, Marron',
  title: 'Analysis of principal nested spheres',
  year: 2012,
  source: '10.1093/biomet/ass022',
};

export const probabilisticRelevanceFramework: Paper = {
  authors: 'Robertson, Zaragoza',
  title: 'The Probabilistic Relevance Framework: BM25 and Beyond',
  year: 2009,
  source: '10.1561/1500000019',
};

export const productQuantization: Paper = {
  authors: 'Jégou, Douze, Schmid',
  title: 'Product Quantization for Nearest Neighbor Search',
  year: 2011,
  source: 'doi:10.1109/TPAMI.2010.57',
};

export const projectionBasedTests: Paper = {
  authors: 'Cuesta-Albertos, Cuevas, Fraiman',
  title: 'On projection-based tests for directional and compositional data',
  year: 2009,
  source: 'doi:10.1007/s11222-008-9098-3',
};

export const proxyAnchorLoss: Paper = {
  authors: 'Kim, Kim, Cho, Kwak',
  title: 'Proxy Anchor Loss for Deep Metric Learning',
  year: 2020,
  source: 'arXiv:2003.13911',
};

export const quantizingForMinimumDistortion: Paper = {
  authors: 'Max',
  title: 'Quantizing for Minimum Distortion',
  year: 1960,
  source: 'doi:10.1109/TIT.1960.1057548',
};

export const rabitq: Paper = {
  authors: 'Gao, Long',
  title:
    'RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest Neighbor Search',
  year: 2024,
  source: 'doi:10.1145/3654970',
};

export const randomOffsetBlockEmbedding: Paper = {
  authors: 'Desai, Chou, Shrivastava',
  title:
    'Random Offset Block Embedding Array (ROBE) for CriteoTB Benchmark MLPerf DLRM Model: 1000x Compression and 3.1x Faster Inference',
  year: 2022,
  source: 'arXiv:2108.02191',
};

export const rankBasedCriteria: Paper = {
  authors: 'Lee, Verleysen',
  title: 'Quality assessment of dimensionality reduction: Rank-based criteria',
  year: 2009,
  source: '10.1016/j.neucom.2008.12.017',
};

export const reducedRankRegression: Paper = {
  authors: 'Izenman',
  title: 'Reduced-Rank Regression for the Multivariate Linear Model',
  year: 1975,
  source: '10.1016/0047-259X(75)90042-1',
};

export const regressionAnalysisOfBinarySequences: Paper = {
  authors: 'Cox',
  title: 'The Regression Analysis of Binary Sequences',
  year: 1958,
  source: '10.1111/j.2517-6161.1958.tb00292.x',
};

export const regularizedLeastSquares: Paper = {
  authors: 'Rifkin, Lippert',
  title: 'Notes on Regularized Least Squares',
  year: 2007,
  source: 'hdl:1721.1/37318',
};

export const relationsBetweenTwoSetsOfVariates: Paper = {
  authors: 'Hotelling',
  title: 'Relations Between Two Sets of Variates',
  year: 1936,
  source: '10.1093/biomet/28.3-4.321',
};

export const representationalSimilarityAnalysis: Paper = {
  authors: 'Kriegeskorte, Mur, Bandettini',
  title: 'Representational Similarity Analysis – Connecting the Branches of Systems Neuroscience',
  year: 2008,
  source: 'doi:10.3389/neuro.06.004.2008',
};

export const representerPointSelection: Paper = {
  authors: 'Yeh, Kim, Yen, Ravikumar',
  title: 'Representer Point Selection for Explaining Deep Neural Networks',
  year: 2018,
  source: 'arXiv:1811.09720',
};

export const retrofittingWordVectors: Paper = {
  authors: 'Faruqui, Dodge, Jauhar, Dyer, Hovy, Smith',
  title: 'Retrofitting Word Vectors to Semantic Lexicons',
  year: 2015,
  source: 'arXiv:1411.4166',
};

export const ridgeRegression: Paper = {
  authors: 'Hoerl, Kennard',
  title: 'Ridge Regression: Biased Estimation for Nonorthogonal Problems',
  year: 1970,
  source: '10.1080/00401706.1970.10488634',
};

export const riemannianAdaptiveOptimization: Paper = {
  authors: 'Bécigneul, Ganea',
  title: 'Riemannian adaptive optimization methods',
  year: 2019,
  source: 'arXiv:1810.00760',
};

export const ripser: Paper = {
  authors: 'Bauer',
  title: 'Ripser: efficient computation of Vietoris–Rips persistence barcodes',
  year: 2021,
  source: 'doi:10.1007/s41468-021-00071-5',
};

export const robustSelfLearning: Paper = {
  authors: 'Artetxe, Labaka, Agirre',
  title:
    'A robust self-learning method for fully unsupervised cross-lingual mappings of word embeddings',
  year: 2018,
  source: 'arXiv:1805.06297',
};

export const rogueDimensions: Paper = {
  authors: 'Timkey, van Schijndel',
  title:
    'All Bark and No Bite: Rogue Dimensions in Transformer Language Models Obscure Representational Quality',
  year: 2021,
  source: 'arXiv:2109.04404',
};

export const roundingAlgorithms: Paper = {
  authors: 'Charikar',
  title: 'Similarity Estimation Techniques from Rounding Algorithms',
  year: 2002,
  source: 'doi:10.1145/509907.509965',
};

export const sampleEstimateOfEntropy: Paper = {
  authors: 'Kozachenko, Leonenko',
  title: 'Sample Estimate of the Entropy of a Random Vector',
  year: 1987,
  source: 'Problems of Information Transmission 23(2):95-101',
};

export const sampleSizeForCorrelations: Paper = {
  authors: 'Bonett, Wright',
  title: 'Sample size requirements for estimating Pearson, Kendall and Spearman correlations',
  year: 2000,
  source: 'doi:10.1007/BF02294183',
};

export const samplingFromLargeMatrices: Paper = {
  authors: 'Rudelson, Vershynin',
  title: 'Sampling from large matrices: an approach through geometric functional analysis',
  year: 2007,
  source: 'arXiv:math/0503442',
};

export const selfTuningSpectralClustering: Paper = {
  authors: 'Zelnik-Manor, Perona',
  title: 'Self-Tuning Spectral Clustering',
  year: 2004,
  source: 'NeurIPS 17:1601-1608',
};

export const shortestAugmentingPath: Paper = {
  authors: 'Jonker, Volgenant',
  title: 'A shortest augmenting path algorithm for dense and sparse linear assignment problems',
  year: 1987,
  source: '10.1007/BF02278710',
};

export const sigLip: Paper = {
  authors: 'Zhai, Mustafa, Kolesnikov, Beyer',
  title: 'Sigmoid Loss for Language Image Pre-Training',
  year: 2023,
  source: 'arXiv:2303.15343',
};

export const silhouettes: Paper = {
  authors: 'Rousseeuw',
  title: 'Silhouettes: A graphical aid to the interpretation and validation of cluster analysis',
  year: 1987,
  source: 'doi:10.1016/0377-0427(87)90125-7',
};

export const simClr: Paper = {
  authors: 'Chen, Kornblith, Norouzi, Hinton',
  title: 'A Simple Framework for Contrastive Learning of Visual Representations',
  year: 2020,
  source: 'arXiv:2002.05709',
};

export const similarityRevisited: Paper = {
  authors: 'Kornblith, Norouzi, Lee, Hinton',
  title: 'Similarity of Neural Network Representations Revisited',
  year: 2019,
  source: 'arXiv:1905.00414',
};

export const simSiam: Paper = {
  authors: 'Chen, He',
  title: 'Exploring Simple Siamese Representation Learning',
  year: 2020,
  source: 'arXiv:2011.10566',
};

export const sinkhornDistances: Paper = {
  authors: 'Cuturi',
  title: 'Sinkhorn Distances: Lightspeed Computation of Optimal Transport',
  year: 2013,
  source: 'arXiv:1306.0895',
};

export const spectralRemoval: Paper = {
  authors: 'Shao, Ziser, Cohen',
  title:
    "Gold Doesn't Always Glitter: Spectral Removal of Linear and Nonlinear Guarded Attribute Information",
  year: 2023,
  source: 'arXiv:2203.07893',
};

export const spectrumEstimation: Paper = {
  authors: 'Kong, Valiant',
  title: 'Spectrum Estimation from Samples',
  year: 2017,
  source: 'arXiv:1602.00061',
};

export const sphericalSlicedWasserstein: Paper = {
  authors: 'Bonet, Berg, Courty, Septier, Drumetz, Pham',
  title: 'Spherical Sliced-Wasserstein',
  year: 2023,
  source: 'arXiv:2206.08780',
};

export const spreadingVectors: Paper = {
  authors: 'Sablayrolles, Douze, Schmid, Jégou',
  title: 'Spreading vectors for similarity search',
  year: 2019,
  source: 'arXiv:1806.03198',
};

export const stableAnisotropicRegularization: Paper = {
  authors: 'Rudman, Eickhoff',
  title: 'Stable Anisotropic Regularization',
  year: 2023,
  source: 'arXiv:2305.19358',
};

export const statisticalTextSegmentation: Paper = {
  authors: 'Beeferman, Berger, Lafferty',
  title: 'Statistical Models for Text Segmentation',
  year: 1999,
  source: 'doi:10.1023/A:1007506220214',
};

export const statisticsOfExtremes: Paper = {
  authors: 'Gumbel',
  title: 'Statistics of Extremes',
  year: 1958,
  source: 'Columbia University Press',
};

export const stochasticGradientOnManifolds: Paper = {
  authors: 'Bonnabel',
  title: 'Stochastic gradient descent on Riemannian manifolds',
  year: 2013,
  source: 'arXiv:1111.5280',
};

export const structureWithRandomness: Paper = {
  authors: 'Halko, Martinsson, Tropp',
  title:
    'Finding Structure with Randomness: Probabilistic Algorithms for Constructing Approximate Matrix Decompositions',
  year: 2011,
  source: 'arXiv:0909.4061',
};

export const supervisedContrastiveLearning: Paper = {
  authors: 'Khosla, Teterwak, Wang, Sarna, Tian, Isola, Maschinot, Liu, Krishnan',
  title: 'Supervised Contrastive Learning',
  year: 2020,
  source: 'arXiv:2004.11362',
};

export const supervisedDiscreteHashing: Paper = {
  authors: 'Shen, Shen, Liu, Shen',
  title: 'Supervised Discrete Hashing',
  year: 2015,
  source: 'doi:10.1109/CVPR.2015.7298598',
};

export const svcca: Paper = {
  authors: 'Raghu, Gilmer, Yosinski, Sohl-Dickstein',
  title:
    'SVCCA: Singular Vector Canonical Correlation Analysis for Deep Learning Dynamics and Interpretability',
  year: 2017,
  source: 'arXiv:1706.05806',
};

export const testForNormalityBasedOnEntropy: Paper = {
  authors: 'Vasicek',
  title: 'A Test for Normality Based on Sample Entropy',
  year: 1976,
  source: 'doi:10.1111/j.2517-6161.1976.tb01566.x',
};

export const testsForDirectionsAndOrientations: Paper = {
  authors: 'Prentice',
  title: 'On invariant tests of uniformity for directions and orientations',
  year: 1978,
  source: 'doi:10.1214/aos/1176344075',
};

export const textTiling: Paper = {
  authors: 'Hearst',
  title: 'TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages',
  year: 1997,
  source: 'Computational Linguistics 23(1):33-64',
};

export const tiesMerging: Paper = {
  authors: 'Yadav, Tam, Choshen, Raffel, Bansal',
  title: 'TIES-Merging: Resolving Interference When Merging Models',
  year: 2023,
  source: 'arXiv:2306.01708',
};

export const ttRec: Paper = {
  authors: 'Yin, Acun, Liu, Wu',
  title: 'TT-Rec: Tensor Train Compression for Deep Learning Recommendation Models',
  year: 2021,
  source: 'arXiv:2101.11714',
};

export const turboQuant: Paper = {
  authors: 'Zandieh, Daliri, Hadian, Mirrokni',
  title: 'TurboQuant: Online Vector Quantization with Near-optimal Distortion Rate',
  year: 2025,
  source: 'arXiv:2504.19874',
};

export const twoDimensionalMatryoshka: Paper = {
  authors: 'Li, Li, Li, Xie, Li',
  title: '2D Matryoshka Sentence Embeddings',
  year: 2024,
  source: 'arXiv:2402.14776',
};

export const umap: Paper = {
  authors: 'McInnes, Healy, Melville',
  title: 'UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction',
  year: 2018,
  source: 'arXiv:1802.03426',
};

export const vendiScore: Paper = {
  authors: 'Friedman, Dieng',
  title: 'The Vendi Score: A Diversity Evaluation Metric for Machine Learning',
  year: 2022,
  source: 'arXiv:2210.02410',
};

export const verySparseRandomProjections: Paper = {
  authors: 'Li, Hastie, Church',
  title: 'Very Sparse Random Projections',
  year: 2006,
  source: '10.1145/1150402.1150436',
};

export const vicreg: Paper = {
  authors: 'Bardes, Ponce, LeCun',
  title: 'VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning',
  year: 2021,
  source: 'arXiv:2105.04906',
};

export const visualizingDataUsingTsne: Paper = {
  authors: 'van der Maaten, Hinton',
  title: 'Visualizing Data using t-SNE',
  year: 2008,
  source: 'https://jmlr.org/papers/v9/vandermaaten08a.html',
};

export const vonMisesFisherLoss: Paper = {
  authors: 'Kumar, Tsvetkov',
  title: 'Von Mises-Fisher Loss for Training Sequence to Sequence Models with Continuous Outputs',
  year: 2018,
  source: 'arXiv:1812.04616',
};

export const vsePlusPlus: Paper = {
  authors: 'Faghri, Fleet, Kiros, Fidler',
  title: 'VSE++: Improving Visual-Semantic Embeddings with Hard Negatives',
  year: 2018,
  source: 'arXiv:1707.05612',
};

export const wellConditionedCovariance: Paper = {
  authors: 'Ledoit, Wolf',
  title: 'A well-conditioned estimator for large-dimensional covariance matrices',
  year: 2004,
  source: '10.1016/S0047-259X(03)00096-4',
};

export const whyDoBetterLosses: Paper = {
  authors: 'Kornblith, Chen, Lee, Norouzi',
  title: 'Why Do Better Loss Functions Lead to Less Transferable Features?',
  year: 2020,
  source: 'arXiv:2010.16402',
};

export const wordSignificance: Paper = {
  authors: 'Schakel, Wilson',
  title: 'Measuring Word Significance using Distributed Representations of Words',
  year: 2015,
  source: 'arXiv:1508.02297',
};

export const wordTranslationWithoutParallelData: Paper = {
  authors: 'Conneau, Lample, Ranzato, Denoyer, Jégou',
  title: 'Word Translation Without Parallel Data',
  year: 2018,
  source: 'arXiv:1710.04087',
};
