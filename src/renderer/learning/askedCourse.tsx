import { useSearch } from 'wouter';

/** The course that an address names, as links of recommendations do; without one it is that of the goal. */
export function useAskedCourse(): string | undefined {
  return new URLSearchParams(useSearch()).get('course') ?? undefined;
}
