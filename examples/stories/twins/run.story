# Pods for an errand, and waiting.
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
run p --image=i --dry-run=client -o yaml
run p --image=i --dry-run=server
run p --image=i --restart=Never
! run p --image=i
settle
get po
wait --for=condition=Ready po/web-0 --timeout=5s
wait --for=condition=Ready po --all --timeout=5s
wait --for=jsonpath={.status.phase}=Running po/web-0
! wait --for=condition=Ready po/nope
! wait --for=foo po/web-0
! wait po/web-0
! wait --for=delete po/web-0 --timeout=1s
wait --for=delete po/nope
delete po p
