/** The papers that become methods here, each with the slug by which its study is called. */
import type { SluggedPaper } from './cite.ts';

export const aboutGraphDegeneracyRepresentationLearningScalability: SluggedPaper = {
  slug: 'about-graph-degeneracy-representation-learning-scalability',
  authors: 'Brandeis, Jarret, Sevestre',
  title: 'About Graph Degeneracy, Representation Learning and Scalability',
  year: 2020,
  source: 'arXiv:2009.02085',
};

export const analyzingSimilarityMetricsDataSelectionLmPretraining: SluggedPaper = {
  slug: 'analyzing-similarity-metrics-data-selection-lm-pretraining',
  authors: 'Sam, Chakrabarti, Rostamizadeh, Ramalingam, Citovsky, Kumar',
  title: 'Analyzing Similarity Metrics for Data Selection for Language Model Pretraining',
  year: 2025,
  source: 'arXiv:2502.02494',
};

export const attentionBasedDynamicSubspaceLearners: SluggedPaper = {
  slug: 'attention-based-dynamic-subspace-learners',
  authors: 'Adiga V, Dolz, Lombaert',
  title: 'Attention-based Dynamic Subspace Learners for Medical Image Analysis',
  year: 2022,
  source: 'arXiv:2206.09068',
};

export const benchmarkingFilteredAnnTransformerEmbeddings: SluggedPaper = {
  slug: 'benchmarking-filtered-ann-transformer-embeddings',
  authors: 'Iff, Bruegger, Chrapek, Besta, Hoefler',
  title:
    'Benchmarking Filtered Approximate Nearest Neighbor Search Algorithms on Transformer-based Embedding Vectors',
  year: 2025,
  source: 'arXiv:2507.21989',
};

export const beyondOneHotLowerDimensionalTargetEmbedding: SluggedPaper = {
  slug: 'beyond-one-hot-lower-dimensional-target-embedding',
  authors: 'Rodríguez, Bautista, Gonzàlez, Escalera',
  title: 'Beyond One-hot Encoding: lower dimensional target embedding',
  year: 2018,
  source: 'arXiv:1806.10805',
};

export const billionScaleHybridFilteredSearch: SluggedPaper = {
  slug: 'billion-scale-hybrid-filtered-search',
  authors: 'Emanuilov, Dimov',
  title: 'Billion-scale Similarity Search Using a Hybrid Indexing Approach with Advanced Filtering',
  year: 2025,
  source: 'arXiv:2501.13442',
};

export const bootstrappingParallelAnchors: SluggedPaper = {
  slug: 'bootstrapping-parallel-anchors',
  authors: 'Cannistraci, Moschella, Maiorca, Fumero, Norelli, Rodolà',
  title: 'Bootstrapping Parallel Anchors for Relative Representations',
  year: 2023,
  source: 'arXiv:2303.00721',
};

export const careRotationallyEquivariantContrastiveLearning: SluggedPaper = {
  slug: 'care-rotationally-equivariant-contrastive-learning',
  authors: 'Gupta, Robinson, Lim, Villar, Jegelka',
  title: 'Structuring Representation Geometry with Rotationally Equivariant Contrastive Learning',
  year: 2023,
  source: 'arXiv:2306.13924',
};

export const clusteringBasedPointCloudRepresentationLearning: SluggedPaper = {
  slug: 'clustering-based-point-cloud-representation-learning',
  authors: 'Feng, Wang, Wang, Yang, Zheng',
  title: 'Clustering based Point Cloud Representation Learning for 3D Analysis',
  year: 2023,
  source: 'arXiv:2307.14605',
};

export const combatingModeCollapseManifoldEntropyEstimation: SluggedPaper = {
  slug: 'combating-mode-collapse-manifold-entropy-estimation',
  authors: 'Liu, Li, Wu, Liang, Huang, Li, Ghanem, Zheng',
  title: 'Combating Mode Collapse in GANs via Manifold Entropy Estimation',
  year: 2022,
  source: 'arXiv:2208.12055',
};

export const comparativeStudySentenceEmbeddingSemanticVariation: SluggedPaper = {
  slug: 'comparative-study-sentence-embedding-semantic-variation',
  authors: 'Mistry, Minai',
  title: 'A Comparative Study of Sentence Embedding Models for Assessing Semantic Variation',
  year: 2023,
  source: 'arXiv:2308.04625',
};

export const compositionalEmbeddingsQr: SluggedPaper = {
  slug: 'compositional-embeddings-qr',
  authors: 'Shi, Mudigere, Naumov, Yang',
  title:
    'Compositional Embeddings Using Complementary Partitions for Memory-Efficient Recommendation Systems',
  year: 2020,
  source: 'arXiv:1909.02107',
};

export const conceptualizationCes: SluggedPaper = {
  slug: 'conceptualization-ces',
  authors: 'Simhi, Markovitch',
  title: 'Interpreting Embedding Spaces by Conceptualization',
  year: 2023,
  source: 'arXiv:2209.00445',
};

export const concreteSubspaceLearning: SluggedPaper = {
  slug: 'concrete-subspace-learning',
  authors: 'Tang, Shen, Luo, Ding, Hu, Du, Tao',
  title: 'Concrete Subspace Learning based Interference Elimination for Multi-task Model Fusion',
  year: 2023,
  source: 'arXiv:2312.06173',
};

export const conse: SluggedPaper = {
  slug: 'conse',
  authors: 'Norouzi, Mikolov, Bengio, Singer, Shlens, Frome, Corrado, Dean',
  title: 'Zero-Shot Learning by Convex Combination of Semantic Embeddings',
  year: 2014,
  source: 'arXiv:1312.5650',
};

export const contrastiveEmbeddingsForNeuralArchitectures: SluggedPaper = {
  slug: 'contrastive-embeddings-for-neural-architectures',
  authors: 'Hesslow, Poli',
  title: 'Contrastive Embeddings for Neural Architectures',
  year: 2021,
  source: 'arXiv:2102.04208',
};

export const contrastiveLossAnalogiesParallelLines: SluggedPaper = {
  slug: 'contrastive-loss-analogies-parallel-lines',
  authors: 'Ri, Lee, Verma',
  title: 'Contrastive Loss is All You Need to Recover Analogies as Parallel Lines',
  year: 2023,
  source: 'arXiv:2306.08221',
};

export const contrastiveMutualInformationCmim: SluggedPaper = {
  slug: 'contrastive-mutual-information-cmim',
  authors: 'Livne',
  title:
    'Contrastive Mutual Information Learning: Toward Robust Representations without Positive-Pair Augmentations',
  year: 2025,
  source: 'arXiv:2509.21511',
};

