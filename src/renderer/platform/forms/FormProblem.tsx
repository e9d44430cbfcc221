/** What went wrong with a form as a whole. */
export function FormProblem({ message }: { readonly message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p role="alert" className="text-sm text-critical">
      {message}
    </p>
  );
}
