import type { Offline, OfflineReason } from '#contract/platform/language';

/** What happened and what to do, for each way in which a question is not answered by a model. */
const messages: Readonly<Record<OfflineReason, string>> = {
  switched_off: 'Asking a model is switched off here. An administrator can allow it under Language model.',
  no_key: 'No key for the model is set. An administrator can give one under Language model.',
  not_agreed: 'Before anything of yours leaves this machine, agree to it once under Language model.',
  preview_refused: 'Nothing was sent: the preview was not agreed to.',
  rate_limited: 'The model was asked too often just now. Try again in a minute.',
  budget_spent: 'This month’s budget for the model is spent. An administrator can raise it under Language model.',
  too_long: 'That is too long for the model. Ask about less at once.',
  offline: 'There is no connection to the model. Ivy answers from what is on this machine.',
  resting: 'The model’s server has failed several times and is left alone for a moment. Ivy tries it again by itself.',
  wrong_key: 'The model’s server does not accept the key. An administrator can give a new one under Language model.',
  no_credit: 'The account of the key has no credit left. Its owner can add some with the provider.',
  not_allowed: 'The key may not use this model. Its owner can allow it with the provider, or an administrator can choose another model.',
  model_gone: 'The server does not know this model any more. An administrator can choose another under Language model.',
  proxy: 'Something between this machine and the model answered in its place, such as a proxy or a sign-in page of the network. Ask whoever looks after the network, or check the address under Language model.',
  not_understood: 'The model’s server did not understand the request. Check the address and the model under Language model.',
  overloaded: 'The model’s server is overloaded. Try again in a minute.',
  timed_out: 'The model took too long to answer. Try again, or ask for less at once.',
  broken_off: 'The answer broke off on its way. What had come is kept; try again for the rest.',
  cut_off: 'The answer was longer than is allowed and was cut off. Ask for less at once, or have the limit raised.',
  refused: 'The model declined to answer this.',
  invalid_answer: 'The model answered in a form that Ivy could not use, twice. Ask in other words.',
  lead_refused: 'This person said no to a language model reading about them, so nothing about them was sent.',
  lead_not_asked: 'Here only those who agreed to it are told to a language model, and this person has not. It can be recorded under Consent on the lead’s page.',
  tool_loop: 'The model looked things up again and again without coming to an answer, and was stopped. Ask for something narrower.',
};

/** A reason in words. `more` says what is known beyond it, such as how long to wait. */
export function offlineBecause(reason: OfflineReason, more?: string): Offline {
  return { reason, message: more === undefined ? messages[reason] : `${messages[reason]} ${more}` };
}
