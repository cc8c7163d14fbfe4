// Unit tests: logic and components in a simulated DOM; the browser itself is tested on the stack.
import { defineConfig, mergeConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['tests/**/*.test.{ts,tsx}'],
      setupFiles: ['tests/setup.ts'],
      restoreMocks: true,
      // One window for all files of a worker: a new one each, with React and MUI loaded anew, takes
      // five times what the tests do. setup.ts empties it after each test.
      isolate: false,
    },
  }),
);
