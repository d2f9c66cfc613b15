# Nodes that take no pods.
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
cordon node-1 node-2
cordon node-1
get no
uncordon node-1 --dry-run=server
uncordon node-1 node-2
uncordon node-1
cordon -l a=b
! cordon nope
! drain nope
taint nodes node-1 k=v:NoSchedule
! taint nodes node-1 k=v:NoSchedule
taint nodes node-1 k=w:NoSchedule --overwrite
taint nodes node-1 k:NoSchedule-
! taint nodes node-1 k:NoSchedule-
! taint nodes --all k=v:Foo
! taint nodes node-1
cordon node-3 --dry-run=client
