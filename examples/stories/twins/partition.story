# A rollout that stops at a partition.
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
  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}
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
rollout status sts/web
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
get sts web -o jsonpath={.status.updatedReplicas}
patch sts web -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'
settle
rollout status sts/web
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
get controllerrevisions