export const convergentLearning: SluggedPaper = {
  slug: 'convergent-learning',
  authors: 'Li, Yosinski, Clune, Lipson, Hopcroft',
  title: 'Convergent Learning: Do different neural networks learn the same representations?',
  year: 2015,
  source: 'arXiv:1511.07543',
};

export const coresCompatibleRepresentationsViaStationarity: SluggedPaper = {
  slug: 'cores-compatible-representations-via-stationarity',
  authors: 'Biondi, Pernici, Bruni, Del Bimbo',
  title: 'CoReS: Compatible Representations via Stationarity',
  year: 2021,
  source: 'arXiv:2111.07632',
};

export const csrBeyondMatryoshka: SluggedPaper = {
  slug: 'csr-beyond-matryoshka',
  authors: 'Wen, Wang, Zeng, Peng, Su, Liu, Chen, Liu, Jegelka, You',
  title: 'Beyond Matryoshka: Revisiting Sparse Coding for Adaptive Representation',
  year: 2025,
  source: 'arXiv:2503.01776',
};

export const dareDecoupledEmbeddings: SluggedPaper = {
  slug: 'dare-decoupled-embeddings',
  authors: 'Feng, Pan, Wu, Chen, Wang, Li, Hu, Jiang, Long',
  title: 'Long-Sequence Recommendation Models Need Decoupled Embeddings',
  year: 2025,
  source: 'arXiv:2410.02604',
};

export const dataAugmentationsInDeepWeightSpaces: SluggedPaper = {
  slug: 'data-augmentations-in-deep-weight-spaces',
  authors:
    'Shamsian, Zhang, Navon, Zhang, Kofinas, Achituve, Valperga, Burghouts, Gavves, Snoek, Fetaya, Chechik, Maron',
  title: 'Data Augmentations in Deep Weight Spaces',
  year: 2023,
  source: 'arXiv:2311.08851',
};

export const deepEmbeddingModelZsl: SluggedPaper = {
  slug: 'deep-embedding-model-zsl',
  authors: 'Zhang, Xiang, Gong',
  title: 'Learning a Deep Embedding Model for Zero-Shot Learning',
  year: 2017,
  source: 'arXiv:1611.05088',
};

export const deepMultiViewEnhancementHashing: SluggedPaper = {
  slug: 'deep-multi-view-enhancement-hashing',
  authors: 'Yan, Gong, Wei, Gao',
  title: 'Deep Multi-View Enhancement Hashing for Image Retrieval',
  year: 2020,
  source: 'arXiv:2002.00169',
};

export const depictDeepClustering: SluggedPaper = {
  slug: 'depict-deep-clustering',
  authors: 'Ghasedi Dizaji, Herandi, Deng, Cai, Huang',
  title:
    'Deep Clustering via Joint Convolutional Autoencoder Embedding and Relative Entropy Minimization',
  year: 2017,
  source: 'arXiv:1704.06327',
};

export const difformerDiffusionOnTheEmbeddingSpace: SluggedPaper = {
  slug: 'difformer-diffusion-on-the-embedding-space',
  authors: 'Gao, Guo, Tan, Zhu, Zhang, Bian, Xu',
  title: 'Empowering Diffusion Models on the Embedding Space for Text Generation',
  year: 2022,
  source: 'arXiv:2212.09412',
};

export const diffusionModelsSubspaceClustering: SluggedPaper = {
  slug: 'diffusion-models-subspace-clustering',
  authors: 'Wang, Zhang, Zhang, Chen, Ma, Qu',
  title: 'Diffusion Models Learn Low-Dimensional Distributions via Subspace Clustering',
  year: 2024,
  source: 'arXiv:2409.02426',
};

export const diffusionNets: SluggedPaper = {
  slug: 'diffusion-nets',
  authors: 'Mishne, Shaham, Cloninger, Cohen',
  title: 'Diffusion Nets',
  year: 2017,
  source: 'arXiv:1506.07840',
};

export const dila: SluggedPaper = {
  slug: 'dila',
  authors: 'Wu, Wu, Sun',
  title:
    'DILA: Dictionary Label Attention for Mechanistic Interpretability in High-dimensional Multi-label Medical Coding Prediction',
  year: 2024,
  source: 'arXiv:2409.10504',
};

export const doLlamasWorkInEnglish: SluggedPaper = {
  slug: 'do-llamas-work-in-english',
  authors: 'Wendler, Veselovsky, Monea, West',
  title: 'Do Llamas Work in English? On the Latent Language of Multilingual Transformers',
  year: 2024,
  source: 'arXiv:2402.10588',
};

export const doNotEscapeFromTheManifoldLocalBasis: SluggedPaper = {
  slug: 'do-not-escape-from-the-manifold-local-basis',
  authors: 'Choi, Lee, Yoon, Park, Hwang, Kang',
  title:
    'Do Not Escape From the Manifold: Discovering the Local Coordinates on the Latent Space of GANs',
  year: 2021,
  source: 'arXiv:2106.06959',
};

export const doei: SluggedPaper = {
  slug: 'doei',
  authors: 'Zhu, Zhang, Pang, Wang, Wen, Bai, Ergu, Cai, Zhao',
  title:
    'DOEI: Dual Optimization of Embedding Information for Attention-Enhanced Class Activation Maps',
  year: 2025,
  source: 'arXiv:2502.15885',
};

export const dualEmbeddingsComplementary: SluggedPaper = {
  slug: 'dual-embeddings-complementary',
  authors: 'Kvernadze, Sudyanti, Subedi, Hajiaghayi',
  title: 'Two Is Better Than One: Dual Embeddings for Complementary Product Recommendations',
  year: 2022,
  source: 'arXiv:2211.14982',
};

export const effectiveEntropyMaximizationPretrainedSsl: SluggedPaper = {
  slug: 'effective-entropy-maximization-pretrained-ssl',
  authors: 'Chakraborty, LeCun, Rudner, Learned-Miller',
  title: 'Improving Pre-Trained Self-Supervised Embeddings Through Effective Entropy Maximization',
  year: 2024,
  source: 'arXiv:2411.15931',
};

export const eigenshield: SluggedPaper = {
  slug: 'eigenshield',
  authors: 'Darabi, Naik, Tayebati, Jayasuriya, Krishnan, Trivedi',
  title:
    'EigenShield: Causal Subspace Filtering via Random Matrix Theory for Adversarially Robust Vision-Language Models',
  year: 2025,
  source: 'arXiv:2502.14976',
};

