import { Button, Result } from 'antd';
import i18next from 'i18next';
import { Component, type ErrorInfo, type ReactNode } from 'react';

/** A fault in one screen is said in words and leaves the rest of the window usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Result
        status="warning"
        title={i18next.t('brokenTitle')}
        subTitle={i18next.t('brokenText')}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {i18next.t('reload')}
          </Button>
        }
      />
    );
  }
}
