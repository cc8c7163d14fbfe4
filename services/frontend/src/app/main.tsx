// Where the console starts: styles without inline text, providers, the page.
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import '@/theme/fonts.css';

// Rules are inserted through the CSSOM, so the content security policy needs no inline styles.
const styles = createCache({ key: 'gp', speedy: true });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <CacheProvider value={styles}>
      <App />
    </CacheProvider>
  </StrictMode>,
);
