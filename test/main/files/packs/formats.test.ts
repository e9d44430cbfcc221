import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { proposeBlueprint } from '#domain/learning/courses/blueprint';
import { checkPack } from '#domain/learning/courses/check';
import { openPack } from '#main/files/packs/openPack';
import { temporaryFolder } from '#test/support/app';
import { zipOf } from '#test/support/coursePacks';

async function read(name: string, content: string | Buffer) {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const { draft, format } = await openPack({ path, name, maximumBytes: 1e9 }, noCheckpoint);
  const { blueprint, topics, cardTopics } = proposeBlueprint(draft, name);
  const { pack, problems, rejected } = checkPack(draft, blueprint, topics, cardTopics);
  return { format, ...pack, problems: problems.map(({ file, line, reason }) => `${file}:${String(line)} ${reason.key.replace('courses.problems.', '')}`), rejected, unsupported: draft.unsupported };
}

const asked = ({ kind, stem, options }: { kind: string; stem: string; options: readonly { text: string; correct: boolean; tolerance: number | null }[] }): string =>
  `${kind}: ${stem} [${options.map(({ text, correct, tolerance }) => `${correct ? '+' : '-'}${text}${tolerance === null ? '' : `±${String(tolerance)}`}`).join(' ')}]`;

describe('Moodle GIFT', () => {
  it('is read as Moodle documents it, each question for itself', async () => {
    const found = await read(
      'questions.txt',
      String.raw`$CATEGORY: $course$/top/Default for X/Radio/Antennas

// [id:g-1] [tag:easy]
::Grant:: [markdown]Who is buried in *Grant's tomb*?{
=Grant
~No one#Look inside.
~Napoleon \{not he\}
####He is.}

Two plus two {=4 =four}

The Sun is a star.{T#It is.#Right.}

Pi?{#3.14:0.01}

From one to five?{#1..5}

Which are even?{~%50%2 ~%50%4 ~%-100%5}

Pair them {=a -> 1 =b -> 2 =c -> 3}

Tell us about it {}

Broken { =a ~b

<b>HTML</b> &amp; <script>alert(1)</script>more?{=yes ~no}
`,
    );
    expect(found.format).toBe('gift');
    expect(found.questions.map(asked)).toEqual([
      "single: Who is buried in *Grant's tomb*? [+Grant -No one -Napoleon {not he}]",
      'short: Two plus two [+4 +four]',
      'truefalse: The Sun is a star. [+True -False]',
      'numeric: Pi? [+3.14±0.01]',
      'numeric: From one to five? [+3±2]',
      'multiple: Which are even? [+2 +4 -5]',
      'single: **HTML** & more? [+yes -no]',
    ]);
    expect(found.questions[0]).toMatchObject({ id: 'g-1', difficulty: 'easy', topic: 'Antennas', explanation: 'He is.' });
    // The first remark is for those who were wrong.
    expect(found.questions[2]?.options.map(({ feedback }) => feedback)).toEqual(['Right.', 'It is.']);
    expect(found.unsupported).toEqual({ matching: 1, essay: 1 });
    expect(found.problems).toEqual(['questions.txt:24 notGift']);
    expect(found.rejected).toBe(3);
    expect(found.domains).toMatchObject([{ code: 'Radio', topics: [{ code: 'Antennas' }] }]);
  });
});

describe('Aiken', () => {
  it('is read, and a forgotten answer is told with its line', async () => {
    const found = await read('quiz.txt', 'What is 2 + 2?\nA. 3\nB. 4\nANSWER: B\n\nForgotten?\nA) x\nB) y\n\nWhich two?\nA) one\nB) two\nC) three\nANSWER: A, B\n\nStrange?\nA. 1\nB. 2\nANSWER: D\n');
    expect(found.format).toBe('aiken');
    expect(found.questions.map(asked)).toEqual(['single: What is 2 + 2? [-3 +4]', 'multiple: Which two? [+one +two -three]']);
    expect(found.problems).toEqual(['quiz.txt:6 aikenNoAnswer', 'quiz.txt:19 badAnswer']);
  });
});

