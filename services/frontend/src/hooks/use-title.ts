// The title of the browser's tab, from the page that is shown.
import { useEffect } from 'react';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Groundplan' : `${title} · Groundplan`;
  }, [title]);
}
