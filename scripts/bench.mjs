// Measures what Ivy promises of its speed and size on this machine, on the built program. Figures are no tests: it ends well whatever they are.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endAs, environment, node, prepare, root, runToEnd } from './prepare.mjs';

await prepare({ build: true });
endAs(await runToEnd(node, ['--import', pathToFileURL(join(root, 'scripts', 'endings.mjs')).href, join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], { env: environment, stdio: 'inherit' }));
