#!/bin/sh
# Builds librdkafka from the source that the pinned npm package carries, into a cache folder. Usage: build.sh ENGINES CACHE
# Safe to run twice at once: the work happens in a folder of its own, the result appears with one rename.
set -eu
engines=$1
cache=$2
. "$engines/say.sh"
[ -f "$cache/librdkafka.so" ] && exit 0

for tool in npm cc c++ make; do
    command -v "$tool" >/dev/null 2>&1 || {
        echo "error ANDI001: '$tool' is missing; librdkafka is built from source in native mode. Install Node.js (npm), a C and C++ compiler and make." >&2
        exit 1
    }
done

source=$engines/node_modules/@confluentinc/kafka-javascript/deps/librdkafka
# Also where the source is there: another build may still be filling the folder, and is waited for.
sh "$engines/install.sh"

mkdir -p "$cache"
work=$(mktemp -d "$cache/build-XXXXXX")
trap 'rm -rf "$work"' EXIT
say "Building librdkafka (once, about a minute) ..."
cp -r "$source/." "$work"
cd "$work"
{
    ./configure --disable-ssl --disable-gssapi --disable-curl --disable-zstd --disable-lz4-ext --disable-debug-symbols &&
    make -j"$(getconf _NPROCESSORS_ONLN)" -C src
} >build.log 2>&1 || { tail -n 30 build.log >&2; echo "error ANDI002: building librdkafka failed; the lines above say why." >&2; exit 1; }
cp src/librdkafka.so.1 librdkafka.tmp
mv librdkafka.tmp "$cache/librdkafka.so"
