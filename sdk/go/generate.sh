#!/bin/sh
# Generates `api` from the project's schemas. Needs `capnp`, and Go's plug-in for it:
#   go install capnproto.org/go/capnp/v3/capnpc-go@v3.1.0-alpha.1
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
std=$(go list -m -f '{{.Dir}}' capnproto.org/go/capnp/v3)/std
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in capstore cluster core process; do
    # Go's annotations stand in copies: the schemas themselves belong to no language
    {
        sed -n 1p "../../src/wetware/schema/$file.capnp"
        echo 'using Go = import "/go.capnp"; $Go.package("api"); $Go.import("ww/api");'
        sed 1d "../../src/wetware/schema/$file.capnp"
    } > "$work/$file.capnp"
done
cd "$work"
capnp compile -I "$std" "-ogo:$here/api" -- *.capnp
