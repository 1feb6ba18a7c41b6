import { folderStore } from '#files';
import type { ObjectStore } from './object-store.ts';

/** A store by its address: a folder, or `s3://bucket/prefix`. */
export function openStore(address: string): ObjectStore {
  return folderStore(address);
}
