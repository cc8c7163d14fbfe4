#!/usr/bin/env bash
# Installs what the tests need and GitHub's Ubuntu 24.04 lacks: Chromium, PostgreSQL, Node.js and Ruby
# are there. Where CI runs a skipped test counts as failed, so nothing may be missing.
set -euo pipefail

sudo apt-get update -qq
sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  fonts-liberation prometheus prometheus-alertmanager ruby wrk >/dev/null

# Tests start images and fill disks in namespaces of an ordinary user, which this Ubuntu forbids.
sudo sysctl --quiet --write kernel.apparmor_restrict_unprivileged_userns=0
