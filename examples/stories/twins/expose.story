# Services for pods.
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
! expose sts web
! expose sts web --port=80
expose pod web-0 --dry-run=client -o yaml
expose pod web-0
expose pod web-1 --name=w4 --port=80 --target-port=8080 --type=NodePort --dry-run=client -o yaml
expose svc web-0 --name=other
expose svc web-0 --name=more --port=90 --protocol=UDP --selector=a=b --labels=c=d --dry-run=client -o yaml
! expose svc nope
! expose
! expose svc web-0
get svc other -o jsonpath={.spec.ports}
