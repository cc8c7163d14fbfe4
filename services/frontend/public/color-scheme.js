// Puts the chosen colours on the page before its first paint, so that a reload does not flash.
(function () {
  var chosen = 'system';
  try {
    chosen = localStorage.getItem('groundplan-mode') || 'system';
  } catch {
    // Storage is refused: the system's choice stands.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var scheme = chosen === 'system' ? (dark ? 'dark' : 'light') : chosen;
  document.documentElement.setAttribute('data-scheme', scheme);
})();
