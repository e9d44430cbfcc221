import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ZipFile } from 'yazl';

/** A pool of questions in the shape of the amateur radio one: ids tell of 10 domains and 35 topics, three figures are missing. */
export function questionPool(): string {
  const groups = [6, 3, 3, 2, 4, 4, 4, 4, 2, 3];
  const rows = groups.flatMap((count, domain) =>
    Array.from({ length: count }, (_none, group) => `T${String((domain + 1) % 10)}${String.fromCharCode(65 + group)}`).flatMap((topic) =>
      Array.from({ length: 4 }, (_none, index) => {
        const id = `${topic}${String(index + 1).padStart(2, '0')}`;
        const figure = topic === 'T6C' && index < 3 ? 't-1.png' : '';
        return `${id},${String(index % 4)},"What is asked by ${id}, the ${['first', 'second', 'third', 'fourth'][index] ?? ''} of ${topic}?",[97.${String(index)}],One,Two,Three,"Four, or none",${figure},${'ABCD'.charAt(index % 4)}`;
      }),
    ),
  );
  return `id,correct,question,refs,a,b,c,d,figure,correct_letter\n${rows.join('\n')}\n`;
}

/** A small pack in Ivy's own format, as somebody writes it by hand. */
export const smallPack: Readonly<Record<string, string>> = {
  'pack.yaml': `format: 1
id: first-aid
title: First aid
version: 1.0
notice: Written for tests.
exam:
  questions: 4
  minutes: 10
  pass: 75%
domains:
  - id: burns
    title: Burns
    weight: 40
    topics:
      - id: cooling
        title: Cooling
  - id: bleeding
    title: Bleeding
    weight: 60
    topics:
      - id: pressure
        title: Pressure
      - id: shock
modules:
  - id: basics
    title: Basics
  - id: more
    title: More of it
    requires: [basics]
`,
  'modules/basics/01-cooling.md': `---
id: cooling-burns
title: Cooling a burn
topic: cooling
minutes: 3
check: [q-cool, q-minutes]
---
Hold the burn under **cool running water** for 20 minutes.
`,
  'modules/more/01-pressure.md': `---
id: direct-pressure
title: Direct pressure
topic: pressure
---
Press on the wound. Do not lift the cloth to look.
`,
  'questions/burns.yaml': `- id: q-cool
  topic: cooling
  difficulty: easy
  stem: What cools a burn?
  answers:
    - right: Cool running water
      feedback: For 20 minutes.
    - wrong: Ice
    - wrong: Butter
  explanation: Ice harms the skin once more.
- id: q-minutes
  topic: cooling
  difficulty: medium
  stem: For how many minutes?
  answer: 20
  tolerance: 2
- id: q-ice
  topic: cooling
  stem: Ice is put onto a burn.
  answer: false
`,
  'questions/bleeding.yaml': `- id: q-press
  topic: pressure
  difficulty: hard
  kind: multiple
  stem: What helps?
  answers:
    - right: Pressing
    - right: Raising the arm
    - wrong: Looking under the cloth
- id: q-word
  topic: pressure
  stem: What covers a wound?
  answer: [dressing, bandage]
`,
  'questions/more.csv': 'Id,Topic,Question,A,B,Correct\nq-shock,shock,"Pale, cold and sweating: what is it?",Shock,Sleep,A\n',
  'flashcards/cards.yaml': `- id: f1
  topic: shock
  front: Shock
  back: Too little blood reaches the organs
`,
  'labs/call.yaml': `id: call
title: Call for help
topic: shock
intro: You have a console.
prompt: "phone>"
steps:
  - task: Dial the emergency number.
    accept: ["112", "/9-?9-?9/"]
    output: Emergency, which service?
    hint: Three digits.
answers:
  - input: help
    output: Dial a number.
`,
};

/** Writes files below a folder. */
export function writeFolder(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A zip file of some files. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