export const energyConfusedAdversarialMetricLearning: SluggedPaper = {
  slug: 'energy-confused-adversarial-metric-learning',
  authors: 'Chen, Deng',
  title: 'Energy Confused Adversarial Metric Learning for Zero-Shot Image Retrieval and Clustering',
  year: 2019,
  source: 'arXiv:1901.07169',
};

export const equiangularBasisVectors: SluggedPaper = {
  slug: 'equiangular-basis-vectors',
  authors: 'Shen, Sun, Wei',
  title: 'Equiangular Basis Vectors',
  year: 2023,
  source: 'arXiv:2303.11637',
};

export const escapingPlatosCaveAlignment3dText: SluggedPaper = {
  slug: 'escaping-platos-cave-alignment-3d-text',
  authors: 'Hadgi, Moschella, Santilli, Gomez, Huang, Rodolà, Melzi, Ovsjanikov',
  title: 'Escaping Plato’s Cave: Towards the Alignment of 3D and Text Latent Spaces',
  year: 2025,
  source: 'arXiv:2503.05283',
};

export const estimatingShapeDistancesLimitedSamples: SluggedPaper = {
  slug: 'estimating-shape-distances-limited-samples',
  authors: 'Pospisil, Larsen, Harvey, Williams',
  title: 'Estimating Shape Distances on Neural Representations with Limited Samples',
  year: 2023,
  source: 'arXiv:2310.05742',
};

export const facenetUnifiedEmbeddingFaceRecognition: SluggedPaper = {
  slug: 'facenet-unified-embedding-face-recognition',
  authors: 'Schroff, Kalenichenko, Philbin',
  title: 'FaceNet: A Unified Embedding for Face Recognition and Clustering',
  year: 2015,
  source: 'arXiv:1503.03832',
};

export const falcon: SluggedPaper = {
  slug: 'falcon',
  authors: 'Mei, Mao, Wang, Gan, Tenenbaum',
  title:
    'FALCON: Fast Visual Concept Learning by Integrating Images, Linguistic descriptions, and Conceptual Relations',
  year: 2022,
  source: 'arXiv:2203.16639',
};

export const featureExpansionForGraphNeuralNetworks: SluggedPaper = {
  slug: 'feature-expansion-for-graph-neural-networks',
  authors: 'Sun, Zhang, Chen, Zhang, Xu, Yang',
  title: 'Feature Expansion for Graph Neural Networks',
  year: 2023,
  source: 'arXiv:2305.06142',
};

export const finetuningFoundationModelsHep: SluggedPaper = {
  slug: 'finetuning-foundation-models-hep',
  authors: 'Vigl, Hartman, Heinrich',
  title: 'Finetuning Foundation Models for Joint Analysis Optimization',
  year: 2024,
  source: 'arXiv:2401.13536',
};

export const flora: SluggedPaper = {
  slug: 'flora',
  authors: 'Si, Wang, Yang, Xu, Li, Dai, Qiao, Yang, Shen',
  title: 'FLoRA: Low-Rank Core Space for N-dimension',
  year: 2024,
  source: 'arXiv:2405.14739',
};

export const frameProjections: SluggedPaper = {
  slug: 'frame-projections',
  authors: 'Demirel, Holz',
  title:
    'Learning Without Augmenting: Unsupervised Time Series Representation Learning via Frame Projections',
  year: 2025,
  source: 'arXiv:2510.22655',
};

export const fspad: SluggedPaper = {
  slug: 'fspad',
  authors: 'Gui, Xiao, Su, Chen',
  title:
    'Boosting Lossless Speculative Decoding via Feature Sampling and Partial Alignment Distillation',
  year: 2024,
  source: 'arXiv:2408.15562',
};

export const functorialManifoldLearning: SluggedPaper = {
  slug: 'functorial-manifold-learning',
  authors: 'Shiebler',
  title: 'Functorial Manifold Learning',
  year: 2021,
  source: 'arXiv:2011.07435',
};

export const generalistTextEmbeddingsRecSearch: SluggedPaper = {
  slug: 'generalist-text-embeddings-rec-search',
  authors: 'Attimonelli, De Bellis, Pomo, Jannach, Di Sciascio, Di Noia',
  title:
    'Do We Really Need Specialization? Evaluating Generalist Text Embeddings for Zero-Shot Recommendation and Search',
  year: 2025,
  source: 'arXiv:2507.05006',
};

export const geodesicMultiModalMixup: SluggedPaper = {
  slug: 'geodesic-multi-modal-mixup',
  authors: 'Oh, So, Byun, Lim, Shin, Jeon, Song',
  title: 'Geodesic Multi-Modal Mixup for Robust Fine-Tuning',
  year: 2023,
  source: 'arXiv:2203.03897',
};

export const geodesicPrototypeMatchingDiffusionMaps: SluggedPaper = {
  slug: 'geodesic-prototype-matching-diffusion-maps',
  authors: 'Jia, Liu, Sun, Chen, Qin, Wang, Peng',
  title:
    'Geodesic Prototype Matching via Diffusion Maps for Interpretable Fine-Grained Recognition',
  year: 2025,
  source: 'arXiv:2509.17050',
};

export const geometryAwareAdaptationPretrainedModels: SluggedPaper = {
  slug: 'geometry-aware-adaptation-pretrained-models',
  authors: 'Roberts, Li, Adila, Cromp, Huang, Zhao, Sala',
  title: 'Geometry-Aware Adaptation for Pretrained Models',
  year: 2023,
  source: 'arXiv:2307.12226',
};

export const geometryOfTokensInternalRepresentations: SluggedPaper = {
  slug: 'geometry-of-tokens-internal-representations',
  authors: 'Viswanathan, Gardinazzi, Panerai, Cazzaniga, Biagetti',
  title: 'The Geometry of Tokens in Internal Representations of Large Language Models',
  year: 2025,
  source: 'arXiv:2501.10573',
};

export const gladDiscreteLatentGraphDiffusionBridges: SluggedPaper = {
  slug: 'glad-discrete-latent-graph-diffusion-bridges',
  authors: 'Nguyen, Boget, Lavda, Kalousis',
  title: 'Discrete Latent Graph Generative Modeling with Diffusion Bridges',
  year: 2024,
  source: 'arXiv:2403.16883',
};

export const graphletsCorrectForTopologicalInformationMissed: SluggedPaper = {
  slug: 'graphlets-correct-for-topological-information-missed',
  authors: 'Windels, Malod-Dognin, Pržulj',
  title: 'Graphlets correct for the topological information missed by random walks',
  year: 2024,
  source: 'arXiv:2405.14194',
};

