import type { Reference } from './method.ts';

/** A published work: a reference without the part that some code follows. */
export type Paper = Omit<Reference, 'part'>;

/** The papers that the toolkit is built from, by slug. */
export const papers = {
  'about-graph-degeneracy-representation-learning-scalability': {
    authors: 'Brandeis, Jarret, Sevestre',
    title: 'About Graph Degeneracy, Representation Learning and Scalability',
    year: 2020,
    source: 'arXiv:2009.02085',
  },
  'analyzing-similarity-metrics-data-selection-lm-pretraining': {
    authors: 'Sam, Chakrabarti, Rostamizadeh, Ramalingam, Citovsky, Kumar',
    title: 'Analyzing Similarity Metrics for Data Selection for Language Model Pretraining',
    year: 2025,
    source: 'arXiv:2502.02494',
  },
  'attention-based-dynamic-subspace-learners': {
    authors: 'Adiga V, Dolz, Lombaert',
    title: 'Attention-based Dynamic Subspace Learners for Medical Image Analysis',
    year: 2022,
    source: 'arXiv:2206.09068',
  },
  'benchmarking-filtered-ann-transformer-embeddings': {
    authors: 'Iff, Bruegger, Chrapek, Besta, Hoefler',
    title:
      'Benchmarking Filtered Approximate Nearest Neighbor Search Algorithms on Transformer-based Embedding Vectors',
    year: 2025,
    source: 'arXiv:2507.21989',
  },
  'beyond-one-hot-lower-dimensional-target-embedding': {
    authors: 'Rodríguez, Bautista, Gonzàlez, Escalera',
    title: 'Beyond One-hot Encoding: lower dimensional target embedding',
    year: 2018,
    source: 'arXiv:1806.10805',
  },
  'billion-scale-hybrid-filtered-search': {
    authors: 'Emanuilov, Dimov',
    title:
      'Billion-scale Similarity Search Using a Hybrid Indexing Approach with Advanced Filtering',
    year: 2025,
    source: 'arXiv:2501.13442',
  },
  'bootstrapping-parallel-anchors': {
    authors: 'Cannistraci, Moschella, Maiorca, Fumero, Norelli, Rodolà',
    title: 'Bootstrapping Parallel Anchors for Relative Representations',
    year: 2023,
    source: 'arXiv:2303.00721',
  },
  'care-rotationally-equivariant-contrastive-learning': {
    authors: 'Gupta, Robinson, Lim, Villar, Jegelka',
    title: 'Structuring Representation Geometry with Rotationally Equivariant Contrastive Learning',
    year: 2023,
    source: 'arXiv:2306.13924',
  },
  'clustering-based-point-cloud-representation-learning': {
    authors: 'Feng, Wang, Wang, Yang, Zheng',
    title: 'Clustering based Point Cloud Representation Learning for 3D Analysis',
    year: 2023,
    source: 'arXiv:2307.14605',
  },
  'combating-mode-collapse-manifold-entropy-estimation': {
    authors: 'Liu, Li, Wu, Liang, Huang, Li, Ghanem, Zheng',
    title: 'Combating Mode Collapse in GANs via Manifold Entropy Estimation',
    year: 2022,
    source: 'arXiv:2208.12055',
  },
  'comparative-study-sentence-embedding-semantic-variation': {
    authors: 'Mistry, Minai',
    title: 'A Comparative Study of Sentence Embedding Models for Assessing Semantic Variation',
    year: 2023,
    source: 'arXiv:2308.04625',
  },
  'compositional-embeddings-qr': {
    authors: 'Shi, Mudigere, Naumov, Yang',
    title:
      'Compositional Embeddings Using Complementary Partitions for Memory-Efficient Recommendation Systems',
    year: 2020,
    source: 'arXiv:1909.02107',
  },
  'conceptualization-ces': {
    authors: 'Simhi, Markovitch',
    title: 'Interpreting Embedding Spaces by Conceptualization',
    year: 2023,
    source: 'arXiv:2209.00445',
  },
  'concrete-subspace-learning': {
    authors: 'Tang, Shen, Luo, Ding, Hu, Du, Tao',
    title: 'Concrete Subspace Learning based Interference Elimination for Multi-task Model Fusion',
    year: 2023,
    source: 'arXiv:2312.06173',
  },
  conse: {
    authors: 'Norouzi, Mikolov, Bengio, Singer, Shlens, Frome, Corrado, Dean',
    title: 'Zero-Shot Learning by Convex Combination of Semantic Embeddings',
    year: 2014,
    source: 'arXiv:1312.5650',
  },
  'contrastive-embeddings-for-neural-architectures': {
    authors: 'Hesslow, Poli',
    title: 'Contrastive Embeddings for Neural Architectures',
    year: 2021,
    source: 'arXiv:2102.04208',
  },
  'contrastive-loss-analogies-parallel-lines': {
    authors: 'Ri, Lee, Verma',
    title: 'Contrastive Loss is All You Need to Recover Analogies as Parallel Lines',
    year: 2023,
    source: 'arXiv:2306.08221',
  },
  'contrastive-mutual-information-cmim': {
    authors: 'Livne',
    title:
      'Contrastive Mutual Information Learning: Toward Robust Representations without Positive-Pair Augmentations',
    year: 2025,
    source: 'arXiv:2509.21511',
  },
  'convergent-learning': {
    authors: 'Li, Yosinski, Clune, Lipson, Hopcroft',
    title: 'Convergent Learning: Do different neural networks learn the same representations?',
    year: 2015,
    source: 'arXiv:1511.07543',
  },
  'cores-compatible-representations-via-stationarity': {
    authors: 'Biondi, Pernici, Bruni, Del Bimbo',
    title: 'CoReS: Compatible Representations via Stationarity',
    year: 2021,
    source: 'arXiv:2111.07632',
  },
  'csr-beyond-matryoshka': {
    authors: 'Wen, Wang, Zeng, Peng, Su, Liu, Chen, Liu, Jegelka, You',
    title: 'Beyond Matryoshka: Revisiting Sparse Coding for Adaptive Representation',
    year: 2025,
    source: 'arXiv:2503.01776',
  },
  'dare-decoupled-embeddings': {
    authors: 'Feng, Pan, Wu, Chen, Wang, Li, Hu, Jiang, Long',
    title: 'Long-Sequence Recommendation Models Need Decoupled Embeddings',
    year: 2025,
    source: 'arXiv:2410.02604',
  },
  'data-augmentations-in-deep-weight-spaces': {
    authors:
      'Shamsian, Zhang, Navon, Zhang, Kofinas, Achituve, Valperga, Burghouts, Gavves, Snoek, Fetaya, Chechik, Maron',
    title: 'Data Augmentations in Deep Weight Spaces',
    year: 2023,
    source: 'arXiv:2311.08851',
  },
  'deep-embedding-model-zsl': {
    authors: 'Zhang, Xiang, Gong',
    title: 'Learning a Deep Embedding Model for Zero-Shot Learning',
    year: 2017,
    source: 'arXiv:1611.05088',
  },
  'deep-multi-view-enhancement-hashing': {
    authors: 'Yan, Gong, Wei, Gao',
    title: 'Deep Multi-View Enhancement Hashing for Image Retrieval',
    year: 2020,
    source: 'arXiv:2002.00169',
  },
  'depict-deep-clustering': {
    authors: 'Ghasedi Dizaji, Herandi, Deng, Cai, Huang',
    title:
      'Deep Clustering via Joint Convolutional Autoencoder Embedding and Relative Entropy Minimization',
    year: 2017,
    source: 'arXiv:1704.06327',
  },
  'difformer-diffusion-on-the-embedding-space': {
    authors: 'Gao, Guo, Tan, Zhu, Zhang, Bian, Xu',
    title: 'Empowering Diffusion Models on the Embedding Space for Text Generation',
    year: 2022,
    source: 'arXiv:2212.09412',
  },
  'diffusion-models-subspace-clustering': {
    authors: 'Wang, Zhang, Zhang, Chen, Ma, Qu',
    title: 'Diffusion Models Learn Low-Dimensional Distributions via Subspace Clustering',
    year: 2024,
    source: 'arXiv:2409.02426',
  },
  'diffusion-nets': {
    authors: 'Mishne, Shaham, Cloninger, Cohen',
    title: 'Diffusion Nets',
    year: 2017,
    source: 'arXiv:1506.07840',
  },
  dila: {
    authors: 'Wu, Wu, Sun',
    title:
      'DILA: Dictionary Label Attention for Mechanistic Interpretability in High-dimensional Multi-label Medical Coding Prediction',
    year: 2024,
    source: 'arXiv:2409.10504',
  },
  'do-llamas-work-in-english': {
    authors: 'Wendler, Veselovsky, Monea, West',
    title: 'Do Llamas Work in English? On the Latent Language of Multilingual Transformers',
    year: 2024,
    source: 'arXiv:2402.10588',
  },
  'do-not-escape-from-the-manifold-local-basis': {
    authors: 'Choi, Lee, Yoon, Park, Hwang, Kang',
    title:
      'Do Not Escape From the Manifold: Discovering the Local Coordinates on the Latent Space of GANs',
    year: 2021,
    source: 'arXiv:2106.06959',
  },
  doei: {
    authors: 'Zhu, Zhang, Pang, Wang, Wen, Bai, Ergu, Cai, Zhao',
    title:
      'DOEI: Dual Optimization of Embedding Information for Attention-Enhanced Class Activation Maps',
    year: 2025,
    source: 'arXiv:2502.15885',
  },
  'dual-embeddings-complementary': {
    authors: 'Kvernadze, Sudyanti, Subedi, Hajiaghayi',
    title: 'Two Is Better Than One: Dual Embeddings for Complementary Product Recommendations',
    year: 2022,
    source: 'arXiv:2211.14982',
  },
  'effective-entropy-maximization-pretrained-ssl': {
    authors: 'Chakraborty, LeCun, Rudner, Learned-Miller',
    title:
      'Improving Pre-Trained Self-Supervised Embeddings Through Effective Entropy Maximization',
    year: 2024,
    source: 'arXiv:2411.15931',
  },
  eigenshield: {
    authors: 'Darabi, Naik, Tayebati, Jayasuriya, Krishnan, Trivedi',
    title:
      'EigenShield: Causal Subspace Filtering via Random Matrix Theory for Adversarially Robust Vision-Language Models',
    year: 2025,
    source: 'arXiv:2502.14976',
  },
  'energy-confused-adversarial-metric-learning': {
    authors: 'Chen, Deng',
    title:
      'Energy Confused Adversarial Metric Learning for Zero-Shot Image Retrieval and Clustering',
    year: 2019,
    source: 'arXiv:1901.07169',
  },
  'equiangular-basis-vectors': {
    authors: 'Shen, Sun, Wei',
    title: 'Equiangular Basis Vectors',
    year: 2023,
    source: 'arXiv:2303.11637',
  },
  'escaping-platos-cave-alignment-3d-text': {
    authors: 'Hadgi, Moschella, Santilli, Gomez, Huang, Rodolà, Melzi, Ovsjanikov',
    title: 'Escaping Plato’s Cave: Towards the Alignment of 3D and Text Latent Spaces',
    year: 2025,
    source: 'arXiv:2503.05283',
  },
  'estimating-shape-distances-limited-samples': {
    authors: 'Pospisil, Larsen, Harvey, Williams',
    title: 'Estimating Shape Distances on Neural Representations with Limited Samples',
    year: 2023,
    source: 'arXiv:2310.05742',
  },
  'facenet-unified-embedding-face-recognition': {
    authors: 'Schroff, Kalenichenko, Philbin',
    title: 'FaceNet: A Unified Embedding for Face Recognition and Clustering',
    year: 2015,
    source: 'arXiv:1503.03832',
  },
  falcon: {
    authors: 'Mei, Mao, Wang, Gan, Tenenbaum',
    title:
      'FALCON: Fast Visual Concept Learning by Integrating Images, Linguistic descriptions, and Conceptual Relations',
    year: 2022,
    source: 'arXiv:2203.16639',
  },
  'feature-expansion-for-graph-neural-networks': {
    authors: 'Sun, Zhang, Chen, Zhang, Xu, Yang',
    title: 'Feature Expansion for Graph Neural Networks',
    year: 2023,
    source: 'arXiv:2305.06142',
  },
  'finetuning-foundation-models-hep': {
    authors: 'Vigl, Hartman, Heinrich',
    title: 'Finetuning Foundation Models for Joint Analysis Optimization',
    year: 2024,
    source: 'arXiv:2401.13536',
  },
  flora: {
    authors: 'Si, Wang, Yang, Xu, Li, Dai, Qiao, Yang, Shen',
    title: 'FLoRA: Low-Rank Core Space for N-dimension',
    year: 2024,
    source: 'arXiv:2405.14739',
  },
  'frame-projections': {
    authors: 'Demirel, Holz',
    title:
      'Learning Without Augmenting: Unsupervised Time Series Representation Learning via Frame Projections',
    year: 2025,
    source: 'arXiv:2510.22655',
  },
  fspad: {
    authors: 'Gui, Xiao, Su, Chen',
    title:
      'Boosting Lossless Speculative Decoding via Feature Sampling and Partial Alignment Distillation',
    year: 2024,
    source: 'arXiv:2408.15562',
  },
  'functorial-manifold-learning': {
    authors: 'Shiebler',
    title: 'Functorial Manifold Learning',
    year: 2021,
    source: 'arXiv:2011.07435',
  },
  'generalist-text-embeddings-rec-search': {
    authors: 'Attimonelli, De Bellis, Pomo, Jannach, Di Sciascio, Di Noia',
    title:
      'Do We Really Need Specialization? Evaluating Generalist Text Embeddings for Zero-Shot Recommendation and Search',
    year: 2025,
    source: 'arXiv:2507.05006',
  },
  'geodesic-multi-modal-mixup': {
    authors: 'Oh, So, Byun, Lim, Shin, Jeon, Song',
    title: 'Geodesic Multi-Modal Mixup for Robust Fine-Tuning',
    year: 2023,
    source: 'arXiv:2203.03897',
  },
  'geodesic-prototype-matching-diffusion-maps': {
    authors: 'Jia, Liu, Sun, Chen, Qin, Wang, Peng',
    title:
      'Geodesic Prototype Matching via Diffusion Maps for Interpretable Fine-Grained Recognition',
    year: 2025,
    source: 'arXiv:2509.17050',
  },
  'geometry-aware-adaptation-pretrained-models': {
    authors: 'Roberts, Li, Adila, Cromp, Huang, Zhao, Sala',
    title: 'Geometry-Aware Adaptation for Pretrained Models',
    year: 2023,
    source: 'arXiv:2307.12226',
  },
  'geometry-of-tokens-internal-representations': {
    authors: 'Viswanathan, Gardinazzi, Panerai, Cazzaniga, Biagetti',
    title: 'The Geometry of Tokens in Internal Representations of Large Language Models',
    year: 2025,
    source: 'arXiv:2501.10573',
  },
  'glad-discrete-latent-graph-diffusion-bridges': {
    authors: 'Nguyen, Boget, Lavda, Kalousis',
    title: 'Discrete Latent Graph Generative Modeling with Diffusion Bridges',
    year: 2024,
    source: 'arXiv:2403.16883',
  },
  'graphlets-correct-for-topological-information-missed': {
    authors: 'Windels, Malod-Dognin, Pržulj',
    title: 'Graphlets correct for the topological information missed by random walks',
    year: 2024,
    source: 'arXiv:2405.14194',
  },
  'grassmann-class-representation': {
    authors: 'Wang, Li, Zhang',
    title:
      'Get the Best of Both Worlds: Improving Accuracy and Transferability by Grassmann Class Representation',
    year: 2023,
    source: 'arXiv:2308.01547',
  },
  groomgen: {
    authors: 'Zhou, Chai, Pepe, Gross, Beeler',
    title:
      'GroomGen: A High-Quality Generative Hair Model Using Hierarchical Latent Representations',
    year: 2023,
    source: 'arXiv:2311.02062',
  },
  'h4g-faithful-inference-zero-shot-graph-hyperbolic': {
    authors: 'Zhang, Zhang, Liu, Shi, Shen, You, Hu, Gan, Huang',
    title: 'H4G: Unlocking Faithful Inference for Zero-Shot Graph Learning in Hyperbolic Space',
    year: 2025,
    source: 'arXiv:2510.12094',
  },
  'hedged-instance-embedding': {
    authors: 'Oh, Murphy, Pan, Roth, Schroff, Gallagher',
    title: 'Modeling Uncertainty with Hedged Instance Embedding',
    year: 2019,
    source: 'arXiv:1810.00319',
  },
  'householder-projector': {
    authors: 'Song, Zhang, Sebe, Wang',
    title: 'Householder Projector for Unsupervised Latent Semantics Discovery',
    year: 2023,
    source: 'arXiv:2307.08012',
  },
  'hubness-reduction-sbert': {
    authors: 'Nielsen, Hansen',
    title: 'Hubness Reduction Improves Sentence-BERT Semantic Spaces',
    year: 2024,
    source: 'arXiv:2311.18364',
  },
  'hyperbolic-category-discovery': {
    authors: 'Liu, He, Han',
    title: 'Hyperbolic Category Discovery',
    year: 2025,
    source: 'arXiv:2504.06120',
  },
  'hyperbolic-diffusion-embedding': {
    authors: 'Lin, Coifman, Mishne, Talmon',
    title: 'Hyperbolic Diffusion Embedding and Distance for Hierarchical Representation Learning',
    year: 2023,
    source: 'arXiv:2305.18962',
  },
  hyperinterval: {
    authors: 'Krukowski, Bielawska, Książek, Wawrzyński, Batorski, Spurek',
    title:
      'HyperInterval: Hypernetwork approach to training weight interval regions in continual learning',
    year: 2024,
    source: 'arXiv:2405.15444',
  },
  'ihas-instance-wise-hierarchical-architecture-search': {
    authors: 'Yu, Qi, Yang, Jiang, Niu',
    title:
      'iHAS: Instance-wise Hierarchical Architecture Search for Deep Learning Recommendation Models',
    year: 2023,
    source: 'arXiv:2309.07967',
  },
  imaginator: {
    authors: 'Krishna, Suryavardan, Mishra, Ramamoorthy, Patwa, Chakraborty, Chadha, Das, Sheth',
    title:
      'IMAGINATOR: Pre-Trained Image+Text Joint Embeddings using Word-Level Grounding of Images',
    year: 2023,
    source: 'arXiv:2305.10438',
  },
  'information-shapes-koopman': {
    authors: 'Cheng, Yuan, Yang, Zhang, Cheng, He, Sun',
    title: 'Information Shapes Koopman Representation',
    year: 2025,
    source: 'arXiv:2510.13025',
  },
  'interpretable-nonlinear-dr-gaussian-weighted-linear': {
    authors: 'Bergh',
    title:
      'Interpretable non-linear dimensionality reduction using gaussian weighted linear transformation',
    year: 2025,
    source: 'arXiv:2504.17601',
  },
  'interpreting-black-box-high-dimensional': {
    authors: 'Karim, Shajalal, Graß, Döhmen, Chala, Boden, Beecks, Decker',
    title: 'Interpreting Black-box Machine Learning Models for High Dimensional Datasets',
    year: 2022,
    source: 'arXiv:2208.13405',
  },
  'intrinsic-dimensionality-language-model-fine-tuning': {
    authors: 'Aghajanyan, Zettlemoyer, Gupta',
    title: 'Intrinsic Dimensionality Explains the Effectiveness of Language Model Fine-Tuning',
    year: 2020,
    source: 'arXiv:2012.13255',
  },
  'jasper-and-stella-distillation': {
    authors: 'Zhang, Li, Zeng, Wang',
    title: 'Jasper and Stella: distillation of SOTA embedding models',
    year: 2024,
    source: 'arXiv:2412.19048',
  },
  'keep-your-distance': {
    authors: 'Tokarchuk, Bakker, Niculae',
    title: 'Keep your distance: learning dispersed embeddings on S_m',
    year: 2025,
    source: 'arXiv:2502.08231',
  },
  'kge-survey-representation-spaces': {
    authors: 'Cao, Fang, Meng, Liang',
    title: 'Knowledge Graph Embedding: A Survey from the Perspective of Representation Spaces',
    year: 2022,
    source: 'arXiv:2211.03536',
  },
  largevis: {
    authors: 'Tang, Liu, Zhang, Mei',
    title: 'Visualizing Large-scale and High-dimensional Data',
    year: 2016,
    source: 'arXiv:1602.00370',
  },
  'lasi-linear-prediction-perceptual-metric': {
    authors: 'Severo, Theis, Ballé',
    title: 'The Unreasonable Effectiveness of Linear Prediction as a Perceptual Metric',
    year: 2024,
    source: 'arXiv:2310.05986',
  },
  'latent-variable-model-pmi-word-embeddings': {
    authors: 'Arora, Li, Liang, Ma, Risteski',
    title: 'A Latent Variable Model Approach to PMI-based Word Embeddings',
    year: 2016,
    source: 'arXiv:1502.03520',
  },
  ldreg: {
    authors: 'Huang, Campello, Erfani, Ma, Houle, Bailey',
    title: 'LDReg: Local Dimensionality Regularized Self-Supervised Learning',
    year: 2024,
    source: 'arXiv:2401.10474',
  },
  'learnable-vector-storage-compression': {
    authors: 'Zhang, Zhao, Miao, Shao, Liu, Yang, Cui',
    title: 'Experimental Analysis of Large-scale Learnable Vector Storage Compression',
    year: 2024,
    source: 'arXiv:2311.15578',
  },
  'learning-mathematical-properties-of-integers': {
    authors: 'Ryskina, Knight',
    title: 'Learning Mathematical Properties of Integers',
    year: 2021,
    source: 'arXiv:2109.07230',
  },
  'less-is-more-local-intrinsic-dimensions': {
    authors:
      'Ruppik, von Rohrscheidt, van Niekerk, Heck, Vukovic, Feng, Lin, Lubis, Rieck, Zibrowius, Gašić',
    title: 'Less is More: Local Intrinsic Dimensions of Contextual Language Models',
    year: 2025,
    source: 'arXiv:2506.01034',
  },
  'lightweight-adaptation-subspace-embedding': {
    authors: 'Jaiswal, Liu',
    title: 'Lightweight Adaptation of Neural Language Models via Subspace Embedding',
    year: 2023,
    source: 'arXiv:2308.08688',
  },
  'limits-of-embedding-retrieval': {
    authors: 'Weller, Boratko, Naim, Lee',
    title: 'On the Theoretical Limitations of Embedding-Based Retrieval',
    year: 2025,
    source: 'arXiv:2508.21038',
  },
  'line-large-scale-information-network-embedding': {
    authors: 'Tang, Qu, Wang, Zhang, Yan, Mei',
    title: 'LINE: Large-scale Information Network Embedding',
    year: 2015,
    source: 'arXiv:1503.03578',
  },
  'linear-spaces-of-meanings': {
    authors: 'Trager, Perera, Zancato, Achille, Bhatia, Soatto',
    title: 'Linear Spaces of Meanings: Compositional Structures in Vision-Language Models',
    year: 2023,
    source: 'arXiv:2302.14383',
  },
  'local-topology-measures-contextual-lm': {
    authors: 'Ruppik, Heck, van Niekerk, Vukovic, Lin, Feng, Zibrowius, Gašić',
    title:
      'Local Topology Measures of Contextual Language Model Latent Spaces With Applications to Dialogue Term Extraction',
    year: 2024,
    source: 'arXiv:2408.03706',
  },
  'magnitude-universal-vector-embedding-utility': {
    authors: 'Patel, Sands, Callison-Burch, Apidianaki',
    title: 'Magnitude: A Fast, Efficient Universal Vector Embedding Utility Package',
    year: 2018,
    source: 'arXiv:1810.11190',
  },
  'manifoldron-direct-space-partition': {
    authors: 'Wang, Fan, Hou, Zhang, Jia, Zhang, Lai, Yu, Wang',
    title: 'Manifoldron: Direct Space Partition via Manifold Discovery',
    year: 2022,
    source: 'arXiv:2201.05279',
  },
  'measuring-the-intrinsic-dimension-of-objective-landscapes': {
    authors: 'Li, Farkhoor, Liu, Yosinski',
    title: 'Measuring the Intrinsic Dimension of Objective Landscapes',
    year: 2018,
    source: 'arXiv:1804.08838',
  },
  meru: {
    authors: 'Desai, Nickel, Rajpurohit, Johnson, Vedantam',
    title: 'Hyperbolic Image-Text Representations',
    year: 2023,
    source: 'arXiv:2304.09172',
  },
  'mhs-vm': {
    authors: 'Ji',
    title: 'MHS-VM: Multi-Head Scanning in Parallel Subspaces for Vision Mamba',
    year: 2024,
    source: 'arXiv:2406.05992',
  },
  mindeye: {
    authors:
      'Scotti, Banerjee, Goode, Shabalin, Nguyen, Cohen, Dempster, Verlinde, Yundler, Weisberg, Norman, Abraham',
    title:
      'Reconstructing the Mind’s Eye: fMRI-to-Image with Contrastive Learning and Diffusion Priors',
    year: 2023,
    source: 'arXiv:2305.18274',
  },
  'minimizing-flops-sparse': {
    authors: 'Paria, Yeh, Yen, Xu, Ravikumar, Póczos',
    title: 'Minimizing FLOPs to Learn Efficient Sparse Representations',
    year: 2020,
    source: 'arXiv:2004.05665',
  },
  'mixed-dimension-embeddings': {
    authors: 'Ginart, Naumov, Mudigere, Yang, Zou',
    title: 'Mixed Dimension Embeddings with Application to Memory-Efficient Recommendation Systems',
    year: 2019,
    source: 'arXiv:1909.11810',
  },
  'mog-dfm': {
    authors: 'Chen, Zhang, Tang, Chatterjee',
    title:
      'Multi-Objective-Guided Discrete Flow Matching for Controllable Biological Sequence Design',
    year: 2025,
    source: 'arXiv:2505.07086',
  },
  mpad: {
    authors: 'Fu, Zhao',
    title:
      'MPAD: A New Dimension-Reduction Method for Preserving Nearest Neighbors in High-Dimensional Vector Search',
    year: 2025,
    source: 'arXiv:2504.16335',
  },
  'multi-hash-embeddings-in-spacy': {
    authors: 'Miranda, Kádár, Boyd, Van Landeghem, Søgaard, Honnibal',
    title: 'Multi hash embeddings in spaCy',
    year: 2022,
    source: 'arXiv:2212.09255',
  },
  'multimodal-clustering-networks-unlabeled-videos': {
    authors:
      'Chen, Rouditchenko, Duarte, Kuehne, Thomas, Boggust, Panda, Kingsbury, Feris, Harwath, Glass, Picheny, Chang',
    title: 'Multimodal Clustering Networks for Self-supervised Learning from Unlabeled Videos',
    year: 2021,
    source: 'arXiv:2104.12671',
  },
  'music-word2vec-context-to-concept': {
    authors: 'Chuan, Agres, Herremans',
    title: 'From Context to Concept: Exploring Semantic Relationships in Music with Word2Vec',
    year: 2018,
    source: 'arXiv:1811.12408',
  },
  music2latent2: {
    authors: 'Pasini, Lattner, Fazekas',
    title: 'Music2Latent2: Audio Compression with Summary Embeddings and Autoregressive Decoding',
    year: 2025,
    source: 'arXiv:2501.17578',
  },
  'muvera-multi-vector-retrieval-fixed-dimensional-encodings': {
    authors: 'Dhulipala, Hadian, Jayaram, Lee, Mirrokni',
    title: 'MUVERA: Multi-Vector Retrieval via Fixed Dimensional Encodings',
    year: 2024,
    source: 'arXiv:2405.19504',
  },
  'neural-graph-collaborative-filtering': {
    authors: 'Wang, He, Wang, Feng, Chua',
    title: 'Neural Graph Collaborative Filtering',
    year: 2019,
    source: 'arXiv:1905.08108',
  },
  'neural-space-time-representation-personalization': {
    authors: 'Alaluf, Richardson, Metzer, Cohen-Or',
    title: 'A Neural Space-Time Representation for Text-to-Image Personalization',
    year: 2023,
    source: 'arXiv:2305.15391',
  },
  'node-embedding-neural-hamiltonian-orbits': {
    authors: 'Kang, Zhao, Song, Wang, Tay',
    title: 'Node Embedding from Neural Hamiltonian Orbits in Graph Neural Networks',
    year: 2023,
    source: 'arXiv:2305.18965',
  },
  'nonlinear-multiple-response-regression': {
    authors: 'Tian, Wu, Feng',
    title: 'Nonlinear Multiple Response Regression and Learning of Latent Spaces',
    year: 2025,
    source: 'arXiv:2503.21608',
  },
  'nutime-numerically-multi-scaled-embedding': {
    authors: 'Lin, Wen, Cao, Huang, Bian, Lin, Wu',
    title: 'NuTime: Numerically Multi-Scaled Embedding for Large-Scale Time-Series Pretraining',
    year: 2024,
    source: 'arXiv:2310.07402',
  },
  'on-the-rankability-of-visual-embeddings': {
    authors: 'Sonthalia, Uselis, Oh',
    title: 'On the rankability of visual embeddings',
    year: 2025,
    source: 'arXiv:2507.03683',
  },
  'on-the-stepwise-nature-of-self-supervised-learning': {
    authors: 'Simon, Knutins, Ziyin, Geisz, Fetterman, Albrecht',
    title: 'On the Stepwise Nature of Self-Supervised Learning',
    year: 2023,
    source: 'arXiv:2303.15438',
  },
  optembed: {
    authors: 'Lyu, Tang, Zhu, Guo, Zhang, Tang, Liu',
    title: 'OptEmbed: Learning Optimal Embedding Table for Click-through Rate Prediction',
    year: 2022,
    source: 'arXiv:2208.04482',
  },
  'optimization-of-embeddings-storage-rag': {
    authors: 'Huerga-Pérez, Álvarez, Ferrero-Guillén, Martínez-Gutiérrez, Díez-González',
    title:
      'Optimization of embeddings storage for RAG systems using quantization and dimensionality reduction techniques',
    year: 2025,
    source: 'arXiv:2505.00105',
  },
  'parameterized-hypercomplex-multiplication': {
    authors: 'Zhang, Tay, Zhang, Chan, Luu, Hui, Fu',
    title:
      'Beyond Fully-Connected Layers with Quaternions: Parameterization of Hypercomplex Multiplications with 1/n Parameters',
    year: 2021,
    source: 'arXiv:2102.08597',
  },
  'pca-rag-principal-component-analysis': {
    authors: 'Khaledian, Ghadiridehkordi, Khaledian',
    title: 'PCA-RAG: Principal Component Analysis for Efficient Retrieval-Augmented Generation',
    year: 2025,
    source: 'arXiv:2504.08386',
  },
  'poincare-embeddings': {
    authors: 'Nickel, Kiela',
    title: 'Poincaré Embeddings for Learning Hierarchical Representations',
    year: 2017,
    source: 'arXiv:1705.08039',
  },
  'polynomial-width-set-representation': {
    authors: 'Wang, Yang, Li, Wang, Li',
    title: 'Polynomial Width is Sufficient for Set Representation with High-dimensional Features',
    year: 2023,
    source: 'arXiv:2307.04001',
  },
  'preserving-semantic-relations-zsl': {
    authors: 'Annadani, Biswas',
    title: 'Preserving Semantic Relations for Zero-Shot Learning',
    year: 2018,
    source: 'arXiv:1803.03049',
  },
  'pretraining-applicable-to-decoder': {
    authors: 'Ning, Gan, Xuan, Yokoya',
    title: 'Is Pre-training Applicable to the Decoder for Dense Prediction?',
    year: 2025,
    source: 'arXiv:2503.07637',
  },
  'push-forward-latent-geometry': {
    authors: 'Issenhuth, Tanielian, Mary, Picard',
    title: 'Unveiling the Latent Space Geometry of Push-Forward Generative Models',
    year: 2023,
    source: 'arXiv:2207.10541',
  },
  'pytorch-biggraph': {
    authors: 'Lerer, Wu, Shen, Lacroix, Wehrstedt, Bose, Peysakhovich',
    title: 'PyTorch-BigGraph: A Large-scale Graph Embedding System',
    year: 2019,
    source: 'arXiv:1903.12287',
  },
  rankme: {
    authors: 'Garrido, Balestriero, Najman, LeCun',
    title:
      'RankMe: Assessing the downstream performance of pretrained self-supervised representations by their rank',
    year: 2023,
    source: 'arXiv:2210.02885',
  },
  'redundancy-isotropy-id-prompt-embeddings': {
    authors: 'Tsukagoshi, Sasano',
    title: 'Redundancy, Isotropy, and Intrinsic Dimensionality of Prompt-based Text Embeddings',
    year: 2025,
    source: 'arXiv:2506.01435',
  },
  'relative-representations': {
    authors: 'Moschella, Maiorca, Fumero, Norelli, Locatello, Rodolà',
    title: 'Relative Representations Enable Zero-shot Latent Space Communication',
    year: 2023,
    source: 'arXiv:2209.15430',
  },
  'representation-tradeoffs-hyperbolic': {
    authors: 'De Sa, Gu, Ré, Sala',
    title: 'Representation Tradeoffs for Hyperbolic Embeddings',
    year: 2018,
    source: 'arXiv:1804.03329',
  },
  'representer-point-selection-high-dimensional': {
    authors: 'Tsai, Zhang, Chien, Yu, Hsieh, Ravikumar',
    title: 'Representer Point Selection for Explaining Regularized High-dimensional Models',
    year: 2023,
    source: 'arXiv:2305.20002',
  },
  'repurposing-language-models-compute-optimal-recipe': {
    authors: 'Ziarko, Jiang, Piotrowski, Li, Jamnik, Miłoś',
    title: 'Repurposing Language Models into Embedding Models: Finding the Compute-Optimal Recipe',
    year: 2024,
    source: 'arXiv:2406.04165',
  },
  'rethinking-positive-pairs-contrastive-learning': {
    authors: 'Wu, Atito, Feng, Mo, Kittler, Awais',
    title: 'Rethinking Positive Pairs in Contrastive Learning',
    year: 2024,
    source: 'arXiv:2410.18200',
  },
  'rie-sne': {
    authors: 'Bergsson, Hauberg',
    title: 'Visualizing Riemannian data with Rie-SNE',
    year: 2022,
    source: 'arXiv:2203.09253',
  },
  'rl-portfolio-dynamic-embedding': {
    authors: 'He, Hua, Zhou, Zheng',
    title:
      'Reinforcement-Learning Portfolio Allocation with Dynamic Embedding of Market Information',
    year: 2025,
    source: 'arXiv:2501.17992',
  },
  'robust-ai-generated-text-detection-restricted-embeddings': {
    authors: 'Kuznetsov, Tulchinskii, Kushnareva, Magai, Barannikov, Nikolenko, Piontkovskaya',
    title: 'Robust AI-Generated Text Detection by Restricted Embeddings',
    year: 2024,
    source: 'arXiv:2410.08113',
  },
  safree: {
    authors: 'Yoon, Yu, Patil, Yao, Bansal',
    title: 'SAFREE: Training-Free and Adaptive Guard for Safe Text-to-Image And Video Generation',
    year: 2024,
    source: 'arXiv:2410.12761',
  },
  samo: {
    authors: 'Ding, Zhang, Duan',
    title: 'SAMO: Speaker Attractor Multi-Center One-Class Learning for Voice Anti-Spoofing',
    year: 2023,
    source: 'arXiv:2211.02718',
  },
  'scaling-riemannian-diffusion-models': {
    authors: 'Lou, Xu, Farris, Ermon',
    title: 'Scaling Riemannian Diffusion Models',
    year: 2023,
    source: 'arXiv:2310.20030',
  },
  'seg-hgnn': {
    authors: 'Mondal, Mishra, Pandey',
    title:
      'Seg-HGNN: Unsupervised and Light-Weight Image Segmentation with Hyperbolic Graph Neural Networks',
    year: 2024,
    source: 'arXiv:2409.06589',
  },
  sesa: {
    authors: 'Bogdanova, Yazdani',
    title: 'SESA: Supervised Explicit Semantic Analysis',
    year: 2017,
    source: 'arXiv:1708.03246',
  },
  'sharper-bounds-lp-sensitivity-sampling': {
    authors: 'Woodruff, Yasuda',
    title: 'Sharper Bounds for ℓ_p Sensitivity Sampling',
    year: 2023,
    source: 'arXiv:2306.00732',
  },
  slap: {
    authors: 'Guinot, Riou, Quinton, Fazekas',
    title:
      'SLAP: Siamese Language-Audio Pretraining Without Negative Samples for Music Understanding',
    year: 2025,
    source: 'arXiv:2506.17815',
  },
  'spherical-harmonics-location-encoding': {
    authors: 'Rußwurm, Klemmer, Rolf, Zbinden, Tuia',
    title:
      'Geographic Location Encoding with Spherical Harmonics and Sinusoidal Representation Networks',
    year: 2024,
    source: 'arXiv:2310.06743',
  },
  'split-invariant-equivariant': {
    authors: 'Garrido, Najman, LeCun',
    title: 'Self-supervised learning of Split Invariant Equivariant representations',
    year: 2023,
    source: 'arXiv:2302.10283',
  },
  'starbucks-2d-matryoshka': {
    authors: 'Zhuang, Wang, Koopman, Zuccon',
    title: 'Starbucks: Improved Training for 2D Matryoshka Embeddings',
    year: 2024,
    source: 'arXiv:2410.13230',
  },
  'subspace-crossing-monitor': {
    authors: 'Winninger, Addad, Kapusta',
    title:
      'Using Mechanistic Interpretability to Craft Adversarial Attacks against Large Language Models',
    year: 2025,
    source: 'arXiv:2503.06269',
  },
  't-regs': {
    authors: 'Mordacq, Loiseaux, Kalogeiton, Oudot',
    title: 'T-REGS: Minimum Spanning Tree Regularization for Self-Supervised Learning',
    year: 2025,
    source: 'arXiv:2510.23484',
  },
  'text-and-code-embeddings-by-contrastive-pretraining': {
    authors:
      'Neelakantan, Xu, Puri, Radford, Han, Tworek, Yuan, Tezak, Kim, Hallacy, Heidecke, Shyam, Power, Eloundou Nekoul, Sastry, Krueger, Schnurr, Petroski Such, Hsu, Thompson, Khan, Sherbakov, Jang, Welinder, Weng',
    title: 'Text and Code Embeddings by Contrastive Pre-Training',
    year: 2022,
    source: 'arXiv:2201.10005',
  },
  'textual-subspace-batex': {
    authors: 'Du, Cheng, Qian, Wei, Xu, Ji',
    title: 'Efficient Personalized Text-to-image Generation by Leveraging Textual Subspace',
    year: 2024,
    source: 'arXiv:2407.00608',
  },
  'theoretical-analysis-contrastive-unsupervised-representation': {
    authors: 'Arora, Khandeparkar, Khodak, Plevrakis, Saunshi',
    title: 'A Theoretical Analysis of Contrastive Unsupervised Representation Learning',
    year: 2019,
    source: 'arXiv:1902.09229',
  },
  tldr: {
    authors: 'Kalantidis, Lassance, Almazán, Larlus',
    title: 'TLDR: Twin Learning for Dimensionality Reduction',
    year: 2022,
    source: 'arXiv:2110.09455',
  },
  'transductive-multi-view-zero-shot': {
    authors: 'Fu, Hospedales, Xiang, Gong',
    title: 'Transductive Multi-view Zero-Shot Learning',
    year: 2015,
    source: 'arXiv:1501.04560',
  },
  'understanding-embedding-scaling-collaborative-filtering': {
    authors: 'He, Zhou, Bai, Zhu, Yang',
    title: 'Understanding Embedding Scaling in Collaborative Filtering',
    year: 2025,
    source: 'arXiv:2509.15709',
  },
  'unified-embedding': {
    authors: 'Coleman, Kang, Fahrbach, Wang, Hong, Chi, Cheng',
    title: 'Unified Embedding: Battle-Tested Feature Representations for Web-Scale ML Systems',
    year: 2023,
    source: 'arXiv:2305.12102',
  },
  'unsupervised-manifold-linearizing-and-clustering': {
    authors: 'Ding, Tong, Chan, Dai, Ma, Haeffele',
    title: 'Unsupervised Manifold Linearizing and Clustering',
    year: 2023,
    source: 'arXiv:2301.01805',
  },
  vec2vec: {
    authors: 'Jha, Zhang, Shmatikov, Morris',
    title: 'Harnessing the Universal Geometry of Embeddings',
    year: 2025,
    source: 'arXiv:2505.12540',
  },
  'visualizing-deep-similarity-networks': {
    authors: 'Stylianou, Souvenir, Pless',
    title: 'Visualizing Deep Similarity Networks',
    year: 2019,
    source: 'arXiv:1901.00536',
  },
} as const satisfies Readonly<Record<string, Paper>>;

