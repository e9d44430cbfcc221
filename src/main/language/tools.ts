import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import type { Role } from '#domain/platform/roles';
import type { Entry } from '#contract/define';
import { type EntryName, findEntry } from '#contract/index';
import { permits } from '#main/app/dispatch';


/** An entry as a model sees it. */
export interface OfferedTool {
  readonly entry: EntryName;
  readonly definition: Anthropic.Tool;
  /** Whether a person must say yes before each use: whatever changes something or takes data out in bulk. */
  readonly needsYes: boolean;
  readonly summary: string;
}

/** Areas whose entries may be tools at all. Users, settings, keys, backups and the gateway itself never are. */
const areas = /^(?:admissions|learning|models)\./;

const toolName = (entry: string): string => entry.replaceAll('.', '__');

function inputSchema(entry: Entry): Anthropic.Tool.InputSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(entry.input, { io: 'input', unrepresentable: 'any' });
  return { ...schema, type: 'object' };
}

/**
 * The tools of a question: of the entries that its feature names, those that the asker’s own role may call. Jobs are none, because nobody
 * would wait for them.
 */
export function offeredTools(names: readonly EntryName[], role: Role): Map<string, OfferedTool> {
  const tools = new Map<string, OfferedTool>();
  for (const name of names) {
    const entry = findEntry(name);
    if (entry === undefined || !areas.test(name) || entry.kind === 'job' || permits(role, entry) === null) continue;
    tools.set(toolName(name), {
      entry: name,
      needsYes: entry.kind !== 'query' || entry.audited,
      summary: entry.summary,
      definition: { name: toolName(name), description: entry.summary, input_schema: inputSchema(entry) },
    });
  }
  return tools;
}