export const grassmannClassRepresentation: SluggedPaper = {
  slug: 'grassmann-class-representation',
  authors: 'Wang, Li, Zhang',
  title:
    'Get the Best of Both Worlds: Improving Accuracy and Transferability by Grassmann Class Representation',
  year: 2023,
  source: 'arXiv:2308.01547',
};

export const groomgen: SluggedPaper = {
  slug: 'groomgen',
  authors: 'Zhou, Chai, Pepe, Gross, Beeler',
  title: 'GroomGen: A High-Quality Generative Hair Model Using Hierarchical Latent Representations',
  year: 2023,
  source: 'arXiv:2311.02062',
};

export const h4gFaithfulInferenceZeroShotGraphHyperbolic: SluggedPaper = {
  slug: 'h4g-faithful-inference-zero-shot-graph-hyperbolic',
  authors: 'Zhang, Zhang, Liu, Shi, Shen, You, Hu, Gan, Huang',
  title: 'H4G: Unlocking Faithful Inference for Zero-Shot Graph Learning in Hyperbolic Space',
  year: 2025,
  source: 'arXiv:2510.12094',
};

export const hedgedInstanceEmbedding: SluggedPaper = {
  slug: 'hedged-instance-embedding',
  authors: 'Oh, Murphy, Pan, Roth, Schroff, Gallagher',
  title: 'Modeling Uncertainty with Hedged Instance Embedding',
  year: 2019,
  source: 'arXiv:1810.00319',
};

export const householderProjector: SluggedPaper = {
  slug: 'householder-projector',
  authors: 'Song, Zhang, Sebe, Wang',
  title: 'Householder Projector for Unsupervised Latent Semantics Discovery',
  year: 2023,
  source: 'arXiv:2307.08012',
};

export const hubnessReductionSbert: SluggedPaper = {
  slug: 'hubness-reduction-sbert',
  authors: 'Nielsen, Hansen',
  title: 'Hubness Reduction Improves Sentence-BERT Semantic Spaces',
  year: 2024,
  source: 'arXiv:2311.18364',
};

export const hyperbolicCategoryDiscovery: SluggedPaper = {
  slug: 'hyperbolic-category-discovery',
  authors: 'Liu, He, Han',
  title: 'Hyperbolic Category Discovery',
  year: 2025,
  source: 'arXiv:2504.06120',
};

export const hyperbolicDiffusionEmbedding: SluggedPaper = {
  slug: 'hyperbolic-diffusion-embedding',
  authors: 'Lin, Coifman, Mishne, Talmon',
  title: 'Hyperbolic Diffusion Embedding and Distance for Hierarchical Representation Learning',
  year: 2023,
  source: 'arXiv:2305.18962',
};

export const hyperinterval: SluggedPaper = {
  slug: 'hyperinterval',
  authors: 'Krukowski, Bielawska, Książek, Wawrzyński, Batorski, Spurek',
  title:
    'HyperInterval: Hypernetwork approach to training weight interval regions in continual learning',
  year: 2024,
  source: 'arXiv:2405.15444',
};

export const ihasInstanceWiseHierarchicalArchitectureSearch: SluggedPaper = {
  slug: 'ihas-instance-wise-hierarchical-architecture-search',
  authors: 'Yu, Qi, Yang, Jiang, Niu',
  title:
    'iHAS: Instance-wise Hierarchical Architecture Search for Deep Learning Recommendation Models',
  year: 2023,
  source: 'arXiv:2309.07967',
};

export const imaginator: SluggedPaper = {
  slug: 'imaginator',
  authors: 'Krishna, Suryavardan, Mishra, Ramamoorthy, Patwa, Chakraborty, Chadha, Das, Sheth',
  title: 'IMAGINATOR: Pre-Trained Image+Text Joint Embeddings using Word-Level Grounding of Images',
  year: 2023,
  source: 'arXiv:2305.10438',
};

export const informationShapesKoopman: SluggedPaper = {
  slug: 'information-shapes-koopman',
  authors: 'Cheng, Yuan, Yang, Zhang, Cheng, He, Sun',
  title: 'Information Shapes Koopman Representation',
  year: 2025,
  source: 'arXiv:2510.13025',
};

export const interpretableNonlinearDrGaussianWeightedLinear: SluggedPaper = {
  slug: 'interpretable-nonlinear-dr-gaussian-weighted-linear',
  authors: 'Bergh',
  title:
    'Interpretable non-linear dimensionality reduction using gaussian weighted linear transformation',
  year: 2025,
  source: 'arXiv:2504.17601',
};

export const interpretingBlackBoxHighDimensional: SluggedPaper = {
  slug: 'interpreting-black-box-high-dimensional',
  authors: 'Karim, Shajalal, Graß, Döhmen, Chala, Boden, Beecks, Decker',
  title: 'Interpreting Black-box Machine Learning Models for High Dimensional Datasets',
  year: 2022,
  source: 'arXiv:2208.13405',
};

export const intrinsicDimensionalityLanguageModelFineTuning: SluggedPaper = {
  slug: 'intrinsic-dimensionality-language-model-fine-tuning',
  authors: 'Aghajanyan, Zettlemoyer, Gupta',
  title: 'Intrinsic Dimensionality Explains the Effectiveness of Language Model Fine-Tuning',
  year: 2020,
  source: 'arXiv:2012.13255',
};

export const jasperAndStellaDistillation: SluggedPaper = {
  slug: 'jasper-and-stella-distillation',
  authors: 'Zhang, Li, Zeng, Wang',
  title: 'Jasper and Stella: distillation of SOTA embedding models',
  year: 2024,
  source: 'arXiv:2412.19048',
};

export const keepYourDistance: SluggedPaper = {
  slug: 'keep-your-distance',
  authors: 'Tokarchuk, Bakker, Niculae',
  title: 'Keep your distance: learning dispersed embeddings on S_m',
  year: 2025,
  source: 'arXiv:2502.08231',
};

export const kgeSurveyRepresentationSpaces: SluggedPaper = {
  slug: 'kge-survey-representation-spaces',
  authors: 'Cao, Fang, Meng, Liang',
  title: 'Knowledge Graph Embedding: A Survey from the Perspective of Representation Spaces',
  year: 2022,
  source: 'arXiv:2211.03536',
};

export const largevis: SluggedPaper = {
  slug: 'largevis',
  authors: 'Tang, Liu, Zhang, Mei',
  title: 'Visualizing Large-scale and High-dimensional Data',
  year: 2016,
  source: 'arXiv:1602.00370',
};

