import { runJob } from '#renderer/data/jobs';
import { tellFailure } from '#renderer/shell/tellFailure';

/** Writes the rows that were not taken to a file, each with its line and reason. */
export async function saveProblems(importId: string): Promise<void> {
  try {
    const { downloadId, name } = await runJob('admissions.imports.problems', { importId });
    await window.ivy.saveDownload(downloadId, name);
  } catch (error) {
    tellFailure(error);
  }
}
