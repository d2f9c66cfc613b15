# Pods whose numbers begin elsewhere.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 2
  serviceName: web
  ordinals: {start: 5}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
get po
patch sts web -p '{"spec":{"ordinals":{"start":4}}}'
settle
get po
scale sts web --replicas=3
settle
get po
scale sts web --replicas=1
settle
get sts,po
