import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '#renderer/kit/Face';

interface Words {
  readonly title: string;
  readonly message: string;
  readonly retryLabel: string;
  readonly copyLabel: string;
}

interface PlaceProps {
  readonly children: ReactNode;
  /** Another value makes a screen that had failed begin anew. */
  readonly place: string;
}

interface Props extends PlaceProps {
  readonly words: Words;
}

interface State {
  readonly error: Error | null;
  readonly place: string;
}

class Boundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { words, children } = this.props;
    if (error === null) return children;
    return (
      <Problem
        {...words}
        details={`${error.message}\n${error.stack ?? ''}`}
        onRetry={() => {
          this.setState({ error: null });
        }}
      />
    );
  }
}

/** Catches what a screen throws while drawing, so that the frame stays usable. */
export function ErrorBoundary(props: PlaceProps) {
  const { t } = useTranslation();
  return <Boundary {...props} words={{ title: t('problem.screen'), message: t('problem.screenHint'), retryLabel: t('problem.retry'), copyLabel: t('problem.copy') }} />;
}
