import { during, session } from './session.ts';

/** Opens files one after another, each as a table. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    await during(`Open ${file.name}`, (signal, onProgress) =>
      session().open(file, { signal, onProgress }),
    );
  }
}
