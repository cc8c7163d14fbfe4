// The width of an element in CSS pixels, kept while it changes.
import { useCallback, useState } from 'react';

/** A ref callback to put on the element, and its width (0 until measured). */
export function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(0);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const entry = entries[0];
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
  }, []);
  return [measure, width];
}
