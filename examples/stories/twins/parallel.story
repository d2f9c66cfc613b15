# Pods that do not wait for each other.
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
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
get sts,po
set image sts/web web=web:2
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
scale sts web --replicas=0
settle
get sts,po
scale sts web --replicas=2
settle
get sts,po
! patch sts web -p '{"spec":{"podManagementPolicy":"OrderedReady"}}'
