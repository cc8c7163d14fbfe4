#!/usr/bin/env bash
# Delivers one environment, watches its objectives, and brings back what was there where they burn.
# Takes ENVIRONMENT, CLUSTER, PROMETHEUS (the service in namespace monitoring), WATCH (seconds),
# SIGNER (who must have signed every image) and GH_TOKEN; AWS is signed in to. With GROUNDPLAN_URL and
# GROUNDPLAN_TOKEN a Groundplan is told of it. Exit code 4 and the output `returned` when it was
# brought back.
set -euo pipefail

if [ -n "${GROUNDPLAN_URL:-}" ]; then
  GROUNDPLAN_TOKEN_FILE=$(mktemp --tmpdir="${RUNNER_TEMP:-/tmp}")
  printf '%s' "${GROUNDPLAN_TOKEN:-}" >"$GROUNDPLAN_TOKEN_FILE"
  export GROUNDPLAN_TOKEN_FILE
fi
unset GROUNDPLAN_TOKEN

echo "::group::Ask who signed the images"
images=$(jq --raw-output '.images[]' "releases/$ENVIRONMENT.json")
for image in $images; do
  aws ecr get-login-password | cosign login "${image%%/*}" --username AWS --password-stdin
  cosign verify "$image" --certificate-identity "$SIGNER" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com >/dev/null
done
echo "::endgroup::"

echo "::group::Reach the cluster and the repository"
aws eks update-kubeconfig --name "$CLUSTER"
gh auth setup-git
git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
echo "::endgroup::"

echo "::group::Deliver"
./run deploy "$ENVIRONMENT" --yes
echo "::endgroup::"

echo "::group::Watch the objectives for $WATCH s"
kubectl --namespace monitoring port-forward "service/$PROMETHEUS" 9090:9090 >/dev/null &
forward=$!
trap 'kill "$forward" 2>/dev/null || true' EXIT
curl --silent --show-error --fail --output /dev/null --retry 10 --retry-delay 2 \
  --retry-connrefused http://127.0.0.1:9090/-/ready
code=0
.venv/bin/python .github/scripts/burn.py "$ENVIRONMENT" --prometheus http://127.0.0.1:9090 \
  --seconds "$WATCH" || code=$?
echo "::endgroup::"

case $code in
  0) ;;
  4)
    echo "::error::the objectives of $ENVIRONMENT burn; bringing back what was there"
    ./run rollback "$ENVIRONMENT" --yes
    echo "returned=true" >>"$GITHUB_OUTPUT"
    exit 4
    ;;
  5) echo "::warning::nobody asked $ENVIRONMENT anything; nothing was judged" ;;
  *) exit "$code" ;;
esac
