// The token of a mail's link, taken out of the address so that history does not hold it.
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { tokenOf } from '../arrival';

/** The token, and how to forget it. */
export function useMailToken(): [string | null, () => void] {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tokenOf(hash));
  useEffect(() => {
    if (hash !== '') void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  const forget = (): void => {
    setToken(null);
  };
  return [token, forget];
}
