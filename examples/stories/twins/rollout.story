# A rollout, its history and the way back.
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
rollout status sts/web
set image sts/web web=web:2
rollout status sts/web
settle
rollout history sts/web
rollout history sts
rollout history sts/web --revision=1
! rollout history sts/web --revision=9
rollout undo sts/web --dry-run=server
rollout undo sts/web --dry-run=client
rollout undo sts/web
rollout status sts/web
settle
rollout undo sts/web --to-revision=3
! rollout undo sts/web --to-revision=9
get controllerrevisions
! rollout pause sts/web
! rollout resume sts/web
rollout pause sts -l a=b
rollout restart sts -l a=b
rollout restart sts -l app=web
rollout status sts
settle
! rollout restart
! rollout restart svc/one
! rollout status svc/one
! rollout undo svc/one
! rollout history svc/one
! rollout pause svc/one
! rollout frob
! rollout status sts/nope
get sts