export const lasiLinearPredictionPerceptualMetric: SluggedPaper = {
  slug: 'lasi-linear-prediction-perceptual-metric',
  authors: 'Severo, Theis, Ballé',
  title: 'The Unreasonable Effectiveness of Linear Prediction as a Perceptual Metric',
  year: 2024,
  source: 'arXiv:2310.05986',
};

export const latentVariableModelPmiWordEmbeddings: SluggedPaper = {
  slug: 'latent-variable-model-pmi-word-embeddings',
  authors: 'Arora, Li, Liang, Ma, Risteski',
  title: 'A Latent Variable Model Approach to PMI-based Word Embeddings',
  year: 2016,
  source: 'arXiv:1502.03520',
};

export const ldreg: SluggedPaper = {
  slug: 'ldreg',
  authors: 'Huang, Campello, Erfani, Ma, Houle, Bailey',
  title: 'LDReg: Local Dimensionality Regularized Self-Supervised Learning',
  year: 2024,
  source: 'arXiv:2401.10474',
};

export const learnableVectorStorageCompression: SluggedPaper = {
  slug: 'learnable-vector-storage-compression',
  authors: 'Zhang, Zhao, Miao, Shao, Liu, Yang, Cui',
  title: 'Experimental Analysis of Large-scale Learnable Vector Storage Compression',
  year: 2024,
  source: 'arXiv:2311.15578',
};

export const learningMathematicalPropertiesOfIntegers: SluggedPaper = {
  slug: 'learning-mathematical-properties-of-integers',
  authors: 'Ryskina, Knight',
  title: 'Learning Mathematical Properties of Integers',
  year: 2021,
  source: 'arXiv:2109.07230',
};

export const lessIsMoreLocalIntrinsicDimensions: SluggedPaper = {
  slug: 'less-is-more-local-intrinsic-dimensions',
  authors:
    'Ruppik, von Rohrscheidt, van Niekerk, Heck, Vukovic, Feng, Lin, Lubis, Rieck, Zibrowius, Gašić',
  title: 'Less is More: Local Intrinsic Dimensions of Contextual Language Models',
  year: 2025,
  source: 'arXiv:2506.01034',
};

export const lightweightAdaptationSubspaceEmbedding: SluggedPaper = {
  slug: 'lightweight-adaptation-subspace-embedding',
  authors: 'Jaiswal, Liu',
  title: 'Lightweight Adaptation of Neural Language Models via Subspace Embedding',
  year: 2023,
  source: 'arXiv:2308.08688',
};

export const limitsOfEmbeddingRetrieval: SluggedPaper = {
  slug: 'limits-of-embedding-retrieval',
  authors: 'Weller, Boratko, Naim, Lee',
  title: 'On the Theoretical Limitations of Embedding-Based Retrieval',
  year: 2025,
  source: 'arXiv:2508.21038',
};

export const lineLargeScaleInformationNetworkEmbedding: SluggedPaper = {
  slug: 'line-large-scale-information-network-embedding',
  authors: 'Tang, Qu, Wang, Zhang, Yan, Mei',
  title: 'LINE: Large-scale Information Network Embedding',
  year: 2015,
  source: 'arXiv:1503.03578',
};

export const linearSpacesOfMeanings: SluggedPaper = {
  slug: 'linear-spaces-of-meanings',
  authors: 'Trager, Perera, Zancato, Achille, Bhatia, Soatto',
  title: 'Linear Spaces of Meanings: Compositional Structures in Vision-Language Models',
  year: 2023,
  source: 'arXiv:2302.14383',
};

export const localTopologyMeasuresContextualLm: SluggedPaper = {
  slug: 'local-topology-measures-contextual-lm',
  authors: 'Ruppik, Heck, van Niekerk, Vukovic, Lin, Feng, Zibrowius, Gašić',
  title:
    'Local Topology Measures of Contextual Language Model Latent Spaces With Applications to Dialogue Term Extraction',
  year: 2024,
  source: 'arXiv:2408.03706',
};

export const magnitudeUniversalVectorEmbeddingUtility: SluggedPaper = {
  slug: 'magnitude-universal-vector-embedding-utility',
  authors: 'Patel, Sands, Callison-Burch, Apidianaki',
  title: 'Magnitude: A Fast, Efficient Universal Vector Embedding Utility Package',
  year: 2018,
  source: 'arXiv:1810.11190',
};

export const manifoldronDirectSpacePartition: SluggedPaper = {
  slug: 'manifoldron-direct-space-partition',
  authors: 'Wang, Fan, Hou, Zhang, Jia, Zhang, Lai, Yu, Wang',
  title: 'Manifoldron: Direct Space Partition via Manifold Discovery',
  year: 2022,
  source: 'arXiv:2201.05279',
};

export const measuringTheIntrinsicDimensionOfObjectiveLandscapes: SluggedPaper = {
  slug: 'measuring-the-intrinsic-dimension-of-objective-landscapes',
  authors: 'Li, Farkhoor, Liu, Yosinski',
  title: 'Measuring the Intrinsic Dimension of Objective Landscapes',
  year: 2018,
  source: 'arXiv:1804.08838',
};

export const meru: SluggedPaper = {
  slug: 'meru',
  authors: 'Desai, Nickel, Rajpurohit, Johnson, Vedantam',
  title: 'Hyperbolic Image-Text Representations',
  year: 2023,
  source: 'arXiv:2304.09172',
};

export const mhsVm: SluggedPaper = {
  slug: 'mhs-vm',
  authors: 'Ji',
  title: 'MHS-VM: Multi-Head Scanning in Parallel Subspaces for Vision Mamba',
  year: 2024,
  source: 'arXiv:2406.05992',
};

export const mindeye: SluggedPaper = {
  slug: 'mindeye',
  authors:
    'Scotti, Banerjee, Goode, Shabalin, Nguyen, Cohen, Dempster, Verlinde, Yundler, Weisberg, Norman, Abraham',
  title:
    'Reconstructing the Mind’s Eye: fMRI-to-Image with Contrastive Learning and Diffusion Priors',
  year: 2023,
  source: 'arXiv:2305.18274',
};

export const minimizingFlopsSparse: SluggedPaper = {
  slug: 'minimizing-flops-sparse',
  authors: 'Paria, Yeh, Yen, Xu, Ravikumar, Póczos',
  title: 'Minimizing FLOPs to Learn Efficient Sparse Representations',
  year: 2020,
  source: 'arXiv:2004.05665',
};

export const mixedDimensionEmbeddings: SluggedPaper = {
  slug: 'mixed-dimension-embeddings',
  authors: 'Ginart, Naumov, Mudigere, Yang, Zou',
  title: 'Mixed Dimension Embeddings with Application to Memory-Efficient Recommendation Systems',
  year: 2019,
  source: 'arXiv:1909.11810',
};

