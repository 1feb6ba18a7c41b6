/** A promise that is settled from outside. */
export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(cause: Error): void;
}

/** A promise whose failure may stay unheard. */
export function deferred(): Deferred {
  const own: Partial<Pick<Deferred, 'resolve' | 'reject'>> = {};
  const promise = new Promise<void>((resolve, reject) => {
    own.resolve = resolve;
    own.reject = reject;
  });
  promise.catch(() => {});
  return { promise, resolve: () => own.resolve?.(), reject: (cause) => own.reject?.(cause) };
}
