#!/usr/bin/env bash
# Commits what changed to a branch of its own and opens a pull request, or brings the open one up
# to date. Takes BRANCH, TITLE, CHANGED (paths, one a line), TARGET and GH_TOKEN; does nothing
# where nothing changed.
set -euo pipefail

mapfile -t paths <<<"$CHANGED"
git add --all -- "${paths[@]}"
if git diff --cached --quiet; then
  echo "nothing to propose"
  exit 0
fi
git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
gh auth setup-git
git switch --quiet --force-create "$BRANCH"
git commit --quiet --message "$TITLE"
git push --force origin "HEAD:refs/heads/$BRANCH"
open=$(gh pr list --head "$BRANCH" --state open --json number --jq length)
if [ "$open" = 0 ]; then
  gh pr create --head "$BRANCH" --base "$TARGET" --title "$TITLE" \
    --body "Made by run $GITHUB_RUN_ID of $GITHUB_WORKFLOW."
fi