export const mogDfm: SluggedPaper = {
  slug: 'mog-dfm',
  authors: 'Chen, Zhang, Tang, Chatterjee',
  title:
    'Multi-Objective-Guided Discrete Flow Matching for Controllable Biological Sequence Design',
  year: 2025,
  source: 'arXiv:2505.07086',
};

export const mpad: SluggedPaper = {
  slug: 'mpad',
  authors: 'Fu, Zhao',
  title:
    'MPAD: A New Dimension-Reduction Method for Preserving Nearest Neighbors in High-Dimensional Vector Search',
  year: 2025,
  source: 'arXiv:2504.16335',
};

export const multiHashEmbeddingsInSpacy: SluggedPaper = {
  slug: 'multi-hash-embeddings-in-spacy',
  authors: 'Miranda, Kádár, Boyd, Van Landeghem, Søgaard, Honnibal',
  title: 'Multi hash embeddings in spaCy',
  year: 2022,
  source: 'arXiv:2212.09255',
};

export const multimodalClusteringNetworksUnlabeledVideos: SluggedPaper = {
  slug: 'multimodal-clustering-networks-unlabeled-videos',
  authors:
    'Chen, Rouditchenko, Duarte, Kuehne, Thomas, Boggust, Panda, Kingsbury, Feris, Harwath, Glass, Picheny, Chang',
  title: 'Multimodal Clustering Networks for Self-supervised Learning from Unlabeled Videos',
  year: 2021,
  source: 'arXiv:2104.12671',
};

export const musicWord2vecContextToConcept: SluggedPaper = {
  slug: 'music-word2vec-context-to-concept',
  authors: 'Chuan, Agres, Herremans',
  title: 'From Context to Concept: Exploring Semantic Relationships in Music with Word2Vec',
  year: 2018,
  source: 'arXiv:1811.12408',
};

export const music2latent2: SluggedPaper = {
  slug: 'music2latent2',
  authors: 'Pasini, Lattner, Fazekas',
  title: 'Music2Latent2: Audio Compression with Summary Embeddings and Autoregressive Decoding',
  year: 2025,
  source: 'arXiv:2501.17578',
};

export const muveraMultiVectorRetrievalFixedDimensionalEncodings: SluggedPaper = {
  slug: 'muvera-multi-vector-retrieval-fixed-dimensional-encodings',
  authors: 'Dhulipala, Hadian, Jayaram, Lee, Mirrokni',
  title: 'MUVERA: Multi-Vector Retrieval via Fixed Dimensional Encodings',
  year: 2024,
  source: 'arXiv:2405.19504',
};

export const neuralGraphCollaborativeFiltering: SluggedPaper = {
  slug: 'neural-graph-collaborative-filtering',
  authors: 'Wang, He, Wang, Feng, Chua',
  title: 'Neural Graph Collaborative Filtering',
  year: 2019,
  source: 'arXiv:1905.08108',
};

export const neuralSpaceTimeRepresentationPersonalization: SluggedPaper = {
  slug: 'neural-space-time-representation-personalization',
  authors: 'Alaluf, Richardson, Metzer, Cohen-Or',
  title: 'A Neural Space-Time Representation for Text-to-Image Personalization',
  year: 2023,
  source: 'arXiv:2305.15391',
};

export const nodeEmbeddingNeuralHamiltonianOrbits: SluggedPaper = {
  slug: 'node-embedding-neural-hamiltonian-orbits',
  authors: 'Kang, Zhao, Song, Wang, Tay',
  title: 'Node Embedding from Neural Hamiltonian Orbits in Graph Neural Networks',
  year: 2023,
  source: 'arXiv:2305.18965',
};

export const nonlinearMultipleResponseRegression: SluggedPaper = {
  slug: 'nonlinear-multiple-response-regression',
  authors: 'Tian, Wu, Feng',
  title: 'Nonlinear Multiple Response Regression and Learning of Latent Spaces',
  year: 2025,
  source: 'arXiv:2503.21608',
};

export const nutimeNumericallyMultiScaledEmbedding: SluggedPaper = {
  slug: 'nutime-numerically-multi-scaled-embedding',
  authors: 'Lin, Wen, Cao, Huang, Bian, Lin, Wu',
  title: 'NuTime: Numerically Multi-Scaled Embedding for Large-Scale Time-Series Pretraining',
  year: 2024,
  source: 'arXiv:2310.07402',
};

export const onTheRankabilityOfVisualEmbeddings: SluggedPaper = {
  slug: 'on-the-rankability-of-visual-embeddings',
  authors: 'Sonthalia, Uselis, Oh',
  title: 'On the rankability of visual embeddings',
  year: 2025,
  source: 'arXiv:2507.03683',
};

export const onTheStepwiseNatureOfSelfSupervisedLearning: SluggedPaper = {
  slug: 'on-the-stepwise-nature-of-self-supervised-learning',
  authors: 'Simon, Knutins, Ziyin, Geisz, Fetterman, Albrecht',
  title: 'On the Stepwise Nature of Self-Supervised Learning',
  year: 2023,
  source: 'arXiv:2303.15438',
};

export const optembed: SluggedPaper = {
  slug: 'optembed',
  authors: 'Lyu, Tang, Zhu, Guo, Zhang, Tang, Liu',
  title: 'OptEmbed: Learning Optimal Embedding Table for Click-through Rate Prediction',
  year: 2022,
  source: 'arXiv:2208.04482',
};

export const optimizationOfEmbeddingsStorageRag: SluggedPaper = {
  slug: 'optimization-of-embeddings-storage-rag',
  authors: 'Huerga-Pérez, Álvarez, Ferrero-Guillén, Martínez-Gutiérrez, Díez-González',
  title:
    'Optimization of embeddings storage for RAG systems using quantization and dimensionality reduction techniques',
  year: 2025,
  source: 'arXiv:2505.00105',
};

export const parameterizedHypercomplexMultiplication: SluggedPaper = {
  slug: 'parameterized-hypercomplex-multiplication',
  authors: 'Zhang, Tay, Zhang, Chan, Luu, Hui, Fu',
  title:
    'Beyond Fully-Connected Layers with Quaternions: Parameterization of Hypercomplex Multiplications with 1/n Parameters',
  year: 2021,
  source: 'arXiv:2102.08597',
};

export const pcaRagPrincipalComponentAnalysis: SluggedPaper = {
  slug: 'pca-rag-principal-component-analysis',
  authors: 'Khaledian, Ghadiridehkordi, Khaledian',
  title: 'PCA-RAG: Principal Component Analysis for Efficient Retrieval-Augmented Generation',
  year: 2025,
  source: 'arXiv:2504.08386',
};

