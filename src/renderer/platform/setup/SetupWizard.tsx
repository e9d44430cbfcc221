export function SetupWizard({ onDone }: { readonly onDone: () => void }) { return <button onClick={onDone}>ok</button>; }
