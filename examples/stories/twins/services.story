# Services of a set.
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
create service clusterip web --clusterip=None
create service clusterip front --tcp=80:8080 --tcp=443
get svc web front -o custom-columns=NAME:.metadata.name,PORTS:.spec.ports[*].port,SELECTOR:.spec.selector
get svc web
patch svc web -p '{"spec":{"publishNotReadyAddresses":true}}'
! patch svc web -p '{"spec":{"clusterIP":"10.0.0.1"}}'
delete svc web front
! get svc web
