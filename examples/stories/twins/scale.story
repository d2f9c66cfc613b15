# Another number of pods.
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
scale sts web --replicas=2
settle
get sts
scale sts/web --replicas=2 --dry-run=client
scale sts/web --replicas=4 --dry-run=server
! scale sts/web --replicas=2 --current-replicas=5
scale sts/web --replicas=1 --current-replicas=2
settle
! scale sts/web --replicas=-1
! scale sts/nope --replicas=2
! scale --replicas=2
! scale sts --replicas=2
scale sts --all --replicas=2
scale sts -l app=web --replicas=1
! scale sts -l app=none --replicas=1
! scale sts/web svc/one --replicas=2
scale sts/web --replicas=2 -o name
! scale sts/web --replicas=2 --resource-version=x
settle
get sts,po
