# Labels and annotations.
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
label po web-0 x=y
label po web-0 x=y
! label po web-0 x=z
label po web-0 x=z --overwrite
label po web-0 x- y=1
label po web-0 x- y-
label po web-0 x-
label sts web --list
! label po web-0
! label po --all
! label po x=y
label po -l app=web t=1
label po --all t=2 --overwrite
get po -L t
get po -l t=2 -o name
! label sts nope a=b
! label nope web a=b
label sts web a=b --dry-run=client
label sts web a=b --dry-run=server -o name
! label sts web a=b a-
! label sts web a=c --overwrite --resource-version=1
annotate sts web a=b
annotate sts web a=b
! annotate sts web a=c d=e
annotate sts web a-
annotate sts web a-
annotate po --all n=m -o name
