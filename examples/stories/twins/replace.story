# Objects are replaced whole.
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
create -f ../../manifests/sample-pdb.yaml
replace -f ../../manifests/sample-pdb.yaml
replace -f ../../manifests/sample-pdb.yaml --dry-run=client
replace -f ../../manifests/sample-pdb.yaml --dry-run=server
replace -f ../../manifests/sample-pdb.yaml -o name
! replace -f ../../manifests/sample.yaml
! replace
replace --force -f ../../manifests/sample-pdb.yaml
! replace -f nothing.yaml
get pdb