describe('Moodle XML', () => {
  const moodle = (inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${inside}\n</quiz>\n`;

  it('is read by type, and what is not asked is counted by its name', async () => {
    const found = await read(
      'bank.xml',
      moodle(`<question type="category"><category><text>$course$/top/Radio/Waves</text></category></question>
<question type="multichoice"><name><text>W1</text></name><questiontext format="html"><text><![CDATA[<p>How <em>fast</em> is light?</p><p><img src="@@PLUGINFILE@@/a.png" alt="a prism"></p>]]></text></questiontext>
  <generalfeedback format="html"><text><![CDATA[<p>By definition.</p>]]></text></generalfeedback><single>true</single>
  <answer fraction="100" format="html"><text>300,000 km/s</text><feedback format="html"><text>Yes.</text></feedback></answer><answer fraction="50"><text>3 km/s</text></answer>
  <tags><tag><text>hard</text></tag></tags></question>
<question type="multichoice"><name><text>W2</text></name><questiontext format="html"><text>Which carry news?</text></questiontext><single>false</single>
  <answer fraction="50"><text>Radio</text></answer><answer fraction="50"><text>Light</text></answer><answer fraction="-100"><text>Neither</text></answer></question>
<question type="truefalse"><name><text>W3</text></name><questiontext format="plain_text"><text>Waves bend.</text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="numerical"><name><text>W4</text></name><idnumber>num-4</idnumber><questiontext format="markdown"><text>\`c\` in Mm/s?</text></questiontext><answer fraction="100"><text>299.8</text><tolerance>0.1</tolerance></answer></question>
<question type="shortanswer"><name><text>W5</text></name><questiontext format="html"><text>A unit?</text></questiontext><answer fraction="100"><text>hertz</text></answer><answer fraction="50"><text>cycle</text></answer></question>
<question type="matching"><name><text>W6</text></name></question>
<question type="cloze"><name><text>W7</text></name></question>
<question type="matching"><name><text>W8</text></name></question>
<question type="multichoice"><name><text>W9</text></name><questiontext><text>None right?</text></questiontext><single>true</single><answer fraction="0"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>`),
    );
    expect(found.format).toBe('moodle');
    expect(found.questions.map(asked)).toEqual([
      'single: How *fast* is light?\n\n![a prism]() [+300,000 km/s -3 km/s]',
      'multiple: Which carry news? [+Radio +Light -Neither]',
      'truefalse: Waves bend. [+True -False]',
      'numeric: `c` in Mm/s? [+299.8±0.1]',
      'short: A unit? [+hertz]',
    ]);
    expect(found.questions[0]).toMatchObject({ id: 'W1', difficulty: 'hard', topic: 'Waves', explanation: 'By definition.', flagged: 'Picture: a prism' });
    expect(found.questions[3]?.id).toBe('num-4');
    expect(found.unsupported).toEqual({ matching: 2, cloze: 1 });
    expect(found).toMatchObject({ rejected: 4, problems: ['bank.xml:16 noRightAnswer'] });
  });

  it('is refused with its line where it is broken, and where it defines entities', async () => {
    await expect(read('bank.xml', moodle('<question type="essay">\n</quest>'))).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringContaining('line 4') as string });
    const bomb = '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<quiz>&b;</quiz>';
    await expect(read('bank.xml', bomb)).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringContaining('entities') as string });
    await expect(read('page.xml', '<html><body/></html>')).rejects.toMatchObject({ message: expect.stringContaining('<html>') as string });
  });
});

