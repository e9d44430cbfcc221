import { createContext, useContext } from 'react';
import type { Session } from '#contract/platform/sessions';
import type { Permission } from '#domain/platform/roles';
import { roleGrants } from '#domain/platform/roles';

const Signed = createContext<Session | null>(null);

export const SessionProvider = Signed.Provider;

/** Who is signed in. Only screens inside the frame may ask. */
export function useSignedIn(): Session {
  const session = useContext(Signed);
  if (session === null) throw new Error('A screen was drawn without a session.');
  return session;
}

/** Whether the person may do something, so that a screen need not offer what would be refused. The core decides again. */
export function useMay(permission: Permission): boolean {
  return useSignedIn().permissions.includes(permission);
}

/** Whether there are leads here, and the person works with them. */
export function useMayUseLeads(): boolean {
  const { user, workspace } = useSignedIn();
  return workspace.kind !== 'learning' && roleGrants[user.role].resources.lead_data !== undefined;
}
