# Namespaces, and what is in them.
option profile upstream
create ns a
get ns
get ns a
apply -n a -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data: {k: v}
EOF
! apply -n default -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: m, namespace: a}
EOF
get cm m -n a
! get cm m
get cm -A --field-selector=metadata.name=m
label ns a team=x
get ns -l team=x
! delete ns default
! delete ns kube-system
delete ns a
! get ns a
! get cm/m -n a
! delete ns a
