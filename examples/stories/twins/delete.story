# What is deleted, and what that leaves.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
create service clusterip one --tcp=80
delete po web-0 --dry-run=client
delete po web-0 --dry-run=server
get po
! delete po nope
delete po nope --ignore-not-found
! delete po nope nada --now --wait=false
delete po -l a=b
! delete po
! delete
delete po --field-selector=metadata.name=nope
! delete po web-0 --all
delete sts/web svc/one --dry-run=client
delete po web-0
settle
delete po web-1 -o name
settle
delete po --all
settle
get po
delete sts web --cascade=orphan
get sts,po
delete po --all --force
get po
delete sts web --ignore-not-found
! delete sts web
! delete -f nothing.yaml
