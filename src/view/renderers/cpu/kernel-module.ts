/** Kernels from their text; nothing where the page's policy or the platform has no WebAssembly with SIMD. Self-contained. */
export function kernelModule(base64: string): WebAssembly.Module | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined;
  }
}
