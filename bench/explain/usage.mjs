// Loaded before a command: the processor time and memory that it took, as the last line of standard error.
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const used = { processor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
    process.stderr.write(`\nusage ${JSON.stringify(used)}\n`);
  });
