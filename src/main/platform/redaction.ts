import { createHmac } from 'node:crypto';
import { addressForms } from '#domain/platform/redaction/addresses';
import { defaultMinimumConfidence, detectPersonalData, type DetectOptions } from '#domain/platform/redaction/detect';
import { nameForms } from '#domain/platform/redaction/names';
import { patterns } from '#domain/platform/redaction/patterns';
import { redact, redactionLevels } from '#domain/platform/redaction/redact';
import type { NameKnowledge, PersonalDataType } from '#domain/platform/redaction/types';
import type { redaction } from '#contract/platform/redaction';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { nameKnowledge } from '#main/language/nameLists';
import { isLeadNamed } from '#main/store/admissions/knownNames';
import { deriveKey } from '#main/store/keys';

interface Choice {
  readonly types?: readonly PersonalDataType[] | undefined;
  readonly minimumConfidence?: number | undefined;
}

export function redactionHandlers({ workspace }: HandlerParts): HandlersOf<typeof redaction> {
  const knowledge = ({ store, scope }: CallContext): NameKnowledge => nameKnowledge((given, family) => isLeadNamed(store, scope, `${family} ${given}`));
  const chosen = ({ types, minimumConfidence }: Choice): DetectOptions => ({
    ...(types === undefined ? {} : { types }),
    ...(minimumConfidence === undefined ? {} : { minimumConfidence }),
  });
  return {
    'platform.redaction.detect': ({ text, ...choice }, context) => ({ matches: detectPersonalData(text, knowledge(context), chosen(choice)) }),

    'platform.redaction.redact': ({ text, level, ...choice }, context) => {
      const key = deriveKey(workspace.dataKey(), 'pseudonyms');
      return redact(text, knowledge(context), {
        level,
        digest: (value) => createHmac('sha256', key).update(value).digest('hex'),
        ...chosen(choice),
      });
    },

    'platform.redaction.patterns': () => ({
      items: [
        ...patterns.map(({ id, type, confidence, onlyNear = false }) => ({ id, type, confidence, onlyNearWords: onlyNear })),
        ...addressForms.map(({ id, confidence, near }) => ({ id, type: 'address' as const, confidence, onlyNearWords: near !== undefined })),
        ...nameForms.map(({ id, confidence }) => ({ id, type: 'name' as const, confidence, onlyNearWords: false })),
      ],
      levels: [...redactionLevels],
      defaultMinimumConfidence,
    }),
  };
}
