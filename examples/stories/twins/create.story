# Objects are made of files and of what is typed; a dry run makes none.
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
create ns a --dry-run=client -o yaml
create ns a --dry-run=server
! get ns a
create ns a
! create ns a
! create ns
! create ns a b
create cm c --from-literal=a=b --from-literal=c=d
get cm c -o yaml
! create cm c --from-literal=a=b
! create cm d --from-literal=a
create secret generic s --from-literal=a=b --dry-run=client -o yaml
create secret generic s --from-literal=a=b --type=example.com/x
get secret s
get secret s -o jsonpath={.data}
create sa x
get sa x
create pdb p --selector=app=web --min-available=1
get pdb
! create pdb q --selector=app=web
! create pdb q --min-available=1
create quota q --hard=pods=5,requests.cpu=2 --dry-run=client -o yaml
create priorityclass pc --value=10 --description=d --dry-run=client -o yaml
create priorityclass pc --value=10
get pc pc
create service clusterip one --tcp=80:8080 --dry-run=client -o yaml
create service clusterip one --tcp=80:8080
create service clusterip none --clusterip=None
get svc none
! create service clusterip two
! create
! create -f nothing.yaml
! create foo
! create secret foo
! create -f ../../manifests/sample.yaml --dry-run=sometimes
create -f ../../manifests/sample.yaml --dry-run=client
create -f ../../manifests/sample.yaml --dry-run=server
create -f ../../manifests/sample.yaml -o name
! create -f ../../manifests/sample.yaml
