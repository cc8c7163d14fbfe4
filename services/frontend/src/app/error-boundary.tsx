// The last net: a page that breaks says so and can be loaded again.
import Box from '@mui/material/Box';
import { Component, type ReactNode } from 'react';
import { Failure } from '@/components/feedback';
import { t } from './words';

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <Box sx={{ p: 3, maxWidth: 560, mx: 'auto' }}>
        <Failure
          title={t('broke')}
          error={this.state.error}
          onRetry={() => {
            location.reload();
          }}
        />
      </Box>
    );
  }
}
