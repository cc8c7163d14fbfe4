// The current time as a value that moves, for ages on the page.
import { useEffect, useState } from 'react';

/** The time in milliseconds, renewed every `interval` milliseconds while the page is visible. */
export function useNow(interval = 5_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = (): void => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    };
    const timer = setInterval(tick, interval);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [interval]);
  return now;
}