describe('QTI 2', () => {
  const item = (id: string, declaration: string, body: string): string => `<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="${id}" title="${id}">
<responseDeclaration identifier="RESPONSE" ${declaration}</responseDeclaration>
<itemBody>${body}</itemBody><modalFeedback identifier="f" outcomeIdentifier="FEEDBACK" showHide="show"><p>Because.</p></modalFeedback></assessmentItem>`;
  const single = item('choice', 'cardinality="single" baseType="identifier"><correctResponse><value>B</value></correctResponse>', '<p>Look at the <b>text</b>.</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>What does it say?</prompt><simpleChoice identifier="A">Stop<feedbackInline>No.</feedbackInline></simpleChoice><simpleChoice identifier="B">Go</simpleChoice></choiceInteraction>');
  const several = item('several', 'cardinality="multiple" baseType="identifier"><correctResponse><value>H</value><value>O</value></correctResponse>', '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>What is in water?</prompt><simpleChoice identifier="H">Hydrogen</simpleChoice><simpleChoice identifier="O">Oxygen</simpleChoice><simpleChoice identifier="C">Carbon</simpleChoice></choiceInteraction>');
  const entry = item('entry', 'cardinality="single" baseType="string"><correctResponse><value>York</value></correctResponse><mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york city" mappedValue="0.5"/></mapping>', '<p>The duke of <textEntryInteraction responseIdentifier="RESPONSE"/> marched.</p>');
  const order = item('order', 'cardinality="ordered" baseType="identifier"><correctResponse><value>a</value></correctResponse>', '<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">a</simpleChoice></orderInteraction>');

  it('is read from a package, and other interactions are counted', async () => {
    const found = await read('package.zip', await zipOf({ 'imsmanifest.xml': '<manifest/>', 'items/a.xml': single, 'items/b.xml': several, 'items/c.xml': entry, 'items/d.xml': order, 'items/e.xml': '<assessmentItem>', 'images/a.png': 'x' }));
    expect(found.format).toBe('qti');
    expect(found.questions.map(asked)).toEqual(['single: Look at the **text**.\n\nWhat does it say? [-Stop +Go]', 'multiple: What is in water? [+Hydrogen +Oxygen -Carbon]', 'short: The duke of _____ marched. [+York +york city]']);
    expect(found.questions[0]).toMatchObject({ id: 'choice', explanation: 'Because.' });
    expect(found).toMatchObject({ unsupported: { orderInteraction: 1 }, rejected: 2, problems: ['items/e.xml:1 brokenXml'] });
  });

  it('is read from one file, and an older one is named', async () => {
    expect((await read('item.xml', single)).questions).toHaveLength(1);
    await expect(read('old.xml', '<questestinterop><item/></questestinterop>')).rejects.toMatchObject({ message: expect.stringContaining('QTI 1.2') as string });
  });
});

describe('Anki', () => {
  function collection(fill: (database: Database.Database) => void): Buffer {
    const database = new Database(':memory:');
    database.exec('create table notes (id integer primary key, guid text, mid integer, flds text); create table cards (id integer primary key, nid integer, did integer, ord integer)');
    fill(database);
    const bytes = database.serialize();
    database.close();
    return bytes;
  }
  const cards = (database: Database.Database): void => {
    database.exec(`insert into notes values (1, 'g1', 10, 'Capital of France?' || char(31) || '<b>Paris</b><img src="x.png" alt="map">' || char(31) || ''), (2, 'g2', 20, 'The {{c1::Rhine}} flows to the {{c2::North Sea::which sea}}.' || char(31) || 'A river.'), (3, 'g3', 99, 'lost');
      insert into cards values (1, 1, 5, 0), (2, 1, 5, 1), (3, 2, 6, 0), (4, 2, 6, 1), (5, 3, 6, 0)`);
  };
  const expected = [
    ['Capital of France?', '**Paris**![map]()'],
    ['**Paris**![map]()', 'Capital of France?'],
    ['The […] flows to the North Sea.', 'The Rhine flows to the North Sea.\n\nA river.'],
    ['The Rhine flows to the [which sea].', 'The Rhine flows to the North Sea.\n\nA river.'],
  ];

  it('gives each card as a flashcard, gaps and reversed ones too', async () => {
    const old = collection((database) => {
      const models = {
        10: { type: 0, flds: [{ name: 'Front', ord: 0 }, { name: 'Back', ord: 1 }, { name: 'Extra', ord: 2 }], tmpls: [{ qfmt: '{{Front}}{{#Extra}}<i>{{Extra}}</i>{{/Extra}}', afmt: '{{FrontSide}}<hr id=answer>{{Back}}', ord: 0 }, { qfmt: '{{Back}}', afmt: '{{FrontSide}}<hr id=answer>{{hint:Front}}', ord: 1 }] },
        20: { type: 1, flds: [{ name: 'Text', ord: 0 }, { name: 'Extra', ord: 1 }], tmpls: [{ qfmt: '{{cloze:Text}}', afmt: '{{cloze:Text}}', ord: 0 }] },
      };
      database.exec('create table col (models text, decks text)');
      database.prepare('insert into col values (?, ?)').run(JSON.stringify(models), JSON.stringify({ 5: { name: 'World::Capitals' }, 6: { name: 'World::Rivers' } }));
      cards(database);
    });
    const found = await read('world.apkg', await zipOf({ 'collection.anki2': old, media: '{}', 0: 'x' }));
    expect(found.format).toBe('anki');
    expect(found.flashcards.map(({ front, back }) => [front, back])).toEqual(expected);
    expect(found.flashcards.map(({ id, topic }) => `${id} ${topic ?? ''}`)).toEqual(['g1:0 Capitals', 'g1:1 Capitals', 'g2:0 Rivers', 'g2:1 Rivers']);
    expect(found).toMatchObject({ unsupported: { 'unknown note type': 1 }, problems: ['world.apkg:0 pictures'] });
  });

  it('is read from packages of newer versions too', async () => {
    const text = (field: number, value: string): Buffer => Buffer.concat([Buffer.from([field * 8 + 2, Buffer.byteLength(value)]), Buffer.from(value)]);
    const now = collection((database) => {
      database.exec('create table notetypes (id integer primary key, name text, config blob); create table fields (ntid integer, ord integer, name text); create table templates (ntid integer, ord integer, name text, config blob); create table decks (id integer primary key, name text)');
      database.prepare('insert into notetypes values (10, ?, ?), (20, ?, ?)').run('Basic', Buffer.alloc(0), 'Cloze', Buffer.from([8, 1]));
      database.exec("insert into fields values (10, 1, 'Back'), (10, 0, 'Front'), (10, 2, 'Extra'), (20, 0, 'Text'), (20, 1, 'Extra')");
      const template = database.prepare('insert into templates values (?, ?, ?, ?)');
      template.run(10, 0, 'Card 1', Buffer.concat([text(1, '{{Front}}'), text(2, '{{FrontSide}}<hr>{{Back}}')]));
      template.run(10, 1, 'Card 2', Buffer.concat([text(1, '{{Back}}'), text(2, '{{Front}}')]));
      database.exec("insert into decks values (5, 'World' || char(31) || 'Capitals'), (6, 'World' || char(31) || 'Rivers')");
      cards(database);
    });
    const found = await read('world.apkg', await zipOf({ 'collection.anki21b': zstdCompressSync(now), 'collection.anki2': 'Please update', media: '{}' }));
    expect(found.flashcards.map(({ front, back }) => [front, back])).toEqual(expected);
    await expect(read('world.apkg', await zipOf({ 'collection.anki2': 'not a database' }))).rejects.toMatchObject({ code: 'unreadable_file' });
  });
});

