import type { LinearAlgebra, MaybePromise } from '../engine.ts';
import { cholesky } from './cholesky.ts';
import { eigh, symmetricEigenvalues } from './eigh.ts';
import { qr } from './qr.ts';
import { singularValues, svd } from './svd.ts';
import type { Host } from './types.ts';

/** The decompositions on an engine that runs its operations `inOrder`. */
export function linearAlgebraOn(
  host: Host,
  inOrder: <T>(operation: () => MaybePromise<T>) => MaybePromise<T>,
): LinearAlgebra {
  return {
    eigh: (...args) => inOrder(() => eigh(host, ...args)),
    symmetricEigenvalues: (...args) => inOrder(() => symmetricEigenvalues(host, ...args)),
    svd: (...args) => inOrder(() => svd(host, ...args)),
    singularValues: (...args) => inOrder(() => singularValues(host, ...args)),
    qr: (...args) => inOrder(() => qr(host, ...args)),
    cholesky: (...args) => inOrder(() => cholesky(host, ...args)),
  };
}
