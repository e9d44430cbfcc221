import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { temporaryFolder, workspaceApp } from '#test/support/app';
import { smallPack, writeFolder, zipOf } from '#test/support/coursePacks';

function fileOf(name: string, content: string | Buffer): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const packWith = (changes: Readonly<Record<string, string | Buffer>>): string => writeFolder(temporaryFolder(), { ...smallPack, ...changes });

/** A zip file with an entry of another name than any program would write: the name is put in its place in both directories. */
async function zipNaming(name: string): Promise<Buffer> {
  const stand = 'x'.repeat(name.length);
  const bytes = await zipOf({ 'pack.yaml': 'format: 1\n', [stand]: 'harm' });
  return Buffer.from(bytes.toString('latin1').replaceAll(stand, name), 'latin1');
}

/** A zip file of so many megabytes of nothing. */
async function zipBomb(megabytes: number): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(smallPack['pack.yaml']!), 'pack.yaml');
  zip.addBuffer(Buffer.alloc(megabytes * 1_048_576), 'questions/a.yaml');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('a file that is no course', () => {
  it('is refused with what to do, and nothing is left of it', async () => {
    const { owner } = await workspaceApp();
    const refused = async (name: string, content: string | Buffer): Promise<string> => {
      const error = await owner.refused('learning.courses.import', { path: fileOf(name, content) });
      expect(['unreadable_file', 'too_large'], error.message).toContain(error.code);
      return error.message;
    };
    const whole = await zipOf(smallPack);
    expect(await refused('a.ivypack', whole.subarray(0, whole.length - 30))).toContain('damaged or was cut short');
    expect(await refused('a.ivypack', 'PK\u0003\u0004 and then nothing')).toContain('damaged');
    expect(await refused('a.ivypack', await zipOf({ 'letter.txt': 'Dear all' }))).toContain('no pack.yaml');
    expect(await refused('a.ivypack', await zipNaming('../../evil.yaml'))).toContain('outside itself');
    expect(await refused('a.ivypack', await zipNaming('/etc/cron.d/a.yaml'))).toContain('outside itself');
    expect(await refused('bomb.ivypack', await zipBomb(40))).toContain('would unpack to more than');
    expect(await refused('empty.csv', '')).toContain('empty');
    expect(await refused('photo.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0, 0]))).toContain('no text file');
    expect(await refused('a.csv', 'Question,A,B,Correct\n')).toContain('no question, card or section');
    expect((await owner.refused('learning.courses.import', { path: '/nowhere/at/all.csv' })).code).toBe('not_found');
    expect((await owner.call('learning.courses.list')).items).toEqual([]);
  });

  it('is refused where it is larger than the settings allow', async () => {
    const { owner } = await workspaceApp();
    await owner.call('platform.settings.update', { maximumImportMegabytes: 1 });
    const path = fileOf('a.csv', 'x');
    truncateSync(path, 2 * 1_048_576);
    expect(await owner.refused('learning.courses.preview', { path })).toMatchObject({ code: 'too_large', message: expect.stringContaining('raise the limit') as string });
  });
});

describe('a pack with faults', () => {
  it.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
    ['modules in a circle', { 'pack.yaml': smallPack['pack.yaml']!.replace('title: Basics', 'title: Basics\n    requires: [more]') }, 'pack.yaml, line 25: Modules require each other in a circle: basics → more → basics.'],
    ['a module that is not there', { 'pack.yaml': smallPack['pack.yaml']!.replace('[basics]', '[basix]') }, 'pack.yaml, line 27: There is no module basix to require.'],
    ['equal topics', { 'pack.yaml': smallPack['pack.yaml']!.replace('- id: shock', '- id: cooling') }, 'pack.yaml: Two topics have the id cooling.'],
    ['no format', { 'pack.yaml': smallPack['pack.yaml']!.replace('format: 1\n', '') }, 'The first line is “format: 1”'],
    ['a pass mark that nobody can reach', { 'pack.yaml': smallPack['pack.yaml']!.replace('75%', '5') }, 'pack.yaml, line 9: pass is a number of questions'],
    ['YAML that is none', { 'questions/burns.yaml': '- id: a\n  stem: "never closed\n' }, 'questions/burns.yaml, line 3: The file is not YAML'],
    ['another encoding', { 'questions/burns.yaml': Buffer.from('- id: a\n  stem: Stra\xdfe?\n', 'latin1') }, 'questions/burns.yaml, line 1: The file is not UTF-8'],
  ])('%s is refused as a whole, with the line', async (_name, changes, message) => {
    const { owner } = await workspaceApp();
    const path = packWith(changes);
    expect((await owner.refused('learning.courses.import', { path })).message).toContain(message);
    // A look into it tells the same, and more of it.
    expect((await owner.call('learning.courses.preview', { path })).problems.some(({ severity }) => severity === 'fatal')).toBe(true);
    expect((await owner.call('learning.courses.list')).items).toEqual([]);
  });

  it('leaves out what cannot be asked, each with its file and line', async () => {
    const { owner } = await workspaceApp();
    const path = packWith({
      'questions/burns.yaml': `- id: q-cool
  topic: cooling
  stem: What cools a burn?
  answers:
    - wrong: Ice
    - wrong: Butter
- id: q-minutes
  topic: cooling
  stem: ${'long '.repeat(210_000)}
  answer: 20
- id: q-press
  topic: pressure
  stem: Twice?
  answer: true
- id: q-lost
  topic: nowhere
  stem: Where?
  answer: true
- id: q-map
  topic: cooling
  kind: hotspot
  stem: Where on the picture?
- id: q-alias
  topic: cooling
  stem: One or the other?
  answers:
    - right: Both
      wrong: Both
    - wrong: Same
    - wrong: Same
  explantion: Misspelt.
- id: q-html
  topic: cooling
  stem: <script>alert(1)</script> <b>Which</b> ![plan](plan.png)?
  answer: true
`,
    });
    const { problems, rejected, unsupported } = await owner.call('learning.courses.preview', { path });
    const said = problems.map(({ file, line, severity, reason }) => `${file.replace('questions/', '')}:${String(line)} ${severity}: ${reason}`);
    expect(said).toEqual([
      'modules/basics/01-cooling.md:1 warning: There is no question q-cool to check with; it was left out.',
      'modules/basics/01-cooling.md:1 warning: There is no question q-minutes to check with; it was left out.',
      'burns.yaml:1 rejected: No answer is marked as right.',
      'burns.yaml:7 rejected: A text is longer than 50,000 characters. Shorten it, or move it into a section.',
      'burns.yaml:11 rejected: The id q-press is taken already in questions/bleeding.yaml, line 1.',
      'burns.yaml:15 rejected: There is no topic nowhere in the blueprint.',
      'burns.yaml:27 rejected: An answer is either right: or wrong:.',
      'burns.yaml:31 warning: Nothing is called explantion here; it was passed over.',
    ]);
    expect(rejected).toBe(6);
    expect(unsupported).toEqual([{ type: 'hotspot', count: 1 }]);
    // Markup in a stem is words like any others; a question about a picture is kept out of exams.
    const { courseId, flagged } = await owner.call('learning.courses.import', { path });
    expect(flagged).toBe(1);
    expect((await owner.call('learning.questions.list', { courseId, flagged: true })).items).toMatchObject([{ stem: '<script>alert(1)</script> <b>Which</b> ![plan](plan.png)?', flagged: 'Picture: plan' }]);
  });
});

