export { interference } from './support/interference.ts';
export { predictionEntropy } from './support/prediction-entropy.ts';
