# How many pods may go at a time.
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
create pdb web --selector=app=web --min-available=3
create pdb half --selector=app=none --max-unavailable=50%
wait --for=jsonpath={.status.currentHealthy}=3 pdb/web
get pdb
! create pdb bad --selector=app=web --min-available=x
! create pdb bad --selector=app=web --min-available=1 --max-unavailable=1
patch pdb web -p '{"spec":{"minAvailable":2}}'
wait --for=jsonpath={.status.disruptionsAllowed}=1 pdb/web
get pdb web
delete pdb web half
get pdb