export const poincareEmbeddings: SluggedPaper = {
  slug: 'poincare-embeddings',
  authors: 'Nickel, Kiela',
  title: 'Poincaré Embeddings for Learning Hierarchical Representations',
  year: 2017,
  source: 'arXiv:1705.08039',
};

export const polynomialWidthSetRepresentation: SluggedPaper = {
  slug: 'polynomial-width-set-representation',
  authors: 'Wang, Yang, Li, Wang, Li',
  title: 'Polynomial Width is Sufficient for Set Representation with High-dimensional Features',
  year: 2023,
  source: 'arXiv:2307.04001',
};

export const preservingSemanticRelationsZsl: SluggedPaper = {
  slug: 'preserving-semantic-relations-zsl',
  authors: 'Annadani, Biswas',
  title: 'Preserving Semantic Relations for Zero-Shot Learning',
  year: 2018,
  source: 'arXiv:1803.03049',
};

export const pretrainingApplicableToDecoder: SluggedPaper = {
  slug: 'pretraining-applicable-to-decoder',
  authors: 'Ning, Gan, Xuan, Yokoya',
  title: 'Is Pre-training Applicable to the Decoder for Dense Prediction?',
  year: 2025,
  source: 'arXiv:2503.07637',
};

export const pushForwardLatentGeometry: SluggedPaper = {
  slug: 'push-forward-latent-geometry',
  authors: 'Issenhuth, Tanielian, Mary, Picard',
  title: 'Unveiling the Latent Space Geometry of Push-Forward Generative Models',
  year: 2023,
  source: 'arXiv:2207.10541',
};

export const pytorchBiggraph: SluggedPaper = {
  slug: 'pytorch-biggraph',
  authors: 'Lerer, Wu, Shen, Lacroix, Wehrstedt, Bose, Peysakhovich',
  title: 'PyTorch-BigGraph: A Large-scale Graph Embedding System',
  year: 2019,
  source: 'arXiv:1903.12287',
};

export const rankme: SluggedPaper = {
  slug: 'rankme',
  authors: 'Garrido, Balestriero, Najman, LeCun',
  title:
    'RankMe: Assessing the downstream performance of pretrained self-supervised representations by their rank',
  year: 2023,
  source: 'arXiv:2210.02885',
};

export const redundancyIsotropyIdPromptEmbeddings: SluggedPaper = {
  slug: 'redundancy-isotropy-id-prompt-embeddings',
  authors: 'Tsukagoshi, Sasano',
  title: 'Redundancy, Isotropy, and Intrinsic Dimensionality of Prompt-based Text Embeddings',
  year: 2025,
  source: 'arXiv:2506.01435',
};

export const relativeRepresentations: SluggedPaper = {
  slug: 'relative-representations',
  authors: 'Moschella, Maiorca, Fumero, Norelli, Locatello, Rodolà',
  title: 'Relative Representations Enable Zero-shot Latent Space Communication',
  year: 2023,
  source: 'arXiv:2209.15430',
};

export const representationTradeoffsHyperbolic: SluggedPaper = {
  slug: 'representation-tradeoffs-hyperbolic',
  authors: 'De Sa, Gu, Ré, Sala',
  title: 'Representation Tradeoffs for Hyperbolic Embeddings',
  year: 2018,
  source: 'arXiv:1804.03329',
};

export const representerPointSelectionHighDimensional: SluggedPaper = {
  slug: 'representer-point-selection-high-dimensional',
  authors: 'Tsai, Zhang, Chien, Yu, Hsieh, Ravikumar',
  title: 'Representer Point Selection for Explaining Regularized High-dimensional Models',
  year: 2023,
  source: 'arXiv:2305.20002',
};

export const repurposingLanguageModelsComputeOptimalRecipe: SluggedPaper = {
  slug: 'repurposing-language-models-compute-optimal-recipe',
  authors: 'Ziarko, Jiang, Piotrowski, Li, Jamnik, Miłoś',
  title: 'Repurposing Language Models into Embedding Models: Finding the Compute-Optimal Recipe',
  year: 2024,
  source: 'arXiv:2406.04165',
};

export const rethinkingPositivePairsContrastiveLearning: SluggedPaper = {
  slug: 'rethinking-positive-pairs-contrastive-learning',
  authors: 'Wu, Atito, Feng, Mo, Kittler, Awais',
  title: 'Rethinking Positive Pairs in Contrastive Learning',
  year: 2024,
  source: 'arXiv:2410.18200',
};

export const rieSne: SluggedPaper = {
  slug: 'rie-sne',
  authors: 'Bergsson, Hauberg',
  title: 'Visualizing Riemannian data with Rie-SNE',
  year: 2022,
  source: 'arXiv:2203.09253',
};

export const rlPortfolioDynamicEmbedding: SluggedPaper = {
  slug: 'rl-portfolio-dynamic-embedding',
  authors: 'He, Hua, Zhou, Zheng',
  title: 'Reinforcement-Learning Portfolio Allocation with Dynamic Embedding of Market Information',
  year: 2025,
  source: 'arXiv:2501.17992',
};

export const robustAiGeneratedTextDetectionRestrictedEmbeddings: SluggedPaper = {
  slug: 'robust-ai-generated-text-detection-restricted-embeddings',
  authors: 'Kuznetsov, Tulchinskii, Kushnareva, Magai, Barannikov, Nikolenko, Piontkovskaya',
  title: 'Robust AI-Generated Text Detection by Restricted Embeddings',
  year: 2024,
  source: 'arXiv:2410.08113',
};

export const safree: SluggedPaper = {
  slug: 'safree',
  authors: 'Yoon, Yu, Patil, Yao, Bansal',
  title: 'SAFREE: Training-Free and Adaptive Guard for Safe Text-to-Image And Video Generation',
  year: 2024,
  source: 'arXiv:2410.12761',
};

export const samo: SluggedPaper = {
  slug: 'samo',
  authors: 'Ding, Zhang, Duan',
  title: 'SAMO: Speaker Attractor Multi-Center One-Class Learning for Voice Anti-Spoofing',
  year: 2023,
  source: 'arXiv:2211.02718',
};

export const scalingRiemannianDiffusionModels: SluggedPaper = {
  slug: 'scaling-riemannian-diffusion-models',
  authors: 'Lou, Xu, Farris, Ermon',
  title: 'Scaling Riemannian Diffusion Models',
  year: 2023,
  source: 'arXiv:2310.20030',
};

