import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { Refusal } from '#contract/errors';
import type { backups } from '#contract/platform/backups';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { extractBackup, writeBackup } from '#main/files/backup';

export function backupsHandlers(parts: HandlerParts): HandlersOf<typeof backups> {
  const { workspace, profile } = parts;
  return {
    'platform.backups.create': async ({ path }, context) => {
      const ring = workspace.keyring();
      if (ring === null) throw new Refusal('workspace_missing', 'There is no workspace to back up.');
      const createdAt = context.now();
      const day = DateTime.fromMillis(createdAt, { zone: workspace.settings().timeZone }).toFormat('yyyy-MM-dd-HHmm');
      const target = parts.files.target(`ivy-${day}.ivybackup`, path, context);
      const copy = join(profile.folder, `backup-${context.requestId}.tmp`);
      try {
        context.checkpoint(0, 2, 'Copying the workspace');
        context.store.copyTo(copy);
        context.checkpoint(1, 2, 'Writing the backup');
        // Wraps of sessions stay behind: a backup opens with a pass phrase or the recovery key.
        const kept = { ...ring, wraps: ring.wraps.filter((wrap) => wrap.kind !== 'session') };
        const about = await writeBackup(copy, target.path, { createdAt, keyring: kept }, context.signal);
        context.transact((_writer, notes) => {
          notes.detail('bytes', about.bytes);
        });
        return {
          downloadId: target.downloadId,
          name: target.name,
          bytes: statSync(target.path).size,
          path: target.shownPath,
          createdAt,
          checksum: about.sha256,
        };
      } finally {
        rmSync(copy, { force: true });
      }
    },

    'platform.backups.restore': async (input, context) => {
      if (workspace.state() !== 'missing') {
        throw new Refusal('workspace_exists', 'This profile has a workspace already. Restore into an empty folder with --profile.');
      }
      const file = parts.files.chosen(input, context);
      const draft = `${profile.workspaceFile}.new`;
      try {
        const { keyring } = await extractBackup(file.path, draft);
        workspace.adopt(draft, keyring);
      } finally {
        rmSync(draft, { force: true });
        parts.files.release(input.fileId);
      }
      return { done: true as const };
    },

    'platform.backups.check': (_input, context) => {
      const problems = context.store.problems();
      return { intact: problems.length === 0, problems };
    },
  };
}
