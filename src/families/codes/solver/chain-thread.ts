import { workerData } from 'node:worker_threads';
import { type ChainWork, serve } from './chain-worker.ts';

await serve(workerData as ChainWork);
