"""Where sessions and limits stand in Redis: written by the backend, read by the gateway."""


def session_key(session: str) -> str:
    """Key of the hash that exists for as long as the session is valid."""
    return f"groundplan:session:{session}"


def sessions_of_user_key(user: str) -> str:
    """Key of the set that holds the ids of a user's sessions."""
    return f"groundplan:sessions:{user}"


def limit_key(rule: str, caller: str) -> str:
    """Key of the counter of one caller under one rule."""
    return f"groundplan:limit:{rule}:{caller}"
