import { z } from 'zod';
import { command, job, query, role } from '../define';
import { done, fileChoice, instant, none } from '../shapes';
import { download } from './audit';

export const backups = {
  'platform.backups.create': job({
    summary: 'Write the whole workspace, still encrypted, to one file.',
    input: z.strictObject({ path: fileChoice.path }),
    output: download.omit({ rows: true }).extend({ createdAt: instant, checksum: z.string() }),
    allow: role('backup_restore', 'backup_restore', 'export'),
    rate: 'export',
    changes: ['backups'],
  }),
  'platform.backups.restore': command({
    summary: 'Put a backup in the place of a workspace that is not there. It opens with the pass phrases of its day.',
    input: z.strictObject({ ...fileChoice }),
    output: done,
    allow: { who: 'anyone', why: 'There is nobody yet. It is refused where a workspace exists, and the backup stays encrypted.' },
    rate: 'auth',
    changes: ['workspaces'],
    audited: false,
  }),
  'platform.backups.check': query({
    reads: ['backups'],
    summary: 'Check the integrity of the open workspace.',
    input: none,
    output: z.object({ intact: z.boolean(), problems: z.array(z.string()) }),
    allow: role('backup_restore', 'backup_restore'),
    rate: 'admin',
  }),
};
