# Files in several shapes.
option profile upstream
apply -f - <<EOF
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j1"}}
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j2"}}
EOF
apply -f - <<EOF
# a comment
--- # another
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: l1}, data: {a: "1"}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: l2}, data: {a: "2"}}
---
# nothing
---
apiVersion: v1
kind: ConfigMap
metadata: {name: &n x, labels: &l {a: b, c: d}}
data:
  <<: *l
  name: *n
  folded: >-
    one
    two
  quoted: "one
    two"
EOF
get cm -l a=b -o jsonpath={.items[0].data}
get cm l1 l2 -o custom-columns=NAME:.metadata.name,A:.data.a
! apply -f - <<EOF
kind: ConfigMap
EOF
! apply -f - <<EOF
apiVersion: v1
kind: Gadget
metadata: {name: x}
EOF
! apply -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {generateName: x-}
EOF
! apply -f - <<EOF
EOF
delete cm j1 j2 l1 l2 x