/** The other works that methods stand on, by a short name. */
export const sources = {
  'accuracy-and-stability': {
    authors: 'Higham',
    title: 'Accuracy and Stability of Numerical Algorithms',
    year: 2002,
    source: '10.1137/1.9780898718027',
  },
  'alignment-and-uniformity': {
    authors: 'Wang, Isola',
    title:
      'Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere',
    year: 2020,
    source: 'arXiv:2005.10242',
  },
  'all-but-the-top': {
    authors: 'Mu, Bhat, Viswanath',
    title: 'All-but-the-Top: Simple and Effective Postprocessing for Word Representations',
    year: 2017,
    source: 'arXiv:1702.01417',
  },
  'alpha-req': {
    authors: 'Agrawal, Mondal, Ghosh, Richards',
    title:
      'α-ReQ: Assessing Representation Quality in Self-Supervised Learning by measuring eigenspectrum decay',
    year: 2022,
    source: 'NeurIPS 35:17626-17638',
  },
  'angle-based-intrinsic-dimensionality': {
    authors: 'Thordsen, Schubert',
    title: 'ABID: Angle Based Intrinsic Dimensionality',
    year: 2020,
    source: 'arXiv:2006.12880',
  },
  'angles-in-random-packing': {
    authors: 'Cai, Fan, Jiang',
    title: 'Distributions of Angles in Random Packing on Spheres',
    year: 2013,
    source: 'arXiv:1306.0256',
  },
  'basin-hopping': {
    authors: 'Wales, Doye',
    title:
      'Global optimization by basin-hopping and the lowest energy structures of Lennard-Jones clusters containing up to 110 atoms',
    year: 1997,
    source: '10.1021/jp970984n',
  },
  'bures-wasserstein-distance': {
    authors: 'Bhatia, Jain, Lim',
    title: 'On the Bures–Wasserstein Distance between Positive Definite Matrices',
    year: 2019,
    source: 'arXiv:1712.01504',
  },
  'canonical-influence': {
    authors: 'Romanazzi',
    title: 'Influence in Canonical Correlation Analysis',
    year: 1992,
    source: 'doi:10.1007/BF02294508',
  },
  'centering-similarity-measures': {
    authors: 'Suzuki, Hara, Shimbo, Saerens, Fukumizu',
    title: 'Centering Similarity Measures to Reduce Hubs',
    year: 2013,
    source: 'ACL Anthology D13-1058',
  },
  'changes-in-community-structure': {
    authors: 'Clarke',
    title: 'Non-parametric multivariate analyses of changes in community structure',
    year: 1993,
    source: 'doi:10.1111/j.1442-9993.1993.tb00438.x',
  },
  'comments-on-maximum-likelihood-dimension': {
    authors: 'MacKay, Ghahramani',
    title:
      'Comments on "Maximum Likelihood Estimation of Intrinsic Dimension" by E. Levina and P. Bickel',
    year: 2005,
    source: 'inference.org.uk/mackay/dimension',
  },
  'cumulated-gain': {
    authors: 'Järvelin, Kekäläinen',
    title: 'Cumulated gain-based evaluation of IR techniques',
    year: 2002,
    source: 'doi:10.1145/582415.582418',
  },
  'dependence-maximization': {
    authors: 'Song, Smola, Gretton, Bedo, Borgwardt',
    title: 'Feature Selection via Dependence Maximization',
    year: 2012,
    source: 'JMLR 13:1393-1434',
  },
  'detection-of-disease-clustering': {
    authors: 'Mantel',
    title: 'The Detection of Disease Clustering and a Generalized Regression Approach',
    year: 1967,
    source: 'Cancer Research 27:209-220',
  },
  'dimensional-collapse': {
    authors: 'Jing, Vincent, LeCun, Tian',
    title: 'Understanding Dimensional Collapse in Contrastive Self-supervised Learning',
    year: 2021,
    source: 'arXiv:2110.09348',
  },
  'dip-means': {
    authors: 'Kalogeratos, Likas',
    title: 'Dip-means: an incremental clustering method for estimating the number of clusters',
    year: 2012,
    source: 'NIPS 25, 2393–2401',
  },
  'dip-test-of-unimodality': {
    authors: 'Hartigan, Hartigan',
    title: 'The Dip Test of Unimodality',
    year: 1985,
    source: 'doi:10.1214/aos/1176346577',
  },
  'directional-statistics': {
    authors: 'Mardia, Jupp',
    title: 'Directional Statistics',
    year: 2000,
    source: 'doi:10.1002/9780470316979',
  },
  'discrete-energy': {
    authors: 'Borodachov, Hardin, Saff',
    title: 'Discrete Energy on Rectifiable Sets',
    year: 2019,
    source: 'doi:10.1007/978-0-387-84808-2',
  },
  'distributing-many-points': {
    authors: 'Saff, Kuijlaars',
    title: 'Distributing many points on a sphere',
    year: 1997,
    source: '10.1007/BF03024331',
  },
  'distribution-of-plant-individuals': {
    authors: 'Hopkins, Skellam',
    title: 'A New Method for determining the Type of Distribution of Plant Individuals',
    year: 1954,
    source: 'doi:10.1093/oxfordjournals.aob.a083391',
  },
  'distributions-of-positive-mass': {
    authors: 'Björck',
    title: 'Distributions of positive mass, which maximize a certain generalized energy integral',
    year: 1956,
    source: 'doi:10.1007/BF02589412',
  },
  'eigenvalues-of-random-matrices': {
    authors: 'Marchenko, Pastur',
    title: 'Distribution of eigenvalues for some sets of random matrices',
    year: 1967,
    source: 'doi:10.1070/SM1967v001n04ABEH001994',
  },
  'energy-statistics': {
    authors: 'Székely, Rizzo',
    title: 'Energy Statistics: A Class of Statistics Based on Distances',
    year: 2013,
    source: 'doi:10.1016/j.jspi.2013.03.018',
  },
  'fast-hubness-reduction': {
    authors: 'Feldbauer, Leodolter, Plant, Flexer',
    title: 'Fast Approximate Hubness Reduction for Large High-Dimensional Data',
    year: 2018,
    source: 'doi:10.1109/ICBK.2018.00055',
  },
  'functions-of-covariance': {
    authors: 'Himeno, Yamada',
    title:
      'Estimations for some functions of covariance matrix in high dimension under non-normality and its applications',
    year: 2014,
    source: 'doi:10.1016/j.jmva.2014.04.020',
  },
  'generalized-ratios': {
    authors: 'Denti, Doimo, Laio, Mira',
    title: 'The generalized ratios intrinsic dimension estimator',
    year: 2022,
    source: 'doi:10.1038/s41598-022-20991-1',
  },
  'generalized-shape-metrics': {
    authors: 'Williams, Kunz, Kornblith, Linderman',
    title: 'Generalized Shape Metrics on Neural Representations',
    year: 2021,
    source: 'arXiv:2110.14739',
  },
  'geodesic-riesz-energy': {
    authors: 'Bilyk, Dai',
    title: 'Geodesic distance Riesz energy on the sphere',
    year: 2019,
    source: 'arXiv:1612.08442',
  },
  'geometry-of-population-responses': {
    authors: 'Stringer, Pachitariu, Steinmetz, Carandini, Harris',
    title: 'High-dimensional geometry of population responses in visual cortex',
    year: 2019,
    source: 'doi:10.1038/s41586-019-1346-5',
  },
  'homology-from-finite-approximations': {
    authors: 'Robins',
    title: 'Towards computing homology from finite approximations',
    year: 1999,
    source: 'Topology Proceedings 24:503-532',
  },
  'how-contextual': {
    authors: 'Ethayarajh',
    title:
      'How Contextual are Contextualized Word Representations? Comparing the Geometry of BERT, ELMo, and GPT-2 Embeddings',
    year: 2019,
    source: 'arXiv:1909.00512',
  },
  'hubs-in-space': {
    authors: 'Radovanović, Nanopoulos, Ivanović',
    title: 'Hubs in Space: Popular Nearest Neighbors in High-Dimensional Data',
    year: 2010,
    source: 'JMLR 11:2487-2531',
  },
  'hyperspherical-prototype-networks': {
    authors: 'Mettes, van der Pol, Snoek',
    title: 'Hyperspherical Prototype Networks',
    year: 2019,
    source: 'arXiv:1901.10514',
  },
  'insights-on-representational-similarity': {
    authors: 'Morcos, Raghu, Bengio',
    title: 'Insights on Representational Similarity in Neural Networks with Canonical Correlation',
    year: 2018,
    source: 'arXiv:1806.05759',
  },
  'intrinsic-dimensionality-of-data': {
    authors: 'Fukunaga, Olsen',
    title: 'An Algorithm for Finding Intrinsic Dimensionality of Data',
    year: 1971,
    source: 'doi:10.1109/T-C.1971.223208',
  },
  'introduction-to-information-retrieval': {
    authors: 'Manning, Raghavan, Schütze',
    title: 'Introduction to Information Retrieval',
    year: 2008,
    source: 'isbn:9780521865715',
  },
  'invariant-tests-for-uniformity': {
    authors: 'Giné',
    title: 'Invariant Tests for Uniformity on Compact Riemannian Manifolds Based on Sobolev Norms',
    year: 1975,
    source: 'doi:10.1214/aos/1176343283',
  },
  isoscore: {
    authors: 'Rudman, Gillman, Rayne, Eickhoff',
    title: 'IsoScore: Measuring the Uniformity of Embedding Space Utilization',
    year: 2021,
    source: 'arXiv:2108.07344',
  },
  'iterated-dynamic-neighborhood-search': {
    authors: 'Lai, Yue, Hao, Glover, Lü',
    title: 'Iterated dynamic neighborhood search for packing equal circles on a sphere',
    year: 2023,
    source: '10.1016/j.cor.2022.106121',
  },
  'kernel-two-sample-test': {
    authors: 'Gretton, Borgwardt, Rasch, Schölkopf, Smola',
    title: 'A Kernel Two-Sample Test',
    year: 2012,
    source: 'JMLR 13:723-773',
  },
  'largest-eigenvalue': {
    authors: 'Johnstone',
    title: 'On the distribution of the largest eigenvalue in principal components analysis',
    year: 2001,
    source: 'doi:10.1214/aos/1009210544',
  },
  'least-squares-quantization': {
    authors: 'Lloyd',
    title: 'Least squares quantization in PCM',
    year: 1982,
    source: 'doi:10.1109/TIT.1982.1056489',
  },
  'linear-classifier-probes': {
    authors: 'Alain, Bengio',
    title: 'Understanding intermediate layers using linear classifier probes',
    year: 2016,
    source: 'arXiv:1610.01644',
  },
  'local-and-global-scaling': {
    authors: 'Schnitzer, Flexer, Schedl, Widmer',
    title: 'Local and Global Scaling Reduce Hubs in Space',
    year: 2012,
    source: 'JMLR 13:2871-2902',
  },
  'maximal-coding-rate-reduction': {
    authors: 'Yu, Chan, You, Song, Ma',
    title:
      'Learning Diverse and Discriminative Representations via the Principle of Maximal Coding Rate Reduction',
    year: 2020,
    source: 'arXiv:2006.08558',
  },
  'maximizing-the-minimal-angles': {
    authors: 'Wang, Xiang, Zou, Xu',
    title:
      'MMA Regularization: Decorrelating Weights of Neural Networks by Maximizing the Minimal Angles',
    year: 2020,
    source: 'arXiv:2006.06527',
  },
  'maximum-likelihood-dimension': {
    authors: 'Levina, Bickel',
    title: 'Maximum Likelihood Estimation of Intrinsic Dimension',
    year: 2004,
    source: 'NIPS 17:777-784',
  },
  'minimal-neighborhood-dimension': {
    authors: 'Facco, d’Errico, Rodriguez, Laio',
    title: 'Estimating the intrinsic dimension of datasets by a minimal neighborhood information',
    year: 2017,
    source: 'doi:10.1038/s41598-017-11873-y',
  },
  'minimal-spanning-tree-growth': {
    authors: 'Steele',
    title: 'Growth Rates of Euclidean Minimal Spanning Trees with Power Weighted Edges',
    year: 1988,
    source: 'doi:10.1214/aop/1176991596',
  },
  'minimum-hyperspherical-energy': {
    authors: 'Liu, Lin, Liu, Liu, Yu, Dai, Song',
    title: 'Learning towards Minimum Hyperspherical Energy',
    year: 2018,
    source: 'arXiv:1805.09298',
  },
  'multineuronal-dimensionality': {
    authors: 'Gao, Trautmann, Yu, Santhanam, Ryu, Shenoy, Ganguli',
    title: 'A theory of multineuronal dimensionality, dynamics and measurement',
    year: 2017,
    source: 'doi:10.1101/214262',
  },
  'nearest-neighbor-classification': {
    authors: 'Cover, Hart',
    title: 'Nearest neighbor pattern classification',
    year: 1967,
    source: 'doi:10.1109/TIT.1967.1053964',
  },
  'nearest-neighbor-graph-clusters': {
    authors: 'Maier, Hein, von Luxburg',
    title: 'Optimal construction of k-nearest-neighbor graphs for identifying noisy clusters',
    year: 2009,
    source: 'arXiv:0912.3408',
  },
  'neural-collapse': {
    authors: 'Papyan, Han, Donoho',
    title: 'Prevalence of neural collapse during the terminal phase of deep learning training',
    year: 2020,
    source: 'arXiv:2008.08186',
  },
  'optimal-hard-threshold': {
    authors: 'Gavish, Donoho',
    title: 'The Optimal Hard Threshold for Singular Values is 4/√3',
    year: 2014,
    source: 'arXiv:1305.5870',
  },
  'orthogonal-procrustes': {
    authors: 'Schönemann',
    title: 'A Generalized Solution of the Orthogonal Procrustes Problem',
    year: 1966,
    source: 'doi:10.1007/BF02289451',
  },
  'packing-lines-and-planes': {
    authors: 'Conway, Hardin, Sloane',
    title: 'Packing lines, planes, etc.: packings in Grassmannian spaces',
    year: 1996,
    source: '10.1080/10586458.1996.10504585',
  },
  'partial-distance-correlation': {
    authors: 'Székely, Rizzo',
    title: 'Partial Distance Correlation with Methods for Dissimilarities',
    year: 2014,
    source: 'arXiv:1310.2926',
  },
  'persistence-stability': {
    authors: 'Chazal, de Silva, Oudot',
    title: 'Persistence stability for geometric complexes',
    year: 2014,
    source: 'doi:10.1007/s10711-013-9937-z',
  },
  'places-of-exit-on-pollen-grains': {
    authors: 'Tammes',
    title: 'On the origin of number and arrangement of the places of exit on pollen grains',
    year: 1930,
    source: 'Recueil des travaux botaniques néerlandais 27',
  },
  'projection-based-tests': {
    authors: 'Cuesta-Albertos, Cuevas, Fraiman',
    title: 'On projection-based tests for directional and compositional data',
    year: 2009,
    source: 'doi:10.1007/s11222-008-9098-3',
  },
  'regularized-least-squares': {
    authors: 'Rifkin, Lippert',
    title: 'Notes on Regularized Least Squares',
    year: 2007,
    source: 'hdl:1721.1/37318',
  },
  'representational-similarity-analysis': {
    authors: 'Kriegeskorte, Mur, Bandettini',
    title: 'Representational Similarity Analysis – Connecting the Branches of Systems Neuroscience',
    year: 2008,
    source: 'doi:10.3389/neuro.06.004.2008',
  },
  'retrofitting-word-vectors': {
    authors: 'Faruqui, Dodge, Jauhar, Dyer, Hovy, Smith',
    title: 'Retrofitting Word Vectors to Semantic Lexicons',
    year: 2015,
    source: 'arXiv:1411.4166',
  },
  'riemannian-adaptive-optimization': {
    authors: 'Bécigneul, Ganea',
    title: 'Riemannian adaptive optimization methods',
    year: 2019,
    source: 'arXiv:1810.00760',
  },
  ripser: {
    authors: 'Bauer',
    title: 'Ripser: efficient computation of Vietoris–Rips persistence barcodes',
    year: 2021,
    source: 'doi:10.1007/s41468-021-00071-5',
  },
  'rogue-dimensions': {
    authors: 'Timkey, van Schijndel',
    title:
      'All Bark and No Bite: Rogue Dimensions in Transformer Language Models Obscure Representational Quality',
    year: 2021,
    source: 'arXiv:2109.04404',
  },
  'sample-size-for-correlations': {
    authors: 'Bonett, Wright',
    title: 'Sample size requirements for estimating Pearson, Kendall and Spearman correlations',
    year: 2000,
    source: 'doi:10.1007/BF02294183',
  },
  'sampling-from-large-matrices': {
    authors: 'Rudelson, Vershynin',
    title: 'Sampling from large matrices: an approach through geometric functional analysis',
    year: 2007,
    source: 'arXiv:math/0503442',
  },
  'self-tuning-spectral-clustering': {
    authors: 'Zelnik-Manor, Perona',
    title: 'Self-Tuning Spectral Clustering',
    year: 2004,
    source: 'NeurIPS 17:1601-1608',
  },
  'shortest-augmenting-path': {
    authors: 'Jonker, Volgenant',
    title: 'A shortest augmenting path algorithm for dense and sparse linear assignment problems',
    year: 1987,
    source: '10.1007/BF02278710',
  },
  silhouettes: {
    authors: 'Rousseeuw',
    title: 'Silhouettes: A graphical aid to the interpretation and validation of cluster analysis',
    year: 1987,
    source: 'doi:10.1016/0377-0427(87)90125-7',
  },
  'similarity-revisited': {
    authors: 'Kornblith, Norouzi, Lee, Hinton',
    title: 'Similarity of Neural Network Representations Revisited',
    year: 2019,
    source: 'arXiv:1905.00414',
  },
  'spectrum-estimation': {
    authors: 'Kong, Valiant',
    title: 'Spectrum Estimation from Samples',
    year: 2017,
    source: 'arXiv:1602.00061',
  },
  'spherical-sliced-wasserstein': {
    authors: 'Bonet, Berg, Courty, Septier, Drumetz, Pham',
    title: 'Spherical Sliced-Wasserstein',
    year: 2023,
    source: 'arXiv:2206.08780',
  },
  'spreading-vectors': {
    authors: 'Sablayrolles, Douze, Schmid, Jégou',
    title: 'Spreading vectors for similarity search',
    year: 2019,
    source: 'arXiv:1806.03198',
  },
  'stable-anisotropic-regularization': {
    authors: 'Rudman, Eickhoff',
    title: 'Stable Anisotropic Regularization',
    year: 2023,
    source: 'arXiv:2305.19358',
  },
  'stochastic-gradient-on-manifolds': {
    authors: 'Bonnabel',
    title: 'Stochastic gradient descent on Riemannian manifolds',
    year: 2013,
    source: 'arXiv:1111.5280',
  },
  svcca: {
    authors: 'Raghu, Gilmer, Yosinski, Sohl-Dickstein',
    title:
      'SVCCA: Singular Vector Canonical Correlation Analysis for Deep Learning Dynamics and Interpretability',
    year: 2017,
    source: 'arXiv:1706.05806',
  },
  'tests-for-directions-and-orientations': {
    authors: 'Prentice',
    title: 'On invariant tests of uniformity for directions and orientations',
    year: 1978,
    source: 'doi:10.1214/aos/1176344075',
  },
  'vendi-score': {
    authors: 'Friedman, Dieng',
    title: 'The Vendi Score: A Diversity Evaluation Metric for Machine Learning',
    year: 2022,
    source: 'arXiv:2210.02410',
  },
  'why-do-better-losses': {
    authors: 'Kornblith, Chen, Lee, Norouzi',
    title: 'Why Do Better Loss Functions Lead to Less Transferable Features?',
    year: 2020,
    source: 'arXiv:2010.16402',
  },
  'word-significance': {
    authors: 'Schakel, Wilson',
    title: 'Measuring Word Significance using Distributed Representations of Words',
    year: 2015,
    source: 'arXiv:1508.02297',
  },
  'word-translation-without-parallel-data': {
    authors: 'Conneau, Lample, Ranzato, Denoyer, Jégou',
    title: 'Word Translation Without Parallel Data',
    year: 2018,
    source: 'arXiv:1710.04087',
  },
} as const satisfies Readonly<Record<string, Paper>>;

const works: Readonly<Record<keyof typeof papers | keyof typeof sources, Paper>> = {
  ...papers,
  ...sources,
};

/**
 * The reference of a method to the equation, algorithm or section that its code follows:
 * `cite('keep-your-distance', 'section 3.2')`.
 */
// @__NO_SIDE_EFFECTS__
export function cite(key: keyof typeof papers | keyof typeof sources, part: string): Reference {
  return { ...works[key], part };
}