export const segHgnn: SluggedPaper = {
  slug: 'seg-hgnn',
  authors: 'Mondal, Mishra, Pandey',
  title:
    'Seg-HGNN: Unsupervised and Light-Weight Image Segmentation with Hyperbolic Graph Neural Networks',
  year: 2024,
  source: 'arXiv:2409.06589',
};

export const sesa: SluggedPaper = {
  slug: 'sesa',
  authors: 'Bogdanova, Yazdani',
  title: 'SESA: Supervised Explicit Semantic Analysis',
  year: 2017,
  source: 'arXiv:1708.03246',
};

export const sharperBoundsLpSensitivitySampling: SluggedPaper = {
  slug: 'sharper-bounds-lp-sensitivity-sampling',
  authors: 'Woodruff, Yasuda',
  title: 'Sharper Bounds for ℓ_p Sensitivity Sampling',
  year: 2023,
  source: 'arXiv:2306.00732',
};

export const slap: SluggedPaper = {
  slug: 'slap',
  authors: 'Guinot, Riou, Quinton, Fazekas',
  title:
    'SLAP: Siamese Language-Audio Pretraining Without Negative Samples for Music Understanding',
  year: 2025,
  source: 'arXiv:2506.17815',
};

export const sphericalHarmonicsLocationEncoding: SluggedPaper = {
  slug: 'spherical-harmonics-location-encoding',
  authors: 'Rußwurm, Klemmer, Rolf, Zbinden, Tuia',
  title:
    'Geographic Location Encoding with Spherical Harmonics and Sinusoidal Representation Networks',
  year: 2024,
  source: 'arXiv:2310.06743',
};

export const splitInvariantEquivariant: SluggedPaper = {
  slug: 'split-invariant-equivariant',
  authors: 'Garrido, Najman, LeCun',
  title: 'Self-supervised learning of Split Invariant Equivariant representations',
  year: 2023,
  source: 'arXiv:2302.10283',
};

export const starbucks2dMatryoshka: SluggedPaper = {
  slug: 'starbucks-2d-matryoshka',
  authors: 'Zhuang, Wang, Koopman, Zuccon',
  title: 'Starbucks: Improved Training for 2D Matryoshka Embeddings',
  year: 2024,
  source: 'arXiv:2410.13230',
};

export const subspaceCrossingMonitor: SluggedPaper = {
  slug: 'subspace-crossing-monitor',
  authors: 'Winninger, Addad, Kapusta',
  title:
    'Using Mechanistic Interpretability to Craft Adversarial Attacks against Large Language Models',
  year: 2025,
  source: 'arXiv:2503.06269',
};

export const tRegs: SluggedPaper = {
  slug: 't-regs',
  authors: 'Mordacq, Loiseaux, Kalogeiton, Oudot',
  title: 'T-REGS: Minimum Spanning Tree Regularization for Self-Supervised Learning',
  year: 2025,
  source: 'arXiv:2510.23484',
};

export const textAndCodeEmbeddingsByContrastivePretraining: SluggedPaper = {
  slug: 'text-and-code-embeddings-by-contrastive-pretraining',
  authors:
    'Neelakantan, Xu, Puri, Radford, Han, Tworek, Yuan, Tezak, Kim, Hallacy, Heidecke, Shyam, Power, Eloundou Nekoul, Sastry, Krueger, Schnurr, Petroski Such, Hsu, Thompson, Khan, Sherbakov, Jang, Welinder, Weng',
  title: 'Text and Code Embeddings by Contrastive Pre-Training',
  year: 2022,
  source: 'arXiv:2201.10005',
};

export const textualSubspaceBatex: SluggedPaper = {
  slug: 'textual-subspace-batex',
  authors: 'Du, Cheng, Qian, Wei, Xu, Ji',
  title: 'Efficient Personalized Text-to-image Generation by Leveraging Textual Subspace',
  year: 2024,
  source: 'arXiv:2407.00608',
};

export const theoreticalAnalysisContrastiveUnsupervisedRepresentation: SluggedPaper = {
  slug: 'theoretical-analysis-contrastive-unsupervised-representation',
  authors: 'Arora, Khandeparkar, Khodak, Plevrakis, Saunshi',
  title: 'A Theoretical Analysis of Contrastive Unsupervised Representation Learning',
  year: 2019,
  source: 'arXiv:1902.09229',
};

export const tldr: SluggedPaper = {
  slug: 'tldr',
  authors: 'Kalantidis, Lassance, Almazán, Larlus',
  title: 'TLDR: Twin Learning for Dimensionality Reduction',
  year: 2022,
  source: 'arXiv:2110.09455',
};

export const transductiveMultiViewZeroShot: SluggedPaper = {
  slug: 'transductive-multi-view-zero-shot',
  authors: 'Fu, Hospedales, Xiang, Gong',
  title: 'Transductive Multi-view Zero-Shot Learning',
  year: 2015,
  source: 'arXiv:1501.04560',
};

export const understandingEmbeddingScalingCollaborativeFiltering: SluggedPaper = {
  slug: 'understanding-embedding-scaling-collaborative-filtering',
  authors: 'He, Zhou, Bai, Zhu, Yang',
  title: 'Understanding Embedding Scaling in Collaborative Filtering',
  year: 2025,
  source: 'arXiv:2509.15709',
};

export const unifiedEmbedding: SluggedPaper = {
  slug: 'unified-embedding',
  authors: 'Coleman, Kang, Fahrbach, Wang, Hong, Chi, Cheng',
  title: 'Unified Embedding: Battle-Tested Feature Representations for Web-Scale ML Systems',
  year: 2023,
  source: 'arXiv:2305.12102',
};

export const unsupervisedManifoldLinearizingAndClustering: SluggedPaper = {
  slug: 'unsupervised-manifold-linearizing-and-clustering',
  authors: 'Ding, Tong, Chan, Dai, Ma, Haeffele',
  title: 'Unsupervised Manifold Linearizing and Clustering',
  year: 2023,
  source: 'arXiv:2301.01805',
};

export const vec2vec: SluggedPaper = {
  slug: 'vec2vec',
  authors: 'Jha, Zhang, Shmatikov, Morris',
  title: 'Harnessing the Universal Geometry of Embeddings',
  year: 2025,
  source: 'arXiv:2505.12540',
};

export const visualizingDeepSimilarityNetworks: SluggedPaper = {
  slug: 'visualizing-deep-similarity-networks',
  authors: 'Stylianou, Souvenir, Pless',
  title: 'Visualizing Deep Similarity Networks',
  year: 2019,
  source: 'arXiv:1901.00536',
};
