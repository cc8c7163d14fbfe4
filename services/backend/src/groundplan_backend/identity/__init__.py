"""Who may sign in, and who is signed in: users, sessions, tokens and their keys."""
