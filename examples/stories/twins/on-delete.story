# Pods that become new when somebody deletes them.
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
  updateStrategy: {type: OnDelete}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
! rollout status sts/web
set image sts/web web=web:2
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
delete po web-1
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
delete po web-0 web-2
settle
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
get controllerrevisions
