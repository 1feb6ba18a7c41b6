import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('peer.py', import.meta.url));

/** The widest kernels of OpenBLAS that the processor can run: by itself it does not know newer ones. */
function coreType(instructionSets) {
  if (instructionSets.includes('avx512')) return 'SkylakeX';
  return instructionSets.includes('avx2') ? 'Haswell' : undefined;
}

/** ledoh-torch in a Python of its own, or undefined where there is none. */
export async function startPeer({ python, path, instructionSets }) {
  const env = { ...process.env };
  if (path) env.PYTHONPATH = path;
  const core = coreType(instructionSets);
  if (core) env.OPENBLAS_CORETYPE = core;
  const child = spawn(python, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: name, done } = await lines.next();
  if (done) return undefined;
  return {
    name,
    /** Milliseconds of loss and gradient, and of processors: the better of one and all threads. */
    async time(loss, n, d, threads) {
      const best = { ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY };
      for (const count of new Set([1, threads])) {
        child.stdin.write(`${loss} ${n} ${d} ${count}\n`);
        const { value } = await lines.next();
        if (value === undefined) throw new Error(`The peer ended at ${loss} ${n} ${d}.`);
        const [ms, cpuMs] = value.split(' ').map(Number);
        best.ms = Math.min(best.ms, ms);
        best.cpuMs = Math.min(best.cpuMs, cpuMs);
      }
      return best;
    },
    end: () => child.kill(),
  };
}
