import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry, useLive, useSession } from '#renderer/data/hooks';
import { CallFailure } from '#renderer/data/client';
import { applyTheme, usePreferences } from '#renderer/data/preferences';
import { Skeleton } from '#renderer/kit/Face';
import { ToastPlace } from '#renderer/kit/toasts';
import { LockScreen } from '#renderer/platform/signIn/LockScreen';
import { SignIn } from '#renderer/platform/signIn/SignIn';
import { Failure } from './Failure';
import { Frame } from './Frame';
import { SessionProvider } from './session';

const SetupWizard = lazy(() => import('#renderer/platform/setup/SetupWizard').then(({ SetupWizard: Wizard }) => ({ default: Wizard })));

/** A page that is only waiting, in the shape of what comes. */
function Waiting() {
  return (
    <div className="flex h-full items-center justify-center" aria-hidden>
      <div className="flex w-80 flex-col gap-3">
        <Skeleton className="h-6 w-1/2" />
        <Skeleton />
        <Skeleton className="w-3/4" />
      </div>
    </div>
  );
}

/** Which of its faces the app shows: set-up, sign-in, locked, or the frame with a screen in it. */
export function App() {
  const { t } = useTranslation();
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => applyTheme(theme), [theme]);
  return (
    <>
      <Gate />
      <ToastPlace label={t('toast.place')} closeLabel={t('common.close')} />
    </>
  );
}

function Gate() {
  useLive();
  const client = useQueryClient();
  const status = useEntry('platform.workspaces.status', {});
  // The set-up stays while it shows the recovery key, though by then there is a session.
  const [settingUp, setSettingUp] = useState(false);
  const missing = status.data?.state === 'missing';
  const [wasMissing, setWasMissing] = useState(false);
  if (missing !== wasMissing) {
    setWasMissing(missing);
    if (missing) setSettingUp(true);
  }
  const session = useSession(status.data !== undefined && !missing);

  if (status.error !== null) return <Failure error={status.error} onRetry={() => void status.refetch()} />;
  if (status.data === undefined) return <Waiting />;
  if (missing || settingUp) {
    return (
      <Suspense fallback={<Waiting />}>
        <SetupWizard
          onDone={() => {
            setSettingUp(false);
            void client.invalidateQueries();
          }}
        />
      </Suspense>
    );
  }
  if (session.error instanceof CallFailure && session.error.code === 'session_locked') return <LockScreen />;
  if (session.error !== null) return <Failure error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === undefined) return <Waiting />;
  if (session.data === null) return <SignIn status={status.data} />;
  return (
    <SessionProvider value={session.data}>
      <Frame key={session.data.sessionId} />
    </SessionProvider>
  );
}
