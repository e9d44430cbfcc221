// First, before any schema is made.
import './data/schemasWithoutEval';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CallFailure } from './data/client';
import { App } from './shell/App';
import { startWords } from './shell/i18n';
import './styles.css';

// Styles that libraries add while running carry the page's nonce; the policy refuses all others.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce !== undefined && nonce !== '') setNonce(nonce);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The core says when something has changed; nothing is asked for again on a guess.
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      retry: (times, error) => error instanceof CallFailure && error.code === 'unavailable' && times < 3,
    },
  },
});

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the app.');
await startWords();
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
