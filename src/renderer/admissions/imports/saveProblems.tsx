import { messageOf } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';
import { toast } from '#renderer/kit/toasts';

/** Writes the rows that were not taken to a file, each with its line and reason. */
export async function saveProblems(importId: string): Promise<void> {
  try {
    const { downloadId, name } = await runJob('admissions.imports.problems', { importId });
    await window.ivy.saveDownload(downloadId, name);
  } catch (error) {
    toast({ title: messageOf(error), tone: 'bad' });
  }
}
