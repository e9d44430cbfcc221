import type { Question } from '#test/support/questions';

/** About the chance that a model says, beside that of the rules. */
export const modelQuestions: readonly Question[] = [
  { ask: 'leads with a model chance above 60%', filter: { field: 'modelChance', moreThan: 0.6 } },
  { ask: 'predicted chance of at least 70% from UCAS', filter: { all: [{ field: 'modelChance', atLeast: 0.7 }, { field: 'source', is: 'UCAS' }] } },
  { ask: 'model confidence below 50%', filter: { field: 'modelConfidence', lessThan: 0.5 } },
  { ask: 'top 10 most likely to enrol by the model', sort: ['modelChance', 'descending'], limit: 10 },
  { ask: 'sorted by model chance', sort: ['modelChance', 'descending'] },
];