describe('an import that is stopped half-way', () => {
  it('leaves the course as it was', async () => {
    const { owner, app } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packWith({}) });
    const before = await owner.call('learning.courses.get', { id: courseId });
    const path = packWith({ 'questions/burns.yaml': smallPack['questions/burns.yaml']!.replace('What cools', 'What really cools') });
    const stop = new AbortController();
    const answer = app.call(
      { entry: 'learning.courses.import', input: { path }, token: owner.token(), door: 'cli', connection: 'test', requestId: 'r', wait: true },
      {
        signal: stop.signal,
        onProgress: ({ done }) => {
          if (done >= 60) stop.abort();
        },
      },
    );
    expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await owner.call('learning.courses.get', { id: courseId })).toEqual(before);
  });

  it('leaves nothing where the disk is full', async () => {
    const { owner, app } = await workspaceApp();
    const store = app.inside.workspace.store();
    store.limitPages(store.pages() + 4);
    const rows = Array.from({ length: 3_000 }, (_none, index) => `Is ${String(index)} larger than ${String(index - 1)}?,Yes,No,A`);
    const path = fileOf('many.csv', `Question,A,B,Correct\n${rows.join('\n')}\n`);
    expect((await owner.refused('learning.courses.import', { path })).code).toBe('storage_full');
    store.limitPages(1_000_000);
    expect((await owner.call('learning.courses.list')).items).toEqual([]);
    expect(await owner.call('learning.courses.import', { path })).toMatchObject({ questions: 3_000 });
  });
});
