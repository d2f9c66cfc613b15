# Patches.
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
patch sts web -p '{"spec":{"replicas":2}}'
patch sts web -p '{"spec":{"replicas":2}}'
patch sts web -p '{"spec":{"replicas":3}}' --dry-run=client
patch sts web -p '{"spec":{"replicas":3}}' --dry-run=server
! patch sts web --patch-file=p.json
! patch sts web
patch sts web -p '{"spec":{"replicas":2}}' -o name
patch sts --type=json -p '[]' web
patch sts web --type=merge -p '{"metadata":{"labels":{"a":"b"}}}'
patch sts web --type=json -p '[{"op":"remove","path":"/metadata/labels/a"}]'
! patch sts web --type=json -p '[{"op":"remove","path":"/metadata/labels/a"}]'
patch sts web -p 'spec: {replicas: 1}'
! patch sts nope -p '{}'
! patch sts web -p '{"spec":{"serviceName":"other"}}'
! patch sts web -p '{"metadata":{"name":"other"}}'
settle
get sts
