/** The mark: an ivy leaf. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 24 24" className="shrink-0 text-brand">
      <path
        fill="currentColor"
        d="M12 2c.9 2 2.2 3.2 4.1 3.6 1.7.4 3.2.1 4.4-.6-.2 1.900.1 3.400 1.500 5.400-2.100.3-3.600 1.200-4.300 2.800-.8 1.800-.5 3.500.4 5.300-2-.4-3.700-.1-5.100 1V22h-2v-2.500c-1.400-1.100-3.100-1.400-5.100-1 .9-1.800 1.200-3.500.4-5.300-.7-1.600-2.200-2.500-4.300-2.800 1.400-2 1.700-3.500 1.500-5.400 1.200.7 2.700 1 4.400.6C9.800 5.200 11.100 4 12 2Z"
      />
      <path stroke="var(--surface)" strokeWidth="1.100" strokeLinecap="round" fill="none" d="M12 19.500V8.500m0 5.500 3.600-2.600M12 14l-3.600-2.600" />
    </svg>
  );
}
