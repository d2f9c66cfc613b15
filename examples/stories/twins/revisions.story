# How many revisions are kept.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 1
  serviceName: web
  revisionHistoryLimit: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
set image sts/web web=web:2
settle
set image sts/web web=web:3
settle
set image sts/web web=web:4
settle
get controllerrevisions -o custom-columns=REVISION:.revision
rollout history sts/web
rollout undo sts/web
settle
rollout history sts/web
get po web-0 -o jsonpath={.spec.containers[0].image}
! rollout undo sts/web --to-revision=1
annotate sts web kubernetes.io/change-cause=why
set image sts/web web=web:5
settle
rollout history sts/web