describe('a table', () => {
  it('is understood in any order of columns, with answers as letters, numbers or words', async () => {
    const letters = await read('a.csv', 'Topic,Answer,Option B,Question,Option A\nX,b,two,Which?,one\nX,"A, B",two,Both?,one\n');
    expect(letters.questions.map(asked)).toEqual(['single: Which? [-one +two]', 'multiple: Both? [+one +two]']);
    const fromOne = await read('b.csv', 'Question;1;2;3;Correct\nWhich?;x;y;z;3\nAnd?;x;y;;1\n');
    expect(fromOne.questions.map(asked)).toEqual(['single: Which? [-x -y +z]', 'single: And? [+x -y]']);
    const words = await read('c.tsv', 'question\ta\tb\tcorrect answer\nWhich?\tThis\tThat\tthat\nWrong?\tThis\tThat\tOther\n');
    expect(words.questions.map(asked)).toEqual(['single: Which? [-This +That]']);
    expect(words).toMatchObject({ problems: ['c.tsv:3 badAnswer'], rejected: 1 });
    const kinds = await read('d.csv', 'Question,Kind,A,B,Correct\nWhich?,mc,x,y,A\nOrder?,ordering,x,y,A\nWord?,,,,hertz | Hz\n');
    expect(kinds.questions.map(asked)).toEqual(['single: Which? [+x -y]', 'short: Word? [+hertz +Hz]']);
    expect(kinds.unsupported).toEqual({ ordering: 1 });
  });

  it('says which column is missing', async () => {
    expect((await read('a.csv', 'Name,Age\nx,1\n')).problems).toEqual(['a.csv:1 courses.mapping.noStem']);
    expect((await read('a.csv', 'Question,A,B\nx,1,2\n')).problems).toEqual(['a.csv:1 courses.mapping.noAnswer']);
  });

  it('in another encoding keeps its letters', async () => {
    const found = await read('latin.csv', Buffer.from('Question,A,B,Correct\nWelche Stra\xdfe f\xfchrt nach K\xf6ln?,Die n\xe4chste,Keine,A\n', 'latin1'));
    expect(found.questions.map(asked)).toEqual(['single: Welche Straße führt nach Köln? [+Die nächste -Keine]']);
  });
});
